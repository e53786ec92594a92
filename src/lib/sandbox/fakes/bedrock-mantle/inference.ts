import type {CatalogModel} from '../../../catalog/catalog.schema.js'
import type {RequestContext} from '../../handler.js'
import type {CallPace} from '../../pace/pacer.js'
import type {Allowance} from '../../quotas/quotas.js'
import type {FrameStream} from '../../streams/frame-stream.js'
import type {AnswerRequest, Body, Family} from '../bedrock/answers/family.js'
import {admitMantle, askedLimit, type Settle} from '../bedrock-runtime/admission.js'
import {countInference} from '../bedrock-runtime/called-minutes.js'
import {AnswerScript} from '../bedrock-runtime/streaming/script.js'
import {mantleChat} from './chat.js'
import type {MantleAnswer, MantleInput} from './mantle-call.js'
import {mantleEnvelope, refused} from './mantle-errors.js'
import {baseIdOf, PATHS} from './mantle-models.js'
import {mantleMessages} from './messages.js'
import {modelFor, requestIn} from './requests.js'
import {mantleResponses} from './responses.js'
import {ChatScript, chatEvent, namedEvent} from './sse.js'

/** A call that has passed every check. */
interface Inference {
  readonly allowance: Allowance
  readonly path: string
  readonly request: Body
  readonly model: CatalogModel
  readonly family: Family
  readonly about: AnswerRequest
  readonly pace: CallPace
  readonly tier: string | undefined
}

/** Answers chat completions, Responses and Messages, whole or as server-sent events. */
export async function infer({path, body}: MantleInput, context: RequestContext): Promise<MantleAnswer> {
  const inference = await open({path, body}, context)
  return inference.request['stream'] === true
    ? {stream: streamed(inference, context), failure: (error) => failureEvent(error, path, context)}
    : {json: await whole(inference, context)}
}

/** Where the catalog does not know how long an answer may be. */
const OUTPUT_TOKENS = 8192
const NO_VERSION = 'anthropic-version: header is required'

async function open({path, body}: MantleInput, context: RequestContext): Promise<Inference> {
  const request = requestIn(body)
  if (PATHS[path] === 'Messages' && context.headers['anthropic-version'] === undefined) throw refused(NO_VERSION)
  const model = modelFor(request['model'], context, path)
  const family = familyOf(path, model.maxOutputTokens ?? OUTPUT_TOKENS)
  const problem = family.refusal(request)
  if (problem !== undefined) throw refused(problem)
  const tier = tierIn(request, model, path)
  const base = baseIdOf(model)
  const pace = context.streams.pacer.paceOf(model.id, base, {tier})
  const {account, region, world} = context
  const allowance = await context.quotas.of({account, region, model: base, routing: 'mantle'}, world)
  const served = tier === undefined ? {} : {service_tier: tier}
  const about = {modelId: model.id, now: context.now(), length: pace.length, served}
  return {path, request, model, family, pace, allowance, about, tier}
}

/** The service tier that is asked for, if the model is served at it; Messages mean something else by it. */
function tierIn({service_tier: tier}: Body, {id, serviceTiers}: CatalogModel, path: string): string | undefined {
  if (typeof tier !== 'string' || tier === 'auto' || PATHS[path] === 'Messages') return undefined
  if (tier === 'default' || serviceTiers?.includes(tier)) return tier
  throw refused(`The model '${id}' does not support the service tier '${tier}'`)
}

function familyOf(path: string, most: number): Family {
  if (PATHS[path] === 'Messages') return mantleMessages
  return PATHS[path] === 'Responses' ? mantleResponses(most) : mantleChat(most)
}

async function whole(inference: Inference, context: RequestContext): Promise<Body> {
  const {family, request, about, pace} = inference
  const {output, inputTokens, outputTokens} = family.answer(request, about)
  const settle = admitted(inference, inputTokens, context)
  if (pace.set) await context.streams.hold({pace, inputTokens, outputTokens}, context)
  settle(outputTokens)
  return output
}

function admitted({allowance, request, model, tier}: Inference, inputTokens: number, context: RequestContext): Settle {
  const limit = askedLimit(request) ?? model.maxOutputTokens ?? OUTPUT_TOKENS
  const settle = admitMantle({allowance, limit}, inputTokens, context)
  return (outputTokens) => {
    settle(outputTokens)
    const counted = {model: model.id, base: baseIdOf(model), tier, streaming: request['stream'] === true}
    countInference({...counted, inputTokens, outputTokens}, context)
  }
}

function streamed(inference: Inference, context: RequestContext): FrameStream {
  const {path, family, request, about, pace, model} = inference
  const answer = family.stream?.(request, about)
  if (!answer) throw refused(`The model '${model.id}' does not stream`)
  const settle = admitted(inference, answer.inputTokens, context)
  const chat = PATHS[path] === 'Chat Completions'
  const options = {write: chat ? chatEvent : namedEvent, tokensPerEvent: pace.tokensPerEvent, seed: pace.seed}
  const script = new AnswerScript(answer, options)
  return {
    script: chat ? new ChatScript(script) : script,
    pacing: pace.pacing(answer.inputTokens),
    turn: pace.turn(),
    arrivedAt: context.arrivedAt,
    modelId: model.id,
    settle: ({tokens}) => settle(tokens),
  }
}

/** What a stream that fails ends with. */
function failureEvent({message}: Error, path: string, {requestId}: RequestContext): Buffer {
  const envelope = mantleEnvelope(path, {status: 500, message, requestId})
  return PATHS[path] === 'Chat Completions'
    ? Buffer.from(`data: ${JSON.stringify(envelope)}\n\n`)
    : Buffer.from(`event: error\ndata: ${JSON.stringify({type: 'error', ...envelope})}\n\n`)
}
