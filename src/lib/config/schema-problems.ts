import type {z} from 'zod'
import {didYouMean} from '../core/closest.js'

/** Something wrong with a member of a document. */
export interface MemberProblem {
  readonly path: readonly PropertyKey[]
  readonly said: string
}

/** What a schema finds wrong, in the words of whoever wrote the document: what was meant, and what may stand there. */
export function schemaProblems(
  schema: unknown,
  value: unknown,
  issues: readonly z.core.$ZodIssue[],
): readonly MemberProblem[] {
  return issues.flatMap((issue) => problemsOf(schema, value, issue))
}

function problemsOf(schema: unknown, value: unknown, issue: z.core.$ZodIssue): readonly MemberProblem[] {
  const {path} = issue
  const given = valueAt(value, path)
  switch (issue.code) {
    case 'unrecognized_keys': {
      const known = knownKeys(schema, value, path)
      return issue.keys.map((key) => ({path: [...path, key], said: join('unknown key', didYouMean(key, known))}))
    }
    case 'invalid_value':
      return [{path, said: chosen(given, issue.values.map(String), plainWords(issue.message, given))}]
    case 'invalid_union': {
      if (issue.errors.length === 0) return [{path, said: noSuchKind(given, kindsOf(schema, value, path))}]
      const meant = branchMeant(issue.errors).map((inner) => ({...inner, path: [...path, ...inner.path]}))
      if (meant.length > 0) return meant.flatMap((inner) => problemsOf(schema, value, inner))
      return [{path, said: anyType(issue.errors, given)}]
    }
    default:
      return [{path, said: plainWords(issue.message, given)}]
  }
}

function join(said: string, meant: string | undefined): string {
  return meant === undefined ? said : `${said}. ${meant}`
}

function chosen(given: unknown, values: readonly string[], said: string): string {
  return typeof given === 'string' ? join(said, didYouMean(given, values)) : said
}

function noSuchKind(given: unknown, kinds: readonly string[]): string {
  const list = kinds.join(', ')
  if (given === undefined) return `missing; one of ${list}`
  return chosen(given, kinds, `${JSON.stringify(given)} is none of ${list}`)
}

/** An absent member is missing; zod calls it a wrong input. */
function plainWords(message: string, given: unknown): string {
  if (typeof given === 'number' && !Number.isFinite(given)) return notFinite(given)
  if (given !== undefined) return message
  const expected = message.replace(/^Invalid (?:input|option): /, '').replace(/, received undefined$/, '')
  return `missing; ${expected}`
}

/** Of a union told apart by nothing: the branch that goes wrong least, among those that take this type of value. */
function branchMeant(branches: readonly (readonly z.core.$ZodIssue[])[]): readonly z.core.$ZodIssue[] {
  const near = branches.filter((issues) => !issues.some(({code, path}) => code === 'invalid_type' && path.length === 0))
  return near.toSorted((a, b) => a.length - b.length)[0] ?? []
}

function anyType(branches: readonly (readonly z.core.$ZodIssue[])[], given: unknown): string {
  const types = branches.flatMap((issues) => issues.flatMap((issue) => ('expected' in issue ? [issue.expected] : [])))
  if (typeof given === 'number' && !Number.isFinite(given)) return notFinite(given)
  const words = `expected ${[...new Set(types)].join(' or ')}`
  return given === undefined ? `missing; ${words}` : words
}

function notFinite(given: number): string {
  return Number.isNaN(given) ? 'is no number' : 'is too large for a number'
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let current = value
  for (const part of path) {
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, part)) return undefined
    current = (current as Readonly<Record<PropertyKey, unknown>>)[part]
  }
  return current
}

/** The parts of zod's schemas that are looked at. */
interface SchemaNode {
  readonly shape?: Readonly<Record<string, unknown>>
  readonly element?: unknown
  readonly def?: {
    readonly innerType?: unknown
    readonly in?: unknown
    readonly options?: readonly unknown[]
    readonly discriminator?: string
    readonly values?: readonly unknown[]
    readonly entries?: Readonly<Record<string, unknown>>
    readonly valueType?: unknown
  }
}

/** Wrappers such as defaults are looked through. */
function unwrap(schema: unknown): SchemaNode {
  const node = (schema ?? {}) as SchemaNode
  const inner = node.def?.innerType ?? node.def?.in
  return inner === undefined ? node : unwrap(inner)
}

/** The schemas that hold at a place; of unions those that the value there is meant for. */
function nodesAt(schema: unknown, value: unknown, path: readonly PropertyKey[]): readonly SchemaNode[] {
  const [first, ...rest] = path
  const nodes = branchesFor(schema, value)
  if (first === undefined) return nodes
  return nodes.flatMap((node) => nodesAt(childOf(node, first), valueAt(value, [first]), rest))
}

function childOf({shape, element, def}: SchemaNode, part: PropertyKey): unknown {
  if (typeof part === 'number') return element
  return shape !== undefined && Object.hasOwn(shape, part) ? shape[String(part)] : def?.valueType
}

function branchesFor(schema: unknown, value: unknown): readonly SchemaNode[] {
  const node = unwrap(schema)
  const {options, discriminator} = node.def ?? {}
  if (options === undefined) return [node]
  const branches = options.flatMap((option) => branchesFor(option, value))
  if (discriminator === undefined) return branches
  const kind = valueAt(value, [discriminator])
  return branches.filter((branch) => literalsOf(branch, discriminator).includes(kind))
}

function literalsOf(branch: SchemaNode, discriminator: string): readonly unknown[] {
  const {values, entries} = unwrap(branch.shape?.[discriminator]).def ?? {}
  return values ?? Object.values(entries ?? {})
}

function knownKeys(schema: unknown, value: unknown, path: readonly PropertyKey[]): readonly string[] {
  return nodesAt(schema, value, path).flatMap(({shape}) => Object.keys(shape ?? {}))
}

/** What the key that tells the branches apart may say; `path` ends with that key. */
function kindsOf(schema: unknown, value: unknown, path: readonly PropertyKey[]): readonly string[] {
  const around = path.slice(0, -1)
  const last = around.at(-1)
  const above = last === undefined ? [{element: schema}] : nodesAt(schema, value, around.slice(0, -1))
  return above.flatMap((node) => {
    const {options = [], discriminator = ''} = unwrap(childOf(node, last ?? 0)).def ?? {}
    return options.flatMap((option) => literalsOf(unwrap(option), discriminator)).map(String)
  })
}
