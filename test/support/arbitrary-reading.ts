import fc from 'fast-check'
import type {z} from 'zod'
import {type Reading, readingSchema} from '../../src/lib/monitor/board/reading.schema.js'

interface Node {
  readonly def: {
    readonly type: string
    readonly innerType?: z.ZodType
    readonly element?: z.ZodType
    readonly keyType?: z.ZodType
    readonly valueType?: z.ZodType
    readonly shape?: Readonly<Record<string, z.ZodType>>
    readonly options?: readonly z.ZodType[]
    readonly items?: readonly z.ZodType[]
    readonly values?: readonly unknown[]
    readonly entries?: Readonly<Record<string, unknown>>
  }
}

const NOW = Date.parse('2026-11-21T09:00:00Z')
export const PLACES = ['eu-central-1', 'us-east-1', null] as const

const WORDS = [
  '',
  'eu-central-1',
  'amazon.nova-lite-v1:0',
  '漢字-プロファイル',
  'a b\u001b[31m\nc',
  'x'.repeat(300),
  'Failed',
]
const decimal = fc.constantFrom('0', '0.06', '12.5', '104000.25')
const moment = fc.integer({min: -200, max: 60}).map((minutes) => NOW + minutes * 60_000)

/** Texts that are more than words, by the name of the member. */
const NAMED: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  minute: fc.nat(200).map((back) => Math.floor(NOW / 60_000) - back),
  place: fc.constantFrom(...PLACES),
}

/** Readings as the schema has them, with hostile words, absent figures and times before and after now. */
export function arbitraryReading(): fc.Arbitrary<Reading> {
  return arbitraryOf(readingSchema, '').map((value) => withIdentities(readingSchema.parse(value)))
}

/** Members that tell rows of one reading apart, and those that no other Region has either. */
const IDENTITY = ['kind', 'source', 'endpoint', 'modelId', 'tier', 'code', 'name', 'id', 'arn', 'fingerprint'] as const
const GLOBAL: readonly string[] = ['id', 'arn', 'fingerprint']
/** Topics whose rows are told apart by their name, whatever the Region. */
const NAMED_ALONE: readonly string[] = ['costs']

/** A service tells each thing once, and gives no two of them one ARN. */
function withIdentities(reading: Reading): Reading {
  const rows = new Map<string, unknown>()
  for (const [at, row] of reading.rows.entries()) {
    const isGlobal = (key: string) => GLOBAL.includes(key) || (key === 'name' && NAMED_ALONE.includes(reading.topic))
    const named = Object.entries(row).map(([key, value]) => [
      key,
      isGlobal(key) ? `${reading.place}/${at}/${value}` : value,
    ])
    const whole = Object.fromEntries(named)
    rows.set(JSON.stringify(IDENTITY.map((key) => whole[key])), whole)
  }
  return {...reading, rows: [...rows.values()]} as Reading
}

function arbitraryOf(schema: z.ZodType, name: string): fc.Arbitrary<unknown> {
  const {def} = schema as unknown as Node
  const named = NAMED[name]
  if (named !== undefined) return named
  const make = MAKERS[def.type]
  if (make === undefined) throw new Error(`nothing makes a ${def.type}, as of ${name}`)
  return make(def, name, schema)
}

type Maker = (def: Node['def'], name: string, schema: z.ZodType) => fc.Arbitrary<unknown>

const MAKERS: Readonly<Record<string, Maker | undefined>> = {
  string: (_, name, schema) => textOf(name, schema),
  number: (_, name, schema) =>
    /Ms$/.test(name) && !/^(eta|took)/.test(name) ? moment : allowed([0, 1, 7, 60, 5000, 1e9, 0.25], schema, name),
  int: () => fc.nat(1000),
  boolean: () => fc.boolean(),
  enum: ({entries}) => fc.constantFrom(...Object.values(entries ?? {})),
  literal: ({values}) => fc.constantFrom(...(values ?? [])),
  nullable: (def, name) => fc.option(arbitraryOf(innerOf(def), name), {freq: 3}),
  optional: (def, name) => fc.option(arbitraryOf(innerOf(def), name), {nil: undefined}),
  readonly: (def, name) => arbitraryOf(innerOf(def), name),
  array: ({element}, name) => fc.array(arbitraryOf(must(element), name), {maxLength: 6}),
  tuple: ({items}) => fc.tuple(...(items ?? []).map((item) => arbitraryOf(item, ''))),
  record: ({valueType}) =>
    fc.dictionary(fc.constantFrom('ModelId', 'b'), arbitraryOf(must(valueType), ''), {maxKeys: 2}),
  union: ({options}, name) => fc.oneof(...(options ?? []).map((option) => arbitraryOf(option, name))),
  object: ({shape}) =>
    fc.record(Object.fromEntries(Object.entries(shape ?? {}).map(([key, value]) => [key, arbitraryOf(value, key)]))),
}

const DATE = /^(until|.*(At|Date|End|Time|Since))$/
const MONEY = /^(input|output|cacheRead|cacheWrite|low|high|today|monthToDate|forecast|limit|amount|perHour|perMonth)$/

function textOf(name: string, schema: z.ZodType): fc.Arbitrary<unknown> {
  if (MONEY.test(name)) return decimal
  if (name === 'currency') return fc.constantFrom('USD', 'EUR')
  if (DATE.test(name)) return moment.map((ms) => new Date(ms).toISOString())
  return allowed(
    [
      ...WORDS,
      '2026-11-21',
      new Date(NOW).toISOString(),
      '0'.repeat(12),
      ...[12, 16, 20, 32, 40, 64].map((length) => 'f'.repeat(length)),
    ],
    schema,
    name,
  )
}

function allowed(values: readonly unknown[], schema: z.ZodType, name: string): fc.Arbitrary<unknown> {
  const fitting = values.filter((value) => schema.safeParse(value).success)
  if (fitting.length === 0) throw new Error(`no value here is a ${name}`)
  return fc.constantFrom(...fitting)
}

function innerOf({innerType}: Node['def']): z.ZodType {
  return must(innerType)
}

function must(schema: z.ZodType | undefined): z.ZodType {
  if (schema === undefined) throw new Error('a schema without its part')
  return schema
}
