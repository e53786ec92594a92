import fc from 'fast-check'
import {expect, test} from 'vitest'
import {compileGlob, matchesGlob} from '../../../src/lib/iam/glob.js'

const text = fc.string({unit: fc.constantFrom('a', 'b', ':', '/'), maxLength: 12})
const pattern = fc.string({unit: fc.constantFrom('a', 'b', ':', '*', '?'), maxLength: 8})

test('a pattern matches what the same regular expression matches', () => {
  fc.assert(
    fc.property(pattern, text, (glob, value) => {
      const expression = new RegExp(`^${glob.replaceAll('*', '.*').replaceAll('?', '.')}$`, 's')

      expect(matchesGlob(compileGlob(glob), value)).toBe(expression.test(value))
    }),
    {numRuns: 3000},
  )
})

test('a text without wildcards matches itself alone', () => {
  fc.assert(
    fc.property(text, text, (glob, value) => {
      expect(matchesGlob(compileGlob(glob), value)).toBe(glob === value)
    }),
  )
})

test('many runs over a long text are decided in bounded time', () => {
  const started = performance.now()

  expect(matchesGlob(compileGlob(`${'*a'.repeat(50)}b`), 'a'.repeat(20_000))).toBe(false)
  expect(performance.now() - started).toBeLessThan(2000)
})
