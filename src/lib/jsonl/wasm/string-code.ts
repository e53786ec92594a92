import {BEYOND_LATIN, ESCAPED, KIND, NON_ASCII} from '../json-nodes.js'
import {
  add,
  block,
  bytes,
  type Code,
  giveBack,
  go,
  goIf,
  i32,
  type Local,
  label,
  local,
  loop,
  set,
  type WasmFunction,
  when,
} from './assembler.js'
import {DIGITS_AT, END, HEAD, MORE, SHORT_ESCAPES_AT, START} from './layout.js'

const QUOTE = 0x22
const BACKSLASH = 0x5c
const FAIL = giveBack(i32.of(0))
const [at, slot, start, head, excess, escaped, found, high, byte, unit, some] = [
  ...[local(0), local(1), local(2), local(3), local(4), local(5)],
  ...[local(6), local(7), local(8), local(9), local(10)],
] as const
const scan = label('scan')
const scanned = label('scanned')

const mark = (bit: number): Code => set(head, i32.or(head, i32.of(bit)))
const every = (value: number): Code => bytes.equal(some, bytes.of(value))

/** A quotation mark, a backslash, a control character. */
const stops = bytes.or(bytes.or(every(QUOTE), every(BACKSLASH)), bytes.below(some, bytes.of(0x20)))
/** Of the bytes before the first that was found: the lowest bit, less one, has all bits below; of none, all. */
const before = i32.subtract(i32.and(found, i32.subtract(i32.of(0), found)), i32.of(1))
/** Bytes that go on with a character begun before: 0x80 to 0xbf. */
const hidden = bytes.belowSigned(some, bytes.of(0xc0))
/** U+0340 and up begins with 0xcd or more; U+2000 to U+203f, dashes and quotation marks, is e2 80. */
const scripts = bytes.andNot(
  bytes.notBelow(some, bytes.of(0xcd)),
  bytes.and(every(0xe2), bytes.equal(bytes.load(at, 1), bytes.of(0x80))),
)

/** What the four hexadecimal digits there stand for; gives up where they are none. */
function readUnit(offset: number): Code {
  const digit = (place: number): Code => i32.byteAt(i32.byteAt(at, offset + place), DIGITS_AT)
  const shifted = (place: number): Code => i32.shiftLeft(digit(place), i32.of(12 - place * 4))
  return [
    when(i32.above(i32.or(i32.or(digit(0), digit(1)), i32.or(digit(2), digit(3))), i32.of(15)), FAIL),
    set(unit, i32.or(i32.or(shifted(0), shifted(1)), i32.or(shifted(2), shifted(3)))),
  ]
}

function pass(length: number): Code {
  return [add(escaped, i32.of(length - 1)), add(at, i32.of(length)), go(scan)]
}

/** `string(at, slot)`: the string whose quotation mark is there; returns where it ends, 0 to give up. */
export const STRING: WasmFunction = {
  name: 'string',
  parameters: 2,
  variables: ['i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'v128'],
  body: [
    set(start, at),
    set(head, i32.of(KIND.string)),
    add(at, i32.of(1)),
    block(
      scanned,
      loop(
        scan,
        set(some, bytes.load(at)),
        set(found, bytes.mask(stops)),
        set(high, bytes.mask(some)),
        when(
          high,
          add(excess, i32.bits(i32.and(bytes.mask(hidden), before))),
          when(i32.and(bytes.mask(scripts), before), mark(BEYOND_LATIN)),
        ),
        when(i32.isZero(found), add(at, i32.of(16)), go(scan)),
        add(at, i32.lowestBit(found)),
        set(byte, i32.byteAt(at)),
        goIf(scanned, i32.equal(byte, i32.of(QUOTE))),
        when(i32.different(byte, i32.of(BACKSLASH)), FAIL),
        mark(ESCAPED),
        set(byte, i32.byteAt(at, 1)),
        when(i32.byteAt(byte, SHORT_ESCAPES_AT), add(excess, i32.of(1)), add(at, i32.of(2)), go(scan)),
        when(i32.different(byte, i32.of(0x75)), FAIL),
        readUnit(2),
        when(i32.isZero(unit), FAIL),
        when(i32.notBelow(unit, i32.of(0x370)), mark(BEYOND_LATIN)),
        when(i32.different(i32.and(unit, i32.of(0xf800)), i32.of(0xd800)), pass(6)),
        when(i32.above(unit, i32.of(0xdbff)), FAIL),
        when(i32.different(i32.pairAt(at, 6), i32.of(0x755c)), FAIL),
        readUnit(8),
        when(i32.different(i32.and(unit, i32.of(0xfc00)), i32.of(0xdc00)), FAIL),
        pass(12),
      ),
    ),
    when(excess, mark(NON_ASCII)),
    add(at, i32.of(1)),
    nodeOf(slot, {head, start, end: at, more: i32.add(excess, escaped)}),
    at,
  ],
}

/** Writes a node. */
export function nodeOf(
  to: Local,
  parts: {readonly head: Local | Code; readonly start: Local; readonly end: Local; readonly more: Code},
): Code {
  return [
    i32.store(to, HEAD, parts.head),
    i32.store(to, START, parts.start),
    i32.store(to, END, parts.end),
    i32.store(to, MORE, parts.more),
  ]
}
