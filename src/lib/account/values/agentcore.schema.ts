import {z} from 'zod'
import {flag, maybe, maybeMoment, part, policyText, quantity, text, texts} from './parts.schema.js'

const base = {id: text, arn: text, name: text, status: text, updatedAt: maybeMoment}
const network = z.object({mode: text.describe('PUBLIC, VPC or SANDBOX.'), subnetIds: texts, securityGroupIds: texts})
const jwt = z.object({discoveryUrl: text, audiences: texts, clients: texts}).nullable()
const resourcePolicy = part(policyText.nullable())

const runtime = z.object({
  ...base,
  version: text,
  detail: part(
    z.object({
      roleArn: maybe,
      network: network.nullable(),
      jwt: jwt.describe('Null: callers sign with IAM.'),
      protocol: maybe,
      environmentVariables: texts.describe('Names only.'),
      idleTimeoutSeconds: quantity,
      maxLifetimeSeconds: quantity,
    }),
  ),
  endpoints: part(z.array(z.object({name: text, status: text, liveVersion: maybe, targetVersion: maybe}))),
  resourcePolicy,
})

const gateway = z.object({
  ...base,
  arn: maybe,
  authorizerType: maybe.describe('AWS_IAM, CUSTOM_JWT, AUTHENTICATE_ONLY or NONE.'),
  detail: part(
    z.object({
      arn: maybe,
      roleArn: maybe,
      kmsKeyArn: maybe,
      authorizerType: maybe,
      jwt,
      policyEngine: z.object({arn: text, mode: text}).nullable(),
      exceptionLevel: maybe,
      webAclArn: maybe,
    }),
  ),
  targets: part(z.array(z.object({id: text, name: text, status: text, updatedAt: maybeMoment}))),
  resourcePolicy,
})

const memory = z.object({
  ...base,
  name: maybe,
  detail: part(z.object({kmsKeyArn: maybe, roleArn: maybe, eventExpiryDays: quantity, strategies: z.number().int()})),
})

/** Of AWS (SYSTEM) or one's own (CUSTOM). */
const builtInTool = z.object({
  ...base,
  name: maybe,
  type: text,
  detail: part(z.object({roleArn: maybe, network: network.nullable(), recordingBucket: maybe, recording: flag})),
})

export const agentcoreReads = {
  'bedrock-agentcore:runtimes': z.array(runtime),
  'bedrock-agentcore:gateways': z.array(gateway),
  'bedrock-agentcore:memories': z.array(memory),
  'bedrock-agentcore:browsers': z.array(builtInTool),
  'bedrock-agentcore:code-interpreters': z.array(builtInTool),
  'bedrock-agentcore:policy-engines': z.array(
    z.object({id: text, arn: text, name: text, status: text, detail: part(z.object({kmsKeyArn: maybe}))}),
  ),
  'bedrock-agentcore:workload-identities': z.array(z.object({name: text, arn: text})),
  'bedrock-agentcore:credential-providers': z.array(
    z.object({name: text, arn: text, kind: z.enum(['oauth2', 'api-key']), vendor: maybe}),
  ),
  'bedrock-agentcore:token-vault': z.object({
    id: text,
    keyType: text.describe('CustomerManagedKey or ServiceManagedKey.'),
    kmsKeyArn: maybe,
  }),
}
