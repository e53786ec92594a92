import {expect, test} from 'vitest'
import {closest, didYouMean} from '../../../src/lib/core/closest.js'

test('a slip of the fingers away, nearest first', () => {
  expect(closest('standad', ['standards', 'batch', 'standard'])).toEqual(['standard', 'standards'])
  expect(didYouMean('bach', ['batch', 'flex'])).toBe('Did you mean batch?')
})

test('what has no name is never meant', () => {
  expect(closest('x', ['', 'standard'])).toEqual([])
  expect(didYouMean('x', [''])).toBeUndefined()
})
