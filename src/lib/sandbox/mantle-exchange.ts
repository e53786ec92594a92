import type {Authorization} from './auth.js'
import {type MantleAnswer, mantleOperation} from './fakes/bedrock-mantle/mantle-call.js'
import {mantleEnvelope, mantleStatus} from './fakes/bedrock-mantle/mantle-errors.js'
import type {AnyHandler} from './handler.js'
import type {Call} from './resolve.js'
import type {ServiceSpec} from './services.js'
import {commonError} from './wire/common-errors.js'
import type {EncodedAnswer} from './wire/encode.js'
import type {ErrorAnswer} from './wire/errors.js'
import type {WireRequest} from './wire/protocol.js'

// The endpoint bedrock-mantle speaks the APIs of OpenAI and Anthropic. No SDK of AWS has schemas of them: it is served
// beside the table of services.

const PREFIX = /^\/(?:v1|openai\/v1|anthropic\/v1)\//
/** Clients were seen to sign for either. */
const SCOPES: ReadonlySet<string> = new Set(['bedrock-mantle', 'bedrock'])

/**
 * A request to the endpoint: any path for who signs for it, its own paths for keys, for who signs for Bedrock and for who
 * does not sign at all.
 */
export function isMantle({method, path}: Pick<WireRequest, 'method' | 'path'>, authorization: Authorization): boolean {
  if (authorization.kind === 'sigv4' || authorization.kind === 'sigv4-query') {
    const {service} = authorization
    return service === 'bedrock-mantle' || (SCOPES.has(service) && PREFIX.test(path))
  }
  if (authorization.kind === 'none') return mantleOperation(method, path) !== undefined
  return authorization.kind === 'bearer' && PREFIX.test(path)
}

/** A key comes as a bearer token, or as Anthropic's clients send it. */
export function mantleKey(authorization: Authorization, {headers}: Pick<WireRequest, 'headers'>): Authorization {
  const token = headers['x-api-key']
  return authorization.kind === 'none' && token !== undefined ? {kind: 'bearer', token} : authorization
}

/** The call that a request to the endpoint means. */
export async function mantleCall({method, path}: WireRequest, authorization: Authorization): Promise<Call> {
  const name = mantleOperation(method, path)
  if (name === undefined) throw commonError('unknown-operation', 'restJson1', `Unknown path ${path}`)
  const {default: handlers} = await import('./fakes/bedrock-mantle.js')
  const signing = 'service' in authorization ? authorization.service : 'bedrock'
  const spec: ServiceSpec = {
    id: 'bedrock-mantle',
    signing,
    iamPrefix: 'bedrock-mantle',
    protocols: ['restJson1'],
    followsCatalog: true,
    client: () => Promise.resolve({}),
  }
  const service = {
    spec,
    operations: new Map(),
    errors: new Map(),
    routes: [],
    handlers: handlers as Readonly<Record<string, AnyHandler>>,
  }
  return {service, protocol: 'restJson1', name, operation: undefined, labels: {}, form: undefined}
}

/** Path and JSON of a request. */
export function mantleInput({path, body}: WireRequest): Record<string, unknown> {
  const json = parse(body)
  return {path, body: json, modelId: modelIn(json)}
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8')) as unknown
  } catch {
    return undefined
  }
}

const modelIn = (body: unknown): unknown =>
  typeof body === 'object' && body !== null && 'model' in body ? body.model : undefined

export function encodeMantle(answer: MantleAnswer): EncodedAnswer {
  if ('json' in answer) {
    const headers = {'content-type': 'application/json'}
    return {status: 200, headers, body: JSON.stringify(answer.json), stream: undefined}
  }
  const headers = {'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache'}
  const {stream, failure} = answer
  return {status: 200, headers, body: undefined, stream: {events: stream, failure}}
}

/** The same error as its callers expect it. */
export function mantleError(
  error: ErrorAnswer,
  {path, message, requestId}: {readonly path: string; readonly message: string; readonly requestId: string},
): ErrorAnswer {
  const status = mantleStatus({code: error.code, status: error.status, message})
  return {...error, status, body: JSON.stringify(mantleEnvelope(path, {status, message, requestId}))}
}
