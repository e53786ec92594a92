import type {Catalog} from '../catalog/catalog.js'
import {findModel} from '../catalog/model-lookup.js'
import {parseArn} from '../core/arn.js'
import type {Decimal} from '../core/decimal.js'
import {amountOf} from '../prices/amount-of.js'
import type {PriceBook, Rate} from '../prices/price-book.js'
import type {Term} from './commitment.js'

export interface UnitPrice {
  /** Of all units, an hour. */
  readonly hourly: Decimal
  readonly currency: string
  /** With its day. */
  readonly source: string
}

export interface UnitPriceQuestion {
  readonly baseModelId: string
  readonly region: string
  readonly units: number
  readonly term: Term
}

/** What model units of a base cost an hour; those of its custom models cost the same. Undefined without a price. */
export function unitPrice(
  {baseModelId, region, term, units}: UnitPriceQuestion,
  book: PriceBook,
): UnitPrice | undefined {
  const rate = book.rate({
    ...{modelId: baseModelId, region, route: null, tier: 'provisioned'},
    ...{meter: 'model-unit-hour', of: 'unit', variant: term.variant},
  })
  if (rate === undefined) return undefined
  return {hourly: amountOf(rate, units), currency: rate.currency, source: datedSource(rate)}
}

/** Where a price comes from, with its day. */
export function datedSource({asOf, sources}: Pick<Rate, 'asOf' | 'sources'>): string {
  const source = sources.join(', ')
  return asOf === '' || source.includes(asOf) ? source : `${source}, ${asOf}`
}

/** The base model that an ARN or id of a foundation model stands for, whatever its context. */
export function baseModelIdOf(text: string, catalog: Pick<Catalog, 'model' | 'models'>): string | undefined {
  const id = parseArn(text)?.resource.replace(/^foundation-model\//, '') ?? text
  const sold = catalog.models.find(({provisioned}) => provisioned.some((one) => one.id === id))
  return sold?.id ?? findModel(catalog, id)?.model.id ?? findModel(catalog, id.replace(/:\d+k$/, ''))?.model.id
}
