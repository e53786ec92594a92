import {
  type Agent,
  type AgentAliasSummary,
  type AgentSummary,
  BedrockAgentClient,
  GetAgentActionGroupCommand,
  GetAgentCommand,
  GetAgentVersionCommand,
  ListTagsForResourceCommand,
  paginateListAgentActionGroups,
  paginateListAgentAliases,
  paginateListAgentKnowledgeBases,
  paginateListAgents,
  paginateListAgentVersions,
} from '@aws-sdk/client-bedrock-agent'
import type {ReadContext, Readers} from '../../account/ports/readers.js'
import type {PartValue, ReadItem} from '../../account/snapshot.schema.js'
import type {Wire} from '../wire.js'
import {type Asking, asks, mapBounded} from './asking.js'
import {moment, tagRecord} from './shapes.js'

type AgentItem = ReadItem<'bedrock-agent:agents'>
type Configuration = PartValue<AgentItem['draft']>

const PAGE = 1000
const DRAFT = 'DRAFT'

export function agentReaders(wire: Wire): Readers {
  const ask = asks(wire, {
    service: 'bedrock-agent',
    prefix: 'bedrock',
    build: (config) => new BedrockAgentClient(config),
  })
  return {
    async 'bedrock-agent:agents'(context) {
      const agents = ask(context)
      const summaries = await agents.all(
        'ListAgents',
        (client, options) => paginateListAgents({client, pageSize: PAGE}, {}, options),
        (page) => page.agentSummaries,
      )
      return mapBounded(summaries, (summary) => readAgent(summary, agents, context))
    },
  }
}

async function readAgent(
  summary: AgentSummary,
  agents: Asking<BedrockAgentClient>,
  context: ReadContext,
): Promise<AgentItem> {
  const agentId = summary.agentId ?? ''
  const found = await context.part('bedrock:GetAgent', async () => {
    const {agent} = await agents.one('GetAgent', (client, options) =>
      client.send(new GetAgentCommand({agentId}), options),
    )
    return agent
  })
  const arn = found.status === 'read' ? (found.value?.agentArn ?? null) : null
  const [aliases, versions, actionGroups, knowledgeBases, tags] = await Promise.all([
    context.part('bedrock:ListAgentAliases', () => readAliases(agentId, agents)),
    context.part('bedrock:ListAgentVersions', () => readVersions(agentId, agents, context)),
    context.part('bedrock:ListAgentActionGroups', () => readActionGroups(agentId, agents)),
    context.part('bedrock:ListAgentKnowledgeBases', () => readKnowledgeBases(agentId, agents)),
    found.status === 'read' ? context.part('bedrock:ListTagsForResource', () => readTags(arn ?? '', agents)) : found,
  ])
  return {
    id: agentId,
    arn,
    name: summary.agentName ?? '',
    status: summary.agentStatus ?? '',
    updatedAt: moment(summary.updatedAt),
    draft: found.status === 'read' ? {status: 'read', value: toConfiguration(found.value)} : found,
    aliases,
    versions,
    actionGroups,
    knowledgeBases,
    tags,
  }
}

/** A version has the members that matter here under the names that an agent has them. */
function toConfiguration(agent: Partial<Agent> | undefined): Configuration {
  const guardrail = agent?.guardrailConfiguration
  return {
    roleArn: agent?.agentResourceRoleArn ?? null,
    model: agent?.foundationModel ?? null,
    kmsKeyArn: agent?.customerEncryptionKeyArn ?? null,
    guardrail: guardrail?.guardrailIdentifier
      ? {id: guardrail.guardrailIdentifier, version: guardrail.guardrailVersion ?? ''}
      : null,
    idleSessionSeconds: agent?.idleSessionTTLInSeconds ?? null,
    collaboration: agent?.agentCollaboration ?? null,
    orchestration: agent?.orchestrationType ?? null,
    remembers: (agent?.memoryConfiguration?.enabledMemoryTypes?.length ?? 0) > 0,
    overridesPrompts: (agent?.promptOverrideConfiguration?.promptConfigurations ?? []).some(
      ({promptCreationMode}) => promptCreationMode === 'OVERRIDDEN',
    ),
  }
}

async function readAliases(agentId: string, agents: Asking<BedrockAgentClient>) {
  const aliases = await agents.all(
    'ListAgentAliases',
    (client, options) => paginateListAgentAliases({client, pageSize: PAGE}, {agentId}, options),
    (page) => page.agentAliasSummaries,
  )
  return aliases.map((alias: AgentAliasSummary) => ({
    id: alias.agentAliasId ?? '',
    name: alias.agentAliasName ?? '',
    status: alias.agentAliasStatus ?? '',
    routes: (alias.routingConfiguration ?? []).map(({agentVersion, provisionedThroughput}) => ({
      version: agentVersion ?? null,
      provisionedModel: provisionedThroughput ?? null,
    })),
  }))
}

async function readVersions(agentId: string, agents: Asking<BedrockAgentClient>, context: ReadContext) {
  const versions = await agents.all(
    'ListAgentVersions',
    (client, options) => paginateListAgentVersions({client, pageSize: PAGE}, {agentId}, options),
    (page) => page.agentVersionSummaries,
  )
  return mapBounded(
    versions.filter(({agentVersion}) => agentVersion !== DRAFT),
    async ({agentVersion = '', agentStatus, createdAt}) => ({
      version: agentVersion,
      status: agentStatus ?? '',
      createdAt: moment(createdAt),
      detail: await context.part('bedrock:GetAgentVersion', async () => {
        const answer = await agents.one('GetAgentVersion', (client, options) =>
          client.send(new GetAgentVersionCommand({agentId, agentVersion}), options),
        )
        return toConfiguration(answer.agentVersion)
      }),
    }),
  )
}

async function readActionGroups(agentId: string, agents: Asking<BedrockAgentClient>) {
  const place = {agentId, agentVersion: DRAFT}
  const groups = await agents.all(
    'ListAgentActionGroups',
    (client, options) => paginateListAgentActionGroups({client, pageSize: PAGE}, {...place}, options),
    (page) => page.actionGroupSummaries,
  )
  return mapBounded(groups, async ({actionGroupId = '', actionGroupName, actionGroupState}) => {
    const {agentActionGroup: found} = await agents.one('GetAgentActionGroup', (client, options) =>
      client.send(new GetAgentActionGroupCommand({...place, actionGroupId}), options),
    )
    return {
      id: actionGroupId,
      name: actionGroupName ?? '',
      state: actionGroupState ?? '',
      lambdaArn: found?.actionGroupExecutor?.lambda ?? null,
      signature: found?.parentActionSignature ?? null,
    }
  })
}

async function readKnowledgeBases(agentId: string, agents: Asking<BedrockAgentClient>) {
  const place = {agentId, agentVersion: DRAFT}
  const bases = await agents.all(
    'ListAgentKnowledgeBases',
    (client, options) => paginateListAgentKnowledgeBases({client, pageSize: PAGE}, {...place}, options),
    (page) => page.agentKnowledgeBaseSummaries,
  )
  return bases.map(({knowledgeBaseId, knowledgeBaseState}) => ({
    id: knowledgeBaseId ?? '',
    state: knowledgeBaseState ?? '',
  }))
}

async function readTags(resourceArn: string, agents: Asking<BedrockAgentClient>) {
  const answer = await agents.one('ListTagsForResource', (client, options) =>
    client.send(new ListTagsForResourceCommand({resourceArn}), options),
  )
  return tagRecord(answer.tags)
}
