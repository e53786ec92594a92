/** Says whether a value that was read from a file has the shape its type promises. */
export type Check = (value: unknown) => boolean

export const isText: Check = (value) => typeof value === 'string'
export const isFlag: Check = (value) => typeof value === 'boolean'
export const isAmount: Check = (value) => typeof value === 'number' && Number.isFinite(value) && value >= 0

/** Text that `Date.parse` reads. */
export const isMoment: Check = (value) => typeof value === 'string' && !Number.isNaN(Date.parse(value))

export function matches(pattern: RegExp): Check {
  return (value) => typeof value === 'string' && pattern.test(value)
}

export function oneOf(...values: readonly unknown[]): Check {
  const known = new Set(values)
  return (value) => known.has(value)
}

export function nullOr(check: Check): Check {
  return (value) => value === null || check(value)
}

export function listOf(check: Check): Check {
  return (value) => Array.isArray(value) && value.every(check)
}

/**
 * An object with these members; others may be there too. Files hold tens of thousands of members, and are checked once,
 * before anything is compiled: the loops are plain ones.
 */
export function objectOf(members: Readonly<Record<string, Check>>): Check {
  const names = Object.keys(members)
  const checks = Object.values(members)
  return (value) => isRecord(value) && checks.every((check, index) => check(value[names[index] ?? '']))
}

/** An object with no other members than these, each of which may be missing. */
export function recordOf(names: readonly string[], check: Check): Check {
  return (value) => {
    if (!isRecord(value) || Array.isArray(value)) return false
    for (const name in value) if (!names.includes(name) || !check(value[name])) return false
    return true
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
