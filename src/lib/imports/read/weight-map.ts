/** Tensor → file of an index; undefined where it is not what an index is. */
export function weightMapOf(
  index: Readonly<Record<string, unknown>> | undefined,
): ReadonlyMap<string, string> | undefined {
  const map = index?.['weight_map']
  if (!isMembers(map)) return undefined
  const entries = Object.entries(map)
  const named = entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string')
  return entries.length > 0 && named.length === entries.length ? new Map(named) : undefined
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this finds.
const CONTROL = /[\u0000-\u001F\u007F]/

/** Why a name of a weight map is no name of a file in the folder itself; undefined when it is one. */
export function unsafeName(name: string): string | undefined {
  if (name === '') return 'it is empty'
  if (CONTROL.test(name)) return 'it has a control character'
  if (/^[a-z][a-z0-9+.-]*:/i.test(name)) return 'it is an address or names a drive'
  if (/[\\/]/.test(name)) return /\.\./.test(name) ? 'it leads out of the folder' : 'it names another folder'
  if (name === '.' || name === '..') return 'it leads out of the folder'
  if (/%(?:2e|2f|5c|00)/i.test(name)) return 'it hides a path in percent signs'
  return undefined
}

/** Whether a parsed value is an object, and no list. */
export function isMembers(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
