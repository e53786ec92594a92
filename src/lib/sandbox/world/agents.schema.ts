import {z} from 'zod'
import {apiPart, arn, moment, policyDocument, shows, tags} from './scenario-parts.schema.js'

const id = z.string().regex(/^[0-9A-Z]{10}$/, 'ten capitals or digits')
const number = z.string().regex(/^[0-9]{1,5}$/, 'a number')
const guardrail = z.strictObject({id: z.string(), version: z.string()}).optional()

const agentVersion = z.strictObject({
  version: number,
  createdOn: moment,
  guardrail: guardrail.describe('Of this version; none when left out.'),
  model: z.string().optional().describe('Default: the draft’s; so are role and key.'),
  roleArn: arn.optional(),
  kmsKeyArn: arn.optional(),
})

const actionGroup = z.strictObject({
  id,
  name: z.string(),
  description: z.string().optional(),
  state: z.enum(['ENABLED', 'DISABLED']).optional(),
  lambdaArn: arn.optional().describe('Default: control goes back to the caller.'),
  signature: z.string().optional(),
})

export const agentSchema = z.strictObject({
  id,
  name: z.string(),
  description: z.string().optional(),
  status: z.enum(['PREPARED', 'NOT_PREPARED', 'FAILED', 'CREATING']).optional(),
  instruction: z.string().min(40).optional(),
  model: z.string(),
  roleArn: arn,
  kmsKeyArn: arn.optional(),
  guardrail: guardrail.describe('Of the working draft.'),
  idleSessionSeconds: z.number().int().min(60).max(5400).optional(),
  createdOn: moment,
  actionGroups: z.array(actionGroup).optional(),
  knowledgeBases: z.array(id).optional(),
  versions: z.array(agentVersion).optional(),
  aliases: z
    .array(z.strictObject({id, name: z.string(), version: z.string(), createdOn: moment}))
    .optional()
    .describe('Besides the test alias, which every agent has and which leads to the draft.'),
  tags: tags.optional(),
  shows,
})

const ingestionJob = z.strictObject({
  id,
  status: z.enum(['STARTING', 'IN_PROGRESS', 'COMPLETE', 'FAILED', 'STOPPING', 'STOPPED']),
  startedOn: moment,
  statistics: z.record(z.string(), z.number()).optional(),
  failureReasons: z.array(z.string()).optional(),
})

const dataSource = z.strictObject({
  id,
  name: z.string(),
  status: z.enum(['AVAILABLE', 'DELETING', 'DELETE_UNSUCCESSFUL']).optional(),
  configuration: apiPart,
  kmsKeyArn: arn.optional(),
  deletionPolicy: z.enum(['RETAIN', 'DELETE']).optional(),
  createdOn: moment,
  ingestionJobs: z.array(ingestionJob).optional(),
  shows,
})

export const knowledgeBaseSchema = z.strictObject({
  id,
  name: z.string(),
  description: z.string().optional(),
  status: z.enum(['CREATING', 'ACTIVE', 'DELETING', 'UPDATING', 'FAILED', 'DELETE_UNSUCCESSFUL']).optional(),
  roleArn: arn,
  configuration: apiPart,
  storage: apiPart.optional(),
  failureReasons: z.array(z.string()).optional(),
  resourcePolicy: policyDocument.optional(),
  createdOn: moment,
  dataSources: z.array(dataSource).optional(),
  tags: tags.optional(),
  shows,
})

export const flowSchema = z.strictObject({
  id,
  name: z.string(),
  description: z.string().optional(),
  status: z.enum(['Prepared', 'NotPrepared', 'Failed']).optional(),
  roleArn: arn,
  kmsKeyArn: arn.optional(),
  definition: apiPart,
  createdOn: moment,
  versions: z.array(z.strictObject({version: number, createdOn: moment, definition: apiPart.optional()})).optional(),
  aliases: z.array(z.strictObject({id, name: z.string(), version: number, createdOn: moment})).optional(),
  tags: tags.optional(),
  shows,
})

export const promptSchema = z.strictObject({
  id,
  name: z.string(),
  description: z.string().optional(),
  kmsKeyArn: arn.optional(),
  defaultVariant: z.string().optional(),
  variants: z.array(apiPart).min(1),
  versions: z.array(z.strictObject({version: number, createdOn: moment})).optional(),
  createdOn: moment,
  tags: tags.optional(),
  shows,
})
