import {z} from 'zod'
import {maybe, maybeMoment, part, quantity, text, texts} from './parts.schema.js'

const job = {arn: text, name: text, status: text, createdAt: maybeMoment, endedAt: maybeMoment}

const customizationJob = z.object({
  ...job,
  baseModelArn: text,
  customizationType: maybe,
  modelArn: maybe,
  modelName: maybe,
  detail: part(z.object({roleArn: maybe, trainingUri: maybe, outputUri: maybe, kmsKeyArn: maybe})),
})

const importJob = z.object({
  ...job,
  modelArn: maybe,
  modelName: maybe,
  detail: part(z.object({roleArn: maybe, sourceUri: maybe, kmsKeyArn: maybe})),
})

const batchJob = z.object({
  ...job,
  modelId: text,
  roleArn: text,
  inputUri: maybe,
  inputBucketOwner: maybe,
  outputUri: maybe,
  outputBucketOwner: maybe,
  outputKmsKey: maybe,
  vpc: z.object({subnetIds: texts, securityGroupIds: texts}).nullable(),
  records: z.object({total: quantity, processed: quantity, succeeded: quantity, failed: quantity}),
})

const evaluationJob = z.object({
  ...job,
  type: text.describe('Human or Automated.'),
  application: maybe,
  models: texts,
  detail: part(z.object({roleArn: maybe, outputUri: maybe, kmsKeyArn: maybe})),
})

const copyJob = z.object({
  ...job,
  sourceModelArn: text,
  targetModelArn: maybe,
  kmsKeyArn: maybe,
})

export const jobReads = {
  'bedrock:customization-jobs': z.array(customizationJob),
  'bedrock:import-jobs': z.array(importJob),
  'bedrock:batch-jobs': z.array(batchJob),
  'bedrock:evaluation-jobs': z.array(evaluationJob),
  'bedrock:copy-jobs': z.array(copyJob),
}
