import {readFileSync} from 'node:fs'
import {expect, test} from 'vitest'
import {GENAI_PRICES_VERSION, genaiPrices} from '../../../../src/lib/cost/prices/genai-prices.js'
import type {PricedRow} from '../../../../src/lib/cost/prices/prices.schema.js'
import {secondOpinion} from '../../../../src/lib/cost/prices/second-opinion.js'

function row(differs: Partial<PricedRow>): PricedRow {
  return {
    ...{route: 'geo', profile: null, tier: 'standard', meter: 'tokens', kind: 'input', variant: null},
    ...{region: 'eu-west-1', amount: 3.3, currency: 'USD', unit: '1M tokens', sku: null, offer: null},
    ...{asOf: '2026-11-20', sources: ['ours'], confidence: 'high', note: null},
    ...differs,
  }
}

const other = {
  source: 'theirs',
  entry: (id: string) =>
    new Map([
      ['regional.anthropic.one-v1:0', {id, amount: {input: 3.3, output: 16.5}}],
      ['global.anthropic.one-v1:0', {id, amount: {input: 3}}],
    ]).get(id),
}

test('prices are compared by route and kind; those within 1 % agree', () => {
  const rows = [row({}), row({amount: 3.32}), row({route: 'global', amount: 3}), row({kind: 'output', amount: 16.5})]

  expect(secondOpinion('anthropic.one', rows, other)).toEqual({source: 'theirs', agree: 4, disagreements: []})
})

test('what is more than 1 % apart is told once, with both values and their sources', () => {
  const rows = [row({amount: 3}), row({amount: 3, region: 'us-east-1'}), row({kind: 'output', amount: 16.5})]

  expect(secondOpinion('anthropic.one', rows, other)).toEqual({
    source: 'theirs',
    agree: 1,
    disagreements: [
      {
        ...{route: 'geo', kind: 'input', region: 'eu-west-1', ours: 3, ourSources: ['ours']},
        ...{theirs: 3.3, theirId: 'regional.anthropic.one-v1:0'},
      },
    ],
  })
})

test.each([
  ['another tier', {tier: 'batch'}],
  ['another meter', {meter: 'model-unit-hour', kind: 'unit'}],
  ['Mantle', {route: 'mantle'}],
  ['another currency', {currency: 'CNY'}],
])('%s is not compared', (_, differs) => {
  expect(secondOpinion('anthropic.one', [row({...differs, amount: 9})], other)).toBeNull()
})

test('the list is read by exact ids: a model that it does not have is unknown, however near another is', () => {
  const list = genaiPrices()

  expect(list.entry('regional.anthropic.claude-sonnet-4-6-v1:0')?.amount).toMatchObject({input: 3.3, output: 16.5})
  expect(list.entry('regional.anthropic.claude-sonnet-5-5')).toBeUndefined()
  expect(list.entry('global.anthropic.claude-sonnet-5-9-test')).toBeUndefined()
})

test('the version that is named is the one that is installed', () => {
  const manifest = readFileSync(new URL('../../../../package.json', import.meta.url), 'utf8')

  expect(JSON.parse(manifest).devDependencies['@pydantic/genai-prices']).toBe(GENAI_PRICES_VERSION)
})
