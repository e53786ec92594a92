// A function of WebAssembly for its vectors of 16 bytes, put together here from its instructions: it finds the ends of
// strings in texts that are looked at closely. Memory: a table of 256 bytes, 1 for what follows the backslash in an
// escape sequence of two characters; then text, and a zero after it.

/** Where the table ends and the text begins. */
export const TEXT_AT = 256
/** Addresses have as many bits in what `scan` returns. */
export const PLACE = 0x3fff
/** There were escape sequences of two characters. */
export const SAW_ESCAPE = 0x4000
/** There may have been characters of other scripts than the Latin one. */
export const SAW_SCRIPT = 0x8000
export const EXCESS_SHIFT = 16

// Locals; `at` is the parameter, `some` a vector.
const [AT, SOME, FOUND, HIDDEN, EXCESS, FLAGS] = [0, 1, 2, 3, 4, 5] as const
const I32 = 0x7f
const V128 = 0x7b

const get = (local: number) => [0x20, local]
const set = (local: number) => [0x21, local]
const i32 = {
  /** A constant below 2^20. */
  of: (value: number) => [0x41, (value & 0x7f) | 0x80, ((value >>> 7) & 0x7f) | 0x80, value >>> 14],
  byteAt: (offset: number) => [0x2d, 0, offset],
  isZero: [0x45],
  equal: [0x46],
  lowestBit: [0x68],
  bits: [0x69],
  add: [0x6a],
  subtract: [0x6b],
  and: [0x71],
  or: [0x72],
  shiftLeft: [0x74],
}
const bytes = {
  of: (value: number) => [0xfd, 0x0c, ...Array.from({length: 16}, () => value)],
  at: (offset: number) => [0xfd, 0x00, 0, offset],
  equal: [0xfd, 0x23],
  belowSigned: [0xfd, 0x25],
  below: [0xfd, 0x26],
  notBelow: [0xfd, 0x2c],
  and: [0xfd, 0x4e],
  andNot: [0xfd, 0x4f],
  or: [0xfd, 0x50],
  any: [0xfd, 0x53],
  /** The highest bit of each byte. */
  mask: [0xfd, 0x64],
}
const when = (...then: readonly (readonly number[])[]) => [0x04, 0x40, ...then.flat(), 0x0b]
const loop = (...body: readonly (readonly number[])[]) => [0x03, 0x40, ...body.flat(), 0x0b]
/** Goes on with the loop so many blocks outside. */
const again = (blocks: number) => [0x0c, blocks]
const addTo = (local: number, ...value: readonly (readonly number[])[]) => [
  ...get(local),
  ...value.flat(),
  ...i32.add,
  ...set(local),
]
const flag = (bit: number) => [...get(FLAGS), ...i32.of(bit), ...i32.or, ...set(FLAGS)]

const SCAN = [
  ...loop(
    [...get(AT), ...bytes.at(0), ...set(SOME)],
    // Bytes that go on with a character begun before: 0x80 to 0xbf.
    [...get(SOME), ...bytes.of(0xc0), ...bytes.belowSigned, ...bytes.mask, ...set(HIDDEN)],
    // U+0340 and up begins with 0xcd or more; U+2000 to U+203f, dashes and quotation marks, is e2 80.
    [...get(SOME), ...bytes.of(0xcd), ...bytes.notBelow],
    [...get(SOME), ...bytes.of(0xe2), ...bytes.equal, ...get(AT), ...bytes.at(1), ...bytes.of(0x80), ...bytes.equal],
    [...bytes.and, ...bytes.andNot, ...bytes.any, ...when(flag(SAW_SCRIPT))],
    // A quotation mark, a backslash, a control character.
    [...get(SOME), ...bytes.of(0x22), ...bytes.equal, ...get(SOME), ...bytes.of(0x5c), ...bytes.equal, ...bytes.or],
    [...get(SOME), ...bytes.of(0x20), ...bytes.below, ...bytes.or, ...bytes.mask, ...set(FOUND)],
    [...get(FOUND), ...i32.isZero],
    when(addTo(EXCESS, get(HIDDEN), i32.bits), addTo(AT, i32.of(16)), again(1)),
    // Of the bytes before it: the lowest bit found, less one, has all bits below.
    addTo(
      EXCESS,
      [...i32.of(0), ...get(FOUND), ...i32.subtract, ...get(FOUND), ...i32.and, ...i32.of(1), ...i32.subtract],
      [...get(HIDDEN), ...i32.and, ...i32.bits],
    ),
    addTo(AT, get(FOUND), i32.lowestBit),
    [...get(AT), ...i32.byteAt(0), ...i32.of(0x5c), ...i32.equal],
    when(
      [...get(AT), ...i32.byteAt(1), ...i32.byteAt(0)],
      when(addTo(EXCESS, i32.of(1)), addTo(AT, i32.of(2)), flag(SAW_ESCAPE), again(2)),
    ),
  ),
  ...[...get(AT), ...get(FLAGS), ...i32.or, ...get(EXCESS), ...i32.of(EXCESS_SHIFT), ...i32.shiftLeft, ...i32.or],
]

const LOCALS = [2, 1, V128, 4, I32]
const TYPES = [1, 0x60, 1, I32, 1, I32]
const MEMORY = [1, 1, 1, 1]
const EXPORTS = [2, ...named('memory'), 2, 0, ...named('scan'), 0, 0]

/** The module: `memory` of 64 KiB, and `scan(at)`. */
export const SCAN_MODULE = Uint8Array.from([
  ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
  ...section(1, TYPES),
  ...section(3, [1, 0]),
  ...section(5, MEMORY),
  ...section(7, EXPORTS),
  ...section(10, [1, ...sized([...LOCALS, ...SCAN, 0x0b])]),
])

function section(id: number, content: readonly number[]): readonly number[] {
  return [id, ...sized(content)]
}

function sized(content: readonly number[]): readonly number[] {
  return [(content.length & 0x7f) | 0x80, content.length >>> 7, ...content]
}

function named(name: string): readonly number[] {
  return [name.length, ...Buffer.from(name)]
}
