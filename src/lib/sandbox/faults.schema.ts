import {z} from 'zod'
import type {Immutable} from '../core/immutable.js'

const pattern = z.string().min(1).describe('`*` matches any run of characters.')

/** What goes wrong. Throttling and refusals are worded as the caller's protocol words them. */
const faultEffectSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('error'),
    code: z.string().min(1),
    status: z.int().min(400).max(599),
    message: z.string(),
  }),
  z
    .strictObject({kind: z.literal('throttle'), ratePerSecond: z.number().positive(), burst: z.number().min(1)})
    .describe('A token bucket per account, Region and operation; beyond it the service’s throttling error.'),
  z.strictObject({kind: z.literal('latency'), ms: z.number().nonnegative()}).describe('Wall-clock delay.'),
  z.strictObject({kind: z.literal('drop')}).describe('Cuts the connection without an answer.'),
  z
    .strictObject({
      kind: z.literal('break'),
      afterEvents: z.int().nonnegative(),
      code: z.string().optional(),
      message: z.string().optional(),
    })
    .describe('Ends an event stream after so many events: with the exception `code`, or by cutting the connection.'),
  z
    .strictObject({kind: z.literal('stall'), afterEvents: z.int().nonnegative()})
    .describe('Sends nothing more of an event stream after so many events, and leaves the connection open.'),
  z.strictObject({kind: z.literal('access-denied')}),
  z.strictObject({kind: z.literal('region-not-enabled')}),
])

/** A fault and what it applies to; what is absent matches everything. */
export const faultRuleSchema = z.strictObject({
  account: pattern.optional(),
  region: pattern.optional(),
  service: pattern.optional().describe('Service id: bedrock, sts, pricing, service-quotas, ...'),
  operation: pattern.optional().describe('Operation name or pattern: ListFoundationModels, List*.'),
  model: pattern.optional().describe('The input’s modelId.'),
  effect: faultEffectSchema,
  rate: z.number().min(0).max(1).optional().describe('Share of the matching requests; 1 when absent.'),
  times: z.int().positive().optional().describe('Requests after which the rule is spent; for ever when absent.'),
})

export type FaultEffect = Immutable<z.infer<typeof faultEffectSchema>>
export type FaultRule = Immutable<z.infer<typeof faultRuleSchema>>
