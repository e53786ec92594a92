import {NormalizedSchema} from '@smithy/core/schema'
import type {StaticErrorSchema, StaticOperationSchema} from '@smithy/types'

// The SDK's clients export the schema of every shape they know (`ListFoundationModels$`, `ThrottlingException$`). This
// file is the only one that knows how such an export looks.

/** The exports of an SDK client. */
export type ClientModule = Readonly<Record<string, unknown>>

export interface HttpBinding {
  readonly method: string
  /** `/model/{modelId}/converse`, literal query included. */
  readonly path: string
  readonly status: number
}

/** One operation of a service. Its shapes are normalised on first use: EC2 has 800 operations. */
export class Operation {
  readonly name: string
  readonly http: HttpBinding | undefined
  readonly #inputRef: StaticOperationSchema[4]
  readonly #outputRef: StaticOperationSchema[5]
  #input: NormalizedSchema | undefined
  #output: NormalizedSchema | undefined

  constructor([, , name, traits, input, output]: StaticOperationSchema) {
    const http = typeof traits === 'object' ? traits.http : undefined
    this.name = name
    this.http = http && {method: http[0], path: http[1], status: http[2]}
    this.#inputRef = input
    this.#outputRef = output
  }

  get input(): NormalizedSchema {
    this.#input ??= NormalizedSchema.of(this.#inputRef)
    return this.#input
  }

  get output(): NormalizedSchema {
    this.#output ??= NormalizedSchema.of(this.#outputRef)
    return this.#output
  }
}

const OPERATION = 9
const ERROR = -3
/** The clients' own base classes, which no service sends. */
const SYNTHETIC = 'smithy.ts.sdk.synthetic'

export function operationsOf(client: ClientModule): ReadonlyMap<string, Operation> {
  const operations = schemasOf<StaticOperationSchema>(client, OPERATION).map((schema) => new Operation(schema))
  return new Map(operations.map((operation) => [operation.name, operation]))
}

/** Error shapes by name, as thrown exceptions carry it. */
export function errorsOf(client: ClientModule): ReadonlyMap<string, NormalizedSchema> {
  return new Map(
    schemasOf<StaticErrorSchema>(client, ERROR)
      .filter(([, namespace]) => !namespace.startsWith(SYNTHETIC))
      .map((schema) => [schema[2], NormalizedSchema.of(schema)]),
  )
}

function schemasOf<Schema>(client: ClientModule, kind: number): Schema[] {
  return Object.entries(client)
    .filter(([name, value]) => name.endsWith('$') && Array.isArray(value) && value[0] === kind)
    .map(([, value]) => value as Schema)
}

const STRUCTURE_NAMES = 4
const REQUIRED_COUNT = 6

/** Names of a structure's members; none for any other shape. */
export function memberNames(schema: NormalizedSchema): readonly string[] {
  const names = rawStructure(schema)?.[STRUCTURE_NAMES]
  return Array.isArray(names) ? (names as string[]) : []
}

/** A structure's required members: the first ones of its list, as many as its seventh slot says. */
export function requiredMembers(schema: NormalizedSchema): readonly string[] {
  const count = rawStructure(schema)?.[REQUIRED_COUNT]
  return typeof count === 'number' ? memberNames(schema).slice(0, count) : []
}

/** Members of a structure with their schemas; none for the unit shape of an operation without input or output. */
export function membersOf(schema: NormalizedSchema): readonly (readonly [string, NormalizedSchema])[] {
  return schema.isStructSchema() ? [...schema.structIterator()] : []
}

function rawStructure(schema: NormalizedSchema): readonly unknown[] | undefined {
  const raw: unknown = schema.isStructSchema() ? schema.getSchema() : undefined
  return Array.isArray(raw) ? raw : undefined
}

/** The timestamp format that the model states for this very shape; `undefined`: the protocol's default. */
export function timestampFormat(schema: NormalizedSchema): 'date-time' | 'http-date' | 'epoch-seconds' | undefined {
  const raw: unknown = schema.getSchema()
  if (raw === 5) return 'date-time'
  if (raw === 6) return 'http-date'
  return raw === 7 ? 'epoch-seconds' : undefined
}
