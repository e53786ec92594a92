import {KIND, SIZE_SHIFT} from '../json-nodes.js'
import {
  add,
  block,
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
import {END, HEAD, KEYS_AT, MORE, MOST_SEEN, NODE, SEEN_AT, TABLE_AT} from './layout.js'

const FAIL = giveBack(i32.of(0))
const [open, slot, at, key, hash, seen, other, head] = [
  ...[local(0), local(1), local(2), local(3), local(4), local(5), local(6), local(7)],
] as const
const keys = label('keys')
const others = label('others')
const checked = label('checked')

/** The number of a node, times so many powers of two. */
export function nodeNumber(address: Local, shift = 0): Code {
  return i32.shiftRight(i32.subtract(address, i32.of(TABLE_AT)), i32.of(4 - shift))
}

const kindOf = (of: Local | Code): Code => i32.and(of, i32.of(15))

/** `close(open, slot, at)`: ends a container; 1, or 0 to give up, as where two of its keys may be the same. */
export const CLOSE: WasmFunction = {
  name: 'close',
  parameters: 3,
  variables: ['i32', 'i32', 'i32', 'i32', 'i32'],
  body: [
    i32.store(open, END, at),
    i32.store(open, MORE, nodeNumber(slot)),
    set(head, i32.load(open, HEAD)),
    block(
      checked,
      goIf(checked, i32.different(kindOf(head), i32.of(KIND.object))),
      goIf(checked, i32.below(head, i32.of(4 << SIZE_SHIFT))),
      set(key, i32.add(open, i32.of(NODE))),
      set(seen, i32.of(SEEN_AT)),
      loop(
        keys,
        set(hash, i32.load(nodeNumber(key, 2), KEYS_AT)),
        set(other, i32.of(SEEN_AT)),
        loop(
          others,
          when(i32.below(other, seen), when(i32.equal(i32.load(other), hash), FAIL), add(other, i32.of(4)), go(others)),
        ),
        when(i32.equal(seen, i32.of(SEEN_AT + 4 * MOST_SEEN)), FAIL),
        i32.store(seen, 0, hash),
        add(seen, i32.of(4)),
        // Beyond the value; a container knows what follows it.
        set(other, i32.add(key, i32.of(2 * NODE))),
        when(
          i32.notBelow(kindOf(i32.load(key, NODE + HEAD)), i32.of(KIND.array)),
          set(other, i32.add(i32.shiftLeft(i32.load(key, NODE + MORE), i32.of(4)), i32.of(TABLE_AT))),
        ),
        set(key, other),
        goIf(keys, i32.below(key, slot)),
      ),
    ),
    i32.of(1),
  ],
}
