import {isUtf8} from 'node:buffer'
import {JsonTape} from '../../jsonl/json-tape.js'
import type {HeaderFault} from './header-fault.js'
import {plainEntries} from './plain-entries.js'
import {placeTensor, readEntry, type Tensor} from './read-entry.js'

export interface SafetensorsHeader {
  /** In the order of their bytes. */
  readonly tensors: readonly Tensor[]
  /** Of all tensors. */
  readonly bytes: number
}

/** As deep as the reference reads. */
const DEEPEST = 128
/** Values of a header, keys included: some 300,000 tensors, in 64 MiB of memory. */
const MOST_NODES = 4_194_304
/** One header is scanned after the other, each in the memory of the one before. */
const tape = new JsonTape({deepAt: DEEPEST, mostNodes: MOST_NODES, repeats: false})
const METADATA = '__metadata__'
const FORMAT = new Intl.NumberFormat('en-US')

/**
 * The header of a file with so many bytes of data behind it, held to all that huggingface/safetensors demands, and to one
 * thing more: a name that comes twice, of which it keeps the last. The first fault is told.
 */
export function parseHeader(
  header: Buffer,
  dataBytes: number,
): {readonly header: SafetensorsHeader} | {readonly fault: HeaderFault} {
  if (!isUtf8(header)) return {fault: {kind: 'json', said: 'Its header is not UTF-8.'}}
  return parsePlain(header, dataBytes) ?? parseClosely(header, dataBytes)
}

/** The header where all is in order; undefined where it is not, or may not be: then it is looked at closely. */
function parsePlain(header: Buffer, dataBytes: number): {readonly header: SafetensorsHeader} | undefined {
  const entries = plainEntries(header)
  if (entries === undefined || new Set(entries.map(({name}) => name)).size < entries.length) return undefined
  const placed: Placed[] = []
  for (const entry of entries) {
    const one = placeTensor(entry.name, entry)
    if (!('tensor' in one)) return undefined
    placed.push(one)
  }
  if (layoutFault(placed, dataBytes)) return undefined
  return {header: {tensors: placed.map(({tensor}) => tensor), bytes: dataBytes}}
}

/** What `parseHeader` says, by a reader that has an answer to everything. */
export function parseClosely(
  header: Buffer,
  dataBytes: number,
): {readonly header: SafetensorsHeader} | {readonly fault: HeaderFault} {
  const broken = tape.scan(header, 0, header.length)
  if (broken) {
    const said = `Its header is no JSON at byte ${FORMAT.format(broken.offset)}: ${broken.what}.`
    return {fault: {kind: 'json', said: said.replace('the line', 'the header')}}
  }
  if (!tape.isObject(tape.root)) return {fault: {kind: 'json', said: 'Its header is no object.'}}
  if (tape.notes.some(({code}) => code === 'JSON_DEEP')) {
    return {fault: {kind: 'json', said: `Its header is nested deeper than ${DEEPEST} levels.`}}
  }
  const placed: Placed[] = []
  const seen = new Set<string>()
  for (let key = tape.first(tape.root); key < tape.after(tape.root); key = tape.after(key + 1)) {
    const name = tape.text(key)
    if (seen.has(name)) return {fault: {kind: 'duplicate', tensor: name, said: `Its header has “${name}” twice.`}}
    seen.add(name)
    if (name === METADATA) {
      const said = metadataFault(key + 1)
      if (said !== undefined) return {fault: {kind: 'json', said}}
      continue
    }
    const entry = readEntry(tape, key + 1, name)
    if ('fault' in entry) return entry
    placed.push(entry)
  }
  const fault = layoutFault(placed, dataBytes)
  return fault ? {fault} : {header: {tensors: placed.map(({tensor}) => tensor), bytes: dataBytes}}
}

interface Placed {
  readonly tensor: Tensor
  readonly begin: number
  readonly end: number
}

function metadataFault(node: number): string | undefined {
  if (tape.text(node) === 'null' && !tape.isString(node)) return undefined
  if (!tape.isObject(node)) return `${METADATA} of its header is no object.`
  for (let key = tape.first(node); key < tape.after(node); key = tape.after(key + 1)) {
    if (!tape.isString(key + 1)) return `${METADATA} of its header has a value that is no text.`
  }
  return undefined
}

/** Sorts the tensors by their places, which must follow each other without a gap, from the first byte to the last. */
function layoutFault(placed: Placed[], dataBytes: number): HeaderFault | undefined {
  placed.sort((a, b) => a.begin - b.begin || a.end - b.end)
  let position = 0
  for (const {begin, end, tensor} of placed) {
    if (begin !== position) {
      const what =
        begin > position
          ? `${FORMAT.format(begin - position)} bytes before it belong to no tensor`
          : 'it lies over another'
      return {kind: 'layout', tensor: tensor.name, said: `The place of “${tensor.name}” is wrong: ${what}.`}
    }
    position = end
  }
  if (position > dataBytes) {
    const said = `It is truncated: ${FORMAT.format(dataBytes)} of ${FORMAT.format(position)} bytes of weights are there.`
    return {kind: 'layout', said}
  }
  if (position < dataBytes) {
    return {kind: 'layout', said: `${FORMAT.format(dataBytes - position)} bytes at its end belong to no tensor.`}
  }
  return undefined
}
