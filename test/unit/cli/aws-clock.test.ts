import {expect, test} from 'vitest'
import {awsClock} from '../../../src/lib/cli/aws-clock.js'

const NOW = 1_000_000_000

test.each([
  [undefined, 0],
  [0, 0],
  [40, 0],
  [-40, 0],
  [600, 600],
  [-600, -600],
])('a machine that is %s s ahead of AWS is taken to be %s s ahead', (clockSkewSeconds, ahead) => {
  expect(awsClock({clockSkewSeconds}, () => NOW)()).toBe(NOW - ahead * 1000)
})

test('answers that take their time do not move a clock that was set, and one that was corrected is believed', () => {
  const session = {clockSkewSeconds: 600}
  const now = awsClock(session, () => NOW)
  const seen = [600, 603, 590, 0].map((skew) => {
    session.clockSkewSeconds = skew
    return NOW - now()
  })

  expect(seen).toEqual([600_000, 600_000, 600_000, 0])
})
