import {z} from 'zod'
import {answerShape, gateSchema, originSchema, regionName} from '../../core/answer.schema.js'
import type {Immutable} from '../../core/immutable.js'

export const verdictWord = z.enum(['yes', 'no', 'unknown'])

/** One way to reach a model from one Region. */
export const routeVerdictSchema = z.object({
  mode: z.enum(['in-region', 'geo', 'global', 'mantle', 'provisioned']),
  answer: verdictWord,
  id: z.string().nullable().describe('What to pass as modelId; null when there is no such route.'),
  geography: z.string().nullable().describe('Geography of a geographic profile: us, eu, apac, jp, au, ca, in, us-gov.'),
  destinations: z
    .array(regionName)
    .nullable()
    .describe('Every Region that may process the request; null when not known, and for Global: any commercial Region.'),
  notEnabledDestinations: z
    .array(regionName)
    .describe(
      'Destinations the account has not enabled (or opt-in Regions, when the account was not read). Requests can be processed there all the same.',
    ),
  reason: z.string().nullable().describe('Why not, why unknown, or what to mind.'),
})
export type RouteVerdict = Immutable<z.infer<typeof routeVerdictSchema>>

/** One thing about the account that decides whether a call is answered. */
export const accountFindingSchema = z.object({
  code: z.enum([
    'REGION_NOT_ENABLED',
    'NOT_AUTHORIZED',
    'NOT_ENTITLED',
    'SALES_GATED',
    'AGREEMENT_PENDING',
    'AGREEMENT_FAILED',
    'AGREEMENT_ON_FIRST_USE',
    'USE_CASE_FORM_MISSING',
    'DATA_RETENTION_TOO_LOW',
    'LEGACY_CUT_OFF',
    'NOT_READ',
  ]),
  blocks: verdictWord.describe('yes: a call fails; no: worth knowing; unknown: cannot be told.'),
  message: z.string(),
  remedy: z.string().nullable(),
})
export type AccountFinding = Immutable<z.infer<typeof accountFindingSchema>>

export const accountVerdictSchema = z.object({
  answer: verdictWord.describe('Whether this account and caller may use the model here.'),
  findings: z.array(accountFindingSchema),
})
export type AccountVerdict = Immutable<z.infer<typeof accountVerdictSchema>>

/** Whether a call from one Region meets the requirement of --require. */
export const meetsSchema = z.object({
  answer: verdictWord,
  id: z.string().nullable().describe('The id that meets it.'),
  destinations: z.array(regionName).nullable(),
  reasons: z.array(z.string()).describe('Why each route does not, when none does.'),
})
export type Meets = Immutable<z.infer<typeof meetsSchema>>

export const availabilityCellSchema = z.object({
  region: regionName.describe('The Region the call is sent to.'),
  answer: verdictWord.describe('Whether the model can be called from here by any on-demand route of bedrock-runtime.'),
  routes: z
    .array(routeVerdictSchema)
    .describe('In-Region, then geographic profiles, then Global, Mantle, provisioned.'),
  account: accountVerdictSchema.nullable().describe('Null when the account was not read.'),
  meets: meetsSchema.nullable().describe('Null without --require.'),
  origin: originSchema.nullable().describe('Null when the Region could not be read.'),
})
export type AvailabilityCell = Immutable<z.infer<typeof availabilityCellSchema>>

export const alternativeSchema = z.object({
  modelId: z.string(),
  id: z.string().describe('What to pass as modelId.'),
  region: regionName.describe('The Region to call.'),
  mode: z.enum(['in-region', 'geo', 'global']),
  words: z.string(),
})
export type Alternative = Immutable<z.infer<typeof alternativeSchema>>

export const pricePremiumSchema = z.object({
  over: z.enum(['in-region', 'geo', 'global']),
  percent: z
    .number()
    .int()
    .describe('By the standard price of input tokens from the Region called; negative: cheaper.'),
  asOf: z.string().describe('Date of both prices.'),
})
export type PricePremium = Immutable<z.infer<typeof pricePremiumSchema>>

export const modelAvailabilitySchema = z.object({
  id: z.string(),
  name: z.string().nullable(),
  provider: z.string().nullable(),
  lifecycle: z.object({
    status: z.string(),
    endOfLife: z.string().nullable(),
  }),
  cells: z.array(availabilityCellSchema),
  recommendation: alternativeSchema
    .nullable()
    .describe('What to use from the Region asked about; null without --from or when nothing works.'),
  premium: pricePremiumSchema
    .nullable()
    .describe('What the recommendation costs over the Global route; null when that is not known or not another route.'),
  nearest: alternativeSchema
    .nullable()
    .describe('The nearest thing that does what was asked for, when the model does not.'),
})
export type ModelAvailability = Immutable<z.infer<typeof modelAvailabilitySchema>>

export const availabilityResultSchema = z.object({
  ...answerShape,
  from: z.array(regionName).describe('Source Regions asked about by --from; empty for the whole matrix.'),
  regions: z.array(regionName),
  models: z.array(modelAvailabilitySchema),
  gate: gateSchema.optional().describe('Present with --require.'),
})
export type AvailabilityResult = Immutable<z.infer<typeof availabilityResultSchema>>
