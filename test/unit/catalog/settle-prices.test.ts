import {expect, test} from 'vitest'
import type {PriceFact} from '../../../scripts/catalog/facts.js'
import {settlePrices} from '../../../scripts/catalog/settle-prices.js'

function fact(differs: Partial<PriceFact>): PriceFact {
  return {
    modelId: 'anthropic.one',
    region: '*',
    routing: 'in-region',
    tier: 'standard',
    inputPerMTok: 3,
    outputPerMTok: 15,
    cacheReadPerMTok: null,
    cacheWritePerMTok: null,
    currency: 'USD',
    source: 'list',
    asOf: '2026-11-10',
    confidence: 'high',
    ...differs,
  }
}

const bare = fact({})
const global = fact({modelId: 'global.anthropic.one', baseModelId: 'anthropic.one', routing: 'global'})
const geo = fact({modelId: 'eu.anthropic.one', baseModelId: 'anthropic.one', routing: 'geo', inputPerMTok: 3.3})
const regional = fact({region: 'eu-west-1', routing: 'in-region/geo', inputPerMTok: 3.3})

const settled = (facts: readonly PriceFact[]) => {
  const {records, report} = settlePrices(facts)
  return {own: records.filter(({subject}) => subject === 'anthropic.one'), report}
}

test('an In-Region price for any Region that is the Global price gives way to prices by Region', () => {
  const {own, report} = settled([bare, global, geo, regional])

  expect(own.map(({region, routing}) => [region, routing])).toEqual([
    ['*', 'global'],
    ['*', 'geo'],
    ['eu-west-1', 'in-region/geo'],
  ])
  expect(report.filter((line) => line.includes('1 (anthropic.one standard)'))).toHaveLength(1)
})

test('where nothing else is known it stays, of low confidence and with the reason', () => {
  const [kept] = settled([bare, global, geo]).own

  expect(kept).toMatchObject({routing: 'in-region', confidence: 'low'})
  expect(kept?.note).toContain('Global price')
})

test('a model that costs the same by every route keeps its price', () => {
  const {own} = settled([bare, global, {...geo, inputPerMTok: 3}])

  expect(own[0]).toMatchObject({routing: 'in-region', confidence: 'high', note: null})
})

test('cache writes of Nova at the input price are doubted, and the other prices beside them are not', () => {
  const {records} = settlePrices([fact({modelId: 'amazon.nova-one', cacheReadPerMTok: 1, cacheWritePerMTok: 3})])
  const own = records.filter(({subject}) => subject === 'amazon.nova-one')

  expect(own.map(({amount, confidence}) => [amount.input, amount.cacheRead, amount.cacheWrite, confidence])).toEqual([
    [3, 1, null, 'high'],
    [undefined, undefined, 3, 'low'],
  ])
})

test('reserved capacity is priced by route: Global costs less', () => {
  const {records} = settlePrices([])
  const hour = records.filter(
    ({meter, subject, variant}) =>
      meter === 'reserved-input-tpm' && variant === '3-month' && subject === 'anthropic.claude-sonnet-4-6',
  )

  expect(hour.map(({amount, routing}) => [routing, amount.unit])).toEqual([
    ['global', 0.162],
    ['in-region/geo', 0.1782],
  ])
})

test('every curated price names its source and date, and an amount', () => {
  const {records} = settlePrices([])

  expect(records.length).toBeGreaterThan(100)
  for (const {amount, asOf, source} of records) {
    expect(asOf).toMatch(/^\d{4}/)
    expect(source.length).toBeGreaterThan(10)
    expect(Object.values(amount).some((value) => typeof value === 'number')).toBe(true)
  }
})

test('no curated price is there twice', () => {
  const keys = settlePrices([]).records.map(({meter, region, routing, subject, tier, variant}) =>
    JSON.stringify([subject, meter, variant, region, routing, tier]),
  )

  expect(new Set(keys).size).toBe(keys.length)
})
