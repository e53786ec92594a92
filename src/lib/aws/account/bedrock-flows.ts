import {
  BedrockAgentClient,
  type FlowDefinition,
  type FlowNode,
  type FlowSummary,
  GetFlowCommand,
  GetFlowVersionCommand,
  GetPromptCommand,
  type GuardrailConfiguration,
  type PromptVariant,
  paginateListFlowAliases,
  paginateListFlows,
  paginateListFlowVersions,
  paginateListPrompts,
} from '@aws-sdk/client-bedrock-agent'
import type {ReadContext, Readers} from '../../account/ports/readers.js'
import type {PartValue, ReadItem} from '../../account/snapshot.schema.js'
import type {Wire} from '../wire.js'
import {type Asking, asks, mapBounded} from './asking.js'
import {moment} from './shapes.js'

type FlowItem = ReadItem<'bedrock-agent:flows'>
type FlowDetail = PartValue<FlowItem['draft']>

const PAGE = 1000
const DRAFT = 'DRAFT'

export function flowReaders(wire: Wire): Readers {
  const ask = asks(wire, {
    service: 'bedrock-agent',
    prefix: 'bedrock',
    build: (config) => new BedrockAgentClient(config),
  })
  return {
    async 'bedrock-agent:flows'(context) {
      const agents = ask(context)
      const summaries = await agents.all(
        'ListFlows',
        (client, options) => paginateListFlows({client, pageSize: PAGE}, {}, options),
        (page) => page.flowSummaries,
      )
      return mapBounded(summaries, (summary) => readFlow(summary, agents, context))
    },
    async 'bedrock-agent:prompts'(context) {
      const agents = ask(context)
      const summaries = await agents.all(
        'ListPrompts',
        (client, options) => paginateListPrompts({client, pageSize: PAGE}, {}, options),
        (page) => page.promptSummaries,
      )
      return mapBounded(summaries, async ({id = '', arn = '', name = '', version = '', updatedAt}) => ({
        id,
        arn,
        name,
        version,
        updatedAt: moment(updatedAt),
        detail: await context.part('bedrock:GetPrompt', () => readPrompt(id, agents)),
      }))
    },
  }
}

async function readPrompt(promptIdentifier: string, agents: Asking<BedrockAgentClient>) {
  const found = await agents.one('GetPrompt', (client, options) =>
    client.send(new GetPromptCommand({promptIdentifier}), options),
  )
  return {
    kmsKeyArn: found.customerEncryptionKeyArn ?? null,
    defaultVariant: found.defaultVariant ?? null,
    variants: (found.variants ?? []).map((variant: PromptVariant) => ({
      name: variant.name ?? '',
      modelId: variant.modelId ?? null,
      templateType: variant.templateType ?? null,
      hasTools: variant.templateConfiguration?.chat?.toolConfiguration !== undefined,
    })),
  }
}

async function readFlow(
  summary: FlowSummary,
  agents: Asking<BedrockAgentClient>,
  context: ReadContext,
): Promise<FlowItem> {
  const flowIdentifier = summary.id ?? ''
  const [draft, aliases, versions] = await Promise.all([
    context.part('bedrock:GetFlow', async () =>
      toDetail(
        await agents.one('GetFlow', (client, options) => client.send(new GetFlowCommand({flowIdentifier}), options)),
      ),
    ),
    context.part('bedrock:ListFlowAliases', async () => {
      const found = await agents.all(
        'ListFlowAliases',
        (client, options) => paginateListFlowAliases({client, pageSize: PAGE}, {flowIdentifier}, options),
        (page) => page.flowAliasSummaries,
      )
      return found.map(({id, name, routingConfiguration}) => ({
        id: id ?? '',
        name: name ?? '',
        routes: (routingConfiguration ?? []).flatMap(({flowVersion}) => flowVersion ?? []),
      }))
    }),
    context.part('bedrock:ListFlowVersions', () => readVersions(flowIdentifier, agents, context)),
  ])
  return {
    id: flowIdentifier,
    arn: summary.arn ?? '',
    name: summary.name ?? '',
    status: summary.status ?? '',
    updatedAt: moment(summary.updatedAt),
    draft,
    aliases,
    versions,
  }
}

async function readVersions(flowIdentifier: string, agents: Asking<BedrockAgentClient>, context: ReadContext) {
  const found = await agents.all(
    'ListFlowVersions',
    (client, options) => paginateListFlowVersions({client, pageSize: PAGE}, {flowIdentifier}, options),
    (page) => page.flowVersionSummaries,
  )
  return mapBounded(
    found.filter(({version}) => version !== DRAFT),
    async ({version = '', status}) => ({
      version,
      status: status ?? null,
      detail: await context.part('bedrock:GetFlowVersion', async () =>
        toDetail(
          await agents.one('GetFlowVersion', (client, options) =>
            client.send(new GetFlowVersionCommand({flowIdentifier, flowVersion: version}), options),
          ),
        ),
      ),
    }),
  )
}

function toDetail(flow: {
  readonly executionRoleArn?: string | undefined
  readonly customerEncryptionKeyArn?: string | undefined
  readonly definition?: FlowDefinition | undefined
}): FlowDetail {
  return {
    roleArn: flow.executionRoleArn ?? null,
    kmsKeyArn: flow.customerEncryptionKeyArn ?? null,
    nodes: nodesOf(flow.definition),
  }
}

/** Also those inside of loops, named `LOOP/NODE`. */
function nodesOf(definition: FlowDefinition | undefined, within = ''): FlowDetail['nodes'] {
  return (definition?.nodes ?? []).flatMap((node) => {
    const name = `${within}${node.name ?? ''}`
    return [toNode({...node, name}), ...nodesOf(node.configuration?.loop?.definition, `${name}/`)]
  })
}

/** Where a node leads; the text of its prompt stays out. */
function toNode({name, type, configuration}: FlowNode): FlowDetail['nodes'][number] {
  const {prompt, knowledgeBase, agent, lambdaFunction} = configuration ?? {}
  const source = prompt?.sourceConfiguration
  return {
    name: name ?? '',
    type: type ?? '',
    modelId: source?.inline?.modelId ?? knowledgeBase?.modelId ?? null,
    promptArn: source?.resource?.promptArn ?? null,
    knowledgeBaseId: knowledgeBase?.knowledgeBaseId ?? null,
    agentAliasArn: agent?.agentAliasArn ?? null,
    lambdaArn: lambdaFunction?.lambdaArn ?? null,
    guardrail: toGuardrail(prompt?.guardrailConfiguration ?? knowledgeBase?.guardrailConfiguration),
  }
}

function toGuardrail(configuration: GuardrailConfiguration | undefined) {
  return configuration?.guardrailIdentifier
    ? {id: configuration.guardrailIdentifier, version: configuration.guardrailVersion ?? ''}
    : null
}
