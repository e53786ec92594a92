import {isTree} from '../../../../core/is-tree.js'

/** What is wrong with a body, at the first place where something is. */
export interface Problem {
  readonly kind: 'missing' | 'extra' | 'type' | 'below' | 'above' | 'choice' | 'short' | 'long'
  /** From the body inwards. */
  readonly path: readonly (string | number)[]
  /** The type, bound or choices that were wanted. */
  readonly wanted: string
  readonly found: unknown
}

/** Judges a value; `undefined`: nothing is wrong. Costs nothing but a look while all is well. */
export type Shape = (value: unknown) => Problem | undefined

interface Bounds {
  readonly min?: number
  readonly max?: number
}

export const anything: Shape = () => undefined

export const flag: Shape = (value) => (typeof value === 'boolean' ? undefined : mistyped('boolean', value))

export function text({min = 0, max = Number.POSITIVE_INFINITY}: Bounds = {}): Shape {
  return (value) => {
    if (typeof value !== 'string') return mistyped('string', value)
    return sized(value, min, max)
  }
}

export function number(bounds: Bounds = {}): Shape {
  return (value) => (typeof value === 'number' ? within(value, bounds) : mistyped('number', value))
}

export function integer(bounds: Bounds = {}): Shape {
  return (value) => (Number.isInteger(value) ? within(Number(value), bounds) : mistyped('integer', value))
}

export function oneOf(...choices: readonly (string | number)[]): Shape {
  const wanted = choices.map((choice) => (typeof choice === 'string' ? `'${choice}'` : String(choice))).join(' or ')
  return (value) => (choices.includes(value as string) ? undefined : problem('choice', wanted, value))
}

export function list(item: Shape = anything, {min = 0, max = Number.POSITIVE_INFINITY}: Bounds = {}): Shape {
  return (value) => {
    if (!Array.isArray(value)) return mistyped('list', value)
    const wrong = sized(value, min, max)
    if (wrong) return wrong
    for (let index = 0; index < value.length; index++) {
      const inner = item(value[index])
      if (inner) return inside(index, inner)
    }
    return undefined
  }
}

/** The first shape that fits; else what the last one says. */
export function either(...shapes: readonly Shape[]): Shape {
  return (value) => {
    let last: Problem | undefined
    for (const shape of shapes) {
      last = shape(value)
      if (!last) return undefined
    }
    return last
  }
}

/** `open`: members that are not named are let pass. */
export function record(
  required: Readonly<Record<string, Shape>>,
  optional: Readonly<Record<string, Shape>> = {},
  {open = false}: {readonly open?: boolean} = {},
): Shape {
  const members = new Map(Object.entries({...optional, ...required}))
  const needed = Object.keys(required)
  const other = open ? anything : unnamed
  return (value) => {
    if (!isTree(value)) return mistyped('object', value)
    const missing = needed.find((key) => !Object.hasOwn(value, key))
    if (missing !== undefined) return inside(missing, problem('missing', '', undefined))
    for (const key of Object.keys(value)) {
      const inner = (members.get(key) ?? other)(value[key])
      if (inner) return inside(key, inner)
    }
    return undefined
  }
}

const unnamed: Shape = (value) => problem('extra', '', value)

function within(value: number, {min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY}: Bounds) {
  if (value < min) return problem('below', String(min), value)
  return value > max ? problem('above', String(max), value) : undefined
}

function sized(value: {readonly length: number}, min: number, max: number): Problem | undefined {
  if (value.length < min) return problem('short', String(min), value)
  return value.length > max ? problem('long', String(max), value) : undefined
}

function problem(kind: Problem['kind'], wanted: string, found: unknown): Problem {
  return {kind, path: [], wanted, found}
}

const mistyped = (wanted: string, found: unknown): Problem => problem('type', wanted, found)

const inside = (key: string | number, inner: Problem): Problem => ({...inner, path: [key, ...inner.path]})
