import {z} from 'zod'
import {regionName} from '../../core/answer.schema.js'
import type {Immutable} from '../../core/immutable.js'
import {accountId, moment} from './scenario-parts.schema.js'

const share = z.number().min(0).max(1)
const MOST_TOKENS = 10_000_000
const MOST_REQUESTS = 1_000_000
const tokens = z.int().nonnegative().max(MOST_TOKENS)

const burstSchema = z.strictObject({
  everyMinutes: z.int().min(2),
  minutes: z.int().positive(),
  factor: z.number().positive().max(1000).describe('Times as many requests.'),
  minutesAgo: z.number().nonnegative().optional().describe('How long one has lasted when the sandbox starts.'),
  serverErrors: share.optional().describe('Of the requests in it, in place of the usual share.'),
})

const callerSchema = z.strictObject({
  name: z.string().min(1).describe('Who calls: the role of its events.'),
  account: accountId.optional().describe('Default: the first of the scenario.'),
  regions: z.array(regionName).min(1),
  model: z
    .string()
    .describe('As called: id of a model or profile, or an ARN with region, account and partition in braces after a $.'),
  mantle: z.boolean().optional().describe('Through bedrock-mantle.'),
  tier: z.enum(['priority', 'flex']).optional(),
  perMinute: z.number().positive().max(MOST_REQUESTS).describe('Requests at the busiest time of a usual day.'),
  curve: z
    .enum(['office', 'evening', 'night', 'steady'])
    .optional()
    .describe('When its day is busy, in the time of the Region; default office.'),
  bursts: burstSchema.optional(),
  inputTokens: tokens.describe('Of a request on average, without what the cache accounts for.'),
  outputTokens: tokens,
  maxTokens: tokens.optional().describe('The limit that it sets, and a quota reserves; default four times the answer.'),
  cacheReadTokens: tokens.optional(),
  cacheWriteTokens: tokens.optional(),
  streaming: share.optional().describe('Of the requests; default none.'),
  clientErrors: share.optional(),
  serverErrors: share.optional(),
  ttftMs: z.number().positive().optional().describe('Until the first token; default by the size of the model.'),
  tokensPerSecond: z.number().positive().optional().describe('Of one answer; default by the size of the model.'),
  copies: z.int().positive().optional().describe('Of an imported model.'),
  since: moment.optional().describe('Default -1d.'),
  until: moment.optional(),
})

/** Who calls models while nobody does: made up minute by minute, the same for the same seed. */
export const trafficSchema = z.strictObject({callers: z.array(callerSchema)})

export type ScenarioTraffic = Immutable<z.infer<typeof trafficSchema>>
export type ScenarioCaller = ScenarioTraffic['callers'][number]
