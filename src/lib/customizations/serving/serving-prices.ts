import {METERS} from '../../catalog/meters.js'
import type {PriceBook, Rate} from '../../prices/price-book.js'
import type {PriceLine} from '../create/customization-create.schema.js'

export interface ServingQuestion {
  /** Of the base, without the suffix of its context. */
  readonly modelId: string
  readonly region: string
  /** Whether it can be deployed on demand there. */
  readonly onDemand: boolean
}

/** What serving a custom model costs: its tokens where it is deployed on demand, else a model unit by the hour. */
export function servingPrices(question: ServingQuestion, book: PriceBook): readonly PriceLine[] {
  return question.onDemand
    ? (['input', 'output'] as const).map((of) => tokenLine(of, question, book))
    : [unitLine(question, book)]
}

/** Customised models have a price of their own where the list names one, else that of their base. */
function tokenLine(of: 'input' | 'output', {modelId, region}: ServingQuestion, book: PriceBook): PriceLine {
  const asked = {modelId, meter: 'tokens', of, region, route: 'in-region', tier: 'standard'} as const
  const rate = book.rate({...asked, variant: 'custom-model'}) ?? book.rate({...asked, variant: null})
  return {...lineOf(rate, modelId, region), what: `serving, ${of} tokens`, quantity: '1M tokens', per: '1M tokens'}
}

function unitLine({modelId, region}: ServingQuestion, book: PriceBook): PriceLine {
  const rate = unitRate(modelId, region, 'no-commitment', book)
  return {...lineOf(rate, modelId, region), what: 'serving, one model unit', quantity: '1 hour', per: 'hour'}
}

/** Price of one model unit for an hour; of a custom model it is that of its base. */
export function unitRate(modelId: string, region: string, variant: string, book: PriceBook): Rate | undefined {
  return book.rate({modelId, meter: 'model-unit-hour', of: 'unit', variant, region, route: null, tier: 'provisioned'})
}

/** What keeping a custom model costs a month. */
export function storagePrice(modelId: string, region: string, book: PriceBook): PriceLine {
  const meter = 'custom-model-storage'
  const rate = book.rate({modelId, meter, of: 'unit', variant: null, region, route: null, tier: 'standard'})
  return {...lineOf(rate, modelId, region), what: 'storage', quantity: `1 ${METERS[meter].unit}`, per: 'month'}
}

function lineOf(rate: Rate | undefined, modelId: string, region: string) {
  return {
    amount: rate?.amount.toFixed() ?? null,
    currency: rate?.currency ?? null,
    source: rate?.sources.join(', ') ?? null,
    asOf: rate?.asOf ?? null,
    why: rate === undefined ? `No price is known for it of ${modelId} in ${region}.` : null,
  }
}
