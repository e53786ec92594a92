import {z} from 'zod'
import {answerShape, gateSchema} from '../../core/answer.schema.js'
import type {Immutable} from '../../core/immutable.js'
import {estimateLineSchema, moneySchema, priceOriginSchema} from '../estimate/estimate.schema.js'

const change = z.enum(['added', 'removed', 'changed', 'unchanged'])

const moneyChangeSchema = z.object({
  currency: z.string().describe('ISO 4217.'),
  before: z.number().describe('0 where it was not there.'),
  after: z.number().describe('0 where it is gone.'),
  difference: z.number(),
  percent: z.number().nullable().describe('Of what it was before; null where that was nothing.'),
})

const lineChangeSchema = z.object({
  change,
  before: estimateLineSchema.nullable(),
  after: estimateLineSchema.nullable(),
  currency: z.string().nullable().describe('null: the two sides are in different currencies, or neither has a price.'),
  difference: z
    .number()
    .nullable()
    .describe('Of a month, or of what is paid once; null where a side has no price, or another currency.'),
})

const workloadChangeSchema = z.object({
  name: z.string().describe('Workloads are the same when their names are.'),
  kind: z.string().describe('As it is after; as it was where it is removed.'),
  change,
  month: z.array(moneyChangeSchema).describe('One a currency; what has no price is not in it.'),
  once: z.array(moneyChangeSchema).describe('What is paid a single time, and is not in `month`.'),
  year: z.array(moneyChangeSchema),
  complete: z.boolean().describe('Every line of both sides has a price.'),
  lines: z.array(lineChangeSchema),
})

const sideSchema = z.object({
  file: z.string(),
  workloads: z.number().int(),
  complete: z.boolean().describe('Every line has a price.'),
  month: z.array(moneySchema),
  once: z.array(moneySchema),
  year: z.array(moneySchema),
})

export const costDiffSchema = z.object({
  ...answerShape,
  prices: priceOriginSchema.describe('One price book for both sides: what differs is the workloads.'),
  before: sideSchema,
  after: sideSchema,
  workloads: z.array(workloadChangeSchema).describe('In the order of the file after; then those removed.'),
  month: z.array(moneyChangeSchema),
  once: z.array(moneyChangeSchema),
  year: z.array(moneyChangeSchema),
  notes: z.array(z.string()).describe('What to know before the two totals are compared.'),
  gate: gateSchema.optional(),
})

export type CostDiff = Immutable<z.infer<typeof costDiffSchema>>
export type WorkloadChange = CostDiff['workloads'][number]
export type LineChange = WorkloadChange['lines'][number]
export type MoneyChange = CostDiff['month'][number]
export type Change = WorkloadChange['change']
