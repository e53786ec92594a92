import type {NormalizedSchema} from '@smithy/core/schema'
import {WireError} from '../handler.js'
import {writeCbor} from './cbor.js'
import {commonError} from './common-errors.js'
import {restJson, rpcJson} from './json.js'
import {CONTENT_TYPE, type Protocol, type WireAnswer} from './protocol.js'
import {memberNames} from './schema.js'
import {escapeXml, XML_DECLARATION, xmlMembers} from './xml.js'

// One error, six dialects. Errors raised before a request is routed are already in the caller's dialect: anything else
// shows up as "Unknown" in its client.

/** What the wire needs to know of an error. */
interface Described {
  readonly code: string
  readonly status: number
  readonly message: string
  /** Members beyond the message, by the names of the model or of the `WireError`. */
  readonly error: Error
  readonly shape: NormalizedSchema | undefined
  /** Code and status of the Query protocol where they differ from the shape's. */
  readonly queryError: readonly [code: string, status: number] | undefined
}

/** What the answer is addressed with. */
export interface ErrorContext {
  readonly protocol: Protocol
  readonly requestId: string
  readonly xmlNamespace: string | undefined
  readonly errors: ReadonlyMap<string, NormalizedSchema> | undefined
}

export interface ErrorAnswer extends WireAnswer {
  readonly code: string
}

export function encodeError(error: Error, context: ErrorContext): ErrorAnswer {
  const described = describe(error, context)
  switch (context.protocol) {
    case 'awsQuery':
    case 'ec2Query':
    case 'restXmlWrapped':
      return queryAnswer(described, context)
    case 'restXml':
      return s3Answer(described, context)
    case 'rpcv2Cbor':
      return cborAnswer(described, context)
    default:
      return jsonAnswer(described, context)
  }
}

function describe(error: Error, {protocol, errors}: ErrorContext): Described {
  if (error instanceof WireError) {
    return {
      code: error.code,
      status: error.status,
      message: error.message,
      error,
      shape: undefined,
      queryError: undefined,
    }
  }
  const shape = errors?.get(error.name)
  if (!shape) return describeInternal(error, protocol)
  const {error: fault, httpError, awsQueryError} = shape.getMergedTraits()
  const status = (httpError as number | undefined) ?? (fault === 'server' ? 500 : 400)
  const queryError = awsQueryError as readonly [string, number] | undefined
  return {code: shape.getName() ?? error.name, status, message: error.message, error, shape, queryError}
}

function describeInternal(cause: Error, protocol: Protocol): Described {
  const error = commonError('internal', protocol, `The sandbox failed: ${cause.message}`)
  return {
    code: error.code,
    status: error.status,
    message: error.message,
    error,
    shape: undefined,
    queryError: undefined,
  }
}

const faultOf = (status: number): string => (status >= 500 ? 'Receiver' : 'Sender')

function requestIdHeader({requestId}: ErrorContext): Record<string, string> {
  return {'x-amzn-requestid': requestId}
}

function queryAnswer({code, status, message, error, shape, queryError}: Described, context: ErrorContext): ErrorAnswer {
  const [wireCode, wireStatus] = queryError ?? [code, status]
  const headers = {...requestIdHeader(context), 'content-type': CONTENT_TYPE[context.protocol]}
  const summary = `<Code>${escapeXml(wireCode)}</Code><Message>${escapeXml(message)}</Message>`
  const id = context.requestId
  if (context.protocol === 'ec2Query') {
    const errors = `<Errors><Error>${summary}</Error></Errors>`
    const body = `${XML_DECLARATION}<Response>${errors}<RequestID>${id}</RequestID></Response>`
    return {code: wireCode, status: wireStatus, headers, body}
  }
  const details = shape ? xmlMembers(shape, withoutMessage(error)).elements : ''
  const inner = `<Error><Type>${faultOf(wireStatus)}</Type>${summary}${details}</Error><RequestId>${id}</RequestId>`
  const body = `<ErrorResponse xmlns="${context.xmlNamespace ?? ''}">${inner}</ErrorResponse>`
  return {code: wireCode, status: wireStatus, headers, body}
}

function s3Answer({code, status, message, error, shape}: Described, context: ErrorContext): ErrorAnswer {
  const headers = {
    ...requestIdHeader(context),
    'x-amz-request-id': context.requestId,
    'content-type': CONTENT_TYPE.restXml,
    ...(error instanceof WireError ? error.headers : {}),
  }
  const extra = Object.entries(extraMembers(error)).map(
    ([name, value]) => `<${name}>${escapeXml(`${value}`)}</${name}>`,
  )
  const details = shape ? xmlMembers(shape, withoutMessage(error)).elements : extra.join('')
  const summary = `<Code>${escapeXml(code)}</Code><Message>${escapeXml(message)}</Message>`
  const ids = `<RequestId>${context.requestId}</RequestId><HostId>sandbox</HostId>`
  return {code, status, headers, body: `${XML_DECLARATION}<Error>${summary}${details}${ids}</Error>`}
}

function cborAnswer({code, status, message, error, shape, queryError}: Described, context: ErrorContext): ErrorAnswer {
  const body = {
    __type: shape?.getName(true) ?? code,
    message,
    ...(shape ? modelledMembers(shape, error) : extraMembers(error)),
  }
  const headers = {
    ...requestIdHeader(context),
    'content-type': CONTENT_TYPE.rpcv2Cbor,
    'smithy-protocol': 'rpc-v2-cbor',
    ...queryErrorHeader(queryError),
  }
  return {code, status, headers, body: writeCbor(body)}
}

function jsonAnswer({code, status, message, error, shape, queryError}: Described, context: ErrorContext): ErrorAnswer {
  const rest = context.protocol === 'restJson1'
  const members = shape
    ? (JSON.parse(
        Buffer.from((rest ? restJson : rpcJson).write(shape, withoutMessage(error), '')).toString(),
      ) as object)
    : extraMembers(error)
  const name = shape && memberNames(shape).includes('Message') ? 'Message' : 'message'
  const type = rest ? {} : {__type: shape?.getName(true) ?? code}
  const headers = {
    ...requestIdHeader(context),
    'content-type': CONTENT_TYPE[context.protocol],
    ...(rest ? {'x-amzn-errortype': code} : {}),
    // Clients take this for the code; JSON 1.1 services never spoke Query, though some of their models name one.
    ...(context.protocol === 'awsJson1_0' ? queryErrorHeader(queryError) : {}),
  }
  return {code, status, headers, body: JSON.stringify({...type, [name]: message, ...members})}
}

/** Services that once spoke Query name the old code, for clients that still match on it. */
function queryErrorHeader(queryError: Described['queryError']): Record<string, string> {
  return queryError ? {'x-amzn-query-error': `${queryError[0]};${faultOf(queryError[1])}`} : {}
}

function withoutMessage(error: Error): Record<string, unknown> {
  return {...error, message: undefined, Message: undefined}
}

function modelledMembers(shape: NormalizedSchema, error: Error): Record<string, unknown> {
  const values: Readonly<Record<string, unknown>> = withoutMessage(error)
  return Object.fromEntries(
    memberNames(shape).flatMap((name) => (values[name] === undefined ? [] : [[name, values[name]]])),
  )
}

const extraMembers = (error: Error): Readonly<Record<string, unknown>> =>
  error instanceof WireError ? error.extra : {}
