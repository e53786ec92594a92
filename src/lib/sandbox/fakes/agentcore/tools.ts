import type * as Client from '@aws-sdk/client-bedrock-agentcore-control'
import type {
  BrowserNetworkConfiguration,
  CodeInterpreterNetworkConfiguration,
  RecordingConfig,
} from '@aws-sdk/client-bedrock-agentcore-control'
import {formatArn} from '../../../core/arn.js'
import {handlersFor, type RequestContext} from '../../handler.js'
import {partitionOf} from '../../world/offering.js'
import {asApi, type BuiltInTool} from '../../world/resources.js'
import {placeOf} from '../account-place.js'
import {corePage, notFound} from './refusals.js'

const SYSTEM_SINCE = '2025-07-16'

export const tools = handlersFor<typeof Client>()({
  ListBrowsers({type, ...input}, context) {
    const {items, next} = corePage(toolsHere('browser', type, context), input, `browsers:${type ?? ''}`)
    const summaries = items.map(({tool, arn, created}) => ({
      browserId: tool.id,
      browserArn: arn,
      name: tool.name,
      status: 'READY' as const,
      createdAt: created,
      lastUpdatedAt: created,
    }))
    return {browserSummaries: summaries, nextToken: next}
  },

  GetBrowser({browserId}, context) {
    const {tool, arn, created} = findTool('browser', browserId, context)
    const recording = asApi<RecordingConfig>(tool.recording ?? {enabled: false})
    return {
      browserId,
      browserArn: arn,
      name: tool.name,
      ...(tool.description !== undefined && {description: tool.description}),
      ...(tool.roleArn !== undefined && {executionRoleArn: tool.roleArn}),
      networkConfiguration: asApi<BrowserNetworkConfiguration>(tool.network),
      recording,
      status: 'READY' as const,
      createdAt: created,
      lastUpdatedAt: created,
    }
  },

  ListCodeInterpreters({type, ...input}, context) {
    const {items, next} = corePage(toolsHere('code-interpreter', type, context), input, `interpreters:${type ?? ''}`)
    const summaries = items.map(({tool, arn, created}) => ({
      codeInterpreterId: tool.id,
      codeInterpreterArn: arn,
      name: tool.name,
      status: 'READY' as const,
      createdAt: created,
      lastUpdatedAt: created,
    }))
    return {codeInterpreterSummaries: summaries, nextToken: next}
  },

  GetCodeInterpreter({codeInterpreterId}, context) {
    const {tool, arn, created} = findTool('code-interpreter', codeInterpreterId, context)
    return {
      codeInterpreterId,
      codeInterpreterArn: arn,
      name: tool.name,
      ...(tool.description !== undefined && {description: tool.description}),
      ...(tool.roleArn !== undefined && {executionRoleArn: tool.roleArn}),
      networkConfiguration: asApi<CodeInterpreterNetworkConfiguration>(tool.network),
      status: 'READY' as const,
      createdAt: created,
      lastUpdatedAt: created,
    }
  },

  ListTagsForResource({resourceArn}, context) {
    const {resources, arn} = placeOf(context)
    const kinds: readonly (readonly [string, readonly Tagged[] | undefined])[] = [
      ['runtime', resources.agentRuntimes],
      ['gateway', resources.gateways],
      ['memory', resources.memories],
      ['policy-engine', resources.policyEngines],
      ['browser-custom', resources.browsers],
      ['code-interpreter-custom', resources.codeInterpreters],
    ]
    const found = kinds
      .flatMap(([kind, all = []]) => all.map((one) => ({one, arn: arn('bedrock-agentcore', `${kind}/${one.id}`)})))
      .find((each) => each.arn === resourceArn)
    if (!found) throw notFound('Resource', resourceArn)
    return {tags: {...found.one.tags}}
  },
})

interface Tagged {
  readonly id: string
  readonly tags?: Readonly<Record<string, string>> | undefined
}

interface PlacedTool {
  readonly tool: BuiltInTool
  readonly arn: string
  readonly created: Date
}

type Kind = 'browser' | 'code-interpreter'

/** AWS's own one, which belongs to no account, and the account's. */
function toolsHere(kind: Kind, type: string | undefined, context: RequestContext): readonly PlacedTool[] {
  const {resources, date, arn} = placeOf(context)
  const {region, world} = context
  const browser = kind === 'browser'
  const id = browser ? 'aws.browser.v1' : 'aws.codeinterpreter.v1'
  const name = browser ? 'Amazon Bedrock AgentCore Browser' : 'Amazon Bedrock AgentCore Code Interpreter'
  const network = {networkMode: browser ? 'PUBLIC' : 'SANDBOX'}
  const partition = partitionOf(world.catalog, region)
  const system = {
    tool: {id, name, network, createdOn: SYSTEM_SINCE},
    arn: formatArn({partition, service: 'bedrock-agentcore', region, account: 'aws', resource: `${kind}/${id}`}),
    created: date(SYSTEM_SINCE),
  }
  const own = (browser ? resources.browsers : resources.codeInterpreters) ?? []
  const custom = own.map((tool) => ({
    tool,
    arn: arn('bedrock-agentcore', `${kind}-custom/${tool.id}`),
    created: date(tool.createdOn),
  }))
  return [...(type === 'CUSTOM' ? [] : [system]), ...(type === 'SYSTEM' ? [] : custom)]
}

function findTool(kind: Kind, id: string, context: RequestContext): PlacedTool {
  const found = toolsHere(kind, undefined, context).find(({tool}) => tool.id === id)
  if (!found) throw notFound(kind === 'browser' ? 'Browser' : 'CodeInterpreter', id)
  return found
}
