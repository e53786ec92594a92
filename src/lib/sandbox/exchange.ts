import type {NormalizedSchema} from '@smithy/core/schema'
import {type Approach, admit, type Caller} from './access.js'
import {type Authorization, parseAuthorization} from './auth.js'
import {constraintsOf} from './constraints.js'
import {checkDigests} from './digests/declared.js'
import type {MantleAnswer} from './fakes/bedrock-mantle/mantle-call.js'
import type {StreamBreak, Verdict} from './faults.js'
import {type RequestContext, WireError} from './handler.js'
import type {JournalEntry} from './journal.js'
import {encodeMantle, isMantle, mantleCall, mantleInput, mantleKey} from './mantle-exchange.js'
import type {Parts} from './parts.js'
import {openPayload} from './payload.js'
import {type Call, guessProtocol, resolveCall} from './resolve.js'
import {validate} from './validate.js'
import {validationError} from './validation-error.js'
import {commonError} from './wire/common-errors.js'
import {decodeInput, type EncodedCall} from './wire/decode.js'
import {type EncodedAnswer, encodeOutput} from './wire/encode.js'
import type {Protocol, WireRequest} from './wire/protocol.js'
import type {Operation} from './wire/schema.js'

type Structure = Record<string, unknown>

/** What is known of a request while it is served: what an error must be worded with, and where its story is written. */
export interface Progress {
  readonly requestId: string
  readonly entry: JournalEntry
  readonly pathRegion: string | undefined
  /** `performance.now()` when the request came. */
  readonly arrivedAt: number
  /** The model that is called, as the caller names it. */
  model: string | undefined
  protocol: Protocol
  xmlNamespace: string | undefined
  errors: ReadonlyMap<string, NormalizedSchema> | undefined
  /** The path of a request to bedrock-mantle, whose errors are worded as its APIs word them. */
  mantlePath: string | undefined
  /** True once the caller has gone away. */
  aborted(): boolean
  whenGone(listener: () => void): void
}

export type Reply =
  | {readonly kind: 'drop'; readonly reason: string}
  | {readonly kind: 'answer'; readonly answer: EncodedAnswer; readonly streamBreak: StreamBreak | undefined}

/** Serves one request: who calls what, may they, what goes wrong by order, and the service's own answer. */
export async function exchange(request: WireRequest, progress: Progress, parts: Parts): Promise<Reply> {
  const signed = parseAuthorization(request)
  const authorization = mantleKey(signed, request)
  progress.entry.auth = authorization.kind
  if (isMantle(request, authorization)) return exchangeMantle(request, authorization, progress, parts)
  progress.protocol = guessProtocol(request, signed)
  const call = await resolveCall(parts.table, request, signed)
  note(call, progress)
  const approach: Approach = {call, request, authorization: signed, pathRegion: progress.pathRegion}
  const caller = admit(approach, parts, progress.entry)
  const {operation} = call
  if (!operation || call.service.handlers[call.name] === undefined) throw notServed(call)
  const encoded: EncodedCall = {...call, operation, xmlNamespace: call.service.spec.xmlNamespace ?? ''}
  checkBody(call, request)
  const input = await decodeInput(encoded, withPayload(request, caller))
  return witnessing({call, caller, request, input, progress}, parts, async () => {
    const verdict = await judge(call, caller, {request, input, progress}, parts)
    if (verdict.drop) return DROPPED
    checkInput(call, operation, input, parts)
    const output = await handle(call, caller, {request, input, progress}, parts)
    const answer = encodeOutput(encoded, output.value, progress.requestId)
    return {kind: 'answer', answer: output.adjust(answer), streamBreak: verdict.streamBreak}
  })
}

/** CloudWatch and CloudTrail are told of every call that somebody is known to have made. */
async function witnessing(
  {call, caller, request, input, progress}: Handling & {readonly call: Call; readonly caller: Caller},
  parts: Parts,
  exchanged: () => Promise<Reply>,
): Promise<Reply> {
  const tell = (error: Error | undefined) => {
    const {account, region, accessKeyId} = caller
    const what = {service: call.service.spec.id, operation: call.name, requestId: progress.requestId, input, error}
    const userAgent = request.headers['user-agent']
    parts.witness?.({...what, account, region, accessKeyId, userAgent, bearer: progress.entry.auth === 'bearer'})
  }
  try {
    const reply = await exchanged()
    if (!caller.anonymous) tell(undefined)
    return reply
  } catch (error) {
    if (!caller.anonymous && error instanceof Error) tell(error)
    throw error
  }
}

const DROPPED = {kind: 'drop', reason: 'a fault dropped the connection'} as const

async function exchangeMantle(
  request: WireRequest,
  authorization: Authorization,
  progress: Progress,
  parts: Parts,
): Promise<Reply> {
  progress.mantlePath = request.path
  const call = await mantleCall(request, authorization)
  note(call, progress)
  const caller = admit({call, request, authorization, pathRegion: progress.pathRegion}, parts, progress.entry)
  const input = mantleInput(request)
  return witnessing({call, caller, request, input, progress}, parts, async () => {
    const verdict = await judge(call, caller, {request, input, progress}, parts)
    if (verdict.drop) return DROPPED
    const output = await handle(call, caller, {request, input, progress}, parts)
    const answer = encodeMantle(output.value as unknown as MantleAnswer)
    return {kind: 'answer', answer: output.adjust(answer), streamBreak: verdict.streamBreak}
  })
}

/** What goes wrong by order, and whether the caller may; throws the refusal. */
async function judge(call: Call, caller: Caller, {input, progress}: Handling, parts: Parts): Promise<Verdict> {
  progress.model = typeof input['modelId'] === 'string' ? input['modelId'] : undefined
  const verdict = await sufferFaults(call, caller, progress, parts)
  if (verdict.drop) return verdict
  if (verdict.error) throw verdict.error
  checkRate(call, caller, parts)
  checkPermission(call, caller, parts)
  return verdict
}

/** S3's callers say what their bodies add up to; when an upload is completed, what the object does. */
function checkBody({protocol, name}: Call, {headers, body, incoming}: WireRequest): void {
  if (protocol === 'restXml' && incoming === undefined && name !== 'CompleteMultipartUpload')
    checkDigests(headers, body)
}

/** An upload's body, read only by the handler. */
function withPayload(request: WireRequest, {signer}: Caller): WireRequest {
  const {incoming} = request
  return incoming && signer ? {...request, payload: openPayload(request, incoming, signer)} : request
}

function note({service, name, protocol}: Call, progress: Progress): void {
  progress.protocol = protocol
  progress.xmlNamespace = service.spec.xmlNamespace
  progress.errors = service.errors
  progress.entry.service = service.spec.id
  progress.entry.operation = name
  progress.entry.protocol = protocol
}

/** Clients retry 500 and 503, never 501. */
const notServed = ({service, name}: Call): WireError =>
  new WireError('NotImplemented', `The sandbox does not implement ${service.spec.id}:${name}.`, 501)

const actionOf = ({service: {spec}, name}: Call): string =>
  spec.iamActions?.[name] ?? `${spec.iamPrefix ?? spec.signing}:${name}`

async function sufferFaults(call: Call, caller: Caller, {model}: Progress, parts: Parts): Promise<Verdict> {
  const verdict = parts.faults.judge({
    account: caller.account,
    region: caller.region,
    service: call.service.spec.id,
    operation: call.name,
    model,
    protocol: call.protocol,
    action: actionOf(call),
    principal: () => parts.world.principal(caller.account, caller.accessKeyId),
  })
  await wallDelay(verdict.delayMs)
  return verdict
}

export async function wallDelay(ms: number): Promise<void> {
  if (ms > 0) await new Promise((resolve) => setTimeout(resolve, Math.ceil(ms)).unref())
}

function checkRate({service, name, protocol}: Call, {account, region}: Caller, {quotas, wallNow}: Parts): void {
  const request = {account, region, service: service.spec.id, operation: name}
  if (!quotas.takeRequest(request, wallNow())) throw commonError('throttled', protocol)
}

function checkPermission(call: Call, {account, accessKeyId, region, anonymous}: Caller, {world}: Parts): void {
  if (anonymous) return
  const refusal = world.authorise({account, accessKeyId, action: actionOf(call), region})
  if (refusal !== undefined) throw commonError('denied', call.protocol, refusal)
}

function checkInput(call: Call, operation: Operation, input: Structure, {checkConstraints}: Parts): void {
  const constraints = checkConstraints ? constraintsOf(call.service.spec.id) : {}
  const violations = validate(operation.input, input, {constraints})
  if (violations.length > 0) throw validationError(violations, call.protocol)
}

interface Handling {
  readonly request: WireRequest
  readonly input: Structure
  readonly progress: Progress
}

interface Handled {
  readonly value: Structure
  /** Puts the status and headers that the handler set on its answer. */
  adjust(answer: EncodedAnswer): EncodedAnswer
}

async function handle(
  call: Call,
  caller: Caller,
  {request, input, progress}: Handling,
  parts: Parts,
): Promise<Handled> {
  let status: number | undefined
  const headers: Record<string, string> = {}
  const {account, region, accessKeyId} = caller
  const context: RequestContext = {
    account,
    region,
    accessKeyId,
    service: call.service.spec.id,
    operation: call.name,
    requestId: progress.requestId,
    headers: request.headers,
    baseUrl: parts.baseUrl(),
    world: parts.world,
    streams: parts.streams,
    quotas: parts.quotas,
    promptCache: parts.promptCache,
    arrivedAt: progress.arrivedAt,
    now: () => parts.clock.now(),
    sleep: (ms) => parts.clock.sleep(ms),
    aborted: progress.aborted,
    whenGone: progress.whenGone,
    setStatus: (next) => {
      status = next
    },
    setHeader: (name, value) => {
      headers[name.toLowerCase()] = value
    },
  }
  const result: unknown = await call.service.handlers[call.name]?.(input as never, context)
  const value = (result ?? {}) as Structure
  if (parts.checkOutput && call.operation) checkOutput(call, call.operation, value)
  return {
    value,
    adjust: (answer) => ({...answer, status: status ?? answer.status, headers: {...answer.headers, ...headers}}),
  }
}

/** A service that breaks its own model is our bug: the answer says so instead of hiding it. */
function checkOutput({service, name}: Call, operation: Operation, value: Structure): void {
  const violations = validate(operation.output, value, {refuseUnknown: true})
  if (violations.length === 0) return
  const list = violations.map(({path, problem}) => `${path}: ${problem}`).join('; ')
  throw new Error(`${service.spec.id}:${name} broke its output schema: ${list}`)
}
