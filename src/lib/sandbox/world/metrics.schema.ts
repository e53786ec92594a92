import {z} from 'zod'
import {moment, shows} from './scenario-parts.schema.js'

const share = z.number().min(0).max(1)

/** What is called, how often and with what outcome: the source of every metric. */
export const usageSchema = z.strictObject({
  model: z.string().describe('As called: the id of a model or profile, or an ARN.'),
  perHour: z.number().positive().describe('Requests in a usual hour; nights are quieter, one minute an hour peaks.'),
  inputTokens: z.number().int().nonnegative().describe('A request.'),
  outputTokens: z.number().int().nonnegative().describe('A request.'),
  cacheReadTokens: z.number().int().nonnegative().optional(),
  cacheWriteTokens: z.number().int().nonnegative().optional(),
  cacheWriteTtl: z
    .enum(['5m', '1h'])
    .optional()
    .describe('Default 5m; billing tells the two apart, CloudWatch does not.'),
  tier: z.enum(['priority', 'flex']).optional().describe('Service tier; default standard.'),
  latencyMs: z.number().positive().optional(),
  streaming: z.boolean().optional(),
  throttled: share.optional().describe('Share of requests.'),
  clientErrors: share.optional(),
  serverErrors: share.optional(),
  legacy: z.boolean().optional(),
  since: moment.optional().describe('Default -90d.'),
  until: moment.optional(),
  copies: z
    .int()
    .positive()
    .optional()
    .describe('Of an imported model: copies that serve it from `since` to `until`; default 1.'),
  mantle: z.boolean().optional().describe('Through bedrock-mantle.'),
  shows,
})

export const guardrailUsageSchema = z.strictObject({
  guardrail: z.string().describe('Its id.'),
  version: z.string(),
  perHour: z.number().positive(),
  intervened: share.optional(),
})

export const alarmSchema = z.strictObject({
  name: z.string(),
  description: z.string().optional(),
  namespace: z.string(),
  metric: z.string(),
  dimensions: z.record(z.string(), z.string()).optional(),
  statistic: z.enum(['Sum', 'Average', 'Minimum', 'Maximum', 'SampleCount']).optional(),
  percentile: z
    .string()
    .regex(/^p\d{1,2}(\.\d+)?$/, 'such as p99')
    .optional()
    .describe('In place of `statistic`.'),
  periodSeconds: z.number().int().positive().optional(),
  threshold: z.number(),
  comparison: z.string().optional(),
  evaluationPeriods: z.number().int().positive().optional(),
  datapointsToAlarm: z.int().positive().optional().describe('Of those periods; default all.'),
  missingData: z.enum(['breaching', 'notBreaching', 'ignore', 'missing']).optional().describe('Default notBreaching.'),
  state: z.enum(['OK', 'ALARM', 'INSUFFICIENT_DATA']).optional().describe('Whatever its metric does.'),
  actionsEnabled: z.boolean().optional(),
  actions: z.array(z.string()).optional(),
  createdOn: moment,
  shows,
})

export const compositeAlarmSchema = z.strictObject({
  name: z.string(),
  description: z.string().optional(),
  rule: z.string().min(1).describe('Such as ALARM("one") OR NOT OK("other").'),
  actions: z.array(z.string()).optional(),
  createdOn: moment,
})
