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
  return (value) => values.includes(value)
}

export function nullOr(check: Check): Check {
  return (value) => value === null || check(value)
}

export function listOf(check: Check): Check {
  return (value) => Array.isArray(value) && value.every(check)
}

/** An object with these members; others may be there too. */
export function objectOf(members: Readonly<Record<string, Check>>): Check {
  const checks = Object.entries(members)
  return (value) =>
    typeof value === 'object' &&
    value !== null &&
    checks.every(([name, check]) => check(Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined))
}

/** An object with no other members than these, each of which may be missing. */
export function recordOf(names: readonly string[], check: Check): Check {
  return (value) =>
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.entries(value).every(([name, member]) => names.includes(name) && check(member))
}
