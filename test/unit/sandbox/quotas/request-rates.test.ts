import {expect, test} from 'vitest'
import {RequestRates} from '../../../../src/lib/sandbox/quotas/request-rates.js'

const look = {account: '111122223333', region: 'us-east-1', service: 'cloudtrail', operation: 'LookupEvents'}

test('two look-ups of events a second, the third half a second later; each Region and account for itself', () => {
  const rates = new RequestRates()
  const taken = (at: number, over = {}) => rates.take({...look, ...over}, at)

  expect([taken(0), taken(0), taken(0), taken(499)]).toEqual([true, true, false, false])
  expect([taken(500), taken(500), taken(999), taken(1000)]).toEqual([true, false, false, true])
  expect([taken(500, {region: 'eu-west-1'}), taken(500, {account: '444455556666'})]).toEqual([true, true])
})

test('what was not used is not saved up, and a clock that goes back takes nothing away', () => {
  const rates = new RequestRates()
  const taken = (at: number) => rates.take(look, at)

  expect([taken(60_000), taken(60_000), taken(0), taken(60_000)]).toEqual([true, true, false, false])
  expect([taken(600_000), taken(600_000), taken(600_000)]).toEqual([true, true, false])
})

test('operations without a published rate are as fast as they come', () => {
  const rates = new RequestRates()

  expect(Array.from({length: 100}, () => rates.take({...look, operation: 'DescribeTrails'}, 0))).not.toContain(false)
})
