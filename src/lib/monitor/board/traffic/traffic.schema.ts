import {z} from 'zod'
import type {Immutable} from '../../../core/immutable.js'

const count = z.number().nullable().describe('null where no metric told.')
const ms = z.number().nullable().describe('Milliseconds; null where nothing was called, or not streamed.')

/** What CloudWatch counted in one minute of one model id, as called. */
export const trafficMinuteSchema = z.object({
  minute: z.number().int().describe('Minutes since the epoch.'),
  invocations: count,
  clientErrors: count,
  serverErrors: count,
  throttles: count,
  input: count,
  output: count,
  cacheRead: count,
  cacheWrite: count,
  quotaTokens: count.describe('EstimatedTPMQuotaUsage; an approximation of AWS.'),
  latencyP50: ms,
  latencyP99: ms,
  ttftP50: ms,
  ttftP99: ms,
})
export type TrafficMinute = Immutable<z.infer<typeof trafficMinuteSchema>>

/** The minutes that a look brought: those that may have changed since the last one. */
export const trafficSeriesSchema = z.object({
  endpoint: z.enum(['runtime', 'mantle']),
  modelId: z.string().describe('The dimension ModelId: model, profile or ARN, as it was called.'),
  tier: z.string().nullable().describe('ResolvedServiceTier; null for all tiers together.'),
  minutes: z.array(trafficMinuteSchema),
})
export type TrafficSeries = Immutable<z.infer<typeof trafficSeriesSchema>>

export const trafficRowsSchema = z.array(trafficSeriesSchema)
