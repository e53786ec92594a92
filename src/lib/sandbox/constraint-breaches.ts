import type {Constraint} from './constraints.js'

const compiled = new Map<string, RegExp>()

/** The pattern as AWS applies it, to the whole text. `\p{…}` is what only the `u` flag knows. */
export function wholeMatch(pattern: string): RegExp {
  const known = compiled.get(pattern)
  if (known) return known
  const expression = new RegExp(`^(?:${pattern})$`, pattern.includes('\\p{') ? 'u' : '')
  compiled.set(pattern, expression)
  return expression
}

/** What a value breaks, in the words of AWS. */
export function constraintBreaches(constraint: Constraint | undefined, value: unknown): string[] {
  if (constraint === undefined) return []
  if (Array.isArray(value)) return collectionBreaches(constraint, value.length, value, constraint.item)
  if (typeof value === 'number') return boundBreaches(constraint, value, 'value')
  if (value instanceof Uint8Array) return boundBreaches(constraint, value.length, 'length')
  if (typeof value === 'string' || value instanceof String) return textBreaches(constraint, String(value))
  if (typeof value !== 'object' || value === null) return []
  const entries = Object.entries(value)
  const keys = entries.map(([key]) => key)
  const values = entries.map(([, entry]) => entry)
  return [
    ...collectionBreaches(constraint, entries.length, keys, constraint.key, 'Map keys must satisfy constraint: '),
    ...collectionBreaches({}, 0, values, constraint.value, 'Map value must satisfy constraint: '),
  ]
}

function collectionBreaches(
  constraint: Constraint,
  size: number,
  items: readonly unknown[],
  inner: Constraint | undefined,
  introduction = 'Member must satisfy constraint: ',
): string[] {
  const simple = items.filter((item) => typeof item === 'string' || typeof item === 'number')
  const broken = new Set(simple.flatMap((item) => constraintBreaches(inner, item)))
  return [
    ...boundBreaches(constraint, size, 'length'),
    ...(broken.size > 0 ? [`${introduction}[${[...broken].join(', ')}]`] : []),
  ]
}

function textBreaches(constraint: Constraint, text: string): string[] {
  const length = boundBreaches(constraint, [...text].length, 'length')
  if (length.length > 0) return length
  if (constraint.enum && !constraint.enum.includes(text)) {
    return [`Member must satisfy enum value set: [${constraint.enum.join(', ')}]`]
  }
  return constraint.pattern !== undefined && !wholeMatch(constraint.pattern).test(text)
    ? [`Member must satisfy regular expression pattern: ${constraint.pattern}`]
    : []
}

function boundBreaches({min, max}: Constraint, size: number, noun: 'length' | 'value'): string[] {
  if (min !== undefined && size < min) return [`Member must have ${noun} greater than or equal to ${min}`]
  return max !== undefined && size > max ? [`Member must have ${noun} less than or equal to ${max}`] : []
}
