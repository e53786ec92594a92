import type {NormalizedSchema} from '@smithy/core/schema'
import type {Operation} from './schema.js'
import {XML_DECLARATION, xmlMembers} from './xml.js'

// AWS Query and EC2 Query: `Filters.member.1.Values.member.2=x` in, XML out.

/** A form as a tree: one level a dot. */
export interface FormNode {
  value?: string
  children?: Map<string, FormNode>
}

const MAX_DEPTH = 64

/** Parameters nested deeper than any service's input are cut off. */
export function parseForm(text: string): FormNode {
  const root: FormNode = {}
  for (const [name, value] of new URLSearchParams(text)) {
    let node = root
    for (const part of name.split('.', MAX_DEPTH)) node = childOf(node, part)
    node.value = value
  }
  return root
}

function childOf(node: FormNode, name: string): FormNode {
  node.children ??= new Map()
  let child = node.children.get(name)
  if (!child) {
    child = {}
    node.children.set(name, child)
  }
  return child
}

export const formValue = (form: FormNode, name: string): string | undefined => form.children?.get(name)?.value

/** The typed input of an operation. EC2 capitalises names and flattens every list. */
export function readForm(schema: NormalizedSchema, form: FormNode, ec2: boolean): unknown {
  if (schema.isStructSchema()) return readStructure(schema, form, ec2)
  if (schema.isListSchema()) return readList(schema, form, ec2)
  if (schema.isMapSchema()) return readMap(schema, form, ec2)
  return readScalar(schema, form.value ?? '')
}

function readStructure(schema: NormalizedSchema, form: FormNode, ec2: boolean): unknown {
  const result: Record<string, unknown> = {}
  for (const [name, member] of schema.structIterator()) {
    const traits = member.getMemberTraits()
    const xmlName = traits.xmlName ?? name
    const key = ec2 ? ((traits['ec2QueryName'] as string | undefined) ?? capitalise(xmlName)) : xmlName
    const child = form.children?.get(key)
    if (child) result[name] = readForm(member, child, ec2)
  }
  return result
}

function readList(schema: NormalizedSchema, form: FormNode, ec2: boolean): unknown {
  const item = schema.getValueSchema()
  const flattened = ec2 || Boolean(schema.getMergedTraits().xmlFlattened)
  const itemTag = item.getMemberTraits().xmlName ?? 'member'
  const source = flattened ? form : (form.children?.get(itemTag) ?? form.children?.get('member') ?? form)
  return indexed(source).map((child) => readForm(item, child, ec2))
}

function readMap(schema: NormalizedSchema, form: FormNode, ec2: boolean): unknown {
  const keyTag = schema.getKeySchema().getMemberTraits().xmlName ?? 'key'
  const values = schema.getValueSchema()
  const valueTag = values.getMemberTraits().xmlName ?? 'value'
  const source = schema.getMergedTraits().xmlFlattened ? form : (form.children?.get('entry') ?? form)
  const entries = indexed(source).map((entry) => [formValue(entry, keyTag), entry.children?.get(valueTag)] as const)
  return Object.fromEntries(
    entries.flatMap(([key, value]) => (key !== undefined && value ? [[key, readForm(values, value, ec2)]] : [])),
  )
}

function readScalar(schema: NormalizedSchema, text: string): unknown {
  if (schema.isBooleanSchema()) return text === 'true' ? true : text === 'false' ? false : text
  if (schema.isNumericSchema()) return text.trim() === '' ? text : Number(text)
  if (schema.isTimestampSchema()) return new Date(/^\d+(\.\d+)?$/.test(text) ? Number(text) * 1000 : text)
  return schema.isBlobSchema() ? Buffer.from(text, 'base64') : text
}

/** Children named 1, 2, 3, … in the order of their numbers. */
function indexed(form: FormNode): FormNode[] {
  return [...(form.children ?? [])]
    .filter(([name]) => /^\d+$/.test(name))
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([, child]) => child)
}

const capitalise = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** The answer to a Query operation. EC2 has no `Result` wrapper and puts the request id first. */
export function writeQueryAnswer(
  operation: Operation,
  value: Readonly<Record<string, unknown>>,
  {requestId, xmlNamespace, ec2}: {readonly requestId: string; readonly xmlNamespace: string; readonly ec2: boolean},
): string {
  const {name, output} = operation
  const {elements} = xmlMembers(output, value)
  const open = `<${name}Response xmlns="${xmlNamespace}">`
  if (ec2) return `${XML_DECLARATION}${open}<requestId>${requestId}</requestId>${elements}</${name}Response>`
  const result = output.isStructSchema() ? `<${name}Result>${elements}</${name}Result>` : ''
  const metadata = `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata>`
  return `${open}${result}${metadata}</${name}Response>`
}
