import {FromStringShapeDeserializer} from '@smithy/core/protocols'
import type {NormalizedSchema} from '@smithy/core/schema'
import {type BodyCodec, serdeFunctions} from './json.js'
import type {RequestHeaders, WireRequest} from './protocol.js'
import {membersOf, type Operation, timestampFormat} from './schema.js'
import {timestampText} from './xml.js'

// HTTP bindings: which member of an input or output lies in the path, the query, a header, the status or the body.

type Structure = Record<string, unknown>
type Traits = ReturnType<NormalizedSchema['getMergedTraits']>

const DATE_TIME = 5
const strings = new FromStringShapeDeserializer({
  timestampFormat: {useTrait: true, default: DATE_TIME},
  httpBindings: true,
})
strings.setSerdeContext(serdeFunctions)

const readText = (schema: NormalizedSchema, text: string): unknown => strings.read(schema, text)

/** The input of a REST operation; throws what the codec throws on a body it cannot read. */
export async function bindInput(
  operation: Operation,
  labels: Readonly<Record<string, string>>,
  request: WireRequest,
  codec: BodyCodec,
): Promise<Structure> {
  const result: Structure = {}
  const inBody: string[] = []
  for (const [name, member] of membersOf(operation.input)) {
    const traits = member.getMergedTraits()
    if (isInBody(traits)) inBody.push(name)
    else {
      const value = traits.httpPayload
        ? await readPayload(member, request, codec)
        : readBinding(member, traits, labels[name], request)
      if (value !== undefined) result[name] = value
    }
  }
  if (inBody.length === 0 || request.body.length === 0) return result
  const parsed = (await codec.read(operation.input, request.body)) as Structure
  for (const name of inBody) if (parsed[name] !== undefined) result[name] = parsed[name]
  return result
}

function isInBody(traits: Traits): boolean {
  const {httpLabel, httpQuery, httpQueryParams, httpHeader, httpPrefixHeaders, httpPayload} = traits
  return !(httpLabel || httpQuery || httpQueryParams || httpHeader || httpPayload) && httpPrefixHeaders === undefined
}

function readBinding(
  member: NormalizedSchema,
  traits: Traits,
  label: string | undefined,
  {query, headers}: WireRequest,
): unknown {
  if (traits.httpLabel) return label === undefined ? undefined : readText(member, label)
  if (traits.httpQuery) return readQueryMember(member, query.getAll(traits.httpQuery))
  if (traits.httpQueryParams) return Object.fromEntries(query)
  if (traits.httpPrefixHeaders !== undefined) return readPrefixHeaders(headers, traits.httpPrefixHeaders.toLowerCase())
  const header = headers[(traits.httpHeader ?? '').toLowerCase()]
  return header === undefined ? undefined : readText(member, header)
}

function readQueryMember(member: NormalizedSchema, values: readonly string[]): unknown {
  if (values.length === 0) return undefined
  if (!member.isListSchema()) return readText(member, values[0] ?? '')
  const item = member.getValueSchema()
  return values.map((value) => readText(item, value))
}

function readPrefixHeaders(headers: RequestHeaders, prefix: string): unknown {
  const entries = Object.entries(headers).filter(([name]) => name.startsWith(prefix))
  return entries.length === 0
    ? undefined
    : Object.fromEntries(entries.map(([name, value]) => [name.slice(prefix.length), value]))
}

function readPayload(member: NormalizedSchema, {body, payload}: WireRequest, codec: BodyCodec): unknown {
  if (member.isStreaming()) return payload ?? body
  if (member.isBlobSchema()) return body.length === 0 ? undefined : body
  if (member.isStringSchema()) return body.toString('utf8')
  return body.length === 0 ? undefined : codec.read(member, body)
}

/** A REST answer before it is sent. */
export interface BoundOutput {
  status: number
  readonly headers: Record<string, string>
  body: unknown
  /** The body is the caller's own bytes or text, of a type that only the handler knows. */
  verbatim?: boolean
  /** The union of an event stream, whose events are then in `body`. */
  stream?: NormalizedSchema
}

export function bindOutput(operation: Operation, value: Structure, codec: BodyCodec): BoundOutput {
  const {output} = operation
  const bound: BoundOutput = {status: operation.http?.status ?? 200, headers: {}, body: undefined}
  let hasPayload = false
  let hasBodyMembers = false
  for (const [name, member] of membersOf(output)) {
    const traits = member.getMergedTraits()
    if (traits.httpPayload || (member.isStreaming() && member.isStructSchema())) {
      hasPayload = true
      writePayload(bound, member, value[name], codec)
    } else if (!writeBinding(bound, member, traits, value[name])) hasBodyMembers = true
  }
  if (!hasPayload && hasBodyMembers) bound.body = codec.write(output, value, rootName(output))
  return bound
}

const rootName = (schema: NormalizedSchema): string => schema.getOwnTraits().xmlName ?? schema.getName() ?? ''

/** False for a member that belongs into the body. */
function writeBinding(bound: BoundOutput, member: NormalizedSchema, traits: Traits, value: unknown): boolean {
  const {httpHeader, httpPrefixHeaders, httpResponseCode} = traits
  if (!(httpHeader || httpResponseCode) && httpPrefixHeaders === undefined) return false
  if (value === undefined || value === null) return true
  if (httpResponseCode) bound.status = Number(value)
  else if (httpHeader) bound.headers[httpHeader.toLowerCase()] = headerText(member, value)
  else {
    for (const [key, text] of Object.entries(value))
      bound.headers[`${httpPrefixHeaders}${key}`.toLowerCase()] = `${text}`
  }
  return true
}

function headerText(member: NormalizedSchema, value: unknown): string {
  if (value instanceof Date) return timestampText(value, timestampFormat(member) ?? 'http-date')
  return Array.isArray(value) ? value.join(', ') : String(value)
}

function writePayload(bound: BoundOutput, member: NormalizedSchema, value: unknown, codec: BodyCodec): void {
  if (member.isStreaming() && member.isStructSchema()) bound.stream = member
  const verbatim = member.isStreaming() || member.isBlobSchema() || member.isStringSchema()
  bound.verbatim = verbatim
  if (value === undefined || value === null || verbatim) bound.body = value
  else bound.body = codec.write(member, value, member.getMemberTraits().xmlName ?? rootName(member))
}
