import {JsonCodec2} from '@smithy/core/protocols'
import type {NormalizedSchema} from '@smithy/core/schema'
import type {SerdeFunctions} from '@smithy/types'

/** Reads and writes the body of one protocol. */
export interface BodyCodec {
  read(schema: NormalizedSchema, body: Buffer): unknown
  /** `root` names the root element where the format has one. */
  write(schema: NormalizedSchema, value: unknown, root: string): Uint8Array | string
}

/** The four conversions the SDK's codecs want from their surroundings; they look at nothing else. */
export const serdeFunctions = {
  base64Encoder: (data: Uint8Array | string) => Buffer.from(data as Uint8Array).toString('base64'),
  base64Decoder: (text: string) => Buffer.from(text, 'base64'),
  utf8Encoder: (data: Uint8Array | string) => Buffer.from(data as Uint8Array).toString('utf8'),
  utf8Decoder: (text: string) => Buffer.from(text, 'utf8'),
} as unknown as SerdeFunctions

const EPOCH_SECONDS = 7

/** `jsonName` renames members in REST JSON and is ignored by the RPC protocols. */
function createJsonCodec(jsonName: boolean): BodyCodec {
  const codec = new JsonCodec2({
    jsonName,
    httpBindings: true,
    timestampFormat: {useTrait: true, default: EPOCH_SECONDS},
  })
  codec.setSerdeContext(serdeFunctions)
  const reader = codec.createDeserializer()
  const writer = codec.createSerializer()
  return {
    read: (schema, body) => {
      const text = body.length === 0 ? '{}' : body.toString('utf8')
      assertContainers(schema, JSON.parse(text), jsonName)
      return reader.read(schema, text)
    },
    write: (schema, value) => {
      // The serializer keeps its text between the two calls: nothing may come in between.
      writer.write(schema, value)
      // The SDK's own kind of bytes warns on stderr when `Buffer.from` asks for its value.
      const bytes = writer.flush()
      return typeof bytes === 'string' ? bytes : new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    },
  }
}

export const restJson = createJsonCodec(true)
export const rpcJson = createJsonCodec(false)

/** The SDK's reader takes a list for a structure and makes an empty one of it; AWS does not. */
function assertContainers(schema: NormalizedSchema, value: unknown, jsonName: boolean): void {
  if (value === null || value === undefined || schema.isDocumentSchema()) return
  const isObject = typeof value === 'object' && !Array.isArray(value)
  if (schema.isStructSchema()) {
    if (!isObject) throw new TypeError('expected a structure')
    assertMembers(schema, value as Readonly<Record<string, unknown>>, jsonName)
  } else if (schema.isListSchema()) {
    if (!Array.isArray(value)) throw new TypeError('expected a list')
    assertEach(schema.getValueSchema(), value, jsonName)
  } else if (schema.isMapSchema()) {
    if (!isObject) throw new TypeError('expected a map')
    assertEach(schema.getValueSchema(), Object.values(value), jsonName)
  }
}

function assertMembers(schema: NormalizedSchema, members: Readonly<Record<string, unknown>>, jsonName: boolean): void {
  for (const [name, member] of schema.structIterator()) {
    const wireName = jsonName ? (member.getMergedTraits().jsonName ?? name) : name
    assertContainers(member, members[wireName], jsonName)
  }
}

function assertEach(schema: NormalizedSchema, values: readonly unknown[], jsonName: boolean): void {
  for (const value of values) assertContainers(schema, value, jsonName)
}
