import fc from 'fast-check'
import {expect, test} from 'vitest'
import {lifecycleAt} from '../../../src/lib/catalog/lifecycle-at.js'
import {buildLifecycle} from './build-catalog.js'

const dated = buildLifecycle({
  status: 'LEGACY',
  launched: '2025-01-01',
  legacy: '2026-07-08',
  extendedAccess: '2026-10-08',
  endOfLife: '2027-01-08',
})

test.each([
  ['2026-07-07T23:59:59Z', 'ACTIVE'],
  ['2026-07-08T00:00:00Z', 'LEGACY'],
  ['2026-10-07T23:59:59Z', 'LEGACY'],
  ['2026-10-08T00:00:00Z', 'EXTENDED_ACCESS'],
  ['2027-01-07T23:59:59Z', 'EXTENDED_ACCESS'],
  ['2027-01-08T00:00:00Z', 'EOL'],
])('at %s it is %s', (at, phase) => {
  expect(lifecycleAt(dated, new Date(at))).toBe(phase)
})

test.each([
  ['active without dates stays active', buildLifecycle({}), 'ACTIVE'],
  ['preview stays preview', buildLifecycle({status: 'PREVIEW'}), 'PREVIEW'],
  ['legacy without dates stays legacy', buildLifecycle({status: 'LEGACY'}), 'LEGACY'],
  ['unlisted is unknown', buildLifecycle({status: 'UNLISTED'}), 'UNKNOWN'],
  ['dead since it was last listed', buildLifecycle({status: 'EOL', lastListed: '2026-02-25'}), 'EOL'],
  ['dead, and listed later than asked', buildLifecycle({status: 'EOL', lastListed: '2026-12-01'}), 'UNKNOWN'],
  ['dead, nobody knows since when', buildLifecycle({status: 'EOL'}), 'UNKNOWN'],
  ['dead later than asked', buildLifecycle({status: 'EOL', endOfLife: '2026-12-01'}), 'UNKNOWN'],
] as const)('%s', (_, lifecycle, phase) => {
  expect(lifecycleAt(lifecycle, new Date('2026-11-21T12:00:00Z'))).toBe(phase)
})

test('with dates a model never gets younger', () => {
  const order = ['ACTIVE', 'LEGACY', 'EXTENDED_ACCESS', 'EOL']
  const moment = fc.date({min: new Date('2025-01-01'), max: new Date('2028-01-01'), noInvalidDate: true})

  fc.assert(
    fc.property(moment, moment, (one, other) => {
      const [first, second] = one < other ? [one, other] : [other, one]

      expect(order.indexOf(lifecycleAt(dated, first))).toBeLessThanOrEqual(order.indexOf(lifecycleAt(dated, second)))
    }),
  )
})
