import {expect, test} from 'vitest'
import {openCatalog} from '../../../../src/lib/catalog/open-catalog.js'
import {priceTraining} from '../../../../src/lib/customizations/check/price-training.js'
import {createPriceBook} from '../../../../src/lib/prices/price-book.js'

const catalog = await openCatalog()
const book = createPriceBook(await catalog.prices())
const NOVA_2 = 'amazon.nova-2-lite-v1:0'
const question = {
  ...{modelId: NOVA_2, region: 'us-east-1', tokens: 2_000_000},
  ...{isByTokens: true, epochs: 2, hyperparameters: []},
}

test('tokens × epochs × rate, and what keeping the model costs', () => {
  expect(priceTraining(question, book)).toMatchObject({
    amount: '15.12',
    currency: 'USD',
    storagePerMonth: '1.95',
    epochsFrom: '--epochs',
  })
})

test('without a default for epochs one is taken, and told', () => {
  const price = priceTraining({...question, epochs: undefined}, book)

  expect(price).toMatchObject({amount: '7.56', epochs: 1})
  expect(price.epochsFrom).toContain('no default is published')
})

test.each([
  [
    'another base',
    {modelId: 'amazon.nova-pro-v1:0'},
    'No price is known for training amazon.nova-pro-v1:0 in us-east-1.',
  ],
  ['another Region', {region: 'eu-west-1'}, `training ${NOVA_2} in eu-west-1; there is one in us-east-1.`],
  ['no Region', {region: undefined}, 'No Region is named'],
  ['reinforcement', {isByTokens: false}, 'not paid by tokens'],
])('no price stands in for that of %s', (_, other, words) => {
  const price = priceTraining({...question, ...other}, book)

  expect(price.amount).toBeNull()
  expect(price.said).toContain(words)
})
