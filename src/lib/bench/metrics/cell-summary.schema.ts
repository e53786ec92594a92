import {z} from 'zod'

/** Percentiles of every distribution, ascending. */
const PERCENTILE_KEYS = ['1', '5', '10', '25', '50', '75', '90', '95', '99', '99.9'] as const
type PercentileKey = (typeof PERCENTILE_KEYS)[number]

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
export const levelSchema = z.object({
  kind: z.enum(['concurrency', 'rate', 'ramp', 'replay', 'users']),
  value: z.number().nullable().describe('Users or requests a second; null where it changes.'),
  text: z.string(),
})

export const failureSchema = z.object({error: z.string(), status: z.int(), detail: z.string(), count: z.int()})

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
  rate: z.object({
    asked: z.number().nullable(),
    due: z.number().nullable().describe('What the plan made of it: by when the same requests were due.'),
    achieved: z.number().nullable().describe('By when they were sent; of closed levels, what was answered.'),
    cv: z.number().nullable(),
  }),
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
