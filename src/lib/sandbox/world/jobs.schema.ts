import {z} from 'zod'
import {apiPart, arn, moment, shows, tags} from './scenario-parts.schema.js'

const id = z.string().regex(/^[a-z0-9]{12}$/, 'twelve lower-case letters or digits')
const name = z.string().regex(/^[a-zA-Z0-9](-*[a-zA-Z0-9+.-]){0,62}$/, 'a job name')
const started = {id, name, roleArn: arn, createdOn: moment, endedOn: moment.optional(), tags: tags.optional(), shows}
const takesMinutes = z.number().positive().optional().describe('Of one that runs: it completes after so long.')
const vpc = z.strictObject({subnetIds: z.array(z.string()), securityGroupIds: z.array(z.string())})

export const importJobSchema = z.strictObject({
  ...started,
  modelName: z.string(),
  s3Uri: z.string().startsWith('s3://'),
  status: z.enum(['InProgress', 'Failed']).describe('A completed one comes with its imported model.'),
  takesMinutes: takesMinutes.describe('Of one that runs: it completes after so long, and there is its model.'),
  failureMessage: z.string().optional(),
  kmsKeyArn: arn.optional(),
  vpc: vpc.optional(),
})

export const customizationJobSchema = z.strictObject({
  ...started,
  modelName: z.string(),
  baseModel: z.string(),
  customizationType: z.enum(['FINE_TUNING', 'CONTINUED_PRE_TRAINING', 'DISTILLATION', 'REINFORCEMENT_FINE_TUNING']),
  trainingUri: z.string().startsWith('s3://'),
  outputUri: z.string().startsWith('s3://'),
  status: z.enum(['InProgress', 'Failed', 'Stopping', 'Stopped']).describe('A completed one comes with its model.'),
  trainingMinutes: z
    .number()
    .positive()
    .optional()
    .describe('Of one that runs: it trains that long, writes its metrics, and makes its model.'),
  records: z.int().positive().optional().describe('Of its training data; default 2,000.'),
  failureMessage: z.string().optional(),
  kmsKeyArn: arn.optional(),
  vpc: vpc.optional(),
})

export const batchJobSchema = z.strictObject({
  ...started,
  model: z.string().describe('Id of a model or profile.'),
  status: z.enum([
    'Submitted',
    'Validating',
    'Scheduled',
    'InProgress',
    'Completed',
    'PartiallyCompleted',
    'Failed',
    'Stopping',
    'Stopped',
    'Expired',
  ]),
  message: z.string().optional(),
  inputUri: z.string().startsWith('s3://'),
  outputUri: z.string().startsWith('s3://'),
  outputKey: z.string().optional(),
  records: z.number().int().nonnegative().optional(),
  recordsPerSecond: z
    .number()
    .positive()
    .optional()
    .describe('Of one that runs, from its creation on: it completes when it has gone through all of them.'),
  errors: z.number().int().nonnegative().optional(),
  vpc: vpc.optional(),
})

export const copyJobSchema = z.strictObject({
  id,
  sourceModelArn: arn,
  targetModelArn: arn,
  targetModelName: z.string(),
  status: z.enum(['InProgress', 'Completed', 'Failed']),
  takesMinutes,
  failureMessage: z.string().optional(),
  kmsKeyArn: arn.optional(),
  createdOn: moment,
  shows,
})

export const evaluationJobSchema = z.strictObject({
  ...started,
  models: z.array(z.string()).min(1),
  task: z.enum(['Summarization', 'Classification', 'QuestionAndAnswer', 'Generation', 'Custom']),
  status: z.enum(['InProgress', 'Completed', 'Failed', 'Stopping', 'Stopped', 'Deleting']),
  takesMinutes,
  outputUri: z.string().startsWith('s3://'),
  failureMessages: z.array(z.string()).optional(),
  kmsKeyArn: arn.optional(),
})

export const marketplaceEndpointSchema = z.strictObject({
  name: z.string(),
  modelSource: arn,
  status: z.enum(['REGISTERED', 'INCOMPATIBLE_ENDPOINT']).optional(),
  endpointStatus: z.string().optional(),
  sageMaker: apiPart.describe('initialInstanceCount, instanceType, executionRole, kmsEncryptionKey, vpc.'),
  createdOn: moment,
  tags: tags.optional(),
  shows,
})

export const promptRouterSchema = z.strictObject({
  id,
  name: z.string(),
  type: z.enum(['custom', 'default']).optional(),
  models: z.array(z.string()).min(1),
  fallback: z.string(),
  qualityDifference: z.number(),
  createdOn: moment,
  tags: tags.optional(),
  shows,
})

export const reasoningPolicySchema = z.strictObject({
  id,
  name: z.string(),
  description: z.string().optional(),
  definitionHash: z.string().regex(/^[0-9a-z]{128}$/, '128 letters or digits'),
  kmsKeyArn: arn.optional(),
  createdOn: moment,
  tags: tags.optional(),
  shows,
})
