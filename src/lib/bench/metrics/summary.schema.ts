import {z} from 'zod'
import {answerShape, gateSchema} from '../../core/answer.schema.js'
import type {Immutable} from '../../core/immutable.js'
import {telemetrySummarySchema} from '../telemetry/telemetry.schema.js'
import {cellSummarySchema, type distributionSchema, failureSchema, levelSchema} from './cell-summary.schema.js'

const counts = z.record(z.string(), z.int())

export type PercentileKey = keyof Distribution['p']
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
    kind: z
      .enum(['usable', 'usable-with-warnings', 'not-usable'])
      .describe(
        'Of the run. Cells that a reason of severity error names cannot be used, whatever it is; not-usable: none can.',
      ),
    reasons: z.array(reasonSchema),
  }),
  asserts: z.array(assertionResultSchema),
  gate: gateSchema.optional(),
})
export type RunSummary = Immutable<z.infer<typeof runSummarySchema>>
