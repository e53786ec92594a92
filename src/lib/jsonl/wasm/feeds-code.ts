import {add, bytes, go, goIf, i32, label, local, loop, set, type WasmFunction, when} from './assembler.js'
import {FEEDS_AT} from './layout.js'

const [at, end, found, to, some] = [local(0), local(1), local(2), local(3), local(4)] as const
const vectors = label('vectors')
const each = label('each')

/** `feeds(at, end)`: how many line feeds there are; their places are written. What follows the end must be zeros. */
export const FEEDS: WasmFunction = {
  name: 'feeds',
  parameters: 2,
  variables: ['i32', 'i32', 'v128'],
  body: [
    set(to, i32.of(FEEDS_AT)),
    loop(
      vectors,
      set(some, bytes.load(at)),
      set(found, bytes.mask(bytes.equal(some, bytes.of(0x0a)))),
      loop(
        each,
        when(
          found,
          i32.store(to, 0, i32.add(at, i32.lowestBit(found))),
          add(to, i32.of(4)),
          set(found, i32.and(found, i32.subtract(found, i32.of(1)))),
          go(each),
        ),
      ),
      add(at, i32.of(16)),
      goIf(vectors, i32.below(at, end)),
    ),
    i32.shiftRight(i32.subtract(to, i32.of(FEEDS_AT)), i32.of(2)),
  ],
}
