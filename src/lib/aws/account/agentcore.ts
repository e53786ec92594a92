import {
  type AgentRuntime,
  type AuthorizerConfiguration,
  BedrockAgentCoreControlClient,
  type GatewaySummary,
  GetAgentRuntimeCommand,
  GetGatewayCommand,
  GetResourcePolicyCommand,
  paginateListAgentRuntimeEndpoints,
  paginateListAgentRuntimes,
  paginateListGateways,
  paginateListGatewayTargets,
} from '@aws-sdk/client-bedrock-agentcore-control'
import type {ReadContext, Readers} from '../../account/ports/readers.js'
import type {ReadItem} from '../../account/snapshot.schema.js'
import {absentAs} from '../absent.js'
import type {Wire} from '../wire.js'
import {type Asking, asks, mapBounded} from './asking.js'
import {moment} from './shapes.js'

type Control = Asking<BedrockAgentCoreControlClient>

const PAGE = 100

export function agentcoreReaders(wire: Wire): Readers {
  const ask = asks(wire, {
    service: 'bedrock-agentcore',
    prefix: 'bedrock-agentcore',
    build: (config) => new BedrockAgentCoreControlClient(config),
  })
  return {
    async 'bedrock-agentcore:runtimes'(context) {
      const control = ask(context)
      const runtimes = await control.all(
        'ListAgentRuntimes',
        (client, options) => paginateListAgentRuntimes({client, pageSize: PAGE}, {}, options),
        (page) => page.agentRuntimes,
      )
      return mapBounded(runtimes, (runtime) => readRuntime(runtime, control, context))
    },
    async 'bedrock-agentcore:gateways'(context) {
      const control = ask(context)
      const gateways = await control.all(
        'ListGateways',
        (client, options) => paginateListGateways({client, pageSize: PAGE}, {}, options),
        (page) => page.items,
      )
      return mapBounded(gateways, (gateway) => readGateway(gateway, control, context))
    },
  }
}

async function readRuntime(
  runtime: AgentRuntime,
  control: Control,
  context: ReadContext,
): Promise<ReadItem<'bedrock-agentcore:runtimes'>> {
  const agentRuntimeId = runtime.agentRuntimeId ?? ''
  const arn = runtime.agentRuntimeArn ?? ''
  const [detail, endpoints, resourcePolicy] = await Promise.all([
    context.part('bedrock-agentcore:GetAgentRuntime', () => readRuntimeDetail(agentRuntimeId, control)),
    context.part('bedrock-agentcore:ListAgentRuntimeEndpoints', async () => {
      const found = await control.all(
        'ListAgentRuntimeEndpoints',
        (client, options) => paginateListAgentRuntimeEndpoints({client, pageSize: PAGE}, {agentRuntimeId}, options),
        (page) => page.runtimeEndpoints,
      )
      return found.map(({name, status, liveVersion, targetVersion}) => ({
        name: name ?? '',
        status: status ?? '',
        liveVersion: liveVersion ?? null,
        targetVersion: targetVersion ?? null,
      }))
    }),
    context.part('bedrock-agentcore:GetResourcePolicy', () => readPolicy(arn, control)),
  ])
  return {
    id: agentRuntimeId,
    arn,
    name: runtime.agentRuntimeName ?? '',
    status: runtime.status ?? '',
    updatedAt: moment(runtime.lastUpdatedAt),
    version: runtime.agentRuntimeVersion ?? '',
    detail,
    endpoints,
    resourcePolicy,
  }
}

async function readRuntimeDetail(agentRuntimeId: string, control: Control) {
  const found = await control.one('GetAgentRuntime', (client, options) =>
    client.send(new GetAgentRuntimeCommand({agentRuntimeId}), options),
  )
  const network = found.networkConfiguration
  return {
    roleArn: found.roleArn ?? null,
    network: network
      ? {
          mode: network.networkMode ?? '',
          subnetIds: network.networkModeConfig?.subnets ?? [],
          securityGroupIds: network.networkModeConfig?.securityGroups ?? [],
        }
      : null,
    jwt: toJwt(found.authorizerConfiguration),
    protocol: found.protocolConfiguration?.serverProtocol ?? null,
    // The values are where secrets stand: only the names are kept.
    environmentVariables: Object.keys(found.environmentVariables ?? {}).sort(),
    idleTimeoutSeconds: found.lifecycleConfiguration?.idleRuntimeSessionTimeout ?? null,
    maxLifetimeSeconds: found.lifecycleConfiguration?.maxLifetime ?? null,
  }
}

function toJwt(configuration: AuthorizerConfiguration | undefined) {
  const jwt = configuration?.customJWTAuthorizer
  return jwt
    ? {discoveryUrl: jwt.discoveryUrl ?? '', audiences: jwt.allowedAudience ?? [], clients: jwt.allowedClients ?? []}
    : null
}

async function readGateway(
  gateway: GatewaySummary,
  control: Control,
  context: ReadContext,
): Promise<ReadItem<'bedrock-agentcore:gateways'>> {
  const gatewayIdentifier = gateway.gatewayId ?? ''
  const [detail, targets] = await Promise.all([
    context.part('bedrock-agentcore:GetGateway', () => readGatewayDetail(gatewayIdentifier, control)),
    context.part('bedrock-agentcore:ListGatewayTargets', async () => {
      const found = await control.all(
        'ListGatewayTargets',
        (client, options) => paginateListGatewayTargets({client, pageSize: PAGE}, {gatewayIdentifier}, options),
        (page) => page.items,
      )
      return found.map(({targetId, name, status, updatedAt}) => ({
        id: targetId ?? '',
        name: name ?? '',
        status: status ?? '',
        updatedAt: moment(updatedAt),
      }))
    }),
  ])
  const arn = detail.status === 'read' ? detail.value.arn : null
  return {
    id: gatewayIdentifier,
    arn,
    name: gateway.name ?? '',
    status: gateway.status ?? '',
    updatedAt: moment(gateway.updatedAt),
    authorizerType: gateway.authorizerType ?? null,
    detail,
    targets,
    resourcePolicy:
      detail.status === 'read'
        ? await context.part('bedrock-agentcore:GetResourcePolicy', () => readPolicy(arn ?? '', control))
        : detail,
  }
}

async function readGatewayDetail(gatewayIdentifier: string, control: Control) {
  const found = await control.one('GetGateway', (client, options) =>
    client.send(new GetGatewayCommand({gatewayIdentifier}), options),
  )
  const engine = found.policyEngineConfiguration
  return {
    arn: found.gatewayArn ?? null,
    roleArn: found.roleArn ?? null,
    kmsKeyArn: found.kmsKeyArn ?? null,
    authorizerType: found.authorizerType ?? null,
    jwt: toJwt(found.authorizerConfiguration),
    policyEngine: engine ? {arn: engine.arn ?? '', mode: engine.mode ?? ''} : null,
    exceptionLevel: found.exceptionLevel ?? null,
    webAclArn: found.webAclArn ?? null,
  }
}

function readPolicy(resourceArn: string, control: Control): Promise<string | null> {
  const asked = control.one('GetResourcePolicy', async (client, options) => {
    const answer = await client.send(new GetResourcePolicyCommand({resourceArn}), options)
    return answer.policy ?? null
  })
  return absentAs(asked, null)
}
