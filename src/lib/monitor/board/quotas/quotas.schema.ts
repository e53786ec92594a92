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
    .describe('Base model id of the catalog that it is for; null where it is for no one model.'),
  outputBurndown: z
    .number()
    .nullable()
    .describe('Tokens of quota that one output token takes; null where it takes none.'),
  calledAs: z
    .array(z.string())
    .nullable()
    .describe(
      'Ids that count against it when called: of models, profiles, and ARNs of own profiles that were seen; null: every call.',
    ),
})
export type QuotaLimit = Immutable<z.infer<typeof quotaLimitSchema>>
export const quotaRowsSchema = z.array(quotaLimitSchema)
