import {z} from 'zod'
import {apiPart, arn, moment, policyDocument, shows, tags} from './scenario-parts.schema.js'

// Ids of AgentCore end in a hyphen and ten letters or digits.
const id = z
  .string()
  .regex(/^[a-zA-Z][a-zA-Z0-9_-]{0,99}-[a-zA-Z0-9]{10}$/, 'a name, a hyphen and ten letters or digits')
const name = z.string().regex(/^[a-zA-Z0-9_.-]{1,128}$/, 'letters, digits, _ . and -')
const base = {createdOn: moment, description: z.string().optional(), tags: tags.optional(), shows}

export const agentRuntimeSchema = z.strictObject({
  ...base,
  id,
  name,
  version: z.string().optional(),
  status: z.enum(['READY', 'CREATING', 'UPDATING', 'CREATE_FAILED', 'UPDATE_FAILED']).optional(),
  roleArn: arn,
  network: apiPart.describe('networkMode, networkModeConfig.'),
  artifact: apiPart.optional(),
  protocol: z.enum(['HTTP', 'MCP', 'A2A', 'AGUI']).optional(),
  authorizer: apiPart.optional().describe('customJWTAuthorizer; SigV4 when left out.'),
  environment: z.record(z.string(), z.string()).optional(),
  endpoints: z
    .array(z.strictObject({name, version: z.string(), createdOn: moment}))
    .optional()
    .describe('Besides DEFAULT.'),
  resourcePolicy: policyDocument.optional(),
})

export const gatewaySchema = z.strictObject({
  ...base,
  id,
  name,
  status: z.enum(['READY', 'CREATING', 'UPDATING', 'FAILED']).optional(),
  roleArn: arn,
  authorizerType: z.enum(['AWS_IAM', 'CUSTOM_JWT', 'AUTHENTICATE_ONLY', 'NONE']),
  authorizer: apiPart.optional(),
  kmsKeyArn: arn.optional(),
  policyEngine: z.strictObject({arn, mode: z.enum(['LOG_ONLY', 'ENFORCE'])}).optional(),
  debug: z.boolean().optional().describe('Exceptions in full.'),
  targets: z
    .array(
      z.strictObject({
        id: z.string().regex(/^[0-9a-zA-Z]{10}$/),
        name,
        configuration: apiPart,
        credentials: z.array(apiPart).optional(),
        createdOn: moment,
      }),
    )
    .optional(),
  resourcePolicy: policyDocument.optional(),
})

export const memorySchema = z.strictObject({
  ...base,
  id,
  name,
  kmsKeyArn: arn.optional(),
  roleArn: arn.optional(),
  eventExpiryDays: z.number().int().min(3).max(365).optional(),
  strategies: z.array(apiPart).optional(),
})

export const policyEngineSchema = z.strictObject({...base, id, name, kmsKeyArn: arn.optional()})

export const workloadIdentitySchema = z.strictObject({
  name,
  createdOn: moment,
  returnUrls: z.array(z.string()).optional(),
})

export const credentialProviderSchema = z.strictObject({
  name,
  vendor: z.string().optional().describe('Of an OAuth 2 provider; an API key when left out.'),
  config: apiPart.optional().describe('Of an OAuth 2 provider: without its secret.'),
  createdOn: moment,
})

export const tokenVaultSchema = z.strictObject({kmsKeyArn: arn.optional()})

/** A browser or code interpreter of one’s own; those of AWS are always there. */
export const builtInToolSchema = z.strictObject({
  ...base,
  id,
  name,
  roleArn: arn.optional(),
  network: apiPart,
  recording: apiPart.optional(),
})
