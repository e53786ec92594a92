import {z} from 'zod'
import {answerShape} from '../../core/answer.schema.js'
import type {Immutable} from '../../core/immutable.js'
import {LATENCIES} from './pareto.js'

const pointSchema = z.object({
  target: z.int().describe('Place in the targets of the run.'),
  name: z.string(),
  label: z.string().describe('Level, such as 64 users.'),
  level: z.number().nullable(),
  cells: z.array(z.int()).describe('Of the run: the repeats of the level.'),
  latencyMs: z.number().nullable(),
  requestsPerSecond: z.number(),
  outputTokensPerSecond: z.number(),
  goodputPerSecond: z.number().nullable().describe('Requests that met all objectives.'),
  attainment: z.number().nullable(),
  usdPerMillionOutput: z.number().nullable().describe('null: no price is known.'),
  front: z.boolean().describe('Nothing is at least as quick, as much and as cheap, and better in one of these.'),
  beatenBy: z.string().nullable(),
})

export const benchSweepSchema = z.object({
  ...answerShape,
  run: z.string().describe('The run that was kept; bench show and bench report take it.'),
  ended: z.enum(['complete', 'partial']),
  verdict: z.enum(['usable', 'usable-with-warnings', 'not-usable']),
  latency: z.enum(LATENCIES).describe('What points are compared by, beside throughput and price.'),
  points: z.array(pointSchema),
  reasons: z.array(z.string()).describe('What the run says against its own numbers.'),
})

export type BenchSweep = Immutable<z.infer<typeof benchSweepSchema>>
