import type {NormalizedSchema} from '@smithy/core/schema'
import {rpcCbor} from './cbor.js'
import {commonError} from './common-errors.js'
import {type BodyCodec, restJson, rpcJson} from './json.js'
import type {Protocol, WireRequest} from './protocol.js'
import {type FormNode, readForm} from './query.js'
import {bindInput} from './rest.js'
import type {Operation} from './schema.js'
import {restXml} from './xml.js'

export interface EncodedCall {
  readonly protocol: Protocol
  readonly operation: Operation
  readonly labels: Readonly<Record<string, string>>
  readonly form: FormNode | undefined
  readonly xmlNamespace: string
}

type Structure = Record<string, unknown>

/** The typed input of a call; a body that cannot be read is the caller's error, worded as AWS words it. */
export async function decodeInput(call: EncodedCall, request: WireRequest): Promise<Structure> {
  try {
    return asStructure(await read(call, request))
  } catch {
    throw commonError('malformed', call.protocol)
  }
}

function read({protocol, operation, labels, form, xmlNamespace}: EncodedCall, request: WireRequest): unknown {
  const {input} = operation
  switch (protocol) {
    case 'restJson1':
    case 'restXml':
    case 'restXmlWrapped':
      return bindInput(operation, labels, request, bodyCodec(protocol, xmlNamespace))
    case 'awsQuery':
    case 'ec2Query':
      return input.isStructSchema() ? readForm(input, form ?? {}, protocol === 'ec2Query') : {}
    default:
      return readBody(input, request.body, bodyCodec(protocol, xmlNamespace))
  }
}

function readBody(input: NormalizedSchema, body: Buffer, codec: BodyCodec): unknown {
  return input.isStructSchema() ? codec.read(input, body) : {}
}

function asStructure(value: unknown): Structure {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Structure
  throw new TypeError('the body is no structure')
}

export function bodyCodec(protocol: Protocol, xmlNamespace: string): BodyCodec {
  switch (protocol) {
    case 'restJson1':
      return restJson
    case 'restXml':
    case 'restXmlWrapped':
      return restXml(xmlNamespace)
    case 'rpcv2Cbor':
      return rpcCbor
    default:
      return rpcJson
  }
}
