import type {JsonTape} from '../../jsonl/json-tape.js'
import type {HeaderFault} from './header-fault.js'

/** A tensor as a header tells of it. */
export interface Tensor {
  readonly name: string
  readonly type: string
  readonly shape: readonly number[]
  readonly elements: number
  readonly bytes: number
}

/** Bits of an element, for every type that safetensors 0.8 knows. */
const BITS: Readonly<Record<string, number>> = {
  ...{BOOL: 8, U8: 8, I8: 8, I16: 16, U16: 16, F16: 16, BF16: 16, I32: 32, U32: 32, F32: 32},
  ...{F64: 64, I64: 64, U64: 64, C64: 64, F4: 4, F6_E2M3: 6, F6_E3M2: 6},
  ...{F8_E5M2: 8, F8_E4M3: 8, F8_E8M0: 8, F8_E4M3FNUZ: 8, F8_E5M2FNUZ: 8},
}
const MINUS = 0x2d
/** Longer names of types and tensors are cut in what is said. */
const MOST_WORD = 200

type Entry = {readonly tensor: Tensor; readonly begin: number; readonly end: number}
type Wrong = {readonly kind: HeaderFault['kind']; readonly what: string}

/** One entry of a header, with its place in the data. */
export function readEntry(tape: JsonTape, node: number, name: string): Entry | {readonly fault: HeaderFault} {
  const members = membersOf(tape, node)
  const made = 'kind' in members ? members : placeTensor(name, members)
  if (!('kind' in made)) return made
  const said = `The entry of “${name.slice(0, MOST_WORD)}” is wrong: ${made.what}.`
  return {fault: {kind: made.kind, tensor: name, said}}
}

/** What an entry says of its tensor. */
export interface EntryMembers {
  readonly type: string
  readonly shape: readonly number[]
  readonly begin: number
  readonly end: number
}

const MEMBERS = ['dtype', 'shape', 'data_offsets'] as const
/** Where the members of an entry are; one entry is read after the other, and there are many. */
const nodes = new Int32Array(MEMBERS.length)

function membersOf(tape: JsonTape, node: number): EntryMembers | Wrong {
  if (!tape.isObject(node)) return layout('it is no object')
  nodes.fill(-1)
  const end = tape.after(node)
  for (let key = tape.first(node); key < end; key = tape.after(key + 1)) {
    const member = memberAt(tape, key)
    if (member < 0) continue
    if ((nodes[member] ?? 0) >= 0) return {kind: 'duplicate', what: `it has ${MEMBERS[member]} twice`}
    nodes[member] = key + 1
  }
  const missing = nodes.indexOf(-1)
  return missing < 0 ? valuesOf(tape) : layout(`it has no ${MEMBERS[missing]}`)
}

/** Index of the member of that name, -1 for one that says nothing. */
function memberAt(tape: JsonTape, key: number): number {
  if (tape.equals(key, 'dtype')) return 0
  if (tape.equals(key, 'shape')) return 1
  return tape.equals(key, 'data_offsets') ? 2 : -1
}

let lastType = ''

function valuesOf(tape: JsonTape): EntryMembers | Wrong {
  const typeNode = nodes[0] ?? -1
  if (!tape.isString(typeNode)) return layout('its dtype is no text')
  // Most tensors are of the type of the one before.
  if (!tape.equals(typeNode, lastType)) lastType = tape.text(typeNode)
  const shape = wholeNumbers(tape, nodes[1] ?? -1)
  if (shape === undefined) return layout('its shape is no list of whole numbers')
  const offsets = wholeNumbers(tape, nodes[2] ?? -1)
  const begin = offsets?.[0]
  const end = offsets?.[1]
  if (begin === undefined || end === undefined || offsets?.length !== 2) {
    return layout('its data_offsets are not two whole numbers')
  }
  return {type: lastType, shape, begin, end}
}

/** Shape, type and place hold against each other. */
export function placeTensor(name: string, {begin, end, shape, type}: EntryMembers): Entry | Wrong {
  const bits = Object.hasOwn(BITS, type) ? BITS[type] : undefined
  if (bits === undefined) return {kind: 'type', what: `safetensors have no type “${type.slice(0, MOST_WORD)}”`}
  const elements = productOf(shape)
  const bytes = (elements * bits) / 8
  if (!Number.isSafeInteger(elements * bits) || !shape.every(isExact)) {
    return layout('its shape comes to more bytes than there are numbers for')
  }
  if (!Number.isInteger(bytes)) return layout(`its ${elements} elements of ${bits} bits fill no whole bytes`)
  if (!Number.isSafeInteger(end) || begin > end) return layout('its data_offsets end before they begin')
  if (end - begin !== bytes) {
    return layout(`shape ${shapeWords(shape)} of ${type} takes ${bytes} bytes, its data_offsets ${end - begin}`)
  }
  return {tensor: {name, type, shape, elements, bytes}, begin, end}
}

const isExact = (size: number): boolean => Number.isSafeInteger(size)

function productOf(shape: readonly number[]): number {
  let product = 1
  for (const size of shape) product *= size
  return product
}

function layout(what: string): Wrong {
  return {kind: 'layout', what}
}

/** `64×16`, or `scalar`. */
export function shapeWords(shape: readonly number[]): string {
  return shape.length === 0 ? 'scalar' : shape.join('×')
}

/** The numbers of a list; undefined where one is written with sign, fraction or exponent, or is none. */
function wholeNumbers(tape: JsonTape, node: number): readonly number[] | undefined {
  if (!tape.isArray(node)) return undefined
  const numbers: number[] = []
  for (let item = tape.first(node); item < tape.after(node); item = tape.after(item)) {
    if (!tape.isInteger(item) || tape.buffer[tape.start(item)] === MINUS) return undefined
    numbers.push(tape.number(item))
  }
  return numbers
}
