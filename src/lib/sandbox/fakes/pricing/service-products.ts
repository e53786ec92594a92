import {readFile} from 'node:fs/promises'
import {join} from 'node:path'
import type {Catalog} from '../../../catalog/catalog.js'
import type {CatalogPrice} from '../../../catalog/catalog.schema.js'
import {isMeterId, METERS} from '../../../catalog/meters.js'
import {packageRoot} from '../../../core/package-root.js'
import {regionPrefix} from '../../world/region-prefix.js'
import {locationOf, placeAttributes} from './location.js'
import {type Product, skuOf} from './product.js'

/** A row of data/sandbox/price-list-services.json: one usage type that belongs to no model. */
interface ServiceRow {
  readonly offer: 'AmazonBedrock' | 'AmazonBedrockAgentCore'
  /** Without its Region. */
  readonly usageType: string
  readonly operation?: string
  readonly unit: string
  /** How many of what is counted a unit is; absent: one. */
  readonly of?: number
  /** What the description says in place of the unit; absent: the unit. */
  readonly per?: string
  /** The whole description but for the price and the Region. */
  readonly words?: string
  /** What the catalog calls it, which goes before `usd`; absent: the catalog does not know it. */
  readonly service?: string
  readonly meter?: string
  readonly variants?: readonly string[]
  /** Which price of the meter; absent: `unit`. */
  readonly kind?: 'input' | 'output'
  readonly usd: number
  /** Sold where the feature is offered, or in the Regions named. */
  readonly feature?: string
  readonly regions?: readonly string[]
  readonly attributes?: Readonly<Record<string, string>>
}

let rows: Promise<readonly ServiceRow[]> | undefined

function readRows(): Promise<readonly ServiceRow[]> {
  rows ??= readFile(join(packageRoot(), 'data', 'sandbox', 'price-list-services.json'), 'utf8').then(
    (text) => (JSON.parse(text) as {readonly rows: readonly ServiceRow[]}).rows,
  )
  return rows
}

/** What is billed beside models, in every Region where it is offered. */
export async function serviceProducts(catalog: Catalog): Promise<readonly Product[]> {
  const [all, features, prices] = await Promise.all([readRows(), catalog.features(), catalog.prices()])
  const services = prices.filter(({modelId}) => catalog.model(modelId) === undefined)
  const known = new Set(catalog.regions.map(({name}) => name))
  return all.flatMap((row) => {
    const regions = row.regions ?? features.find(({id}) => id === row.feature)?.offered ?? []
    return regions.filter((region) => known.has(region)).map((region) => toProduct(row, region, services, catalog))
  })
}

function toProduct(row: ServiceRow, region: string, services: readonly CatalogPrice[], catalog: Catalog): Product {
  const {attributes, offer, operation = '', per, unit, words} = row
  const usagetype = `${regionPrefix(region)}-${row.usageType}`
  const location = locationOf(region, catalog)
  return {
    offer,
    sku: skuOf(offer, usagetype),
    attributes: {
      servicecode: offer,
      usagetype,
      operation,
      ...attributes,
      ...placeAttributes(region, location),
      servicename: offer === 'AmazonBedrock' ? 'Amazon Bedrock' : 'Amazon Bedrock AgentCore',
    },
    unit,
    usd: usdOf(row, region, services),
    description: `${words ?? `${per ?? `per ${unit}`} for ${usagetype}`} in ${location}`,
  }
}

/** In the row's unit: the catalog's price where it knows one for the Region. */
function usdOf(row: ServiceRow, region: string, services: readonly CatalogPrice[]): number {
  const {kind = 'unit', meter, of = 1, service, usd, variants} = row
  if (meter === undefined || !isMeterId(meter)) return usd
  const found = services
    .filter((price) => price.modelId === service && price.meter === meter && price.amount[kind] !== null)
    .filter(({variant}) => variants === undefined || variants.includes(variant ?? ''))
  const own = found.find((price) => price.region === region) ?? found.find((price) => price.region === '*')
  const amount = own?.amount[kind] ?? undefined
  return amount === undefined ? usd : (amount * of) / METERS[meter].per
}
