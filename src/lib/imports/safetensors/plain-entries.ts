import type {EntryMembers} from './read-entry.js'

/** The header as safetensors itself writes one, without a space and without an escape. */
const START = /^\{(?:"__metadata__":\{(?:"[^"\\]*":"[^"\\]*"(?:,"[^"\\]*":"[^"\\]*")*)?\},)?/
const NUMBER = '(?:0|[1-9]\\d{0,14})'
const ENTRY = `"([^"\\\\]+)":\\{"dtype":"(\\w+)","shape":\\[((?:${NUMBER}(?:,${NUMBER})*)?)\\],"data_offsets":\\[(${NUMBER}),(${NUMBER})\\]\\}`
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON has none in strings, and this finds them.
const CONTROL = /[\u0000-\u001F]/

const SPACES = [0x20, 0x09, 0x0a, 0x0d]
/** Longer ones are read in memory that is bounded by what is in them. */
const MOST_BYTES = 8 * 2 ** 20

export interface PlainEntry extends EntryMembers {
  readonly name: string
}

/**
 * The entries of a header that is written as nearly all are; undefined for any other, right or wrong. It is several
 * times as fast as a reader that has an answer to everything.
 */
export function plainEntries(header: Buffer): readonly PlainEntry[] | undefined {
  if (header.length > MOST_BYTES) return undefined
  const text = header.toString('utf8', 0, endOf(header))
  const start = CONTROL.test(text) || !text.endsWith('}') ? 0 : (START.exec(text)?.[0].length ?? 0)
  const entry = new RegExp(ENTRY, 'y')
  const entries: PlainEntry[] = []
  for (let at = start; start > 0; at = entry.lastIndex + 1) {
    entry.lastIndex = at
    const found = entry.exec(text)
    if (found === null || found[1] === '__metadata__') return undefined
    entries.push(entryOf(found))
    if (entry.lastIndex === text.length - 1) return entries
    if (text[entry.lastIndex] !== ',') return undefined
  }
  return undefined
}

function entryOf([, name = '', type = '', sizes = '', begin, end]: RegExpExecArray): PlainEntry {
  const shape = sizes === '' ? [] : sizes.split(',').map(Number)
  return {name, type, shape, begin: Number(begin), end: Number(end)}
}

/** Where the text ends before the white space that fills it up. */
function endOf(header: Buffer): number {
  let end = header.length
  while (end > 0 && SPACES.includes(header[end - 1] ?? 0)) end -= 1
  return end
}
