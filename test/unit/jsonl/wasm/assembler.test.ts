import fc from 'fast-check'
import {expect, test} from 'vitest'
import {
  add,
  assemble,
  block,
  type Code,
  go,
  goIf,
  i32,
  i64,
  label,
  local,
  loop,
  when,
} from '../../../../src/lib/jsonl/wasm/assembler.js'

declare const WebAssembly: {
  readonly Module: new (code: Uint8Array) => object
  readonly Instance: new (
    module: object,
  ) => {readonly exports: {readonly run: (...values: readonly number[]) => number}}
}

function runner(parameters: number, ...body: Code) {
  const module = assemble([{name: 'run', parameters, variables: ['i32'], body}], 1)
  return new WebAssembly.Instance(new WebAssembly.Module(module)).exports.run
}

test('constants of any size are what they were', () => {
  fc.assert(
    fc.property(fc.integer(), (value) => {
      expect(runner(0, i32.of(value))()).toBe(value)
    }),
  )
  fc.assert(
    fc.property(fc.bigInt({min: -(2n ** 63n), max: 2n ** 63n - 1n}), (value) => {
      const upper = i32.from(i64.shiftRight(i64.of(value), i64.of(32n)))
      expect(runner(0, upper)()).toBe(Number(BigInt.asIntN(32, value >> 32n)))
    }),
  )
})

test('branches name a block from inside of others: the sum of 1 to n', () => {
  const [left, sum] = [local(0), local(1)]
  const [again, done] = [label('again'), label('done')]
  const body = block(
    done,
    loop(again, goIf(done, i32.isZero(left)), when(left, add(sum, left), add(left, i32.of(-1)), go(again))),
  )

  expect(runner(1, body, sum)(100)).toBe(5050)
})

test('a branch to a block that is not open is refused', () => {
  expect(() => runner(0, go(label('elsewhere')), i32.of(0))).toThrow('no open block is elsewhere')
})
