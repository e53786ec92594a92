import fc from 'fast-check'
import stringWidth from 'string-width'
import {expect, test} from 'vitest'
import {clean, cut, cutId, cutMiddle, toWidth, widthOf} from '../../../src/lib/monitor/text-width.js'

test.each([
  ['abcdef', 4, 'abc…'],
  ['abcd', 4, 'abcd'],
  ['漢字漢字', 4, '漢…'],
  ['漢字漢字', 5, '漢字…'],
  ['👩‍👩‍👧‍👦family', 4, '👩‍👩‍👧‍👦f…'],
  ['anything', 0, ''],
])('%s in %i columns is %s', (text, width, expected) => {
  expect(cut(text, width)).toBe(expected)
})

test('line ends become a space, control sequences go, spaces that align stay', () => {
  expect(clean('a \n b\u001B[31mred\u0007  é  x')).toBe('a bred  é  x')
})

test('whatever the text, a cell has exactly its width and no control character', () => {
  fc.assert(
    fc.property(fc.string({unit: 'grapheme', maxLength: 40}), fc.integer({min: 2, max: 30}), (text, width) => {
      const cell = toWidth(text, width)

      expect(widthOf(cell)).toBe(width)
      // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not be there.
      expect(cell).not.toMatch(/[\u0000-\u001F\u007F]/)
    }),
  )
})

test('numbers are aligned to the right', () => {
  expect(toWidth('12', 5, {align: 'right'})).toBe('   12')
})

test('what is told without segmenting is as wide as it is with it', () => {
  const differing = Array.from({length: 0x2900}, (_, code) => String.fromCodePoint(code)).filter(
    (character) => clean(character) === character && widthOf(character) !== stringWidth(character),
  )

  expect(differing).toEqual([])
})

test.each([
  ['anthropic.claude-sonnet-4-6', 27, 'anthropic.claude-sonnet-4-6'],
  ['anthropic.claude-sonnet-4-6', 13, 'anthro…et-4-6'],
  ['漢字漢字漢字', 8, '漢字…字'],
  ['abcdef', 2, 'a…'],
  ['abcdef', 1, '…'],
])('%s in the middle of %d columns is %s', (text, width, expected) => {
  const shown = cutMiddle(text, width)

  expect(shown).toBe(expected)
  expect(widthOf(shown)).toBeLessThanOrEqual(width)
})

test.each([
  [['us.anthropic.claude-haiku-4-5-20251001-v1:0', 34], 'us.anthropic.claude-haiku-4-5…'],
  [['us.anthropic.claude-haiku-4-5-20251001-v1:0', 28], 'us.…claude-haiku-4-5…'],
  [['us.anthropic.claude-haiku-4-5-20251001-v1:0', 18], '…claude-haiku-4-5…'],
  [['global.anthropic.claude-opus-4-8', 28], 'global.…claude-opus-4-8'],
  [['amazon.nova-lite-v1:0', 20], 'amazon.nova-lite…'],
  [['meta.llama3-1-8b-instruct-v1:0:128k', 20], '…llama3-1-8b-instru…'],
  [['meta.llama3-1-8b-instruct-v1:0', 30], 'meta.llama3-1-8b-instruct-v1:0'],
  [['vpce-000000000000000d5', 16], 'vpce-000…00000d5'],
  [['app-🚀-profile-of-a-team', 12], 'app-🚀…-team'],
] as const)('%j: of an id stays what tells most: %s', ([text, width], shown) => {
  expect(cutId(text, width)).toBe(shown)
})
