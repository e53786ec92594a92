import type {ErrorClass, HeaderOf} from './answer.js'
import {isObject, type JsonObject, objectIn, textIn} from './dialect.js'
import type {Failure} from './effects.js'
import {oneLine, safeMessage, safeName} from './scrub.js'

/** Names of errors in small letters, without `Exception`, `Error` and what is no letter. */
const NAMED: Readonly<Record<string, ErrorClass>> = {
  throttling: 'throttled',
  throttled: 'throttled',
  toomanyrequests: 'throttled',
  requestlimitexceeded: 'throttled',
  ratelimit: 'throttled',
  ratelimitexceeded: 'throttled',
  slowdown: 'throttled',
  servicequotaexceeded: 'quota',
  insufficientquota: 'quota',
  quotaexceeded: 'quota',
  billing: 'quota',
  billinghardlimitreached: 'quota',
  modelnotready: 'model_not_ready',
  modeltimeout: 'model_timeout',
  requesttimeout: 'model_timeout',
  modelstream: 'model_stream_error',
  model: 'model_stream_error',
  serviceunavailable: 'unavailable',
  internalserver: 'unavailable',
  internalfailure: 'unavailable',
  internal: 'unavailable',
  overloaded: 'unavailable',
  validation: 'validation',
  serialization: 'validation',
  resourcenotfound: 'validation',
  unknownoperation: 'validation',
  conflict: 'validation',
  invalidrequest: 'validation',
  badrequest: 'validation',
  notfound: 'validation',
  modelnotfound: 'validation',
  accessdenied: 'auth',
  unrecognizedclient: 'auth',
  invalidclienttokenid: 'auth',
  invalidsignature: 'auth',
  signaturedoesnotmatch: 'auth',
  incompletesignature: 'auth',
  missingauthenticationtoken: 'auth',
  expiredtoken: 'auth',
  optinrequired: 'auth',
  authentication: 'auth',
  permission: 'auth',
  permissiondenied: 'auth',
  invalidapikey: 'auth',
}

/** AWS words these itself; all others may quote a request. */
const FIXED_WORDS = new Set<ErrorClass>([
  'throttled',
  'quota',
  'auth',
  'model_not_ready',
  'model_timeout',
  'unavailable',
])
/** What a name of a server other than AWS may say against the status. */
const OVER_STATUS = new Set<ErrorClass>(['throttled', 'quota', 'auth', 'model_not_ready'])

/** A failure told instead of an answer: status, headers and (the first bytes of) the body. */
export function classify(status: number, header: HeaderOf, body: string): Failure {
  const html = htmlPage(body)
  if (html !== undefined) return {error: 'parse_error', detail: oneLine(`${html}, with status ${status}`)}
  const json = parsed(body)
  const name = awsName(header('x-amzn-errortype') ?? textIn(json, '__type'))
  if (name !== '') return awsFailure(name, textIn(json, 'message') || textIn(json, 'Message'), byStatus(status))
  const error = readError(json)
  const named = errorClass(error.code) ?? errorClass(error.type)
  const kind =
    named !== undefined && OVER_STATUS.has(named) ? named : (loading(status, error.message) ?? byStatus(status))
  return {
    error: kind,
    detail: describe(error.names, error.message, redirected(status) ?? `HTTP ${status} without a reason`),
  }
}

/** An exception in an event stream; name: the member, such as throttlingException. */
export function classifyException(name: string, body: string): Failure {
  const json = parsed(body)
  const message = textIn(json, 'message') || textIn(json, 'Message') || textIn(json, 'originalMessage')
  return awsFailure(awsName(name), message, 'model_stream_error')
}

/** An error told by name in the middle of an answer. */
export function classifyNamed(name: string, message: string): Failure {
  const known = errorClass(name)
  const error =
    known === 'throttled' || known === 'quota' || name.startsWith('overloaded') ? known : 'model_stream_error'
  return {
    error: error ?? 'model_stream_error',
    detail: describe([safeName(name)], message, 'an error without a reason'),
  }
}

/** An object with a member `error` in the middle of an answer: a text, or an object with a type, a code and a message. */
export function classifyError(event: JsonObject): Failure {
  const error = readError(event)
  const known = errorClass(error.code) ?? errorClass(error.type)
  const kind = known === 'throttled' || known === 'quota' ? known : 'model_stream_error'
  return {error: kind, detail: describe(error.names, error.message, 'an error without a reason')}
}

/** What a page is called, where the bytes are HTML; its start is looked at alone. */
export function htmlPage(body: string): string | undefined {
  const start = body.slice(0, 4096)
  if (!/^\s*<(?:!doctype|html|head|body|\?xml|!--|h1|center|title)/i.test(start)) return undefined
  const title = /<title[^>]*>([^<]{1,200})/i.exec(start)?.[1]
  const words = title === undefined ? '' : oneLine(title, 80)
  return words === '' ? 'an HTML page' : `an HTML page, title "${words}"`
}

function awsFailure(name: string, message: string, fallback: ErrorClass): Failure {
  const error = errorClass(name) ?? fallback
  const words = FIXED_WORDS.has(error) ? oneLine(message, 160) : safeMessage(message)
  return {error, detail: oneLine([name, words].filter((part) => part !== '').join(': '))}
}

/** `ThrottlingException:http://…` and `com.amazon.coral#ThrottlingException` name the same. */
function awsName(text: string): string {
  return safeName(text.split(':')[0]?.split('#').at(-1)?.trim())
}

function errorClass(name: string): ErrorClass | undefined {
  const plain = name
    .toLowerCase()
    .replace(/[^a-z]/g, '')
    .replace(/(?:exception|error)+$/, '')
  return Object.hasOwn(NAMED, plain) ? NAMED[plain] : undefined
}

interface ServerError {
  readonly type: string
  readonly code: string
  readonly names: readonly string[]
  readonly message: string
}

/** OpenAI nests, TGI puts a text beside `error_type`, Ollama a text alone, FastAPI calls it `detail`. */
function readError(json: JsonObject): ServerError {
  const nested = objectIn(json, 'error')
  const type =
    safeName(nested['type']) || safeName(json['error_type']) || (isObject(json['error']) ? '' : safeName(json['type']))
  const code = safeName(nested['code'])
  const message =
    textIn(nested, 'message') || textIn(json, 'error') || textIn(json, 'message') || textIn(json, 'detail')
  const names = [type, code].filter((name, place, all) => name !== '' && all.indexOf(name) === place)
  return {type, code, names, message}
}

function describe(names: readonly string[], message: string, otherwise: string): string {
  const parts = [names.filter((name) => name !== '').join(' '), safeMessage(message)].filter((part) => part !== '')
  return parts.length === 0 ? otherwise : oneLine(parts.join(': '))
}

/** llama.cpp answers 503 while it reads a model. */
function loading(status: number, message: string): ErrorClass | undefined {
  return status === 503 && /^loading model/i.test(message) ? 'model_not_ready' : undefined
}

function redirected(status: number): string | undefined {
  return status >= 300 && status < 400 ? `HTTP ${status} leads to another address, which is not followed` : undefined
}

function byStatus(status: number): ErrorClass {
  if (status === 401 || status === 403 || status === 407) return 'auth'
  if (status === 402) return 'quota'
  if (status === 408 || status === 504) return 'model_timeout'
  if (status === 424) return 'model_stream_error'
  if (status === 429) return 'throttled'
  if (status >= 500) return 'unavailable'
  return status < 300 ? 'parse_error' : 'validation'
}

function parsed(body: string): JsonObject {
  try {
    const value: unknown = JSON.parse(body)
    return isObject(value) ? value : {}
  } catch {
    return {}
  }
}
