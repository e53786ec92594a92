import {z} from 'zod'
import type {Immutable} from '../../../core/immutable.js'

const known = z.number().nullable()
const measured = {
  perSecond: known,
  ttftP50: known.describe('Milliseconds, as the p99.'),
  ttftP99: known,
  tokensPerSecond: known.describe('Output tokens.'),
}

/** A level against a target, as it was measured. */
const levelSchema = z.object({
  target: z.string(),
  label: z.string().describe('64 users, 20/s Poisson.'),
  ended: z.string(),
  requests: z.number(),
  failed: z.number(),
  ...measured,
})
export type BenchLevel = Immutable<z.infer<typeof levelSchema>>

/** A benchmark of this machine, running or done. */
export const benchRowSchema = z.object({
  id: z.string(),
  name: z.string(),
  state: z.string().describe('running, complete, partial, unfinished, unreadable.'),
  live: z.boolean(),
  simulated: z.boolean(),
  targets: z.array(z.string()),
  startedAtMs: known,
  endedAtMs: known,
  requests: known.describe('Done so far of a run that goes on.'),
  failed: known,
  asked: known.describe('Requests that a run is going to make; null where nobody knows.'),
  leftMs: known,
  usd: known,
  verdict: z.string().nullable(),
  ...measured,
  numbersOf: z.string().nullable().describe('Which level the numbers are of; null of the one that there is.'),
  levels: z.array(levelSchema),
  facts: z.array(z.tuple([z.string(), z.string()])),
})
export type BenchRow = Immutable<z.infer<typeof benchRowSchema>>
export const benchRowsSchema = z.array(benchRowSchema)
