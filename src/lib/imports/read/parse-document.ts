import {isUtf8} from 'node:buffer'
import type {TapeLimits} from '../../jsonl/close-scan.js'
import {JsonTape} from '../../jsonl/json-tape.js'

/** What is wrong with a JSON file: that it is none, or that it is more than anybody would write. */
export interface DocumentFault {
  readonly kind: 'syntax' | 'bounds'
  readonly said: string
}

/** As deep as serde and Python's json read by default. */
const DEEPEST = 128
/** A tokenizer of 250,000 tokens has half as many. */
const MOST_NODES = 4_194_304
/** Of a file that is made objects of: an index of 260,000 tensors, some times what the largest model has. */
const MOST_VALUES = 524_288
const BOM = Buffer.from([0xef, 0xbb, 0xbf])
const PROTOTYPE = '__proto__'
const MOST_REPEATED = 20

/** A JSON text as a value, within bounds that keep memory small. Keys that stand twice are noted: the last one counts. */
export function parseDocument(
  bytes: Buffer,
): {readonly value: unknown; readonly repeated: readonly string[]} | {readonly fault: DocumentFault} {
  const scanned = scanDocument(bytes, {mostNodes: MOST_VALUES})
  if ('fault' in scanned) return scanned
  const {tape} = scanned
  if (bytes.includes(`"${PROTOTYPE}"`)) return fault('bounds', `has a key ${PROTOTYPE}, which no model has`)
  const repeated = tape.notes
    .filter(({code}) => code === 'JSON_DUPLICATE_KEY')
    .slice(0, MOST_REPEATED)
    .map(({offset}) => keyAt(bytes, offset))
  return {value: JSON.parse(bytes.toString('utf8')), repeated}
}

/** The same text as nodes, for what is too large to make objects of. */
export function scanDocument(
  bytes: Buffer,
  limits: Pick<TapeLimits, 'repeats' | 'mostNodes'> = {},
): {readonly tape: JsonTape} | {readonly fault: DocumentFault} {
  if (bytes.subarray(0, BOM.length).equals(BOM))
    return fault('syntax', 'begins with a byte order mark, which JSON has not')
  if (!isUtf8(bytes)) return fault('syntax', 'is not UTF-8')
  const {mostNodes = MOST_NODES} = limits
  const tape = new JsonTape({...limits, deepAt: DEEPEST, mostNodes})
  const broken = tape.scan(bytes, 0, bytes.length)
  if (broken?.code === 'JSON_TOO_LARGE')
    return fault('bounds', `has more than ${mostNodes.toLocaleString('en-US')} values`)
  if (broken)
    return fault('syntax', `is no JSON: at byte ${broken.offset} ${broken.what.replace('the line', 'the file')}`)
  if (tape.notes.some(({code}) => code === 'JSON_DEEP'))
    return fault('bounds', `is nested deeper than ${DEEPEST} levels`)
  return {tape}
}

function fault(kind: DocumentFault['kind'], said: string): {readonly fault: DocumentFault} {
  return {fault: {kind, said}}
}

/** The key whose quotation mark stands there. */
function keyAt(bytes: Buffer, offset: number): string {
  let end = offset + 1
  while (end < bytes.length && bytes[end] !== 0x22) end += bytes[end] === 0x5c ? 2 : 1
  return String(JSON.parse(bytes.toString('utf8', offset, end + 1)))
}
