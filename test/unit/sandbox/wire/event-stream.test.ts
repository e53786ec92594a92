import {crc32} from 'node:zlib'
import {ConverseStreamOutput$} from '@aws-sdk/client-bedrock-runtime'
import {NormalizedSchema} from '@smithy/core/schema'
import {expect, test} from 'vitest'
import {encodeEvent, encodeFailure, encodeFrame} from '../../../../src/lib/sandbox/wire/event-stream.js'
import {restJson} from '../../../../src/lib/sandbox/wire/json.js'

interface Frame {
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** Reads a frame from the format's description. */
function decode(frame: Buffer): Frame {
  const length = frame.readUInt32BE(0)
  const headerLength = frame.readUInt32BE(4)
  expect(frame).toHaveLength(length)
  expect(frame.readUInt32BE(8)).toBe(crc32(frame.subarray(0, 8)))
  expect(frame.readUInt32BE(length - 4)).toBe(crc32(frame.subarray(0, length - 4)))
  const headers: Record<string, string> = {}
  for (let offset = 12; offset < 12 + headerLength; ) {
    const nameEnd = offset + 1 + frame.readUInt8(offset)
    const valueEnd = nameEnd + 3 + frame.readUInt16BE(nameEnd + 1)
    headers[frame.toString('latin1', offset + 1, nameEnd)] = frame.toString('utf8', nameEnd + 3, valueEnd)
    offset = valueEnd
  }
  return {headers, body: frame.toString('utf8', 12 + headerLength, length - 4)}
}

const union = NormalizedSchema.of(ConverseStreamOutput$)
const write = (schema: NormalizedSchema, value: unknown) => restJson.write(schema, value, '')
const failure = (name: string, message: string) => Object.assign(new Error(message), {name})

test('text outside ASCII counts in bytes', () => {
  expect(decode(encodeFrame([['k', 'wörld 😀']], Buffer.from('ü')))).toEqual({headers: {k: 'wörld 😀'}, body: 'ü'})
})

test('an event carries its member’s name', () => {
  const event = {contentBlockDelta: {contentBlockIndex: 1, delta: {text: 'hi'}}}

  expect(decode(encodeEvent(union, event, write))).toEqual({
    headers: {':event-type': 'contentBlockDelta', ':content-type': 'application/json', ':message-type': 'event'},
    body: '{"delta":{"text":"hi"},"contentBlockIndex":1}',
  })
})

test('an exception is named by the union’s member, not by its shape', () => {
  expect(decode(encodeFailure(union, failure('ThrottlingException', 'slow'), write))).toEqual({
    headers: {
      ':exception-type': 'throttlingException',
      ':content-type': 'application/json',
      ':message-type': 'exception',
    },
    body: '{"message":"slow"}',
  })
})

test('a failure that the union does not know is an error message', () => {
  expect(decode(encodeFailure(union, failure('Odd', 'why'), write)).headers).toEqual({
    ':error-code': 'Odd',
    ':error-message': 'why',
    ':message-type': 'error',
  })
})

test('an event without a known member is our mistake', () => {
  expect(() => encodeEvent(union, {nonsense: {}}, write)).toThrow('no member of ConverseStreamOutput is set: nonsense')
})
