import type * as Client from '@aws-sdk/client-bedrock-agentcore-control'
import type {
  AuthorizerConfiguration,
  CredentialProviderConfiguration,
  TargetConfiguration,
} from '@aws-sdk/client-bedrock-agentcore-control'
import {handlersFor, type RequestContext} from '../../handler.js'
import {asApi, type Gateway} from '../../world/resources.js'
import {placeOf} from '../account-place.js'
import {corePage, notFound} from './refusals.js'

export const gateways = handlersFor<typeof Client>()({
  ListGateways(input, context) {
    const {items, next} = corePage(gatewaysHere(context), input, 'gateways')
    return {items: items.map((one) => summarise(one, context)), nextToken: next}
  },

  GetGateway({gatewayIdentifier}, context) {
    const gateway = findGateway(gatewayIdentifier, context)
    const {arn} = placeOf(context)
    const {authorizer, kmsKeyArn, policyEngine, debug} = gateway
    return {
      ...summarise(gateway, context),
      gatewayArn: arn('bedrock-agentcore', `gateway/${gateway.id}`),
      gatewayUrl: `https://${gateway.id}.gateway.bedrock-agentcore.${context.region}.amazonaws.com/mcp`,
      roleArn: gateway.roleArn,
      ...(authorizer && {authorizerConfiguration: asApi<AuthorizerConfiguration>(authorizer)}),
      ...(kmsKeyArn !== undefined && {kmsKeyArn}),
      ...(policyEngine && {policyEngineConfiguration: {...policyEngine}}),
      ...(debug && {exceptionLevel: 'DEBUG' as const}),
    }
  },

  ListGatewayTargets({gatewayIdentifier, ...input}, context) {
    const {targets = []} = findGateway(gatewayIdentifier, context)
    const {date} = placeOf(context)
    const {items, next} = corePage(targets, input, `targets:${gatewayIdentifier}`)
    const summaries = items.map(({id, name, createdOn}) => ({
      targetId: id,
      name,
      status: 'READY' as const,
      createdAt: date(createdOn),
      updatedAt: date(createdOn),
    }))
    return {items: summaries, nextToken: next}
  },

  GetGatewayTarget({gatewayIdentifier, targetId}, context) {
    const gateway = findGateway(gatewayIdentifier, context)
    const target = gateway.targets?.find(({id}) => id === targetId)
    if (!target) throw notFound('GatewayTarget', targetId)
    const {date, arn} = placeOf(context)
    const byRole = [{credentialProviderType: 'GATEWAY_IAM_ROLE'}]
    return {
      gatewayArn: arn('bedrock-agentcore', `gateway/${gateway.id}`),
      targetId,
      createdAt: date(target.createdOn),
      updatedAt: date(target.createdOn),
      status: 'READY' as const,
      name: target.name,
      targetConfiguration: asApi<TargetConfiguration>(target.configuration),
      credentialProviderConfigurations: asApi<CredentialProviderConfiguration[]>(target.credentials ?? byRole),
    }
  },

  GetResourcePolicy({resourceArn}, context) {
    const {resources, arn} = placeOf(context)
    const owners = [
      ...(resources.gateways ?? []).map((one) => ({arn: `gateway/${one.id}`, policy: one.resourcePolicy})),
      ...(resources.agentRuntimes ?? []).map((one) => ({arn: `runtime/${one.id}`, policy: one.resourcePolicy})),
    ]
    const found = owners.find((one) => arn('bedrock-agentcore', one.arn) === resourceArn)
    if (!found?.policy) throw notFound('Resource policy', resourceArn)
    return {policy: JSON.stringify(found.policy)}
  },
})

const gatewaysHere = (context: RequestContext): readonly Gateway[] => placeOf(context).resources.gateways ?? []

/** By id or ARN. */
function findGateway(wanted: string, context: RequestContext): Gateway {
  const {arn} = placeOf(context)
  const found = gatewaysHere(context).find(
    ({id}) => id === wanted || arn('bedrock-agentcore', `gateway/${id}`) === wanted,
  )
  if (!found) throw notFound('Gateway', wanted)
  return found
}

function summarise(gateway: Gateway, context: RequestContext) {
  const {date} = placeOf(context)
  return {
    gatewayId: gateway.id,
    name: gateway.name,
    status: gateway.status ?? ('READY' as const),
    ...(gateway.description !== undefined && {description: gateway.description}),
    createdAt: date(gateway.createdOn),
    updatedAt: date(gateway.createdOn),
    authorizerType: gateway.authorizerType,
    protocolType: 'MCP' as const,
  }
}
