import {z} from 'zod'
import type {Immutable} from '../../../core/immutable.js'
import {minuteSchema} from '../moment.schema.js'

const count = z.number().nullable().describe('null where no metric told.')
const ms = z.number().nullable().describe('Milliseconds; null where nothing was called, or not streamed.')

/** What CloudWatch counted in one minute of one model id, as called. */
export const trafficMinuteSchema = z.object({
  minute: minuteSchema.describe('Minutes since the epoch.'),
  invocations: count,
  clientErrors: count,
  serverErrors: count,
  throttles: count,
  input: count,
  output: count,
  cacheRead: count,
  cacheWrite: count,
  quotaTokens: count.describe('EstimatedTPMQuotaUsage; an approximation of AWS.'),
  latencyP50: ms,
  latencyP99: ms,
  ttftP50: ms,
  ttftP99: ms,
})
export type TrafficMinute = Immutable<z.infer<typeof trafficMinuteSchema>>

/** What a called id leads to, as catalog and account tell; what nobody tells is null. */
export const trafficAboutSchema = z.object({
  model: z
    .string()
    .nullable()
    .describe('Base model id of the catalog; null where it is not known, as of an imported model.'),
  name: z.string().nullable().describe('Of the model, or of the resource of the account.'),
  kind: z.enum([
    'model',
    'profile',
    'application-profile',
    'provisioned',
    'deployment',
    'imported',
    'custom',
    'unknown',
  ]),
  route: z.enum(['in-region', 'geo', 'global']).nullable(),
  processedIn: z
    .array(z.string())
    .nullable()
    .describe('Regions where a prompt may be processed; null: the service chooses, or not known.'),
  lifecycle: z
    .object({
      phase: z.string(),
      until: z.string().nullable().describe('ISO date on which it ends, as far as is known.'),
    })
    .nullable()
    .describe('Only of a model that is not ACTIVE, or whose end has a date.'),
})
export type TrafficAbout = Immutable<z.infer<typeof trafficAboutSchema>>

/** The minutes that a look brought: those that may have changed since the last one. */
export const trafficSeriesSchema = z.object({
  endpoint: z.enum(['runtime', 'mantle']),
  modelId: z.string().describe('The dimension ModelId: model, profile or ARN, as it was called.'),
  tier: z.string().nullable().describe('ResolvedServiceTier; null for all tiers together.'),
  minutes: z.array(trafficMinuteSchema),
  about: trafficAboutSchema,
})
export type TrafficSeries = Immutable<z.infer<typeof trafficSeriesSchema>>

export const trafficRowsSchema = z.array(trafficSeriesSchema)
