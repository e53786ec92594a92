import type {Catalog} from '../../catalog/catalog.js'
import type {CatalogModel} from '../../catalog/catalog.schema.js'
import {parseArn} from '../../core/arn.js'

/** The model that an id stands for, with or without the suffix of a context: `amazon.nova-lite-v1:0:300k`. */
export function baseModel(catalog: Catalog, id: string): CatalogModel | undefined {
  return (
    catalog.model(id) ??
    catalog.models.find(({provisioned}) => provisioned.some((one) => one.id === id)) ??
    catalog.model(id.replace(/:\d+k?$/, ''))
  )
}

/** Id in the ARN of a foundation model; empty where it is none. */
export function foundationIdOf(arn: string): string {
  return /^foundation-model\/(.+)$/.exec(parseArn(arn)?.resource ?? '')?.[1] ?? ''
}
