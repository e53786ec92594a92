import {z} from 'zod'
import {answerShape} from '../../core/answer.schema.js'
import type {Immutable} from '../../core/immutable.js'
import {moneySchema, priceOriginSchema, priceUsedSchema} from '../estimate/estimate.schema.js'

// Volumes and amounts are computed in decimals and rounded once, here, to ten places after the point.

const volumeSchema = z.object({
  requestsPerHour: z.number().describe('Over all 730 hours of a month.'),
  requestsPerMonth: z.number(),
  tokensPerMonth: z.number().describe('Input and output tokens together.'),
})

const latency = z
  .enum(['interactive', 'flexible', 'batch'])
  .describe('A person can wait for it; only a program can; it comes within a day.')

const breakEvenPriceSchema = z.object({
  component: z.string(),
  meter: z.string(),
  kind: z.string().describe('input, output, cacheRead, cacheWrite, cacheWrite1h; unit for all but tokens.'),
  variant: z.string().nullable(),
  price: priceUsedSchema,
})

const breakEvenOptionSchema = z.object({
  id: z.string(),
  name: z.string(),
  latency,
  commitmentMonths: z.number().int().describe('Paid for whatever happens; 0: it can be ended at any time.'),
  residency: z.string().describe('Where prompts are processed.'),
  otherModel: z.boolean().describe('Another model than the workload’s, whose answers nobody has compared.'),
  floor: z.string().nullable().describe('Why the cost is only the least that it is; null where it is the cost.'),
  atLoad: moneySchema.describe('A month at the volume that was asked about.'),
  committed: moneySchema.nullable().describe('What the whole commitment costs at the least; null without one.'),
  filled: moneySchema.nullable().describe('Per 1M tokens, of a capacity that is filled; null where that is not known.'),
  prices: z.array(breakEvenPriceSchema).describe('The prices that went in, each once.'),
  points: z
    .array(z.object({requestsPerHour: z.number(), month: z.number()}))
    .describe('Joined by straight lines; two of the same volume are a step.'),
  notes: z.array(z.string()),
})

const breakEvenCrossingSchema = z.object({
  number: z.number().int().nullable().describe('Of those that are shown; null where it changes no decision.'),
  ...volumeSchema.shape,
  month: moneySchema.describe(
    'What both cost there; of a step, what the option that is cheaper above costs just above it.',
  ),
  kind: z.enum(['meet', 'step']).describe('They cost the same, or one steps over the other just above it.'),
  cheaperBelow: z.string().describe('Id of an option.'),
  cheaperAbove: z.string(),
  certain: z.boolean().describe('False where the cost of one of them is only a floor.'),
  changesCheapest: z.boolean().describe('Which option is the cheapest of all changes there.'),
})

const breakEvenRangeSchema = z.object({from: volumeSchema, to: volumeSchema, option: z.string()})

export const breakEvenSchema = z.object({
  ...answerShape,
  prices: priceOriginSchema,
  workload: z.object({
    name: z.string(),
    modelId: z.string(),
    modelName: z.string(),
    region: z.string(),
    route: z.string(),
    tier: z.string(),
    inputTokens: z.number().describe('Of one request.'),
    outputTokens: z.number(),
    load: volumeSchema.describe('The volume that was asked about.'),
  }),
  range: z.object({from: volumeSchema, to: volumeSchema}).describe('Where crossings were looked for.'),
  by: z.enum(['requests', 'tokens']).describe('What volumes are shown in.'),
  baseline: z.string().describe('Id of the option that the workload uses.'),
  options: z.array(breakEvenOptionSchema),
  notPriced: z.array(z.object({id: z.string(), name: z.string(), why: z.string()})),
  crossings: z.array(breakEvenCrossingSchema).describe('All of them, by volume.'),
  cheapest: z
    .array(z.object({latency, ranges: z.array(breakEvenRangeSchema)}))
    .describe('By how long answers may take; among options whose cost is known.'),
  neverCross: z
    .array(
      z.object({
        option: z.string(),
        cheaper: z.string().describe('Id of the option that costs less, or as much: itself or the baseline.'),
        scope: z.enum(['every-volume', 'this-range']),
        certain: z.boolean().describe('False where the cost of the option is only a floor.'),
      }),
    )
    .describe('Options that do not cross the baseline.'),
  assumptions: z.array(z.string()),
  excluded: z.array(z.string()),
})

export type BreakEvenVolume = Immutable<z.infer<typeof volumeSchema>>
export type BreakEvenOption = Immutable<z.infer<typeof breakEvenOptionSchema>>
export type BreakEvenCrossing = Immutable<z.infer<typeof breakEvenCrossingSchema>>
export type BreakEvenResult = Immutable<z.infer<typeof breakEvenSchema>>
