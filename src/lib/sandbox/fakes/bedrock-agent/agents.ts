import type * as Client from '@aws-sdk/client-bedrock-agent'
import {handlersFor, type RequestContext} from '../../handler.js'
import type {Agent} from '../../world/resources.js'
import {placeOf} from '../account-place.js'
import {agentPage, notFound} from './refusals.js'

const IDLE_SECONDS = 600
const DRAFT = 'DRAFT'

export const agents = handlersFor<typeof Client>()({
  ListAgents(input, context) {
    const {date} = placeOf(context)
    const {items, next} = agentPage(agentsHere(context), input, 'agents')
    const summaries = items.map((agent) => ({
      agentId: agent.id,
      agentName: agent.name,
      agentStatus: agent.status ?? ('PREPARED' as const),
      ...(agent.description !== undefined && {description: agent.description}),
      updatedAt: date(agent.createdOn),
      latestAgentVersion: agent.versions?.at(-1)?.version ?? DRAFT,
      ...guarded(agent.guardrail),
    }))
    return {agentSummaries: summaries, nextToken: next}
  },

  GetAgent({agentId}, context) {
    const agent = findAgent(agentId, context)
    const {version: _version, ...described} = describeEdition(editionOf(agent, DRAFT), context)
    const preparedAt = (agent.status ?? 'PREPARED') === 'PREPARED' ? {preparedAt: described.createdAt} : {}
    return {
      agent: {...described, ...preparedAt, agentVersion: DRAFT, orchestrationType: 'DEFAULT' as const},
    }
  },

  ListAgentVersions({agentId, ...input}, context) {
    const {date} = placeOf(context)
    const {items, next} = agentPage(editions(findAgent(agentId, context)), input, `versions:${agentId}`)
    const summaries = items.map(({agent, version, createdOn, guardrail, status}) => ({
      agentName: agent.name,
      agentStatus: status,
      agentVersion: version,
      createdAt: date(createdOn),
      updatedAt: date(createdOn),
      ...guarded(guardrail),
    }))
    return {agentVersionSummaries: summaries, nextToken: next}
  },

  GetAgentVersion({agentId, agentVersion}, context) {
    return {agentVersion: describeEdition(findEdition(agentId, agentVersion, context), context)}
  },

  ListAgentAliases({agentId, ...input}, context) {
    const {items, next} = agentPage(aliasesOf(findAgent(agentId, context), context), input, `aliases:${agentId}`)
    const summaries = items.map(({agentId: _agent, agentAliasArn: _arn, ...summary}) => summary)
    return {agentAliasSummaries: summaries, nextToken: next}
  },

  GetAgentAlias({agentId, agentAliasId}, context) {
    const found = aliasesOf(findAgent(agentId, context), context).find((one) => one.agentAliasId === agentAliasId)
    if (!found) throw notFound(agentAliasId)
    return {agentAlias: found}
  },
})

/** The working draft or a numbered version of an agent. */
interface Edition {
  readonly agent: Agent
  readonly version: string
  readonly createdOn: string
  readonly status: Client.AgentStatus
  readonly guardrail: Agent['guardrail']
  readonly model: string
  readonly roleArn: string
  readonly kmsKeyArn: string | undefined
}

function editions(agent: Agent): readonly Edition[] {
  const {model, roleArn, kmsKeyArn, guardrail, createdOn, status = 'PREPARED', versions = []} = agent
  const draft = {agent, version: DRAFT, createdOn, status, guardrail, model, roleArn, kmsKeyArn}
  const numbered = versions.map((one) => ({
    agent,
    version: one.version,
    createdOn: one.createdOn,
    status: 'PREPARED' as const,
    guardrail: one.guardrail,
    model: one.model ?? model,
    roleArn: one.roleArn ?? roleArn,
    kmsKeyArn: one.kmsKeyArn ?? kmsKeyArn,
  }))
  return [draft, ...numbered]
}

function editionOf(agent: Agent, version: string): Edition {
  const found = editions(agent).find((one) => one.version === version)
  if (!found) throw notFound(`${agent.id} version ${version}`)
  return found
}

/** The version of an agent; refused when either is not there. */
export function findEdition(agentId: string, version: string, context: RequestContext): Edition {
  return editionOf(findAgent(agentId, context), version)
}

function findAgent(id: string, context: RequestContext): Agent {
  const found = agentsHere(context).find((one) => one.id === id)
  if (!found) throw notFound(id)
  return found
}

const agentsHere = (context: RequestContext): readonly Agent[] => placeOf(context).resources.agents ?? []

function guarded(guardrail: Agent['guardrail']) {
  if (!guardrail) return {}
  return {guardrailConfiguration: {guardrailIdentifier: guardrail.id, guardrailVersion: guardrail.version}}
}

function describeEdition({agent, version, createdOn, status, ...edition}: Edition, context: RequestContext) {
  const {date, arn} = placeOf(context)
  return {
    agentId: agent.id,
    agentName: agent.name,
    agentArn: arn('bedrock', `agent/${agent.id}`),
    version,
    ...(agent.instruction !== undefined && {instruction: agent.instruction}),
    agentStatus: status,
    foundationModel: edition.model,
    ...(agent.description !== undefined && {description: agent.description}),
    idleSessionTTLInSeconds: agent.idleSessionSeconds ?? IDLE_SECONDS,
    agentResourceRoleArn: edition.roleArn,
    ...(edition.kmsKeyArn !== undefined && {customerEncryptionKeyArn: edition.kmsKeyArn}),
    createdAt: date(createdOn),
    updatedAt: date(createdOn),
    ...guarded(edition.guardrail),
    agentCollaboration: 'DISABLED' as const,
  }
}

/** Every agent has a test alias, which leads to the working draft. */
function aliasesOf({id, createdOn, aliases = []}: Agent, context: RequestContext) {
  const {date, arn} = placeOf(context)
  const test = {id: 'TSTALIASID', name: 'AgentTestAlias', version: DRAFT, createdOn}
  return [test, ...aliases].map((alias) => ({
    agentId: id,
    agentAliasId: alias.id,
    agentAliasName: alias.name,
    agentAliasArn: arn('bedrock', `agent-alias/${id}/${alias.id}`),
    routingConfiguration: [{agentVersion: alias.version}],
    createdAt: date(alias.createdOn),
    updatedAt: date(alias.createdOn),
    agentAliasStatus: 'PREPARED' as const,
    aliasInvocationState: 'ACCEPT_INVOCATIONS' as const,
  }))
}
