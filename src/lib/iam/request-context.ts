/**
 * What is known of one context key. A list is a multivalued key, null a key that the request is known not to carry, and
 * `oneOf` a key of which only the possibilities are known. A key that is not given at all is not known.
 */
export type ContextValue = SettledValue | {readonly oneOf: readonly SettledValue[]}
type SettledValue = string | readonly string[] | null

export type ContextValues = Readonly<Record<string, ContextValue>>

/** One possibility for a key: its values, or null when the request does not carry it. */
export type Alternative = readonly string[] | null

/** What a request carries; later maps are asked first. Keys are lower case, as IAM compares them without case. */
export interface RequestContext {
  readonly maps: readonly ReadonlyMap<string, readonly Alternative[]>[]
  /** Beginnings of keys, such as `aws:principaltag/`, of which all that exist were given. */
  readonly absentPrefixes: readonly string[]
}

export interface ContextOptions {
  readonly extends?: RequestContext
  /** Families of keys, such as `aws:PrincipalTag/`, of which `values` holds all that exist. */
  readonly complete?: readonly string[]
}

export function createContext(values: ContextValues, options: ContextOptions = {}): RequestContext {
  const map = new Map(Object.entries(values).map(([key, value]) => [key.toLowerCase(), alternativesOf(value)]))
  return {
    maps: [map, ...(options.extends?.maps ?? [])],
    absentPrefixes: [
      ...(options.complete ?? []).map((prefix) => prefix.toLowerCase()),
      ...(options.extends?.absentPrefixes ?? []),
    ],
  }
}

/** The possibilities for a key given in lower case; undefined when nothing is known of it. */
export function lookUp(context: RequestContext, key: string): readonly Alternative[] | undefined {
  for (const map of context.maps) {
    const found = map.get(key)
    if (found !== undefined) return found
  }
  return context.absentPrefixes.some((prefix) => key.startsWith(prefix)) ? ABSENT : undefined
}

const ABSENT: readonly Alternative[] = [null]

function alternativesOf(value: ContextValue): readonly Alternative[] {
  if (isOpen(value)) return value.oneOf.map(alternativeOf)
  return [alternativeOf(value)]
}

function alternativeOf(value: SettledValue): Alternative {
  return typeof value === 'string' ? [value] : value
}

function isOpen(value: ContextValue): value is {readonly oneOf: readonly SettledValue[]} {
  return typeof value === 'object' && value !== null && 'oneOf' in value
}
