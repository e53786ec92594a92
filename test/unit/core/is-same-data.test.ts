import fc from 'fast-check'
import {expect, test} from 'vitest'
import {isSameData} from '../../../src/lib/core/is-same-data.js'

test('data is the same as its copy, and as nothing else', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (one, other) => {
      expect(isSameData(one, structuredClone(one))).toBe(true)
      expect(isSameData(one, other)).toBe(textOf(one) === textOf(other))
    }),
  )
})

test.each([
  [{a: 1}, {a: 1, b: null}],
  [{a: 1, b: null}, {a: 1}],
  [[1, 2], [1]],
  [[], {}],
  [{a: {b: [1]}}, {a: {b: [2]}}],
  ['1', 1],
  [null, {}],
])('%j and %j are not the same', (one, other) => {
  expect(isSameData(one, other)).toBe(false)
})

test('the order of members does not count, nor one that is undefined', () => {
  expect(isSameData({a: 1, b: 2}, {b: 2, a: 1, c: undefined})).toBe(true)
  expect(isSameData({a: undefined}, {})).toBe(true)
})

/** Members in one order; 0 and -0 are told apart. */
function textOf(value: unknown): string {
  if (Object.is(value, -0)) return '-0'
  if (Array.isArray(value)) return `[${value.map(textOf).join()}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const members = Object.entries(value).map(([name, member]) => `${JSON.stringify(name)}:${textOf(member)}`)
  return `{${members.sort().join()}}`
}
