import {BedrockctlError, usageError} from '../../core/errors.js'
import type {LaneAuth, LanePlan, Timeouts} from '../wire/lane.js'
import {dialectOf} from './dialect-of.js'
import {targetAddress} from './name-targets.js'
import type {TargetFacts} from './parse-target.js'
import {originOf, proxyFor} from './proxy.js'
import type {BedrockTarget, OwnModelTarget, Target} from './target.js'

export interface LaneContext {
  readonly facts: TargetFacts
  /** Unique in the run. */
  readonly name: string
  /** URL of the service in a Region, with the path before its operations; the caller knows endpoints and variables. */
  readonly endpoint: (service: BedrockService, region: string) => string
  /** Bedrock is called with an API key in place of signatures. */
  readonly bedrockBearer: boolean
  /** There is a key for OpenAI's servers. */
  readonly openAiKey: boolean
  readonly caPem: string | undefined
  readonly insecure: boolean
  readonly timeouts: Timeouts
  readonly env: Readonly<Record<string, string | undefined>>
}

export type BedrockService = 'bedrock-runtime' | 'bedrock-mantle'

/** Where the requests of a target go and how their answers come back. Bedrock targets have their Region by now. */
export function targetLane(target: Target, context: LaneContext): LanePlan {
  const dialect = dialectOf(target, context.facts)
  if (dialect === undefined) {
    throw usageError('DIALECT_UNKNOWN', `How ${targetAddress(target)} answers InvokeModel is not known.`, {
      hint: 'Leave api=invoke out: Converse is the same for all models.',
    })
  }
  const {auth, headers, url} = wayOf(target, dialect === 'invoke-embedding', context)
  const base = {dialect, caPem: context.caPem, insecure: context.insecure, timeouts: context.timeouts}
  return {
    ...base,
    name: context.name,
    origin: originOf(url),
    path: `${url.pathname}${url.search}`,
    headers,
    auth,
    proxy: proxyFor(url, context.env),
  }
}

interface Way {
  readonly url: URL
  readonly auth: LaneAuth
  readonly headers: readonly (readonly [string, string])[]
}

function wayOf(target: Target, isWhole: boolean, context: LaneContext): Way {
  const openAi: LaneAuth = context.openAiKey ? {kind: 'bearer'} : {kind: 'none'}
  switch (target.kind) {
    case 'bedrock':
      return target.api === 'converse' || target.api === 'invoke'
        ? runtimeWay(target, isWhole, context)
        : mantleWay(target, context)
    case 'imported':
    case 'provisioned':
      return runtimeWay(target, isWhole, context)
    case 'openai': {
      const isEmbedding = target.model !== undefined && /embed/i.test(target.model)
      const url = below(target.baseUrl, isEmbedding ? '/embeddings' : '/chat/completions')
      return {url, auth: openAi, headers: []}
    }
    case 'ollama':
      return {url: below(target.url, '/api/chat'), auth: openAi, headers: []}
  }
}

function runtimeWay(target: BedrockTarget | OwnModelTarget, isWhole: boolean, context: LaneContext): Way {
  const region = regionOf(target)
  const id = encodeURIComponent(target.kind === 'bedrock' ? target.modelId : target.arn)
  const operation = target.api === 'converse' ? 'converse-stream' : isWhole ? 'invoke' : 'invoke-with-response-stream'
  return {
    url: below(context.endpoint('bedrock-runtime', region), `/model/${id}/${operation}`),
    auth: context.bedrockBearer ? {kind: 'bearer'} : {kind: 'sigv4', service: 'bedrock', region},
    headers: target.kind === 'bedrock' && target.api === 'invoke' ? choiceHeaders(target) : [],
  }
}

/** What Converse says in its body, InvokeModel says in headers. */
function choiceHeaders({latency, tier}: BedrockTarget): Way['headers'] {
  return [
    ...(tier === 'default' ? [] : [['X-Amzn-Bedrock-Service-Tier', tier] as const]),
    ...(latency === 'standard' ? [] : [['X-Amzn-Bedrock-PerformanceConfig-Latency', latency] as const]),
  ]
}

function mantleWay(target: BedrockTarget, context: LaneContext): Way {
  const region = regionOf(target)
  const path = {
    'mantle-chat': '/v1/chat/completions',
    'mantle-responses': '/openai/v1/responses',
    'mantle-messages': '/anthropic/v1/messages',
    converse: '',
    invoke: '',
  }[target.api]
  return {
    url: below(context.endpoint('bedrock-mantle', region), path),
    auth: context.bedrockBearer ? {kind: 'bearer'} : {kind: 'sigv4', service: 'bedrock-mantle', region},
    headers: target.api === 'mantle-messages' ? [['anthropic-version', '2023-06-01']] : [],
  }
}

function regionOf(target: BedrockTarget | OwnModelTarget): string {
  if (target.region !== undefined) return target.region
  throw new BedrockctlError('NO_REGION', `In which Region ${targetAddress(target)} is called is not said.`, {
    fault: 'usage',
    hint: 'Add @Region to the target, or give --region.',
  })
}

/** A path below a base, whose own path and query are kept. */
function below(base: string, path: string): URL {
  const url = new URL(base)
  url.pathname = `${url.pathname.replace(/\/+$/, '')}${path}`
  return url
}
