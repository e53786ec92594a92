import type {Hyperparameter} from '../../catalog/custom-models.schema.js'
import {amountOf} from '../../prices/amount-of.js'
import type {PriceBook, Rate} from '../../prices/price-book.js'
import type {TrainingPrice} from './customization-check.schema.js'

export interface TrainingQuestion {
  /** Of the base, without the suffix of its context. */
  readonly modelId: string
  readonly region: string | undefined
  readonly tokens: number
  /** Reinforcement is paid by the hour. */
  readonly isByTokens: boolean
  /** As asked for. */
  readonly epochs: number | undefined
  /** Hyperparameters of the base, where they are published. */
  readonly hyperparameters: readonly Hyperparameter[]
}

const PLACES = 10

/** What training comes to by the book: tokens × epochs × rate; no other price stands in for one that is not known. */
export function priceTraining(question: TrainingQuestion, book: PriceBook): TrainingPrice {
  const {modelId, region, tokens} = question
  const {epochs, epochsFrom} = epochsOf(question)
  const rateOf = (meter: 'training-tokens' | 'custom-model-storage'): Rate | undefined =>
    region === undefined || !question.isByTokens
      ? undefined
      : book.rate({modelId, meter, of: 'unit', variant: null, region, route: null, tier: 'standard'})
  const rate = rateOf('training-tokens')
  const storage = rateOf('custom-model-storage')
  return {
    epochs,
    epochsFrom,
    region: region ?? null,
    tokens,
    amount:
      rate === undefined
        ? null
        : amountOf(rate, tokens * epochs)
            .toFixed(PLACES)
            .replace(/\.?0+$/, ''),
    currency: rate?.currency ?? null,
    storagePerMonth: storage === undefined ? null : storage.amount.toString(),
    source: rate === undefined ? null : rate.sources.join(', '),
    asOf: rate?.asOf ?? null,
    said: rate === undefined ? missing(question, book) : SAID,
  }
}

const SAID =
  'Estimated from characters. Media are not in it, nor serving the model; whether validation is billed is not documented.'

function epochsOf({epochs, hyperparameters}: TrainingQuestion): Pick<TrainingPrice, 'epochs' | 'epochsFrom'> {
  if (epochs !== undefined) return {epochs, epochsFrom: '--epochs'}
  const standard = hyperparameters.find(({name}) => name === 'epochCount')?.default
  if (typeof standard === 'number') return {epochs: standard, epochsFrom: 'default of epochCount'}
  return {epochs: 1, epochsFrom: 'one, as no default is published: give --epochs'}
}

function missing({isByTokens, modelId, region}: TrainingQuestion, book: PriceBook): string {
  if (!isByTokens) return 'Reinforcement fine-tuning is not paid by tokens, and how long it takes is not known before.'
  if (region === undefined) return 'No Region is named: prices differ by Region.'
  const regions = [...new Set(book.sold(modelId, 'training-tokens').flatMap((one) => one.region ?? []))]
  const where = regions.length === 0 ? '' : `; there is one in ${regions.join(', ')}`
  return `No price is known for training ${modelId} in ${region}${where}.`
}
