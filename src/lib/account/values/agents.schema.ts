import {z} from 'zod'
import {flag, maybe, maybeMoment, part, policyText, quantity, tags, text, texts} from './parts.schema.js'

const guardrail = z.object({id: text, version: text}).nullable()
const routes = z.array(z.object({version: maybe, provisionedModel: maybe}))

const agentConfiguration = {
  roleArn: maybe,
  model: maybe,
  kmsKeyArn: maybe,
  guardrail,
  idleSessionSeconds: quantity,
  collaboration: maybe,
  orchestration: maybe,
  remembers: z.boolean(),
  overridesPrompts: z.boolean(),
}

const agentVersion = z.object({
  version: text,
  status: text,
  createdAt: maybeMoment,
  detail: part(z.object(agentConfiguration)),
})

const agent = z.object({
  id: text,
  arn: maybe,
  name: text,
  status: text,
  updatedAt: maybeMoment,
  draft: part(z.object(agentConfiguration)),
  aliases: part(z.array(z.object({id: text, name: text, status: text, routes}))),
  versions: part(z.array(agentVersion)).describe('Numbered versions.'),
  actionGroups: part(z.array(z.object({id: text, name: text, state: text, lambdaArn: maybe, signature: maybe}))),
  knowledgeBases: part(z.array(z.object({id: text, state: text}))),
  tags: part(tags),
})

const ingestionJob = z.object({
  id: text,
  status: text,
  startedAt: maybeMoment,
  updatedAt: maybeMoment,
  scanned: quantity,
  failed: quantity,
})

const dataSource = z.object({
  id: text,
  name: text,
  status: text,
  detail: part(
    z.object({
      type: maybe,
      deletionPolicy: maybe,
      kmsKeyArn: maybe,
      bucketArn: maybe,
      bucketOwner: maybe,
    }),
  ),
  ingestionJobs: part(z.array(ingestionJob)).describe('The latest, newest first.'),
})

const knowledgeBase = z.object({
  id: text,
  name: text,
  status: text,
  updatedAt: maybeMoment,
  detail: part(
    z.object({
      arn: text,
      roleArn: maybe,
      type: maybe,
      embeddingModelArn: maybe,
      kmsKeyArn: maybe.describe('Of a managed knowledge base.'),
      storage: z.object({type: text, arn: maybe, secretArn: maybe}).nullable(),
      createdAt: maybeMoment,
    }),
  ),
  dataSources: part(z.array(dataSource)),
  resourcePolicy: part(policyText.nullable()),
  tags: part(tags),
})

const flowNode = z.object({
  name: text,
  type: text,
  modelId: maybe,
  promptArn: maybe,
  knowledgeBaseId: maybe,
  agentAliasArn: maybe,
  lambdaArn: maybe,
  guardrail,
})
const flowDetail = z.object({roleArn: maybe, kmsKeyArn: maybe, nodes: z.array(flowNode)})

const flow = z.object({
  id: text,
  arn: text,
  name: text,
  status: text,
  updatedAt: maybeMoment,
  draft: part(flowDetail),
  aliases: part(z.array(z.object({id: text, name: text, routes: texts.describe('Versions.')}))),
  versions: part(z.array(z.object({version: text, status: maybe, detail: part(flowDetail)}))),
})

const prompt = z.object({
  id: text,
  arn: text,
  name: text,
  version: text,
  updatedAt: maybeMoment,
  detail: part(
    z.object({
      kmsKeyArn: maybe,
      defaultVariant: maybe,
      variants: z.array(z.object({name: text, modelId: maybe, templateType: maybe, hasTools: flag})),
    }),
  ),
})

export const agentReads = {
  'bedrock-agent:agents': z.array(agent),
  'bedrock-agent:knowledge-bases': z.array(knowledgeBase),
  'bedrock-agent:flows': z.array(flow),
  'bedrock-agent:prompts': z.array(prompt),
}
