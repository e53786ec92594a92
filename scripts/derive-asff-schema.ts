// Makes the JSON Schema of BatchImportFindings out of the service model of AWS Security Hub, as botocore ships it:
//   tsx scripts/derive-asff-schema.ts <botocore/data/securityhub/2018-10-26/service-2.json> <version of botocore>
// Details of single resource types are left out but `Other`, the only one that is written here.
import {readFileSync, writeFileSync} from 'node:fs'
import {gunzipSync} from 'node:zlib'

interface Shape {
  readonly type: string
  readonly required?: readonly string[]
  readonly members?: Readonly<Record<string, {readonly shape: string}>>
  readonly member?: {readonly shape: string}
  readonly value?: {readonly shape: string}
  readonly enum?: readonly string[]
  readonly pattern?: string
  readonly min?: number
  readonly max?: number
}

const ROOT = 'BatchImportFindingsRequest'
const KEPT_DETAILS = ['Other']
const TARGET = 'test/support/schemas/asff-batch-import-findings.json'

const [file, version] = process.argv.slice(2)
if (file === undefined || version === undefined) throw new Error('Name the service model and the version of botocore.')
const bytes = readFileSync(file)
const model = JSON.parse((file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8'))
const shapes: Readonly<Record<string, Shape>> = model.shapes
const definitions: Record<string, object> = {}
define(ROOT)
const schema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $comment: `Derived from the Security Hub service model of botocore ${version} (Apache-2.0) by scripts/derive-asff-schema.ts.`,
  $ref: `#/$defs/${ROOT}`,
  $defs: definitions,
}
writeFileSync(TARGET, `${JSON.stringify(schema, null, 1)}\n`)

function define(name: string): object {
  const shape = shapes[name]
  if (shape === undefined) throw new Error(`The model has no shape ${name}.`)
  if (!(name in definitions)) {
    definitions[name] = {}
    definitions[name] = schemaOf(name, shape)
  }
  return {$ref: `#/$defs/${name}`}
}

function schemaOf(name: string, shape: Shape): object {
  switch (shape.type) {
    case 'structure': {
      const members = Object.entries(shape.members ?? {}).filter(
        ([key]) => name !== 'ResourceDetails' || KEPT_DETAILS.includes(key),
      )
      return {
        type: 'object',
        additionalProperties: false,
        properties: Object.fromEntries(members.map(([key, member]) => [key, define(member.shape)])),
        ...(shape.required ? {required: shape.required} : {}),
      }
    }
    case 'list':
      return {type: 'array', items: define(shape.member?.shape ?? ''), ...limits(shape, 'minItems', 'maxItems')}
    case 'map':
      return {type: 'object', additionalProperties: define(shape.value?.shape ?? '')}
    case 'string':
      return {
        type: 'string',
        ...(shape.enum ? {enum: shape.enum} : {}),
        ...(shape.pattern === undefined ? {} : {pattern: `^(?:${shape.pattern})$`}),
        ...limits(shape, 'minLength', 'maxLength'),
      }
    case 'integer':
    case 'long':
      return {type: 'integer'}
    case 'double':
    case 'float':
      return {type: 'number'}
    case 'boolean':
      return {type: 'boolean'}
    case 'timestamp':
      return {type: 'string', format: 'date-time'}
    default:
      throw new Error(`No schema is known for the type ${shape.type} of ${name}.`)
  }
}

function limits({min, max}: Shape, least: string, most: string): object {
  return {...(min === undefined ? {} : {[least]: min}), ...(max === undefined ? {} : {[most]: max})}
}
