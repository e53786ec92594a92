import {expect, test} from 'vitest'
import {quotaRemedy} from '../../../../../src/lib/monitor/board/quotas/quota-remedy.js'
import type {QuotaRow} from '../../../../../src/lib/monitor/board/quotas/quota-rows.js'
import type {QuotaLimit} from '../../../../../src/lib/monitor/board/quotas/quotas.schema.js'
import {quotaLimit} from '../../../../support/board-money.js'

/** The value that is asked for; undefined: none is. */
function askedFor(row: Partial<QuotaRow>, limit: Partial<QuotaLimit> = {}): string | undefined {
  const whole = {limit: quotaLimit(limit), region: 'us-east-1', peak: null, peakShare: null, leftMs: null, ...row}
  const lines = quotaRemedy(whole as QuotaRow, {profile: 'dev'})
  return lines.find((line) => line.includes('increase'))?.replace(/^.*--desired-value (\d+) --profile dev$/, '$1')
}

test.each([
  [
    'the busiest minute is to be three fifths of it',
    {used: 4000, value: 10_000, share: 0.4, peak: 9000, peakShare: 0.9},
    '15000',
  ],
  ['there is room enough', {used: 5500, value: 10_000, share: 0.55}, undefined],
  ['nothing is near', {used: 100, value: 10_000, share: 0.01, peak: 900, peakShare: 0.09}, undefined],
  ['a day that is doubled is asked for by its half', {used: 16_000, value: 20_000, share: 0.8}, '13334'],
  ['a day that ends early is doubled', {used: 11_000, value: 20_000, share: 0.55, leftMs: 1000}, '20000'],
])('%s', (_, row, value) => {
  expect(askedFor(row)).toBe(value)
})

test('what cannot be raised there says so', () => {
  const row = {used: 9000, value: 10_000, share: 0.9}

  expect(askedFor(row, {adjustable: false})).toContain('the limit increase form of a support case may')
})

test('commands ask the same account or sandbox', () => {
  const row = {limit: undefined, region: 'eu-west-1'} as QuotaRow

  const told = [{profile: null}, {profile: 'a b', sandbox: 'demo'}, {endpointUrl: 'http://127.0.0.1:4599'}].flatMap(
    (asked) => quotaRemedy(row, asked),
  )
  expect(told).toEqual([
    'bedrockctl account quotas --region eu-west-1',
    "bedrockctl account quotas --region eu-west-1 --profile 'a b' --sandbox=demo",
    'bedrockctl account quotas --region eu-west-1 --endpoint-url http://127.0.0.1:4599',
  ])
})
