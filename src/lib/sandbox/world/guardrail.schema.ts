import {z} from 'zod'
import {apiPart, arn, moment, policyDocument, shows, tags} from './scenario-parts.schema.js'

const policies = z.strictObject({
  contentPolicy: apiPart.optional(),
  topicPolicy: apiPart.optional(),
  wordPolicy: apiPart.optional(),
  sensitiveInformationPolicy: apiPart.optional(),
  contextualGroundingPolicy: apiPart.optional(),
  automatedReasoningPolicy: apiPart.optional(),
})

const status = z.enum(['CREATING', 'UPDATING', 'VERSIONING', 'READY', 'FAILED', 'DELETING'])

export const guardrailSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9]{1,64}$/, 'lower-case letters and digits'),
  name: z.string().regex(/^[0-9a-zA-Z_-]{1,50}$/, 'letters, digits, _ and -'),
  description: z.string().optional(),
  createdOn: moment,
  status: status.optional(),
  statusReasons: z.array(z.string()).optional(),
  kmsKeyArn: arn.optional(),
  profile: z.string().optional().describe('Cross-Region guardrail profile, such as eu.guardrail.v1:0.'),
  policies: policies.describe('Of the working draft, and of every version without its own.'),
  versions: z
    .array(
      z.strictObject({
        version: z.string().regex(/^[1-9][0-9]{0,7}$/, 'a number'),
        description: z.string().optional(),
        createdOn: moment,
        status: status.optional(),
        policies: policies.optional(),
      }),
    )
    .optional(),
  resourcePolicy: policyDocument.optional(),
  tags: tags.optional(),
  shows,
})

export const enforcedGuardrailSchema = z.strictObject({
  configId: z.string().regex(/^[a-z0-9]+$/),
  guardrailArn: arn,
  version: z.string(),
  includedModels: z.array(z.string()).optional().describe('Default ALL.'),
  excludedModels: z.array(z.string()).optional(),
  system: z.enum(['SELECTIVE', 'COMPREHENSIVE']).optional(),
  messages: z.enum(['SELECTIVE', 'COMPREHENSIVE']).optional(),
  createdOn: moment,
  createdBy: z.string().optional(),
  shows,
})
