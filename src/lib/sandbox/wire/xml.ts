import {XmlShapeDeserializer} from '@aws-sdk/core/protocols'
import type {NormalizedSchema} from '@smithy/core/schema'
import {NumericValue} from '@smithy/core/serde'
import {type BodyCodec, serdeFunctions} from './json.js'
import {timestampFormat} from './schema.js'

// The SDK has no server direction for the Query protocols, and its XML serializer hides the root element and the
// namespaces: a writer of our own is shorter.

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this escapes.
const SPECIAL = /[&<>"'\u0000-\u0008\u000B-\u001F\u0085\u2028]/g
const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}

export function escapeXml(text: string): string {
  return text.replace(SPECIAL, (char) => ENTITIES[char] ?? `&#x${char.charCodeAt(0).toString(16)};`)
}

export const XML_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'

/** A structure's members as elements, and those that are attributes of its own element. */
export interface XmlMembers {
  readonly attributes: string
  readonly elements: string
}

export function xmlMembers(schema: NormalizedSchema, value: Readonly<Record<string, unknown>>): XmlMembers {
  let attributes = ''
  let elements = ''
  if (!schema.isStructSchema()) return {attributes, elements}
  for (const [name, member] of schema.structIterator()) {
    const item = value[name]
    const traits = member.getMemberTraits()
    if (item === undefined || item === null || isBoundElsewhere(traits)) continue
    const tag = traits.xmlName ?? name
    if (traits.xmlAttribute) attributes += ` ${tag}="${xmlScalar(member, item)}"`
    else elements += xmlElement(tag, member, item)
  }
  return {attributes, elements}
}

type Traits = ReturnType<NormalizedSchema['getMemberTraits']>

function isBoundElsewhere(traits: Traits): boolean {
  return Boolean(traits.httpHeader) || Boolean(traits.httpResponseCode) || traits.httpPrefixHeaders !== undefined
}

function xmlElement(tag: string, schema: NormalizedSchema, value: unknown): string {
  if (schema.isListSchema()) return xmlList(tag, schema, value as readonly unknown[])
  if (schema.isMapSchema()) return xmlMap(tag, schema, value as Readonly<Record<string, unknown>>)
  if (!schema.isStructSchema()) return `<${tag}>${xmlScalar(schema, value)}</${tag}>`
  const {attributes, elements} = xmlMembers(schema, value as Readonly<Record<string, unknown>>)
  return `<${tag}${namespace(schema)}${attributes}>${elements}</${tag}>`
}

function xmlList(tag: string, schema: NormalizedSchema, items: readonly unknown[]): string {
  const item = schema.getValueSchema()
  if (schema.getMergedTraits().xmlFlattened) return items.map((value) => xmlElement(tag, item, value)).join('')
  const itemTag = item.getMergedTraits().xmlName ?? 'member'
  return `<${tag}>${items.map((value) => xmlElement(itemTag, item, value)).join('')}</${tag}>`
}

function xmlMap(tag: string, schema: NormalizedSchema, map: Readonly<Record<string, unknown>>): string {
  const keyTag = schema.getKeySchema().getMemberTraits().xmlName ?? 'key'
  const values = schema.getValueSchema()
  const valueTag = values.getMemberTraits().xmlName ?? 'value'
  const flattened = Boolean(schema.getMergedTraits().xmlFlattened)
  const entryTag = flattened ? tag : 'entry'
  const entries = Object.entries(map)
    .map(([key, value]) => `<${keyTag}>${escapeXml(key)}</${keyTag}>${xmlElement(valueTag, values, value)}`)
    .map((entry) => `<${entryTag}>${entry}</${entryTag}>`)
    .join('')
  return flattened ? entries : `<${tag}>${entries}</${tag}>`
}

function xmlScalar(schema: NormalizedSchema, value: unknown): string {
  if (value instanceof Date) return timestampText(value, timestampFormat(schema) ?? 'date-time')
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64')
  return escapeXml(value instanceof NumericValue ? value.string : String(value))
}

export function timestampText(value: Date, format: 'date-time' | 'http-date' | 'epoch-seconds'): string {
  if (format === 'date-time') return value.toISOString()
  return format === 'http-date' ? value.toUTCString() : String(value.getTime() / 1000)
}

function namespace(schema: NormalizedSchema): string {
  const pair = schema.getMergedTraits().xmlNamespace
  if (!pair) return ''
  const [first, second] = pair
  return first && second ? ` xmlns:${first}="${second}"` : ` xmlns="${second || first}"`
}

const DATE_TIME = 5
const reader = new XmlShapeDeserializer({
  timestampFormat: {useTrait: true, default: DATE_TIME},
  httpBindings: true,
  xmlNamespace: '',
  serviceNamespace: '',
})
reader.setSerdeContext(serdeFunctions)

/** The body format of REST XML. */
export function restXml(xmlNamespace: string): BodyCodec {
  return {
    read: (schema, body) => reader.read(schema, body),
    write: (schema, value, root) => {
      const {attributes, elements} = xmlMembers(schema, value as Readonly<Record<string, unknown>>)
      return `${XML_DECLARATION}<${root} xmlns="${xmlNamespace}"${attributes}>${elements}</${root}>`
    },
  }
}
