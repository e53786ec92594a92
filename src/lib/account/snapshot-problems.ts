import {formatPath} from '../core/format-path.js'
import {isTree} from '../core/is-tree.js'

type Schemas = Pick<
  typeof import('./snapshot.schema.js'),
  'accountSnapshotSchema' | 'entryHeadSchema' | 'readValueSchemas'
>
type Path = readonly PropertyKey[]

/** What is looked at of a zod schema. */
interface Schema {
  readonly def: {readonly type: string; readonly element?: unknown; readonly shape?: Readonly<Record<string, unknown>>}
  safeParse(value: unknown): {
    readonly success: boolean
    readonly error?: {readonly issues: readonly {readonly path: Path; readonly message: string}[]} | undefined
  }
}

/**
 * What is wrong with a document that should be a snapshot, place by place. zod copies what it parses; looked at in pieces,
 * a large account is never in memory twice.
 */
export function snapshotProblems(document: unknown, schemas: Schemas): readonly string[] {
  return [...problemsOf(document, schemas)]
}

function* problemsOf(document: unknown, schemas: Schemas): Iterable<string> {
  const {accountSnapshotSchema, entryHeadSchema, readValueSchemas} = schemas
  if (!isTree(document) || !isTree(document['reads'])) {
    yield* told(accountSnapshotSchema as Schema, document, [])
    return
  }
  yield* told(accountSnapshotSchema as Schema, {...document, reads: {}}, [])
  const known: Readonly<Record<string, unknown>> = readValueSchemas
  for (const [id, entries] of Object.entries(document['reads'])) {
    const schema = known[id] as Schema | undefined
    // A read of a later version: nothing here looks at it.
    if (schema === undefined) continue
    const place = ['reads', id]
    if (!Array.isArray(entries)) {
      yield `${formatPath(place)}: is no list`
      continue
    }
    for (const [index, entry] of entries.entries()) {
      yield* told(entryHeadSchema as Schema, entry, [...place, index])
      if (isTree(entry) && entry['status'] === 'read')
        yield* inPieces(schema, entry['value'], [...place, index, 'value'])
    }
  }
}

/** Lists item by item, and the lists that are members of an object too. */
function* inPieces(schema: Schema, value: unknown, path: Path): Iterable<string> {
  const {type, element, shape} = schema.def
  if (type === 'array' && Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* told(element as Schema, item, [...path, index])
  } else if (type === 'object' && shape !== undefined && isTree(value)) {
    for (const [key, member] of Object.entries(shape)) yield* inPieces(member as Schema, value[key], [...path, key])
  } else {
    yield* told(schema, value, path)
  }
}

function* told(schema: Schema, value: unknown, place: Path): Iterable<string> {
  const {error} = schema.safeParse(value)
  for (const {path, message} of error?.issues ?? []) yield `${formatPath([...place, ...path])}: ${message}`
}
