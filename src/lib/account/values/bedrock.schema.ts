import {z} from 'zod'
import {flag, maybe, maybeMoment, part, quantity, tags, text, texts} from './parts.schema.js'

const bucketPlace = z.object({bucket: text, prefix: maybe})

const logging = z.object({
  s3: bucketPlace.nullable(),
  cloudWatch: z.object({logGroup: text, roleArn: text, largeData: bucketPlace.nullable()}).nullable(),
  delivers: texts.describe('text, image, embedding, video, audio.'),
})

const foundationModel = z.object({
  id: text,
  arn: text,
  name: text,
  provider: text,
  status: text.describe('ACTIVE or LEGACY.'),
  legacyAt: maybeMoment,
  extendedAccessAt: maybeMoment,
  endOfLifeAt: maybeMoment,
  inferenceTypes: texts,
})

const modelAccess = z.object({
  modelId: text,
  answer: part(z.object({agreement: text, authorization: text, entitlement: text, region: text})),
})

const inferenceProfile = z.object({
  id: text,
  arn: text,
  name: text,
  type: text.describe('SYSTEM_DEFINED or APPLICATION.'),
  status: text,
  modelArns: texts.describe('The destinations of a call sent from the Region that was read.'),
  createdAt: maybeMoment,
  updatedAt: maybeMoment,
  tags: part(tags).nullable().describe('Null for profiles of AWS.'),
})

const customModel = z.object({
  arn: text,
  name: text,
  status: maybe,
  baseModelArn: text,
  customizationType: maybe,
  ownerAccount: maybe,
  createdAt: maybeMoment,
  detail: part(z.object({kmsKeyArn: maybe, jobArn: maybe, trainingUri: maybe, outputUri: maybe})),
  tags: part(tags),
})

const importedModel = z.object({
  arn: text,
  name: text,
  architecture: maybe,
  instruct: flag,
  createdAt: maybeMoment,
  detail: part(z.object({kmsKeyArn: maybe, jobArn: maybe, sourceUri: maybe, modelUnitsPerCopy: quantity})),
  tags: part(tags),
})

const provisioned = z.object({
  arn: text,
  name: text,
  status: text,
  modelArn: text,
  foundationModelArn: text,
  modelUnits: quantity,
  desiredModelUnits: quantity,
  commitment: maybe,
  commitmentExpiresAt: maybeMoment,
  createdAt: maybeMoment,
  updatedAt: maybeMoment,
})

const deployment = z.object({
  arn: text,
  name: text,
  modelArn: text,
  status: text,
  failure: maybe,
  createdAt: maybeMoment,
  updatedAt: maybeMoment,
})

const router = z.object({
  arn: text,
  name: text,
  type: text,
  status: text,
  modelArns: texts,
  fallbackModelArn: maybe,
  createdAt: maybeMoment,
})

const marketplaceEndpoint = z.object({
  arn: text,
  modelSource: text,
  status: maybe,
  statusMessage: maybe,
  createdAt: maybeMoment,
  updatedAt: maybeMoment,
})

const retention = z.object({mode: text, updatedAt: maybeMoment})

export const bedrockReads = {
  'bedrock:invocation-logging': logging.nullable().describe('Null: logging is off.'),
  'bedrock:data-retention': retention,
  'bedrock:foundation-models': z.array(foundationModel),
  'bedrock:model-access': z.array(modelAccess).describe('Of the models that the account uses.'),
  'bedrock:inference-profiles': z.array(inferenceProfile),
  'bedrock:custom-models': z.array(customModel),
  'bedrock:imported-models': z.array(importedModel),
  'bedrock:provisioned-throughputs': z.array(provisioned),
  'bedrock:custom-model-deployments': z.array(deployment),
  'bedrock:prompt-routers': z.array(router),
  'bedrock:marketplace-endpoints': z.array(marketplaceEndpoint),
  'bedrock-mantle:data-retention': retention,
  'bedrock-mantle:projects': z.array(z.object({id: text, name: maybe, status: maybe, retentionMode: maybe})),
}
