// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this removes.
const ANSI = /\u001B(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001B]*(?:\u0007|\u001B\\)|[PX^_][^\u001B]*\u001B\\|[@-Z\\-_])/g
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this removes.
const CONTROL = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u200E\u200F\u202A-\u202E\u2028\u2029\u2066-\u2069]/g

/**
 * Text from outside (names, tags, service messages) made safe for a terminal: escape sequences, control characters, line
 * separators and bidirectional overrides removed. Tabs and line feeds stay.
 */
export function sanitise(text: string): string {
  return text.replace(ANSI, '').replace(CONTROL, '')
}

/** `3 Regions`, `1 Region`. */
export function plural(count: number, noun: string, many = manyOf(noun)): string {
  return `${count} ${count === 1 ? noun : many}`
}

/** The Region by name where it is one, else how many there are. */
export function regionWords(regions: readonly string[]): string {
  const [only, ...more] = regions
  return only !== undefined && more.length === 0 ? only : plural(regions.length, 'Region')
}

/** `Regions`, `queries`. */
export function manyOf(noun: string): string {
  return `${noun.replace(/([^aeiou])y$/, '$1ie')}s`
}

const UNITS = ['kB', 'MB', 'GB', 'TB'] as const

/** `2.8 GB`, in powers of ten as the limits of AWS are taken. */
export function sizeWords(bytes: number): string {
  if (bytes < 1000) return plural(bytes, 'byte')
  const power = UNITS.findIndex((_, index) => bytes < 999.95 * 1000 ** (index + 1))
  const index = power < 0 ? UNITS.length - 1 : power
  return `${(bytes / 1000 ** (index + 1)).toFixed(1)} ${UNITS[index]}`
}

/** The first lines of a list, and how many more there are: for errors that tell all that is wrong at once. */
export function firstLines(lines: readonly string[], most: number): string {
  const more = lines.length > most ? [`and ${lines.length - most} more`] : []
  return [...lines.slice(0, most), ...more].join('\n')
}
