import {CborCodec} from '@smithy/core/cbor'
import type {NormalizedSchema} from '@smithy/core/schema'
import {type BodyCodec, serdeFunctions} from './json.js'

const codec = new CborCodec()
codec.setSerdeContext(serdeFunctions)
const reader = codec.createDeserializer()
const writer = codec.createSerializer()

const EMPTY_MAP = Buffer.from([0xbf, 0xff])
const DOCUMENT = 15

/** The body format of Smithy RPC v2 CBOR. */
export const rpcCbor: BodyCodec = {
  read: (schema, body) => (body.length === 0 ? {} : reader.read(schema, body)),
  write: (schema, value) => (schema.isStructSchema() ? encode(schema, value) : EMPTY_MAP),
}

/** Any value, without a schema. */
export const writeCbor = (value: unknown): Uint8Array => encode(DOCUMENT, value)

function encode(schema: NormalizedSchema | number, value: unknown): Uint8Array {
  writer.write(schema, value)
  return writer.flush()
}
