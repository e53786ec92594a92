import {z} from 'zod'
import {answerShape} from '../../core/answer.schema.js'
import type {Immutable} from '../../core/immutable.js'

export const QUOTA_KINDS = [
  'tokens-per-minute',
  'requests-per-minute',
  'tokens-per-day',
  'mantle-tokens-per-minute',
  'batch',
  'import',
  'customization',
  'capacity',
  'guardrails',
  'agents',
  'knowledge-bases',
  'other',
] as const

export const accountQuotaSchema = z.object({
  region: z.string(),
  code: z.string(),
  name: z.string(),
  kind: z.enum(QUOTA_KINDS),
  route: z
    .enum(['in-region', 'geo', 'global'])
    .nullable()
    .describe('Which calls count against it; null where the quota makes no difference.'),
  model: z.string().nullable().describe('As the quota names it.'),
  modelId: z
    .string()
    .nullable()
    .describe('Base model of the catalog; null where the name leads to none or to several.'),
  value: z.number().nullable().describe('What holds for the account.'),
  default: z.number().nullable().describe('What AWS gives an account; null when it was not read or there is none.'),
  unit: z.string().nullable(),
  adjustable: z.boolean().nullable(),
  global: z.boolean().nullable().describe('One value for all Regions.'),
  outputFactor: z
    .number()
    .nullable()
    .describe('How many tokens one output token takes of a token quota of bedrock-runtime; null for other quotas.'),
})
export type AccountQuota = Immutable<z.infer<typeof accountQuotaSchema>>

export const accountQuotasSchema = z.object({
  ...answerShape,
  account: z.string(),
  takenAt: z.string(),
  burndown: z.object({asOf: z.iso.date(), source: z.string()}).describe('Where the output factors come from.'),
  quotas: z.array(accountQuotaSchema),
})
export type AccountQuotas = Immutable<z.infer<typeof accountQuotasSchema>>
