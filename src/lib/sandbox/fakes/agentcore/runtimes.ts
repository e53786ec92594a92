import type * as Client from '@aws-sdk/client-bedrock-agentcore-control'
import type {
  AgentRuntimeArtifact,
  AuthorizerConfiguration,
  NetworkConfiguration,
} from '@aws-sdk/client-bedrock-agentcore-control'
import {handlersFor, type RequestContext} from '../../handler.js'
import {type AgentRuntime, asApi} from '../../world/resources.js'
import {placeOf} from '../account-place.js'
import {corePage, notFound} from './refusals.js'

const LIFECYCLE = {idleRuntimeSessionTimeout: 900, maxLifetime: 28_800}

export const runtimes = handlersFor<typeof Client>()({
  ListAgentRuntimes(input, context) {
    const {items, next} = corePage(runtimesHere(context), input, 'runtimes')
    return {agentRuntimes: items.map((one) => summarise(one, context)), nextToken: next}
  },

  GetAgentRuntime({agentRuntimeId, agentRuntimeVersion}, context) {
    const runtime = findRuntime(agentRuntimeId, context)
    if (agentRuntimeVersion !== undefined && agentRuntimeVersion !== (runtime.version ?? '1')) {
      throw notFound('AgentRuntime', `${agentRuntimeId} version ${agentRuntimeVersion}`)
    }
    return describe(runtime, context)
  },

  ListAgentRuntimeVersions({agentRuntimeId, ...input}, context) {
    const all = [findRuntime(agentRuntimeId, context)]
    const {items, next} = corePage(all, input, `versions:${agentRuntimeId}`)
    return {agentRuntimes: items.map((one) => summarise(one, context)), nextToken: next}
  },

  ListAgentRuntimeEndpoints({agentRuntimeId, ...input}, context) {
    const all = endpointsOf(findRuntime(agentRuntimeId, context), context)
    const {items, next} = corePage(all, input, `endpoints:${agentRuntimeId}`)
    return {runtimeEndpoints: items, nextToken: next}
  },

  GetAgentRuntimeEndpoint({agentRuntimeId, endpointName}, context) {
    const all = endpointsOf(findRuntime(agentRuntimeId, context), context)
    const found = all.find(({name}) => name === endpointName)
    if (!found) throw notFound('AgentRuntimeEndpoint', endpointName)
    return found
  },
})

const runtimesHere = (context: RequestContext): readonly AgentRuntime[] =>
  placeOf(context).resources.agentRuntimes ?? []

function findRuntime(id: string, context: RequestContext): AgentRuntime {
  const found = runtimesHere(context).find((one) => one.id === id)
  if (!found) throw notFound('AgentRuntime', id)
  return found
}

function summarise(runtime: AgentRuntime, context: RequestContext) {
  const {date, arn} = placeOf(context)
  return {
    agentRuntimeArn: arn('bedrock-agentcore', `runtime/${runtime.id}`),
    agentRuntimeId: runtime.id,
    agentRuntimeVersion: runtime.version ?? '1',
    agentRuntimeName: runtime.name,
    description: runtime.description ?? runtime.name,
    lastUpdatedAt: date(runtime.createdOn),
    status: runtime.status ?? ('READY' as const),
  }
}

function describe(runtime: AgentRuntime, context: RequestContext) {
  const {date, arn} = placeOf(context)
  const {artifact, protocol, authorizer, environment, description} = runtime
  const {description: _description, ...summary} = summarise(runtime, context)
  return {
    ...summary,
    createdAt: date(runtime.createdOn),
    roleArn: runtime.roleArn,
    networkConfiguration: asApi<NetworkConfiguration>(runtime.network),
    lifecycleConfiguration: LIFECYCLE,
    ...(description !== undefined && {description}),
    workloadIdentityDetails: {
      workloadIdentityArn: arn(
        'bedrock-agentcore',
        `workload-identity-directory/default/workload-identity/${runtime.id}`,
      ),
    },
    ...(artifact && {agentRuntimeArtifact: asApi<AgentRuntimeArtifact>(artifact)}),
    ...(protocol && {protocolConfiguration: {serverProtocol: protocol}}),
    ...(environment && {environmentVariables: {...environment}}),
    ...(authorizer && {authorizerConfiguration: asApi<AuthorizerConfiguration>(authorizer)}),
  }
}

/** Every runtime has an endpoint DEFAULT, which follows its latest version. */
function endpointsOf(runtime: AgentRuntime, context: RequestContext) {
  const {date, arn} = placeOf(context)
  const {version = '1', createdOn, endpoints = []} = runtime
  return [{name: 'DEFAULT', version, createdOn}, ...endpoints].map((endpoint) => ({
    name: endpoint.name,
    liveVersion: endpoint.version,
    agentRuntimeEndpointArn: arn('bedrock-agentcore', `runtime/${runtime.id}/runtime-endpoint/${endpoint.name}`),
    agentRuntimeArn: arn('bedrock-agentcore', `runtime/${runtime.id}`),
    status: 'READY' as const,
    id: endpoint.name,
    createdAt: date(endpoint.createdOn),
    lastUpdatedAt: date(endpoint.createdOn),
  }))
}
