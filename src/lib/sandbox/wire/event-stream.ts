import {crc32} from 'node:zlib'
import type {NormalizedSchema} from '@smithy/core/schema'
import {memberNames} from './schema.js'

// application/vnd.amazon.eventstream. The SDK's own writer knows events only; a server must also send exceptions.

type Header = readonly [name: string, value: string]
type WriteBody = (schema: NormalizedSchema, value: unknown) => Uint8Array | string

const STRING = 7
const PRELUDE = 12
const CHECKSUM = 4

/** One message: lengths, prelude checksum, headers, body, message checksum. */
export function encodeFrame(headers: readonly Header[], body: Uint8Array): Buffer {
  const headerLength = headers.reduce((sum, [name, value]) => sum + 4 + name.length + Buffer.byteLength(value), 0)
  const length = PRELUDE + headerLength + body.length + CHECKSUM
  const frame = Buffer.allocUnsafe(length)
  frame.writeUInt32BE(length, 0)
  frame.writeUInt32BE(headerLength, 4)
  frame.writeUInt32BE(crc32(frame.subarray(0, 8)), 8)
  let offset = PRELUDE
  for (const [name, value] of headers) offset = writeHeader(frame, offset, name, value)
  frame.set(body, offset)
  frame.writeUInt32BE(crc32(frame.subarray(0, length - CHECKSUM)), length - CHECKSUM)
  return frame
}

function writeHeader(frame: Buffer, start: number, name: string, value: string): number {
  let offset = frame.writeUInt8(name.length, start)
  offset += frame.write(name, offset, 'latin1')
  offset = frame.writeUInt8(STRING, offset)
  const written = frame.write(value, offset + 2, 'utf8')
  frame.writeUInt16BE(written, offset)
  return offset + 2 + written
}

/** One event of a streaming union, such as `{contentBlockDelta: {…}}`; a member that is an error becomes an exception. */
export function encodeEvent(
  union: NormalizedSchema,
  event: Readonly<Record<string, unknown>>,
  write: WriteBody,
): Buffer {
  const name = memberNames(union).find((member) => event[member] !== undefined && event[member] !== null)
  if (name === undefined) throw new Error(`no member of ${union.getName()} is set: ${Object.keys(event).join(', ')}`)
  const schema = union.getMemberSchema(name)
  const value = event[name] as Readonly<Record<string, unknown>>
  const payload = [...schema.structIterator()].find(([, member]) => member.getMergedTraits().eventPayload)
  const kind = schema.getMergedTraits().error ? 'exception' : 'event'
  if (payload?.[1].isBlobSchema()) {
    return encodeFrame(eventHeaders(kind, name, 'application/octet-stream'), (value[payload[0]] ?? []) as Uint8Array)
  }
  const body = payload ? write(payload[1], value[payload[0]]) : write(schema, value)
  return encodeFrame(eventHeaders(kind, name, 'application/json'), bytes(body))
}

/** What precedes the events where the protocol has no headers to bind the other output members to. */
export function encodeInitialResponse(body: Uint8Array | string, contentType: string): Buffer {
  return encodeFrame(eventHeaders('event', 'initial-response', contentType), bytes(body))
}

/**
 * A failure in the middle of a stream. The union names those it knows by *member* (throttlingException); any other is a
 * plain error message.
 */
export function encodeFailure(union: NormalizedSchema, error: Error, write: WriteBody): Buffer {
  const member = error.name.charAt(0).toLowerCase() + error.name.slice(1)
  if (memberNames(union).includes(member)) return encodeEvent(union, {[member]: error}, write)
  const headers: Header[] = [
    [':error-code', error.name],
    [':error-message', error.message],
    [':message-type', 'error'],
  ]
  return encodeFrame(headers, new Uint8Array())
}

function eventHeaders(kind: 'event' | 'exception', name: string, contentType: string): Header[] {
  return [
    [`:${kind}-type`, name],
    [':content-type', contentType],
    [':message-type', kind],
  ]
}

const bytes = (body: Uint8Array | string): Uint8Array => (typeof body === 'string' ? Buffer.from(body) : body)
