import {z} from 'zod'
import type {Immutable} from '../../../core/immutable.js'

/** A benchmark of this machine, running or done. */
export const benchRowSchema = z.object({
  id: z.string(),
  name: z.string(),
  state: z.string(),
  live: z.boolean(),
  targets: z.array(z.string()),
  startedAtMs: z.number(),
  endedAtMs: z.number().nullable(),
  requests: z.number(),
  failed: z.number(),
  perSecond: z.number().nullable(),
  ttftP50: z.number().nullable(),
  ttftP99: z.number().nullable(),
  tokensPerSecond: z.number().nullable(),
  facts: z.array(z.tuple([z.string(), z.string()])),
})
export type BenchRow = Immutable<z.infer<typeof benchRowSchema>>
export const benchRowsSchema = z.array(benchRowSchema)
