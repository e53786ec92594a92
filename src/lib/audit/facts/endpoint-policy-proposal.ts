import type {AuditContext} from '../audit-context.js'
import type {BedrockEndpoint} from './bedrock-endpoint.js'
import {actionPrefix} from './endpoint-policy.js'

/** What each endpoint is for; the rest of its actions has to be added by whoever needs it. */
const ACTIONS: Readonly<Record<string, readonly string[]>> = {
  bedrock: ['bedrock:Get*', 'bedrock:List*'],
  'bedrock-runtime': ['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream', 'bedrock:ApplyGuardrail'],
  'bedrock-agent': ['bedrock:Get*', 'bedrock:List*'],
  'bedrock-agent-runtime': ['bedrock:InvokeAgent', 'bedrock:InvokeFlow', 'bedrock:Retrieve'],
  'bedrock-mantle': ['bedrock-mantle:CreateInference', 'bedrock-mantle:Get*', 'bedrock-mantle:List*'],
  'bedrock-agentcore': ['bedrock-agentcore:InvokeAgentRuntime'],
  'bedrock-agentcore-control': ['bedrock-agentcore:Get*', 'bedrock-agentcore:List*'],
  'bedrock-agentcore.gateway': ['bedrock-agentcore:InvokeGateway'],
}

type Statement = Readonly<Record<string, unknown>>

/** A policy to start from: the usual actions, callers of the account, resources of the account and models of AWS. */
export function leastEndpointPolicy(endpoint: BedrockEndpoint, context: AuditContext): readonly Statement[] {
  const {partition, account} = context.policies
  const Action = ACTIONS[endpoint.service ?? ''] ?? [`${actionPrefix(endpoint)}:*`]
  const common = {Effect: 'Allow', Principal: '*', Action}
  if (endpoint.service === 'bedrock-runtime') {
    const Resource = [`arn:${partition}:bedrock:*:${account}:*`, `arn:${partition}:bedrock:*::foundation-model/*`]
    return [{...common, Resource, Condition: {StringEquals: {'aws:PrincipalAccount': account}}}]
  }
  const values = {'aws:PrincipalAccount': account, 'aws:ResourceAccount': account}
  return [{...common, Resource: '*', Condition: {StringEquals: values}}]
}
