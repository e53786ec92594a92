import {isDeepStrictEqual} from 'node:util'

/**
 * A value in a form that survives any of the protocols: bytes, dates, numbers and lazy strings as text, absent members
 * left out. Empty lists, maps and structures count as absent, as XML and Query cannot tell them apart.
 */
export function normalise(value: unknown): unknown {
  if (value instanceof Uint8Array) return `bytes:${Buffer.from(value).toString('latin1')}`
  if (value instanceof Date) return `date:${value.getTime()}`
  if (value instanceof String) return value.valueOf()
  if (typeof value === 'bigint') return `number:${value}`
  if (Array.isArray(value)) return value.map(normalise)
  if (typeof value !== 'object' || value === null) return value
  if ('string' in value && 'type' in value) return `number:${String(value.string)}`
  const entries = Object.entries(value)
    .filter(([name, member]) => name !== '$metadata' && member !== undefined && typeof member !== 'function')
    .map(([name, member]) => [name, normalise(member)] as const)
  return Object.fromEntries(entries.filter(([, member]) => !isEmptyObject(member)))
}

const isEmptyObject = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).length === 0

/** The first place where two normalised values differ, as `.path: one != other`. */
export function firstDifference(one: unknown, other: unknown, path = ''): string | undefined {
  if (isDeepStrictEqual(one, other)) return undefined
  if (!(isObject(one) && isObject(other))) return `${path}: ${shown(one)} != ${shown(other)}`
  for (const key of new Set([...Object.keys(one), ...Object.keys(other)])) {
    const difference = firstDifference(one[key], other[key], `${path}.${key}`)
    if (difference) return difference
  }
  return `${path}: order or prototype differs`
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

const shown = (value: unknown): string => String(JSON.stringify(value)).slice(0, 120)
