import {z} from 'zod'
import {flag, maybe, maybeMoment, moment, part, quantity, text, texts} from './parts.schema.js'

const fieldSelector = z.object({
  field: text,
  equals: texts,
  notEquals: texts,
  startsWith: texts,
  notStartsWith: texts,
  endsWith: texts,
  notEndsWith: texts,
})
const advancedSelectors = z.array(z.object({name: maybe, fields: z.array(fieldSelector)}))

const trail = z.object({
  arn: text,
  name: text,
  homeRegion: text,
  multiRegion: z.boolean(),
  organization: z.boolean(),
  bucket: maybe,
  logGroupArn: maybe,
  kmsKey: maybe,
  validated: z.boolean().describe('Log file validation.'),
  status: part(z.object({logging: z.boolean(), deliveryError: maybe, deliveredAt: maybeMoment})),
  selectors: part(
    z.object({
      basic: z.array(
        z.object({
          readWrite: text.describe('All, ReadOnly or WriteOnly.'),
          management: z.boolean(),
          excludes: texts,
          data: z.array(z.object({type: text, values: texts})),
        }),
      ),
      advanced: advancedSelectors,
    }),
  ),
})

const store = z.object({
  arn: text,
  name: text,
  detail: part(
    z.object({
      status: text,
      multiRegion: z.boolean(),
      organization: z.boolean(),
      retentionDays: quantity,
      kmsKey: maybe,
      selectors: advancedSelectors,
    }),
  ),
})

const event = z.object({
  id: text,
  name: text,
  source: text,
  at: moment,
  principalArn: maybe,
  principalType: maybe,
  sourceIp: maybe,
  userAgent: maybe,
  error: maybe,
  readOnly: flag,
  modelId: maybe,
  inferenceRegion: maybe,
  vpcEndpointId: maybe,
  vpcAccount: maybe,
  host: maybe,
  bearerToken: flag,
  bearerTokenType: maybe,
})

const metric = z.object({namespace: text, name: text, dimensions: z.record(text, text)})

const alarm = z.object({
  name: text,
  arn: text,
  state: text,
  actionsEnabled: z.boolean(),
  actions: texts,
  metrics: z.array(metric),
  statistic: maybe,
  comparison: maybe,
  threshold: quantity,
  periodSeconds: quantity,
})

/** Sums over the whole window; null where the metric has no datapoint. */
const counts = {
  invocations: quantity,
  throttles: quantity,
  clientErrors: quantity,
  serverErrors: quantity,
  inputTokens: quantity,
  outputTokens: quantity,
  cacheReadTokens: quantity,
  cacheWriteTokens: quantity,
  legacyInvocations: quantity,
}

const usage = z.object({
  from: moment,
  to: moment,
  peakFrom: moment.describe('Start of the window of the minute peaks.'),
  models: z.array(
    z.object({
      modelId: text.describe('As called: id of a model or profile, or an ARN.'),
      ...counts,
      lastActiveOn: z.iso.date().nullable().describe('Last day with an invocation.'),
      peak: z.object({
        requestsPerMinute: quantity,
        tokensPerMinute: z
          .array(z.object({outputFactor: z.number(), tokens: z.number()}))
          .describe('Input, cache writes and output times the factor by which a model burns its quota down.'),
        inputTokensPerMinute: quantity,
        outputTokensPerMinute: quantity,
        estimatedTokensPerMinute: quantity.describe('EstimatedTPMQuotaUsage of CloudWatch.'),
      }),
    }),
  ),
  mantle: z
    .array(
      z.object({
        model: maybe,
        inferences: quantity,
        clientErrors: quantity,
        inputTokens: quantity,
        outputTokens: quantity,
      }),
    )
    .describe('AWS/BedrockMantle by model; null is the sum over all.'),
  guardrails: z.array(z.object({arn: text, version: maybe, invocations: quantity, interventions: quantity})),
})

export const activityReads = {
  'cloudtrail:trails': z.array(trail).describe('Also trails of other Regions and of the organisation that reach here.'),
  'cloudtrail:event-data-stores': z.array(store),
  'cloudtrail:bedrock-events': z.object({
    from: moment,
    to: moment,
    complete: z.boolean().describe('False: there are more events than were read.'),
    events: z.array(event).describe('Newest first.'),
  }),
  'cloudwatch:alarms': z.array(alarm).describe('Alarms on metrics of Bedrock.'),
  'cloudwatch:bedrock-metrics': z.array(metric),
  'cloudwatch:bedrock-usage': usage,
}
