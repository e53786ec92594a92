import fc from 'fast-check'
import {expect, test} from 'vitest'
import {unitsOf} from '../../../../../src/lib/sandbox/fakes/bedrock/imports/model-units.js'

const GIGABYTE = 1e9

test('a copy has as many units as AWS publishes for the two sizes it names', () => {
  expect(unitsOf(16.06 * GIGABYTE, 'llama')).toEqual({customModelUnits: 2, customModelUnitsVersion: 'v1.0'})
  expect(unitsOf(141.1 * GIGABYTE, 'llama')).toEqual({customModelUnits: 8, customModelUnitsVersion: 'v1.0'})
})

test('GPT-OSS is counted in units of the second version', () => {
  expect(unitsOf(39 * GIGABYTE, 'gpt_oss').customModelUnitsVersion).toBe('v2.0')
})

test('units are even, at least 2, and never fewer for more weights', () => {
  const bytes = fc.integer({min: 0, max: 400 * GIGABYTE})
  fc.assert(
    fc.property(bytes, bytes, (one, other) => {
      const [few, many] = [Math.min(one, other), Math.max(one, other)].map(
        (size) => unitsOf(size, 'llama').customModelUnits,
      )
      expect((few ?? 0) % 2).toBe(0)
      expect(few).toBeGreaterThanOrEqual(2)
      expect(many).toBeGreaterThanOrEqual(few ?? 0)
    }),
  )
})
