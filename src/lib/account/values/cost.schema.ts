import {z} from 'zod'
import {flag, maybe, maybeMoment, part, quantity, text, texts} from './parts.schema.js'

const notification = z.object({
  type: text.describe('ACTUAL or FORECASTED.'),
  comparison: text,
  threshold: quantity,
  thresholdType: maybe,
  state: maybe,
  subscribers: part(z.array(text)).describe('SNS or EMAIL: addresses stay out.'),
})

const action = z.object({
  id: text,
  type: text,
  status: text,
  threshold: quantity,
  thresholdType: maybe,
  automatic: z.boolean(),
  policy: maybe.describe('ARN or id of the policy that is applied.'),
})

const budget = z.object({
  name: text,
  type: text,
  timeUnit: text,
  limit: z.object({amount: text, unit: text}).nullable(),
  actual: z.object({amount: text, unit: text}).nullable(),
  filters: z.record(text, texts),
  filterExpression: maybe.describe('JSON text.'),
  notifications: part(z.array(notification)),
  actions: part(z.array(action)),
})

const quota = z.object({
  code: text,
  name: text,
  value: quantity,
  unit: maybe,
  adjustable: flag,
  global: flag,
})

export const costReads = {
  'budgets:budgets': z.array(budget),
  'ce:anomaly-monitors': z.array(
    z.object({arn: text, name: text, type: text, dimension: maybe, specification: maybe.describe('JSON text.')}),
  ),
  'ce:anomaly-subscriptions': z.array(
    z.object({
      arn: text,
      name: text,
      monitorArns: texts,
      frequency: text,
      subscribers: z.array(z.object({type: text, status: maybe})).describe('Addresses stay out.'),
    }),
  ),
  'ce:cost-allocation-tags': z.array(z.object({key: text, type: text, status: text, usedAt: maybeMoment})),
  'service-quotas:bedrock': z.array(quota).describe('Applied values.'),
  'service-quotas:bedrock-defaults': z.array(quota),
}
