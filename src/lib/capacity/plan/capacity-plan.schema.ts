import {z} from 'zod'
import {answerShape} from '../../core/answer.schema.js'
import type {Immutable} from '../../core/immutable.js'
import {moneySchema, priceOriginSchema} from '../../cost/estimate/estimate.schema.js'

// Amounts are computed in decimals and rounded once, here, to ten places after the point.

const limitSchema = z.object({value: z.number(), source: z.string(), asOf: z.string()})
const count = z.number().describe('Requests of the whole traffic.')

const costSchema = z.object({
  capacity: z.number().describe('By the hour, used or not.'),
  tokens: z.number().describe('Of what goes on demand.'),
  total: z.number(),
  totalHourly: z.number(),
})

const servedShape = {
  baseline: count.describe('Taken by capacity of one’s own.'),
  onDemand: count,
  throttled: count.nullable().describe('Lost; null where the quota is not known and something goes on demand.'),
  throttledMinutes: z.number().nullable(),
  utilisation: z.number().nullable().describe('Share of the capacity that is used; null without any.'),
  cost: costSchema.nullable().describe('Of the whole traffic; null where a price is not known.'),
}

const planSchema = z.object({units: z.number().int(), ...servedShape})

const optionSchema = z.object({
  id: z.string().describe('on-demand, on-demand-raised, or a way of capacity with how much it takes.'),
  kind: z.enum(['on-demand', 'raise-quota', 'hybrid', 'all-provisioned', 'reserved']),
  name: z.string(),
  units: z.number().int().nullable().describe('Model units; null for other capacity.'),
  reserved: z.object({input: z.number(), output: z.number()}).nullable().describe('Tokens a minute.'),
  ...servedShape,
  commitmentMonths: z.number().int().describe('0: it can be ended at any time.'),
  committed: moneySchema.nullable().describe('What the whole commitment costs; null without one.'),
  needs: z
    .object({tokensPerMinute: z.number(), requestsPerMinute: z.number()})
    .nullable()
    .describe('Quotas on demand without which requests are lost.'),
})

const sensitivitySchema = z.object({
  case: z.string(),
  throttledToday: z.number().nullable(),
  enoughTokensPerMinute: z.number().describe('Quota on demand that turns nothing away without units.'),
  bestUnits: z.number().int().nullable(),
  total: z.number().nullable().describe('With the best number of units.'),
  raisedTotal: z.number().nullable().describe('All on demand with a quota that is enough.'),
  changes: z.boolean().describe('Another number of units is best than in the case that was asked about.'),
})

export const capacityPlanSchema = z.object({
  ...answerShape,
  prices: priceOriginSchema,
  currency: z.string(),
  model: z.object({
    modelId: z.string(),
    name: z.string(),
    region: z.string(),
    route: z.string(),
    profileId: z.string().nullable(),
  }),
  traffic: z.object({
    source: z.enum(['logs', 'metrics', 'rate']),
    name: z.string(),
    from: z.string().nullable(),
    minutes: z.number().int(),
    requests: z.number(),
    busiest: z.number().describe('Requests of the busiest minute.'),
    perRequest: z.object({
      input: z.number(),
      cacheRead: z.number(),
      cacheWrite: z.number(),
      output: z.number(),
      maxTokens: z.number().nullable(),
    }),
    calledAs: z
      .record(z.string(), z.number())
      .describe('What was called, and how often; empty where that is not known.'),
    notes: z.array(z.string()),
  }),
  limits: z.object({
    tokensPerMinute: limitSchema.nullable(),
    requestsPerMinute: limitSchema.nullable().describe('null: the account has no such quota.'),
    outputFactor: limitSchema.describe('What one output token takes of the quota of tokens.'),
    latencySeconds: z.number(),
  }),
  unit: z.object({
    tokensPerMinute: z.number().nullable().describe('Of one model unit; it is not public.'),
    offers: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        commitmentMonths: z.number().int(),
        hourly: moneySchema.nullable().describe('Of one unit.'),
        source: z.string().nullable(),
        why: z.string().nullable().describe('Why it has no price.'),
      }),
    ),
    sweptAt: z.string().nullable().describe('The offer whose price the sweep has.'),
  }),
  mostThrottled: z.number().describe('So many lost requests are allowed.'),
  sweep: z.array(planSchema).describe('Every number of units from none to what takes all.'),
  options: z.array(optionSchema),
  best: z.string().nullable().describe('Id of the cheapest option that keeps to what may be lost; null: not known.'),
  keeps: z.boolean().describe('Whether the best option loses no more than is allowed.'),
  saves: z.number().nullable().describe('An hour, against all on demand with a quota that is enough.'),
  marginal: z.array(
    z.object({
      unit: z.number().int(),
      requests: z.number(),
      worthHourly: z.number().describe('Of the tokens that the unit takes; a unit that costs more does not pay.'),
      pays: z.boolean().nullable(),
    }),
  ),
  sensitivity: z.array(sensitivitySchema),
  findings: z.array(z.string()),
  assumptions: z.array(z.string()),
})

export type CapacityPlan = Immutable<z.infer<typeof capacityPlanSchema>>
export type CapacityOption = CapacityPlan['options'][number]
export type SweptPlan = CapacityPlan['sweep'][number]
