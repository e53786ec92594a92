import {expect, test} from 'vitest'
import {toNumber} from '../../../../src/lib/core/decimal.js'
import type {CalledModel} from '../../../../src/lib/cost/actual/called-model.js'
import type {TokenSeries} from '../../../../src/lib/cost/actual/ports.js'
import {amountOf, priceTokens} from '../../../../src/lib/cost/actual/price-tokens.js'
import {bookOf, REGION, target} from './build-actual.js'

const series = (over: Partial<TokenSeries> = {}): TokenSeries => ({
  endpoint: 'runtime',
  modelId: 'called',
  tier: null,
  kind: 'input',
  days: new Map([['2026-11-10', 1_000_000]]),
  ...over,
})

function lines(all: readonly TokenSeries[], model: Partial<CalledModel> = {}, book = bookOf({input: 3})) {
  return priceTokens([{region: REGION, series: all}], () => target(model), book)
}

const amounts = (found: ReturnType<typeof lines>) =>
  found.map((line) => {
    const amount = amountOf(line, () => true)
    return [line.tier, amount && toNumber(amount)]
  })

test('what named tiers served is taken out of the sum; the rest is standard', () => {
  const found = lines([
    series(),
    series({tier: 'flex', days: new Map([['2026-11-10', 300_000]])}),
    series({tier: 'default', days: new Map([['2026-11-10', 700_000]])}),
  ])

  expect(amounts(found)).toEqual([
    ['standard', 2.1],
    ['flex', null],
  ])
  expect(found[1]?.why).toContain('no price is known for input tokens')
})

test('calls that wanted less latency are a tier by their name', () => {
  expect(lines([series({modelId: 'called+latency-optimized'})])[0]).toMatchObject({
    tier: 'latency-optimized',
    rate: null,
  })
})

test.each([
  ['provisioned', /by the hour/],
  ['imported', /copies and minutes/],
  ['unknown', /not known/],
] as const)('%s has no price by tokens, and says why', (kind, why) => {
  expect(lines([series()], {modelId: null, kind})[0]).toMatchObject({rate: null, why: expect.stringMatching(why)})
})

test('a customised model has its own price where there is one, else that of its base', () => {
  const model = {kind: 'custom-deployment', route: 'in-region'} as const
  const own = bookOf({input: 5}, {variant: 'custom-model', routing: null})

  expect(amounts(lines([series()], model, own))).toEqual([['standard', 5]])
  expect(amounts(lines([series()], model))).toEqual([['standard', 3]])
})

test('days without tokens make no line', () => {
  expect(lines([series({days: new Map([['2026-11-10', 0]])})])).toEqual([])
})
