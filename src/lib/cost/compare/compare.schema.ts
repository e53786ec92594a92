import {z} from 'zod'
import {answerShape, regionName} from '../../core/answer.schema.js'
import type {Immutable} from '../../core/immutable.js'
import {moneySchema, priceOriginSchema} from '../estimate/estimate.schema.js'

const differenceSchema = z
  .object({
    amount: z.number().describe('A month; negative: this choice costs less.'),
    currency: z.string(),
    share: z
      .number()
      .nullable()
      .describe('Of the cost it is compared with: -0.5 is half of it; null where that is zero.'),
  })
  .nullable()
  .describe('null: two currencies, or nothing to compare with.')

const residencySchema = z.object({
  kind: z.enum(['region', 'geography', 'unknown', 'anywhere', 'own']),
  geography: z.string().nullable().describe('The smallest that holds every Region: European Union.'),
  regions: z.array(regionName).nullable().describe('Where a prompt may be processed; null: not known, or any Region.'),
  words: z.string(),
})

export const choiceSchema = z.object({
  kind: z.enum(['on-demand', 'reserved', 'provisioned', 'self-hosted']),
  modelId: z.string().describe('Base model; `self-hosted` for one on GPUs of your own.'),
  name: z.string(),
  call: z.string().describe('What to call: the inference profile where the route has one.'),
  region: z.string().describe('The Region that is called; `on-premises` for GPUs of your own.'),
  route: z.string().nullable(),
  tier: z.string(),
  commitment: z.enum(['none', '1-month', '3-month', '6-month']),
  month: moneySchema,
  perRequest: moneySchema.nullable(),
  perMillionTokens: moneySchema.nullable().describe('Input and output tokens together, as this workload mixes them.'),
  overCheapest: differenceSchema,
  overBaseline: differenceSchema,
  baseline: z.boolean(),
  residency: residencySchema,
  latency: z.string().describe('What the tier means for how soon an answer comes.'),
  lifecycle: z.object({
    status: z.string(),
    legacy: z.string().nullable(),
    endOfLife: z.string().nullable(),
  }),
  dataRetention: z.string().nullable().describe('Lowest data-retention mode of the account under which it answers.'),
  changes: z.array(z.string()).describe('What is different from the baseline besides the cost.'),
  notes: z.array(z.string()),
  price: z.object({
    asOf: z.string().describe('Date of the oldest price in it; empty for prices that were given.'),
    sources: z.array(z.string()),
    confidence: z.enum(['high', 'medium', 'low']).describe('Of the least certain price in it.'),
  }),
})

export const notSoldSchema = z.object({
  modelId: z.string(),
  region: z.string(),
  route: z.string().nullable().describe('null: no route at all.'),
  tier: z.string().nullable().describe('null: no tier at all.'),
  reason: z.enum(['not-offered', 'no-price', 'too-long']),
  why: z.string(),
})

export const compareSchema = z.object({
  ...answerShape,
  prices: priceOriginSchema,
  workload: z.object({
    name: z.string(),
    requests: z.number().describe('In the month.'),
    inputTokens: z.number().describe('Of one request.'),
    outputTokens: z.number(),
    cachedShare: z.number().nullable(),
    guardrailPolicies: z.array(z.string()),
  }),
  baseline: choiceSchema,
  cheapest: choiceSchema,
  choices: z.array(choiceSchema).describe('Cheapest first unless --sort says otherwise.'),
  leftOut: z.number().describe('Choices beyond --top.'),
  notSold: z.object({
    count: z.number(),
    byReason: z.record(z.string(), z.number()),
    combinations: z.array(notSoldSchema).describe('Empty without --all.'),
  }),
  cautions: z.array(z.string()),
  assumptions: z.array(z.string()).describe('Of the baseline.'),
  excluded: z.array(z.string()).describe('What costs money too and is in none of the choices.'),
})

export type Choice = Immutable<z.infer<typeof choiceSchema>>
export type Difference = Choice['overCheapest']
export type Residency = Immutable<z.infer<typeof residencySchema>>
export type NotSold = Immutable<z.infer<typeof notSoldSchema>>
export type CompareResult = Immutable<z.infer<typeof compareSchema>>
