import type {NormalizedSchema} from '@smithy/core/schema'
import type {FrameStream} from '../streams/frame-stream.js'
import {bodyCodec, type EncodedCall} from './decode.js'
import {encodeInitialResponse} from './event-stream.js'
import {CONTENT_TYPE, type WireAnswer} from './protocol.js'
import {writeQueryAnswer} from './query.js'
import {bindOutput} from './rest.js'
import {bucketLocationBody} from './s3.js'
import {membersOf} from './schema.js'

type Structure = Record<string, unknown>

/** An event stream's union and events, and what is sent before the first event. */
export interface EventSource {
  readonly union: NormalizedSchema
  readonly events: AsyncIterable<Structure> | FrameStream
  readonly prologue: Uint8Array | undefined
}

/** A stream of text at its own pace, and the last of it where it fails. */
export interface TextSource {
  readonly events: FrameStream
  readonly failure: (error: Error) => Buffer
}

export interface EncodedAnswer extends WireAnswer {
  readonly stream: EventSource | TextSource | undefined
}

const EVENT_STREAM = 'application/vnd.amazon.eventstream'

/** What a handler returned, as the caller's protocol has it. */
export function encodeOutput(call: EncodedCall, value: Structure, requestId: string): EncodedAnswer {
  switch (call.protocol) {
    case 'restJson1':
    case 'restXml':
    case 'restXmlWrapped':
      return encodeRest(call, value)
    case 'awsQuery':
    case 'ec2Query': {
      const options = {requestId, xmlNamespace: call.xmlNamespace, ec2: call.protocol === 'ec2Query'}
      return answer(call, writeQueryAnswer(call.operation, value, options))
    }
    default:
      return encodeRpc(call, value)
  }
}

function answer({protocol}: EncodedCall, body: unknown, extra: Record<string, string> = {}): EncodedAnswer {
  return {status: 200, headers: {'content-type': CONTENT_TYPE[protocol], ...extra}, body, stream: undefined}
}

function encodeRest(call: EncodedCall, value: Structure): EncodedAnswer {
  const {operation, protocol, xmlNamespace} = call
  const bound = bindOutput(operation, value, bodyCodec(protocol, xmlNamespace))
  const {status, headers} = bound
  if (bound.stream) {
    const events = (bound.body ?? []) as EventSource['events']
    const stream = {union: bound.stream, events, prologue: undefined}
    return {status, headers: {'content-type': EVENT_STREAM, ...headers}, body: undefined, stream}
  }
  const location = operation.name === 'GetBucketLocation' ? bucketLocationBody(value, xmlNamespace) : undefined
  const empty = protocol === 'restJson1' && status !== 204 ? '{}' : undefined
  const body = location ?? bound.body ?? empty
  const type: Record<string, string> =
    body === undefined || bound.verbatim ? {} : {'content-type': CONTENT_TYPE[protocol]}
  return {status, headers: {...type, ...headers}, body, stream: undefined}
}

function encodeRpc(call: EncodedCall, value: Structure): EncodedAnswer {
  const {operation, protocol, xmlNamespace} = call
  const {output} = operation
  const codec = bodyCodec(protocol, xmlNamespace)
  const cbor: Record<string, string> = protocol === 'rpcv2Cbor' ? {'smithy-protocol': 'rpc-v2-cbor'} : {}
  const streaming = membersOf(output).find(([, member]) => member.isStreaming() && member.isStructSchema())
  if (streaming) {
    const [name, union] = streaming
    const {[name]: events, ...rest} = value
    const prologue = encodeInitialResponse(codec.write(output, rest, ''), CONTENT_TYPE[protocol])
    const stream = {union, events: (events ?? []) as AsyncIterable<Structure>, prologue}
    return {status: 200, headers: {'content-type': EVENT_STREAM, ...cbor}, body: undefined, stream}
  }
  const empty = protocol === 'rpcv2Cbor' ? codec.write(output, value, '') : '{}'
  return answer(call, output.isStructSchema() ? codec.write(output, value, '') : empty, cbor)
}
