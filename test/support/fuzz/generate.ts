import type {NormalizedSchema} from '@smithy/core/schema'
import {NumericValue} from '@smithy/core/serde'
import {membersOf, requiredMembers} from '../../../src/lib/sandbox/wire/schema.js'
import {seededRandom} from '../../../src/lib/sandbox/world/random.js'

// Random values of a schema. Text holds what encodings trip over: markup, quotes, percent signs, white space at the
// edges, characters outside ASCII and outside the basic plane.

const AWKWARD = [
  'alpha',
  'b&c<d>',
  'ü"q\'',
  'x y',
  'a/b',
  'a+b=c%20',
  '0',
  'true',
  '日本',
  ' lead',
  'tab\tx',
  'new\nline',
  '😀',
  ']]>',
  'trail ',
  '{"a":1}',
] as const

const MAX_DEPTH = 14
const SPARSE_DEPTH = 5

type Traits = ReturnType<NormalizedSchema['getMergedTraits']>

export class Generator {
  readonly #random: () => number

  constructor(seed: number) {
    this.#random = seededRandom(seed)
  }

  integer(below: number): number {
    return Math.floor(this.#random() * below)
  }

  pick<Item>(items: readonly Item[]): Item {
    const item = items[this.integer(items.length)]
    if (item === undefined) throw new Error('nothing to pick from')
    return item
  }

  /** Letters and digits only, for places that carry nothing else. */
  plainText(): string {
    return `v${this.integer(1_000_000)}`
  }

  /** `undefined` where the schema nests too deep or the member cannot be generated. */
  value(schema: NormalizedSchema, depth = 0): unknown {
    if (schema.isStructSchema()) return this.#structure(schema, depth)
    if (schema.isListSchema()) return this.#list(schema, depth)
    if (schema.isMapSchema()) return this.#map(schema, depth)
    return this.#scalar(schema, schema.getMergedTraits())
  }

  #structure(schema: NormalizedSchema, depth: number): Record<string, unknown> {
    const members = membersOf(schema)
    const required = new Set(requiredMembers(schema))
    const wanted = schema.isUnionSchema()
      ? members.length > 0
        ? [this.pick(members)]
        : []
      : members.filter(([name, member]) => required.has(name) || this.#includes(member.getMergedTraits(), depth))
    const entries =
      depth > MAX_DEPTH ? [] : wanted.map(([name, member]) => [name, this.value(member, depth + 1)] as const)
    const present = entries.filter(([, value]) => value !== undefined)
    // XML and Query cannot say "an empty structure": give every nested one a member.
    if (depth > 0 && present.length === 0) return this.#anyMember(members, depth)
    return Object.fromEntries(present)
  }

  /** The SDK fills idempotency tokens in by itself when they are absent. */
  #includes(traits: Traits, depth: number): boolean {
    if (traits.idempotencyToken) return true
    if (depth > SPARSE_DEPTH) return false
    return this.#random() >= (depth > 1 ? 0.4 : 0.1)
  }

  #anyMember(members: readonly (readonly [string, NormalizedSchema])[], depth: number): Record<string, unknown> {
    if (depth > MAX_DEPTH - 3) return {}
    for (const [name, member] of members) {
      const value = this.value(member, depth + 1)
      if (value !== undefined && !isEmpty(value)) return {[name]: value}
    }
    return {}
  }

  #list(schema: NormalizedSchema, depth: number): unknown[] {
    const item = schema.getValueSchema()
    const inHeader = schema.getMergedTraits().httpHeader !== undefined
    const length = 1 + (depth > SPARSE_DEPTH ? 0 : this.integer(3))
    return Array.from({length}, () =>
      inHeader && item.isStringSchema() ? this.plainText() : this.value(item, depth + 1),
    )
  }

  #map(schema: NormalizedSchema, depth: number): unknown {
    const {httpQueryParams, httpPrefixHeaders} = schema.getMergedTraits()
    if (httpQueryParams) return undefined
    // Never empty: Query has no words for an empty map, and a required one would count as missing.
    const length = 1 + (depth > SPARSE_DEPTH ? 0 : this.integer(2))
    const inHeaders = httpPrefixHeaders !== undefined
    const entries = Array.from({length}, (_, index) =>
      inHeaders
        ? [`k${index}`, this.plainText()]
        : [`k${index}${this.#random() < 0.3 ? ' &' : ''}`, this.value(schema.getValueSchema(), depth + 1)],
    )
    return Object.fromEntries(entries)
  }

  #scalar(schema: NormalizedSchema, traits: Traits): unknown {
    if (schema.isStringSchema()) return this.#text(traits)
    if (schema.isBooleanSchema()) return this.#random() < 0.5
    if (schema.isNumericSchema()) return this.integer(1000)
    if (schema.isTimestampSchema()) return new Date((1_600_000_000 + this.integer(100_000_000)) * 1000)
    if (schema.isBlobSchema()) return Buffer.from(this.plainText())
    if (schema.isDocumentSchema()) return {list: [1, 'x', {flag: true, nothing: null}], text: this.#awkwardText()}
    if (schema.isBigIntegerSchema()) return BigInt(this.integer(1_000_000_000))
    return schema.isBigDecimalSchema() ? new NumericValue('1.25', 'bigDecimal') : undefined
  }

  #text(traits: Traits): string {
    if (traits.mediaType) return JSON.stringify({a: this.integer(9)})
    const plain = traits.httpLabel || traits.httpHeader || traits.idempotencyToken || traits['hostLabel']
    return plain && !traits.httpLabel ? this.plainText() : traits.httpLabel ? this.#label(traits) : this.#awkwardText()
  }

  #label(traits: Traits): string {
    return traits['hostLabel']
      ? this.plainText()
      : this.pick([this.plainText(), `arn:aws:x:${this.plainText()}/a b%2F`])
  }

  #awkwardText(): string {
    return `${this.pick(AWKWARD)}${this.integer(99)}`
  }
}

function isEmpty(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || value instanceof Date || value instanceof NumericValue)
    return false
  return value instanceof Uint8Array ? value.length === 0 : Object.keys(value).length === 0
}
