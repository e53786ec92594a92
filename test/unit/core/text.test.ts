import fc from 'fast-check'
import {expect, test} from 'vitest'
import {sanitise, sizeWords} from '../../../src/lib/core/text.js'

test.each([
  [0, '0 bytes'],
  [1, '1 byte'],
  [999, '999 bytes'],
  [1000, '1.0 kB'],
  [999_949, '999.9 kB'],
  [999_950, '1.0 MB'],
  [2_800_000_000, '2.8 GB'],
  [5e15, '5000.0 TB'],
])('%d bytes are %s', (bytes, words) => {
  expect(sizeWords(bytes)).toBe(words)
})

test.each([
  ['\u001b[31mred\u001b[0m', 'red'],
  ['\u001b]8;;https://example.org\u0007link\u001b]8;;\u0007', 'link'],
  ['a\u202eb\u2066c', 'abc'],
  ['one\u2028two\u2029three', 'onetwothree'],
  ['tab\tline\n', 'tab\tline\n'],
  ['日本 é', '日本 é'],
])('%j is %j on a terminal', (text, safe) => {
  expect(sanitise(text)).toBe(safe)
})

test('whatever comes from outside, what is left of it moves no cursor and turns no text', () => {
  fc.assert(
    fc.property(fc.string({unit: 'binary'}), (text) => {
      expect(sanitise(text)).not.toMatch(/(?![\t\n])[\p{Cc}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069]/u)
    }),
  )
})
