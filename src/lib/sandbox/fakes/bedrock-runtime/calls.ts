import type * as Runtime from '@aws-sdk/client-bedrock-runtime'
import {isTree} from '../../../core/is-tree.js'
import type {RequestContext} from '../../handler.js'
import type {CallPace} from '../../pace/pacer.js'
import type {CachePlan} from '../../prompt-cache/prompt-cache.js'
import type {Allowance} from '../../quotas/quotas.js'
import type {QuotaBucket} from '../../quotas/token-bucket.js'
import {converse} from '../bedrock/answers/converse.js'
import type {AnswerRequest, Body, Family, Guard} from '../bedrock/answers/family.js'
import {askedLimit} from './admission.js'
import type {Answerer} from './answerer.js'
import {planCache} from './cache-plan.js'
import {countConverse} from './count-converse.js'
import {findAnswerer} from './find-answerer.js'
import {type GuardrailWish, guardFor} from './guardrails/guard.js'
import {invalid, unsupported} from './refusals.js'
import {routingOf} from './routing-of.js'
import {checkWanted, type Wanted} from './serving.js'

/** A call that has passed every check: what its answer, whole or streamed, is made of. */
export interface OpenCall {
  readonly modelId: string
  readonly model: Answerer
  readonly family: Family
  readonly request: Body
  readonly about: AnswerRequest
  readonly pace: CallPace
  /** What it draws from. */
  readonly allowance: Allowance
  /** It counts towards a quota, whether that is enforced or not. */
  readonly metered: boolean
  /** Tokens that the answer may have at most. */
  readonly limit: number
  /** Where it is not the family that counts them. */
  readonly inputTokens?: number
  readonly cache: CachePlan | undefined
  /** As the answer tells it: only what was asked for. */
  readonly served: Wanted
  /** Draws what the answer came to from what is served at an optimised latency. */
  readonly optimized: QuotaBucket | undefined
}

const NO_CHAT =
  "This action doesn't support the model that you provided. Try again with a supported text or chat model."
const MALFORMED = 'Malformed input request, please reformat your input and try again.'

/** Throws what Bedrock answers to a Converse, streamed or not, that it refuses. */
export async function openConverse(input: Runtime.ConverseCommandInput, context: RequestContext): Promise<OpenCall> {
  const {modelId = '', ...rest} = input
  const model = await findAnswerer(modelId, context)
  if (!model.chat) throw invalid(NO_CHAT)
  checkStreams(model, context)
  const inputTokens = countConverse(rest)
  const request: Body = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined))
  const refused = converse.refusal(request) ?? model.refusal?.(rest)
  if (refused !== undefined) throw invalid(refused)
  const wanted = {tier: rest.serviceTier?.type, latency: rest.performanceConfig?.latency}
  checkWanted(wanted, {modelId, base: model.id}, context)
  const guard = guardFor(rest.guardrailConfig ?? {}, request, context)
  model.begin?.()
  const call = await opened({modelId, model, request, wanted, guard}, context)
  return {...call, family: converse, request, inputTokens: guard?.blockedInput ? 0 : inputTokens}
}

/** An InvokeModel, or one of its streams. */
export interface Invocation {
  readonly modelId: string
  readonly body: unknown
  readonly wanted: Wanted
  readonly guardrail: GuardrailWish
}

/** Says in a body how a stream is guarded. */
const GUARDRAIL_MEMBER = 'amazon-bedrock-guardrailConfig'

/** Throws what Bedrock answers to an InvokeModel, streamed or not, that it refuses. */
export async function openInvocation(
  {modelId, body, wanted, guardrail}: Invocation,
  context: RequestContext,
): Promise<OpenCall> {
  const model = await findAnswerer(modelId, context)
  checkStreams(model, context)
  checkWanted(wanted, {modelId, base: model.id}, context)
  model.begin?.()
  const {[GUARDRAIL_MEMBER]: inner, ...request} = parse(bytesOf(body))
  const family = model.family(request)
  const refused = family.refusal(request)
  if (refused !== undefined) throw invalid(refused)
  const guard = guardFor({...(isTree(inner) ? inner : {}), ...guardrail}, request, context)
  const call = await opened({modelId, model, request, wanted, guard}, context)
  const about = {...call.about, inBody: true}
  return {...call, about, family, request, ...(guard?.blockedInput && {inputTokens: 0})}
}

/** The operations that stream have it in their names. */
function checkStreams({streams}: Answerer, {operation}: RequestContext): void {
  if (!streams && operation.includes('Stream')) throw unsupported()
}

interface Opening extends Pick<OpenCall, 'modelId' | 'model' | 'request'> {
  readonly wanted: Wanted
  readonly guard: Guard | undefined
}

async function opened({modelId, model, request, wanted, guard}: Opening, context: RequestContext) {
  const {world, account, region} = context
  const planned = planCache(request, model.id, context)
  const cache = guard?.blockedInput ? undefined : planned
  const {pace, optimized, served} = paced({modelId, model, wanted}, context)
  const about = {
    modelId: model.id,
    now: context.now(),
    length: pace.length,
    cache,
    served: servedMembers(served),
    guard,
  }
  const routing = routingOf(modelId, context)
  const allowance = routing ? await context.quotas.of({account, region, model: model.id, routing}, world) : {}
  const most = askedLimit(request) ?? world.catalog.model(model.id)?.maxOutputTokens ?? 0
  const limit = guard?.blockedInput ? 0 : most
  const metered = routing !== undefined
  return {modelId, model, pace, about, allowance, metered, limit, cache, served, optimized}
}

/** An optimised latency lasts as long as there is something left of it. */
function paced(
  {modelId, model, wanted}: Pick<OpenCall, 'modelId' | 'model'> & {readonly wanted: Wanted},
  context: RequestContext,
): Pick<OpenCall, 'pace' | 'optimized' | 'served'> {
  const {account, region, streams, quotas, now} = context
  const pace = streams.pacer.paceOf(modelId, model.id, wanted)
  const {optimizedPerMinute: perMinute} = pace
  if (wanted.latency !== 'optimized' || perMinute === undefined) return {pace, optimized: undefined, served: wanted}
  const optimized = quotas.optimized({account, region, model: model.id}, perMinute, now())
  if (optimized.level(now()) > 0) return {pace, optimized, served: wanted}
  const served = {...wanted, latency: 'standard'} as const
  return {pace: streams.pacer.paceOf(modelId, model.id, served), optimized: undefined, served}
}

function servedMembers({tier, latency}: Wanted): Body {
  return {
    ...(latency !== undefined && {performanceConfig: {latency}}),
    ...(tier !== undefined && {serviceTier: {type: tier}}),
  }
}

/** Its type allows for a stream, but a body that is no stream in the model has been read by now. */
function bytesOf(body: unknown): Uint8Array {
  return body instanceof Uint8Array ? body : new Uint8Array()
}

function parse(body: Uint8Array): Body {
  try {
    const request: unknown = JSON.parse(new TextDecoder('utf-8', {fatal: true}).decode(body))
    if (isTree(request)) return request
  } catch {
    throw invalid(MALFORMED)
  }
  throw invalid(MALFORMED)
}
