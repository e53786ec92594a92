import {z} from 'zod'
import {answerShape} from '../../core/answer.schema.js'
import type {Immutable} from '../../core/immutable.js'
import {objectivesSchema, ratesSchema} from '../metrics/summary.schema.js'

const depends = 'null: it depends on how fast the targets answer.'

/** What `bench run --dry-run` says: nothing of it was sent. */
export const benchDryRunSchema = z.object({
  ...answerShape,
  dryRun: z.literal(true),
  name: z.string().nullable(),
  seed: z.number(),
  data: z.string(),
  prompts: z.int().describe('Different prompts; a run with more requests asks them again, each with another nonce.'),
  tokensPerRequest: z.object({input: z.number(), output: z.number()}).describe('As asked for.'),
  slo: objectivesSchema.nullable(),
  targets: z.array(
    z.object({
      name: z.string(),
      address: z.string(),
      url: z.string(),
      dialect: z.string(),
      auth: z.enum(['none', 'bearer', 'sigv4']),
      proxy: z.string().nullable(),
      rates: ratesSchema.nullable(),
      ratesAbsent: z.string().nullable(),
      usdPer1000Requests: z.number().nullable(),
    }),
  ),
  cells: z.array(
    z.object({
      cell: z.int(),
      target: z.int(),
      block: z.int(),
      label: z.string(),
      requests: z.number().nullable().describe(depends),
      seconds: z.number().nullable().describe(depends),
      usd: z.number().nullable(),
    }),
  ),
  estimate: z.object({
    requests: z.number().nullable().describe(depends),
    inputTokens: z.number().nullable(),
    outputTokens: z.number().nullable(),
    seconds: z.number().nullable(),
    usd: z.number().nullable().describe('Of the targets that have a price.'),
  }),
  notes: z.array(z.string()),
})
export type BenchDryRun = Immutable<z.infer<typeof benchDryRunSchema>>
