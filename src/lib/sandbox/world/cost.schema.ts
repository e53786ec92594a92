import {z} from 'zod'
import {apiPart, arn, moment, shows, tags} from './scenario-parts.schema.js'

const subscriber = z.strictObject({type: z.enum(['SNS', 'EMAIL']), address: z.string()})
const uuid = z.string().regex(/^[0-9a-f-]{36}$/, 'a UUID')

const budgetSchema = z.strictObject({
  name: z.string(),
  limitUsd: z.number().positive(),
  spentUsd: z.number().nonnegative(),
  forecastUsd: z.number().nonnegative().optional(),
  timeUnit: z.enum(['DAILY', 'MONTHLY', 'QUARTERLY', 'ANNUALLY']).optional(),
  filters: z.record(z.string(), z.array(z.string())).optional(),
  filterExpression: apiPart.optional(),
  createdOn: moment,
  notifications: z
    .array(
      z.strictObject({
        type: z.enum(['ACTUAL', 'FORECASTED']),
        threshold: z.number(),
        unit: z.enum(['PERCENTAGE', 'ABSOLUTE_VALUE']).optional(),
        subscribers: z.array(subscriber),
      }),
    )
    .optional(),
  actions: z
    .array(
      z.strictObject({
        id: uuid,
        type: z.enum(['APPLY_IAM_POLICY', 'APPLY_SCP_POLICY', 'RUN_SSM_DOCUMENTS']),
        thresholdPercent: z.number(),
        definition: apiPart,
        roleArn: arn,
        automatic: z.boolean().optional(),
        subscribers: z.array(subscriber).min(1),
      }),
    )
    .optional(),
  shows,
})

const monitorSchema = z.strictObject({
  id: uuid,
  name: z.string(),
  type: z.enum(['DIMENSIONAL', 'CUSTOM']),
  dimension: z.enum(['SERVICE', 'LINKED_ACCOUNT', 'TAG', 'COST_CATEGORY']).optional(),
  specification: apiPart.optional(),
  createdOn: moment,
  shows,
})

const subscriptionSchema = z.strictObject({
  id: uuid,
  name: z.string(),
  monitors: z.array(uuid).min(1),
  frequency: z.enum(['DAILY', 'IMMEDIATE', 'WEEKLY']),
  thresholdUsd: z.number().nonnegative(),
  subscribers: z.array(subscriber),
})

const spendSchema = z.strictObject({
  service: z.string(),
  usageType: z.string(),
  region: z.string(),
  usdPerDay: z.number(),
  quantityPerDay: z.number().nonnegative().optional(),
  unit: z.string().optional().describe('Of the quantity, such as Hrs.'),
  operation: z.string().optional(),
  recordType: z.string().optional().describe('Default Usage; others are Tax, Credit, Refund and more.'),
  billingEntity: z.enum(['AWS', 'AWS Marketplace']).optional(),
  tags: tags.optional(),
  since: moment.optional().describe('Default: ever since.'),
  until: moment.optional(),
})

/** What an account spends and who hears of it. */
export const costSchema = z.strictObject({
  budgets: z.array(budgetSchema).optional(),
  anomalyMonitors: z.array(monitorSchema).optional(),
  anomalySubscriptions: z.array(subscriptionSchema).optional(),
  allocationTags: z
    .array(z.strictObject({key: z.string(), type: z.enum(['AWSGenerated', 'UserDefined']), active: z.boolean()}))
    .optional(),
  spend: z.array(spendSchema).optional().describe('For Cost Explorer, beside what `usage` costs: the same every day.'),
})
