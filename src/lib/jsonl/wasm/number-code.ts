import {INTEGER, KIND} from '../json-nodes.js'
import {
  add,
  type Code,
  giveBack,
  go,
  i32,
  label,
  local,
  loop,
  type Part,
  set,
  type WasmFunction,
  when,
} from './assembler.js'
import {nodeOf} from './string-code.js'

/** An integer of more digits may be none that a double can hold, which is told. */
const MOST_DIGITS = 15
const FAIL = giveBack(i32.of(0))
const [at, slot, start, head, first] = [local(0), local(1), local(2), local(3), local(4)] as const

const is = (value: Part, character: string): Code => i32.equal(value, i32.of(character.charCodeAt(0)))

/** At least one digit. */
function digits(): Code {
  const again = label('again')
  const isDigit = i32.below(i32.subtract(i32.byteAt(at), i32.of(0x30)), i32.of(10))
  return [set(first, at), loop(again, when(isDigit, add(at, i32.of(1)), go(again))), when(i32.equal(at, first), FAIL)]
}

/** `number(at, slot)`: the number that begins there; returns where it ends, 0 to give up. */
export const NUMBER: WasmFunction = {
  name: 'number',
  parameters: 2,
  variables: ['i32', 'i32', 'i32'],
  body: [
    set(start, at),
    set(head, i32.of(KIND.number | INTEGER)),
    add(at, is(i32.byteAt(at), '-')),
    digits(),
    when(i32.and(is(i32.byteAt(first), '0'), i32.above(i32.subtract(at, first), i32.of(1))), FAIL),
    when(is(i32.byteAt(at), '.'), set(head, i32.of(KIND.number)), add(at, i32.of(1)), digits()),
    when(
      is(i32.or(i32.byteAt(at), i32.of(0x20)), 'e'),
      set(head, i32.of(KIND.number)),
      add(at, i32.of(1)),
      add(at, i32.or(is(i32.byteAt(at), '+'), is(i32.byteAt(at), '-'))),
      digits(),
    ),
    when(
      i32.and(i32.different(head, i32.of(KIND.number)), i32.above(i32.subtract(at, start), i32.of(MOST_DIGITS))),
      FAIL,
    ),
    nodeOf(slot, {head, start, end: at, more: i32.of(0)}),
    at,
  ],
}
