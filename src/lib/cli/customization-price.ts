import {plural} from '../core/text.js'
import type {CustomizationCheck} from '../customizations/check/customization-check.schema.js'
import type {PriceLine} from '../customizations/create/customization-create.schema.js'
import type {AccountFrame} from './account-frame.js'
import type {CustomizationWords} from './customization-words.js'
import {openPrices} from './price-book.js'

/** What training, keeping and serving cost, by the book; none for what the catalog does not know. */
export async function priceLines(
  {base, region, type}: CustomizationWords,
  dataset: CustomizationCheck | undefined,
  {connection, progress, settings, signal, warn}: AccountFrame & {readonly warn: (text: string) => void},
): Promise<readonly PriceLine[]> {
  if (base === undefined) return []
  const [{servingPrices, storagePrice}, {book}] = await Promise.all([
    import('../customizations/serving/serving-prices.js'),
    openPrices(settings, connection, {regions: [region], signal, progress, warn}),
  ])
  const {modelId, onDemand} = base
  return [
    trainingLine(type, dataset),
    storagePrice(modelId, region, book),
    ...servingPrices({modelId, region, onDemand: onDemand.includes(region)}, book),
  ]
}

function trainingLine(type: CustomizationWords['type'], dataset: CustomizationCheck | undefined): PriceLine {
  const none = {what: 'training', per: 'once', amount: null, currency: null, source: null, asOf: null} as const
  if (type === 'REINFORCEMENT_FINE_TUNING') {
    return {...none, quantity: 'hours', why: 'It is paid by the hour, and how many it takes is not known before.'}
  }
  if (dataset?.price === null || dataset === undefined) {
    return {...none, quantity: 'tokens', why: 'The tokens of the data were not counted.'}
  }
  const {amount, asOf, currency, epochs, epochsFrom, said, source, tokens} = dataset.price
  const quantity = `about ${tokens.toLocaleString('en-US')} tokens × ${plural(epochs, 'epoch')} (${epochsFrom.replace('--epochs', '--hyperparameter epochCount')})`
  return {...none, amount, currency, source, asOf, quantity, why: amount === null ? said : null}
}
