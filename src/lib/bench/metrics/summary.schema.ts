import {z} from 'zod'
import {answerShape, gateSchema} from '../../core/answer.schema.js'
import type {Immutable} from '../../core/immutable.js'
import {telemetrySummarySchema} from '../telemetry/telemetry.schema.js'

/** Percentiles of every distribution, ascending. */
const PERCENTILE_KEYS = ['1', '5', '10', '25', '50', '75', '90', '95', '99', '99.9'] as const
export type PercentileKey = (typeof PERCENTILE_KEYS)[number]

const counts = z.record(z.string(), z.int())
const interval = z.object({low: z.number(), high: z.number()}).describe('95 %.')

const percentile = z.object({
  value: z.number(),
  low: z.number().nullable().describe('95 % interval; null where there are no samples.'),
  high: z.number().nullable(),
})

const percentiles = z.object({
  '1': percentile,
  '5': percentile,
  '10': percentile,
  '25': percentile,
  '50': percentile,
  '75': percentile,
  '90': percentile,
  '95': percentile,
  '99': percentile,
  '99.9': percentile,
} satisfies Record<PercentileKey, typeof percentile>)

export const distributionSchema = z.object({
  n: z.int(),
  mean: z.number(),
  meanInterval: interval.nullable(),
  deviation: z.number().nullable(),
  min: z.number().nullable(),
  max: z.number().nullable(),
  p: percentiles.partial().describe('All of them of a run; an imported summary has those of its file.'),
  exact: z.boolean().describe('From samples; false: from buckets 0.07 % wide, or as another tool computed it.'),
  warnings: z.array(z.string()),
})
export type Distribution = Immutable<z.infer<typeof distributionSchema>>

export const objectivesSchema = z.object({
  ttftMs: z.number().nullable(),
  tpotMs: z.number().nullable(),
  e2eMs: z.number().nullable(),
  name: z.string().nullable().describe('The preset it comes from.'),
})
export type Objectives = Immutable<z.infer<typeof objectivesSchema>>

export const ratesSchema = z.object({
  basis: z.string().describe('What is priced: model, tier, Region, in words.'),
  source: z.string(),
  date: z.string(),
  usdPerMillion: z.object({
    input: z.string().describe('Decimal.'),
    output: z.string(),
    cacheRead: z.string().nullable(),
    cacheWrite: z.string().nullable(),
  }),
})
export type TokenRates = Immutable<z.infer<typeof ratesSchema>>

const targetShape = {
  name: z.string().describe('As shown; unique in a run.'),
  address: z.string(),
  kind: z.enum(['bedrock', 'imported', 'provisioned', 'openai', 'ollama']),
  model: z.string(),
  region: z.string().nullable(),
  api: z.string(),
  tier: z.string(),
  latency: z.string(),
  transport: z.enum(['raw', 'sdk']),
  server: z.object({software: z.string().nullable(), version: z.string().nullable()}),
  gpuHourly: z.object({usd: z.number(), gpus: z.int()}).nullable().describe('Of all GPUs together, an hour.'),
}

export const targetHeadSchema = z.object({
  ...targetShape,
  rates: ratesSchema.nullable(),
  ratesAbsent: z.string().nullable().describe('Why there are none.'),
})
export type TargetHead = Immutable<z.infer<typeof targetHeadSchema>>

const levelSchema = z.object({
  kind: z.enum(['concurrency', 'rate', 'ramp', 'replay', 'users']),
  value: z.number().nullable().describe('Users or requests a second; null where it changes.'),
  text: z.string(),
})

export const cellHeadSchema = z.object({
  cell: z.int(),
  target: z.int().describe('Place in targets.'),
  block: z.int().describe('Which repeat of its level: cells of one level alternate over targets.'),
  label: z.string().describe('64 users, 20/s Poisson.'),
  level: levelSchema,
  judgeCv: z.number().nullable().describe('Coefficient of variation the arrivals should have; null: none to judge.'),
})
export type CellHead = Immutable<z.infer<typeof cellHeadSchema>>

export const environmentSchema = z.object({
  node: z.string(),
  os: z.string(),
  cpuModel: z.string(),
  cpus: z.int(),
  memoryBytes: z.number(),
})

export const shardSchema = z.object({
  index: z.int().describe('From 0.'),
  of: z.int(),
  host: z.string().nullable(),
  clockOffsetMs: z.number().nullable(),
  clockUncertaintyMs: z.number().nullable(),
  lateMs: z.number().describe('How long after --start-at it began.'),
})
export type ShardNote = Immutable<z.infer<typeof shardSchema>>

const headShape = {
  id: z.string(),
  name: z.string().nullable(),
  startedAt: z.string(),
  tool: z.string().describe('bedrockctl and its version.'),
  planDigest: z.string().describe('Of what is asked for: alike on all shards.'),
  seed: z.number(),
  environment: environmentSchema,
  data: z.string().describe('The data set in words, with its digest.'),
  slo: objectivesSchema.nullable(),
  exclusions: z.array(z.string()).describe('What is not in these numbers.'),
}

/** `plan.json` of a run: all that is known before the first request, so that a summary can be made of it at any time. */
export const runHeadSchema = z.object({
  schemaVersion: z.literal(1),
  simulated: z.boolean(),
  ...headShape,
  shard: shardSchema,
  targets: z.array(targetHeadSchema),
  cells: z.array(cellHeadSchema),
  plan: z.unknown().describe('As file and flags made it.'),
})
export type RunHead = Immutable<z.infer<typeof runHeadSchema>>

const failureSchema = z.object({error: z.string(), status: z.int(), detail: z.string(), count: z.int()})

const engineCheckSchema = z.object({
  loopLagP99Ms: z.number(),
  loopLagMaxMs: z.number(),
  busyShare: z.number(),
  cpuMs: z.number(),
  workers: z.int(),
  maxInFlightReached: z.boolean(),
})

/** How a cell ended on one shard, without its gaps. */
export const cellEndNoteSchema = z.object({
  cell: z.int(),
  shard: z.int(),
  ended: z.enum(['complete', 'interrupted', 'stopped', 'refused']),
  why: z.string().nullable(),
  t0EpochMs: z.number(),
  lateMs: z.number(),
  selfCheck: engineCheckSchema,
  served: z.object({tier: counts, latency: counts, model: counts}),
  failures: z.array(failureSchema),
})
export type CellEndNote = Immutable<z.infer<typeof cellEndNoteSchema>>

const priceSchema = z.object({
  usd: z.number().describe('Of the whole cell, warm-up and drain included.'),
  perMillionOutput: z.number().nullable(),
  perMillionTotal: z.number().nullable(),
  blended3to1: z.number().nullable().describe('Three input tokens to one of output.'),
  perMillionGood: z.number().nullable().describe('Output tokens of requests that met all objectives.'),
  basis: z.string(),
  source: z.string(),
  date: z.string(),
  lines: z.array(z.object({meter: z.string(), quantity: z.number(), unit: z.string(), usd: z.number()})),
})

const throughputShape = {requestsPerSecond: z.number(), outputTokensPerSecond: z.number()}

export const cellSummarySchema = z.object({
  cell: z.int(),
  target: z.int(),
  block: z.int(),
  label: z.string(),
  level: levelSchema,
  ended: z.enum(['complete', 'interrupted', 'stopped', 'refused']),
  startedAt: z.string().nullable(),
  window: z
    .object({
      fromMs: z.number(),
      toMs: z.number(),
      steady: z.boolean().describe('From the last warm-up send to the last send; false: too short, so the whole cell.'),
    })
    .describe('From t0 of the cell.'),
  wholeMs: z.number(),
  counts: z.object({
    sent: z.int(),
    ok: z.int(),
    bad: z.int(),
    cancelled: z.int().describe('By us; neither ok nor bad.'),
    retried: z.int(),
    warmUp: z.int().describe('Not in the counts before, but for sent.'),
    errors: counts,
  }),
  failures: z.array(failureSchema),
  rate: z.object({asked: z.number().nullable(), achieved: z.number().nullable(), cv: z.number().nullable()}),
  concurrency: z.object({asked: z.number().nullable(), mean: z.number().nullable(), peak: z.int().nullable()}),
  ttft: distributionSchema.nullable().describe('ms from send, as all that follow.'),
  ttfv: distributionSchema.nullable(),
  tpot: distributionSchema.nullable(),
  icl: distributionSchema.nullable(),
  e2e: distributionSchema.nullable(),
  fromSchedule: z
    .object({ttft: distributionSchema.nullable(), e2e: distributionSchema.nullable()})
    .nullable()
    .describe('Open loop: the headline. null for closed loops.'),
  lag: distributionSchema.nullable(),
  close: distributionSchema.nullable(),
  serverMs: distributionSchema.nullable(),
  perUser: z.object({tokensPerSecondP50: z.number()}).nullable(),
  tokens: z
    .object({
      input: z.number(),
      output: z.number(),
      cacheRead: z.number().nullable().describe('null: not reported, which is not zero.'),
      cacheWrite: z.number().nullable(),
      reasoning: z.number().nullable(),
      estimatedRows: z.int(),
      perEvent: z.number().nullable(),
      askedIn: z.number().nullable(),
      askedOut: z.number().nullable(),
    })
    .describe('Of answered requests after the warm-up.'),
  throughput: z.object({
    ...throughputShape,
    inputTokensPerSecond: z.number(),
    whole: z.object(throughputShape),
    interval: z
      .object({requestsPerSecond: interval.nullable(), outputTokensPerSecond: interval.nullable()})
      .describe('From the slices of the window.'),
  }),
  goodput: z
    .object({
      ...throughputShape,
      attainment: z.number().nullable(),
      attainmentInterval: interval.nullable(),
      good: z.int(),
      bad: z.int(),
    })
    .nullable(),
  price: priceSchema.nullable(),
  priceAbsent: z.string().nullable(),
  coalescedFraction: z.number().nullable(),
})
export type CellSummary = Immutable<z.infer<typeof cellSummarySchema>>

export type TelemetrySummary = Immutable<z.infer<typeof telemetrySummarySchema>>

const searchSchema = z.object({
  objective: z.enum(['max-rate', 'max-concurrency']),
  targets: z.array(
    z.object({
      target: z.int(),
      best: z.number().nullable(),
      unit: z.string(),
      interval: z.tuple([z.number(), z.number()]).nullable(),
      why: z.string(),
      cells: z.array(z.int()),
    }),
  ),
})
export type SearchResult = Immutable<z.infer<typeof searchSchema>>

export const reasonSchema = z.object({
  code: z.string(),
  severity: z.enum(['warning', 'error']),
  target: z.int().nullable(),
  cell: z.int().nullable(),
  text: z.string(),
  hint: z.string().nullable(),
})
export type Reason = Immutable<z.infer<typeof reasonSchema>>

export const assertionResultSchema = z.object({
  text: z.string(),
  met: z.boolean(),
  value: z.number().nullable(),
  bound: z.number(),
  unit: z.string(),
  note: z.string().nullable(),
})
export type AssertionResult = Immutable<z.infer<typeof assertionResultSchema>>

/** `summary.json` of a run, and the answer of what makes or shows one. */
export const runSummarySchema = z.object({
  ...answerShape,
  ...headShape,
  endedAt: z.string(),
  ended: z.enum(['complete', 'partial']),
  endedWhy: z.string().nullable(),
  shards: z.array(shardSchema).describe('One, 0 of 1, where it was not split.'),
  imported: z
    .object({tool: z.string(), version: z.string().nullable(), hasSamples: z.boolean(), notes: z.array(z.string())})
    .nullable(),
  targets: z.array(z.object({...targetShape, servedTier: counts, servedLatency: counts, servedModel: counts})),
  cells: z.array(cellSummarySchema),
  search: searchSchema.nullable(),
  telemetry: z.array(telemetrySummarySchema),
  selfCheck: z.object({
    loopLagP99Ms: z.number().nullable().describe('null: nobody measured it.'),
    loopLagMaxMs: z.number().nullable(),
    busyShare: z.number().nullable(),
    cpuMsPerRequest: z.number().nullable(),
    lagP99Ms: z.number().nullable(),
    coalescedFraction: z.number().nullable(),
    workers: z.int(),
    clientBound: z.boolean(),
    reasons: z.array(z.string()),
  }),
  verdict: z.object({
    kind: z.enum(['usable', 'usable-with-warnings', 'not-usable']),
    reasons: z.array(reasonSchema),
  }),
  asserts: z.array(assertionResultSchema),
  gate: gateSchema.optional(),
})
export type RunSummary = Immutable<z.infer<typeof runSummarySchema>>
