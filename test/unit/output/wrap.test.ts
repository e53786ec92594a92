import * as fc from 'fast-check'
import {expect, test} from 'vitest'
import {shorten, widthOf, wrapText} from '../../../src/lib/output/wrap.js'

test.each([
  ['abc', 3],
  ['日本', 4],
  ['e\u0301', 1],
  ['👩‍👩‍👧', 2],
  ['\u001B[32mgreen\u001B[39m', 5],
  ['', 0],
])('%j takes %i columns', (text, width) => {
  expect(widthOf(text)).toBe(width)
})

test('text breaks at spaces, and inside a word only where it must', () => {
  expect(wrapText('one two three', 7)).toEqual(['one two', 'three'])
  expect(wrapText('a verylongword b', 6)).toEqual(['a', 'verylo', 'ngword', 'b'])
  expect(wrapText('日本語', 4)).toEqual(['日本', '語'])
})

test('text that fits is left alone, with its spaces', () => {
  expect(wrapText('  a  b ', 20)).toEqual(['  a  b '])
  expect(wrapText('', 5)).toEqual([''])
})

test('a long word is shortened in its middle where that is asked for', () => {
  expect(wrapText('id abcdefghijklmnop', 9, {kind: 'shorten', ellipsis: '…'})).toEqual(['id', 'abcde…nop'])
  expect(shorten('abcdefghijklmnop', 9, '..')).toBe('abcde..op')
})

test('wrapping loses no letter and keeps to the width', async () => {
  await fc.assert(
    fc.property(fc.string({unit: 'grapheme'}), fc.integer({min: 2, max: 40}), (text, width) => {
      const lines = wrapText(text, width)

      for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(width)
      expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''))
    }),
  )
})
