import {z} from 'zod'
import type {Immutable} from '../../../core/immutable.js'

/** An applied quota that live traffic, jobs or capacity can be held against. */
export const quotaLimitSchema = z.object({
  code: z.string(),
  name: z.string(),
  value: z.number().nullable(),
  adjustable: z.boolean().nullable(),
  kind: z.enum([
    'tpm',
    'rpm',
    'tpd',
    'mantle-input-tpm',
    'mantle-output-tpm',
    'batch-jobs',
    'model-units',
    'imported-models',
    'other',
  ]),
  route: z.enum(['in-region', 'geo', 'global']).nullable(),
  model: z
    .string()
    .nullable()
    .describe('Base model id of the catalog that it is for; null where it is for all models, or the name tells none.'),
  named: z.string().nullable().describe('The model as the quota names it; null where it is for all models.'),
  outputBurndown: z
    .number()
    .nullable()
    .describe('Tokens of quota that one output token takes; null where it takes none.'),
  latencyOptimized: z.boolean().describe('It is for calls that ask for less latency alone.'),
})
export type QuotaLimit = Immutable<z.infer<typeof quotaLimitSchema>>
export const quotaRowsSchema = z.array(quotaLimitSchema)
