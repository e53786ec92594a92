import fc from 'fast-check'
import {expect, test} from 'vitest'
import {countText} from '../../../../src/lib/sandbox/fakes/bedrock-runtime/count-text.js'

test('plain text counts the same by the short way as by the long one', () => {
  const ascii = fc.string({unit: 'binary-ascii', maxLength: 200})

  // One sign that is not ASCII is one token, and sends the text the long way.
  fc.assert(
    fc.property(ascii, (text) => {
      expect(countText(`${text}€`)).toBe(countText(text) + 1)
    }),
  )
})
