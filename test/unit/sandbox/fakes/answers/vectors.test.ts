import fc from 'fast-check'
import {expect, test} from 'vitest'
import {signsOf, vectorFor, writeAnswer} from '../../../../../src/lib/sandbox/fakes/bedrock/answers/vectors.js'

test('an answer is written as JSON.stringify writes it', () => {
  const vector = fc.tuple(fc.nat(200), fc.constantFrom(1, 3, 256)).map(([prompt, length]) => vectorFor(prompt, length))
  const {tree} = fc.letrec<{tree: unknown}>((tie) => ({
    tree: fc.oneof(
      {maxDepth: 4},
      vector,
      vector.map(signsOf),
      fc.jsonValue({maxDepth: 1}),
      fc.constant(undefined),
      fc.array(tie('tree'), {maxLength: 3}),
      fc.dictionary(fc.string(), tie('tree'), {maxKeys: 4}),
    ),
  }))

  fc.assert(
    fc.property(fc.dictionary(fc.string(), tree, {maxKeys: 4}), (answer) => {
      expect(Buffer.concat(writeAnswer(answer)).toString()).toBe(JSON.stringify(answer))
    }),
  )
})

test('a vector of an embedding has length 1', () => {
  const length = Math.hypot(...vectorFor(7, 1024))

  expect(length).toBeCloseTo(1, 3)
})
