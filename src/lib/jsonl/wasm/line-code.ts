import {ESCAPED, KIND, SIZE_SHIFT} from '../json-nodes.js'
import {
  add,
  block,
  type Code,
  call,
  giveBack,
  go,
  goIf,
  i32,
  i64,
  label,
  local,
  loop,
  type Part,
  set,
  type WasmFunction,
  when,
} from './assembler.js'
import {nodeNumber} from './close-code.js'
import {END, HEAD, KEYS_AT, NODE, START, TABLE_AT} from './layout.js'
import {nodeOf} from './string-code.js'

/** Places of the functions that it calls in the module. */
export const CALLS = {string: 0, number: 1, close: 2} as const

const FAIL = giveBack(i32.of(0))
const [at, end, most, depth, slot, open, opening, byte, parent, length, hash] = [
  ...[local(0), local(1), local(2), local(3), local(4), local(5)],
  ...[local(6), local(7), local(8), local(9), local(10)],
] as const
const [value, added, after, next, opened] = [
  ...[label('value'), label('added'), label('after'), label('next'), label('opened')],
] as const

const is = (character: string): Code => i32.equal(byte, i32.of(character.charCodeAt(0)))
const orFail = (condition: Part): Code => [when(i32.isZero(condition), FAIL)]
const inObject = i32.equal(opening, i32.of('{'.charCodeAt(0)))
/** In ASCII, a closing bracket is two after the one that opens. */
const isClosing = i32.and(i32.different(open, i32.of(0)), i32.equal(byte, i32.add(opening, i32.of(2))))

/** Over blanks, to a byte that is none. A carriage return is left to who looks closely. */
function skip(): Code {
  const again = label('again')
  return loopOf(again, [set(byte, i32.byteAt(at)), when(i32.or(is(' '), is('\t')), add(at, i32.of(1)), go(again))])
}

function loopOf(again: ReturnType<typeof label>, body: Code): Code {
  return [loop(again, ...body)]
}

const step: Code = [add(at, i32.of(1)), skip()]

/** The node that was written is a child of the open container; room for the next one. */
const count: Code = [
  when(open, i32.store(open, HEAD, i32.add(i32.load(open, HEAD), i32.of(1 << SIZE_SHIFT)))),
  add(slot, i32.of(NODE)),
  when(i32.notBelow(slot, most), FAIL),
]

const openContainer: Code = [
  i32.store(slot, HEAD, i32.add(i32.of(KIND.array), is('{'))),
  i32.store(slot, START, at),
  i32.store(slot, END, open),
  set(parent, slot),
  count,
  set(open, parent),
  set(opening, byte),
  add(depth, i32.of(-1)),
  orFail(depth),
  step,
]

const closeContainer: Code = [
  set(parent, i32.load(open, END)),
  add(at, i32.of(1)),
  orFail(call(CALLS.close, open, slot, at)),
  set(open, parent),
  set(opening, i32.of(0)),
  when(open, set(opening, i32.byteAt(i32.load(open, START)))),
  add(depth, i32.of(1)),
]

/** Of the length of a key, of its first eight bytes and of its last: the same for keys that are the same. */
const hashKey: Code = [
  set(length, i32.subtract(i32.subtract(at, i32.load(slot, START)), i32.of(2))),
  set(hash, i64.load(i32.load(slot, START), 1)),
  when(
    i32.below(length, i32.of(8)),
    set(
      hash,
      i64.and(hash, i64.subtract(i64.shiftLeft(i64.of(1n), i64.from(i32.shiftLeft(length, i32.of(3)))), i64.of(1n))),
    ),
  ),
  set(hash, i64.multiply(i64.xor(hash, i64.from(length)), i64.of(-0x61c8_8646_80b5_83ebn))),
  set(hash, i64.xor(hash, i64.shiftRight(hash, i64.of(32n)))),
  when(i32.notBelow(length, i32.of(8)), set(hash, i64.xor(hash, i64.load(i32.subtract(at, i32.of(9)))))),
  set(hash, i64.multiply(hash, i64.of(-0x3b31_4601_e57a_13adn))),
  i32.store(nodeNumber(slot, 2), KEYS_AT, i32.from(i64.shiftRight(hash, i64.of(32n)))),
]

const key: Code = [
  orFail(is('"')),
  set(at, call(CALLS.string, at, slot)),
  orFail(at),
  when(i32.and(i32.load(slot, HEAD), i32.of(ESCAPED)), FAIL),
  hashKey,
  count,
  skip(),
  orFail(is(':')),
  step,
]

/** A word: its first byte, and four bytes at once. */
function word(text: string, kind: number): Code {
  const first = text.length - 4
  const rest = i32.equal(i32.load(at, first), i32.of(Buffer.from(text).readInt32LE(first)))
  return [
    when(
      i32.and(is(text.charAt(0)), rest),
      set(parent, at),
      add(at, i32.of(text.length)),
      nodeOf(slot, {head: i32.of(kind), start: parent, end: at, more: i32.of(0)}),
      go(added),
    ),
  ]
}

/**
 * `line(at, end, most, depth)`: the nodes of the JSON text there, fewer than so many and not nested deeper; 0 to give up.
 * The byte at its end must be a line feed or a carriage return.
 */
export const LINE: WasmFunction = {
  name: 'line',
  parameters: 4,
  variables: ['i32', 'i32', 'i32', 'i32', 'i32', 'i32', 'i64'],
  body: [
    set(slot, i32.of(TABLE_AT)),
    set(most, i32.add(i32.shiftLeft(most, i32.of(4)), i32.of(TABLE_AT))),
    add(depth, i32.of(1)),
    skip(),
    loop(
      value,
      when(inObject, key),
      block(
        after,
        block(
          added,
          when(is('"'), set(at, call(CALLS.string, at, slot)), orFail(at), go(added)),
          block(
            opened,
            goIf(opened, i32.or(is('{'), is('['))),
            when(
              i32.or(is('-'), i32.below(i32.subtract(byte, i32.of(0x30)), i32.of(10))),
              set(at, call(CALLS.number, at, slot)),
              orFail(at),
              go(added),
            ),
            word('null', KIND.null),
            word('true', KIND.true),
            word('false', KIND.false),
            FAIL,
          ),
          openContainer,
          when(isClosing, closeContainer, go(after)),
          go(value),
        ),
        count,
      ),
      loop(
        next,
        skip(),
        when(i32.isZero(open), orFail(i32.equal(at, end)), giveBack(nodeNumber(slot))),
        when(is(','), step, go(value)),
        orFail(isClosing),
        closeContainer,
        go(next),
      ),
    ),
    i32.of(0),
  ],
}
