import type {NormalizedSchema} from '@smithy/core/schema'
import {NumericValue} from '@smithy/core/serde'
import {constraintBreaches} from './constraint-breaches.js'
import type {Constraint, StructureConstraints} from './constraints.js'
import {membersOf, requiredMembers} from './wire/schema.js'

/** One thing wrong with a value. */
export interface Violation {
  /** As AWS writes it: `tags.1.member.key`; empty for the value itself. */
  readonly path: string
  /** `type`: not even of the right kind, which AWS calls a serialization error. */
  readonly kind: 'missing' | 'type' | 'union' | 'unknown' | 'constraint'
  readonly value: unknown
  readonly problem: string
}

export interface ValidationOptions {
  /** Patterns, lengths, ranges and enums by structure. */
  readonly constraints?: StructureConstraints
  /** Report members that the schema does not have. */
  readonly refuseUnknown?: boolean
}

/** Everything wrong with a value of this schema; absent optional members are fine at any depth. */
export function validate(schema: NormalizedSchema, value: unknown, options: ValidationOptions = {}): Violation[] {
  const violations: Violation[] = []
  visit({schema, value, path: '', constraint: undefined}, {...options, violations})
  return violations
}

interface Spot {
  readonly schema: NormalizedSchema
  readonly value: unknown
  readonly path: string
  readonly constraint: Constraint | undefined
}

interface Visit extends ValidationOptions {
  readonly violations: Violation[]
}

function visit(spot: Spot, context: Visit): void {
  const {schema, value, path} = spot
  if (value === undefined || value === null) return
  const expected = mismatch(schema, value)
  if (expected) {
    context.violations.push({path, kind: 'type', value, problem: `expected ${expected}`})
    return
  }
  for (const problem of constraintBreaches(spot.constraint, value)) {
    context.violations.push({path, kind: 'constraint', value, problem})
  }
  if (schema.isStructSchema()) visitStructure(spot, context)
  else if (schema.isListSchema()) visitList(spot, context)
  else if (schema.isMapSchema()) visitMap(spot, context)
}

function visitStructure({schema, value, path}: Spot, context: Visit): void {
  const members = value as Readonly<Record<string, unknown>>
  const present = (name: string): boolean => members[name] !== undefined && members[name] !== null
  for (const name of requiredMembers(schema)) {
    if (present(name) || schema.getMemberSchema(name).isStreaming()) continue
    context.violations.push({path: join(path, name), kind: 'missing', value: null, problem: 'Member must not be null'})
  }
  const known = membersOf(schema)
  const table = context.constraints?.[schema.getName() ?? '']
  for (const [name, member] of known) {
    if (!present(name) || member.isStreaming()) continue
    visit({schema: member, value: members[name], path: join(path, name), constraint: table?.[name]}, context)
  }
  if (schema.isUnionSchema()) visitUnion(known.filter(([name]) => present(name)).length, {value, path}, context)
  if (context.refuseUnknown) visitUnknown(new Set(known.map(([name]) => name)), members, path, context)
}

function visitUnion(count: number, {value, path}: Pick<Spot, 'value' | 'path'>, {violations}: Visit): void {
  if (count === 1) return
  violations.push({path, kind: 'union', value, problem: `Member must have exactly one field set, not ${count}`})
}

function visitUnknown(
  known: ReadonlySet<string>,
  members: Readonly<Record<string, unknown>>,
  path: string,
  {violations}: Visit,
): void {
  for (const [name, value] of Object.entries(members)) {
    if (known.has(name) || value === undefined || name === '$metadata') continue
    violations.push({path: join(path, name), kind: 'unknown', value, problem: 'the schema has no such member'})
  }
}

function visitList({schema, value, path, constraint}: Spot, context: Visit): void {
  const item = schema.getValueSchema()
  const inner = isSimple(item) ? undefined : constraint?.item
  for (const [index, element] of (value as readonly unknown[]).entries()) {
    visit({schema: item, value: element, path: `${path}.${index + 1}.member`, constraint: inner}, context)
  }
}

function visitMap({schema, value, path, constraint}: Spot, context: Visit): void {
  const values = schema.getValueSchema()
  const inner = isSimple(values) ? undefined : constraint?.value
  for (const [key, entry] of Object.entries(value as object)) {
    visit({schema: values, value: entry, path: `${path}.${key}.member`, constraint: inner}, context)
  }
}

/** AWS reports the simple items of a list, and entries of a map, at the list or map: see constraintBreaches. */
function isSimple(schema: NormalizedSchema): boolean {
  return !(schema.isStructSchema() || schema.isListSchema() || schema.isMapSchema())
}

/** AWS writes member names with a small first letter, whatever the model has. */
function join(path: string, name: string): string {
  const shown = name.charAt(0).toLowerCase() + name.slice(1)
  return path === '' ? shown : `${path}.${shown}`
}

/** What the value should have been; `undefined` when it is of the right kind. */
function mismatch(schema: NormalizedSchema, value: unknown): string | undefined {
  const check = CHECKS.find(({applies}) => applies(schema))
  return check === undefined || check.holds(value) ? undefined : check.name
}

interface KindCheck {
  readonly name: string
  applies(schema: NormalizedSchema): boolean
  holds(value: unknown): boolean
}

const CHECKS: readonly KindCheck[] = [
  {name: 'a structure', applies: (schema) => schema.isStructSchema(), holds: isRecord},
  {name: 'a list', applies: (schema) => schema.isListSchema(), holds: Array.isArray},
  {name: 'a map', applies: (schema) => schema.isMapSchema(), holds: isRecord},
  {
    name: 'a string',
    applies: (schema) => schema.isStringSchema(),
    holds: (value) => typeof value === 'string' || value instanceof String,
  },
  {name: 'a boolean', applies: (schema) => schema.isBooleanSchema(), holds: (value) => typeof value === 'boolean'},
  {
    name: 'a number',
    applies: (schema) => schema.isNumericSchema(),
    holds: (value) => typeof value === 'number' && !Number.isNaN(value),
  },
  {
    name: 'a timestamp',
    applies: (schema) => schema.isTimestampSchema(),
    holds: (value) => value instanceof Date && !Number.isNaN(value.getTime()),
  },
  {name: 'bytes', applies: (schema) => schema.isBlobSchema(), holds: (value) => value instanceof Uint8Array},
  {
    name: 'a big integer',
    applies: (schema) => schema.isBigIntegerSchema(),
    holds: (value) => typeof value === 'bigint',
  },
  {
    name: 'a big decimal',
    applies: (schema) => schema.isBigDecimalSchema(),
    holds: (value) => value instanceof NumericValue,
  },
]

function isRecord(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date)
}
