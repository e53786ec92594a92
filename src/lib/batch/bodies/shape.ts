import {Names} from './names.js'
import type {Walk} from './walk.js'

/** Looks at a value whose shape is right; the place of its report is that of the value. */
export type Check = (walk: Walk, node: number) => void

interface Checked {
  readonly check?: Check | undefined
}

export interface TextShape extends Checked {
  readonly kind: 'text'
  /** `read`: the model reads it, so it counts and may not be blank; `plain`: a setting. */
  readonly use: 'read' | 'plain'
  readonly oneOf?: Names | undefined
  readonly least: number
  readonly most: number
}

export interface NumberShape extends Checked {
  readonly kind: 'number'
  readonly whole: boolean
  readonly least: number
  readonly most: number
  readonly severity: 'error' | 'warning'
}

export interface ListShape extends Checked {
  readonly kind: 'list'
  readonly of: Shape
  readonly least: number
  readonly most: number
}

export interface Member {
  readonly name: string
  readonly shape: Shape
  readonly required: boolean
}

export interface ObjectShape extends Checked {
  readonly kind: 'object'
  readonly members: readonly Member[]
  readonly names: Names
  /** One bit a member. */
  readonly required: number
  /** What a name does that is near a known one: where the service refuses what it does not know, it is an error. */
  readonly strict: boolean
  /** Whether a member that is null is the same as none. */
  readonly nulls: boolean
  /** Members of which a value has exactly one, one bit each; 0: no such rule. */
  readonly alternatives: number
}

/** Objects told apart by the value of one member, such as `type`. */
export interface TaggedShape extends Checked {
  readonly kind: 'tagged'
  readonly tag: string
  readonly names: Names
  readonly shapes: readonly ObjectShape[]
}

/** By kind of JSON value. */
export interface EitherShape extends Checked {
  readonly kind: 'either'
  readonly text?: TextShape | undefined
  readonly list?: ListShape | undefined
  readonly object?: ObjectShape | TaggedShape | undefined
}

export interface FlagShape extends Checked {
  readonly kind: 'flag'
}

/** Anything; `counted` where the model reads it as JSON. */
export interface AnyShape extends Checked {
  readonly kind: 'any'
  readonly counted: boolean
}

/** A shape that holds itself. */
export interface LaterShape extends Checked {
  readonly kind: 'later'
  readonly of: () => Shape
}

export type Shape =
  | TextShape
  | NumberShape
  | ListShape
  | ObjectShape
  | TaggedShape
  | EitherShape
  | FlagShape
  | AnyShape
  | LaterShape

/** All shapes have the same members in the same order: code that looks at any of them then meets one layout. */
const LAYOUT = {
  kind: undefined,
  check: undefined,
  use: undefined,
  oneOf: undefined,
  least: undefined,
  most: undefined,
  whole: undefined,
  severity: undefined,
  of: undefined,
  members: undefined,
  names: undefined,
  required: undefined,
  strict: undefined,
  nulls: undefined,
  alternatives: undefined,
  tag: undefined,
  shapes: undefined,
  text: undefined,
  list: undefined,
  object: undefined,
  counted: undefined,
}

function laidOut<One extends Shape>(shape: One): One {
  return {...LAYOUT, ...shape}
}

/** Text that the model reads. */
export function read(
  options: {readonly most?: number; readonly mayBeBlank?: boolean; check?: Check | undefined} = {},
): TextShape {
  return laidOut({
    kind: 'text',
    use: 'read',
    least: options.mayBeBlank === true ? 0 : 1,
    most: options.most ?? Number.POSITIVE_INFINITY,
    check: options.check,
  })
}

/** Text that is a setting; `oneOf` where it has few values. */
export function plain(
  options: {readonly oneOf?: readonly string[]; readonly least?: number; check?: Check | undefined} = {},
): TextShape {
  return laidOut({
    kind: 'text',
    use: 'plain',
    oneOf: options.oneOf && new Names(options.oneOf),
    least: options.least ?? 0,
    most: Number.POSITIVE_INFINITY,
    check: options.check,
  })
}

interface NumberOptions {
  readonly severity?: 'error' | 'warning'
  readonly check?: Check | undefined
}

export function number(least: number, most: number, options: NumberOptions = {}): NumberShape {
  return numeric(false, least, most, options)
}

export function integer(least: number, most: number, options: NumberOptions = {}): NumberShape {
  return numeric(true, least, most, options)
}

function numeric(whole: boolean, least: number, most: number, {check, severity = 'error'}: NumberOptions): NumberShape {
  return laidOut({kind: 'number', whole, least, most, severity, check})
}

export const flag: FlagShape = laidOut({kind: 'flag'})
export const anything: AnyShape = laidOut({kind: 'any', counted: false})
/** A document that the model reads, such as the schema of a tool. */
export const counted: AnyShape = laidOut({kind: 'any', counted: true})

export function list(
  of: Shape,
  options: {readonly least?: number; readonly most?: number; check?: Check | undefined} = {},
): ListShape {
  return laidOut({
    kind: 'list',
    of,
    least: options.least ?? 0,
    most: options.most ?? Number.POSITIVE_INFINITY,
    check: options.check,
  })
}

/** An object; a name that ends in `!` is required. */
export function object(
  members: Readonly<Record<string, Shape>>,
  options: {
    readonly strict?: boolean
    readonly nulls?: boolean
    readonly exactlyOneOf?: readonly string[]
    check?: Check | undefined
  } = {},
): ObjectShape {
  const all = Object.entries(members).map(([name, shape]) => ({
    name: name.replace(/!$/, ''),
    shape,
    required: name.endsWith('!'),
  }))
  if (all.length > 31) throw new Error('an object shape has a bit for each of at most 31 members')
  const bits = (holds: (member: Member) => boolean) =>
    all.reduce((sum, member, index) => (holds(member) ? sum | (1 << index) : sum), 0)
  return laidOut({
    kind: 'object',
    members: all,
    names: new Names(all.map(({name}) => name)),
    required: bits(({required}) => required),
    strict: options.strict ?? false,
    nulls: options.nulls ?? false,
    alternatives: bits(({name}) => options.exactlyOneOf?.includes(name) ?? false),
    check: options.check,
  })
}

export function tagged(tag: string, shapes: Readonly<Record<string, ObjectShape>>): TaggedShape {
  return laidOut({kind: 'tagged', tag, names: new Names(Object.keys(shapes)), shapes: Object.values(shapes)})
}

export function either(shapes: Omit<EitherShape, 'kind'>): EitherShape {
  return laidOut({kind: 'either', ...shapes})
}

export function later(of: () => Shape): LaterShape {
  return laidOut({kind: 'later', of})
}

/** The same shape with a further look at its values. */
export function checked<One extends Shape>(shape: One, check: Check): One {
  return {...shape, check}
}
