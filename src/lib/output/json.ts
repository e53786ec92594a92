// Valid inside JSON strings, yet read by a terminal: C1 controls and bidirectional overrides.
const UNSAFE = /[\u007F-\u009F\u200E\u200F\u2028-\u202E\u2066-\u2069]/g

/** JSON that is the same data and safe to show on a terminal; indented when it is for reading. */
export function toJson(value: unknown, indent?: number): string {
  const text = JSON.stringify(value, null, indent) ?? 'null'
  return text.replace(UNSAFE, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** One value a line; objects say so when they are simulated. Empty text for no values. */
export function toNdjson(values: readonly unknown[], simulated: boolean): string {
  return values.map((value) => `${toJson(simulated ? labelled(value) : value)}\n`).join('')
}

function labelled(value: unknown): unknown {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? {...value, simulated: true} : value
}
