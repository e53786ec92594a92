// Puts WebAssembly together from its instructions: as much of it as the scanners of JSON need. Operators stand before
// their operands, locals stand for their values, and branches name the block that they leave or begin again.

/** Instructions and what they are made of: bytes, locals, blocks, branches. */
export type Code = readonly Part[]
export type Part = number | Local | Block | Branch | Code

/** A parameter or a variable of a function, by its number. */
export interface Local {
  readonly local: number
}

/** What branches name. A branch to a loop begins it again, one to a block leaves it. */
export interface Label {
  readonly label: string
}

interface Block {
  readonly opens: number
  readonly label: Label | undefined
  readonly head: Code
  readonly body: Code
}

interface Branch {
  readonly branch: number
  readonly to: Label
}

type Variable = 'i32' | 'i64' | 'v128'

/** A function that takes integers of 32 bits and returns one. Its parameters are the first locals. */
export interface WasmFunction {
  /** Exported under it. */
  readonly name: string
  readonly parameters: number
  /** Kinds of the locals after the parameters. */
  readonly variables: readonly Variable[]
  readonly body: Code
}

const TYPE: Readonly<Record<Variable, number>> = {i32: 0x7f, i64: 0x7e, v128: 0x7b}
const EMPTY = 0x40
const END = 0x0b

export const local = (number: number): Local => ({local: number})
export const label = (name: string): Label => ({label: name})
export const set = (to: Local, value: Part): Code => [value, 0x21, to.local]
export const add = (to: Local, value: Part): Code => set(to, i32.add(to, value))
export const block = (at: Label, ...body: Code): Block => ({opens: 0x02, label: at, head: [], body})
export const loop = (at: Label, ...body: Code): Block => ({opens: 0x03, label: at, head: [], body})
export const when = (condition: Part, ...body: Code): Block => ({
  opens: 0x04,
  label: undefined,
  head: [condition],
  body,
})
export const go = (to: Label): Branch => ({branch: 0x0c, to})
export const goIf = (to: Label, condition: Part): Code => [condition, {branch: 0x0d, to}]
export const giveBack = (value: Part): Code => [value, 0x0f]
/** Calls a function of the same module by its place. */
export const call = (place: number, ...operands: Code): Code => [...operands, 0x10, place]

const operator =
  (...code: readonly number[]) =>
  (...operands: Code): Code => [...operands, ...code]
/** Of a byte, or of more that need not be aligned: the address, and what is added to it. */
const access =
  (...code: readonly number[]) =>
  (address: Part, offset = 0): Code => [address, ...code, 0, ...unsigned(offset)]
const store =
  (...code: readonly number[]) =>
  (address: Part, offset: number, value: Part): Code => [address, value, ...code, 0, ...unsigned(offset)]

export const i32 = {
  of: (value: number): Code => [0x41, ...signed(BigInt(value))],
  load: access(0x28),
  byteAt: access(0x2d),
  pairAt: access(0x2f),
  store: store(0x36),
  isZero: operator(0x45),
  equal: operator(0x46),
  different: operator(0x47),
  below: operator(0x49),
  above: operator(0x4b),
  notBelow: operator(0x4f),
  lowestBit: operator(0x68),
  bits: operator(0x69),
  add: operator(0x6a),
  subtract: operator(0x6b),
  and: operator(0x71),
  or: operator(0x72),
  shiftLeft: operator(0x74),
  shiftRight: operator(0x76),
  /** The lower half of an integer of 64 bits. */
  from: operator(0xa7),
}

export const i64 = {
  of: (value: bigint): Code => [0x42, ...signed(value)],
  load: access(0x29),
  subtract: operator(0x7d),
  multiply: operator(0x7e),
  and: operator(0x83),
  xor: operator(0x85),
  shiftLeft: operator(0x86),
  shiftRight: operator(0x88),
  from: operator(0xad),
}

/** Vectors of 16 bytes. */
export const bytes = {
  of: (value: number): Code => [0xfd, 0x0c, ...Array.from({length: 16}, () => value)],
  load: access(0xfd, 0x00),
  equal: operator(0xfd, 0x23),
  belowSigned: operator(0xfd, 0x25),
  below: operator(0xfd, 0x26),
  notBelow: operator(0xfd, 0x2c),
  and: operator(0xfd, 0x4e),
  /** The bits of the first that the second has not. */
  andNot: operator(0xfd, 0x4f),
  or: operator(0xfd, 0x50),
  /** The highest bit of each byte. */
  mask: operator(0xfd, 0x64),
}

/** A module of functions that call each other by their place, and of so many pages of memory, exported as `memory`. */
export function assemble(functions: readonly WasmFunction[], pages: number): Uint8Array {
  const types = functions.map(({parameters}) => [
    ...[0x60, ...unsigned(parameters), ...Array.from({length: parameters}, () => TYPE.i32)],
    ...[1, TYPE.i32],
  ])
  const exported = functions.map(({name}, place) => [...named(name), 0, ...unsigned(place)])
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, types),
    ...section(
      3,
      functions.map((_, place) => unsigned(place)),
    ),
    ...section(5, [[1, ...unsigned(pages), ...unsigned(pages)]]),
    ...section(7, [[...named('memory'), 2, 0], ...exported]),
    ...section(10, functions.map(codeOf)),
  ])
}

function codeOf({body, variables}: WasmFunction): readonly number[] {
  const locals = listOf(variables.map((variable) => [1, TYPE[variable]]))
  const code: number[] = []
  write(body, [], code)
  return sized([...locals, ...code, END])
}

function write(code: Code, open: readonly (Label | undefined)[], into: number[]): void {
  for (const part of code) {
    if (typeof part === 'number') into.push(part)
    else if ('local' in part) into.push(0x20, part.local)
    else if ('branch' in part) into.push(part.branch, depthOf(part.to, open))
    else if ('opens' in part) {
      write(part.head, open, into)
      into.push(part.opens, EMPTY)
      write(part.body, [part.label, ...open], into)
      into.push(END)
    } else write(part, open, into)
  }
}

function depthOf(to: Label, open: readonly (Label | undefined)[]): number {
  const depth = open.indexOf(to)
  if (depth < 0) throw new Error(`no open block is ${to.label}`)
  return depth
}

function section(id: number, items: readonly (readonly number[])[]): readonly number[] {
  return [id, ...sized(listOf(items))]
}

function listOf(items: readonly (readonly number[])[]): readonly number[] {
  return [...unsigned(items.length), ...items.flat()]
}

function sized(content: readonly number[]): readonly number[] {
  return [...unsigned(content.length), ...content]
}

function named(name: string): readonly number[] {
  return sized([...Buffer.from(name)])
}

/** LEB128: seven bits a byte, the lowest first. */
function unsigned(value: number): readonly number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)]
}

function signed(value: bigint): readonly number[] {
  const low = Number(value & 0x7fn)
  const rest = value >> 7n
  const isLast = (rest === 0n && low < 0x40) || (rest === -1n && low >= 0x40)
  return isLast ? [low] : [low | 0x80, ...signed(rest)]
}
