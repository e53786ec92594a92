import type {Catalog} from '../../catalog/catalog.js'
import {findSubject, nearSubjects} from '../prices/name-subject.js'
import {unknownRegion} from '../workload/resolve-call.js'
import type {OwnPrice} from './own-prices.schema.js'

/** Prices whose model or Region nobody knows, as the file has them: they would hold for nothing. */
export function strangeOwnPrices(
  prices: readonly unknown[],
  catalog: Catalog,
): readonly {readonly path: readonly PropertyKey[]; readonly said: string}[] {
  return prices.flatMap((price, index) => {
    const {model, region} = (price ?? {}) as {readonly model?: unknown; readonly region?: unknown}
    const elsewhere = typeof region === 'string' ? unknownRegion(region, catalog) : undefined
    return [
      ...(typeof model === 'string' && !findSubject(model, catalog)
        ? [{path: [index, 'model'], said: unknownWords(model, catalog)}]
        : []),
      ...(elsewhere === undefined ? [] : [{path: [index, 'region'], said: elsewhere}]),
    ]
  })
}

function unknownWords(model: string, catalog: Catalog): string {
  const near = nearSubjects(model, catalog)
  return `no model or billed service is called “${model}”${near === undefined ? '' : `. ${near}`}`
}

/** The prices by the ids that estimates go by; one of an inference profile is one of its route. */
export function namedOwnPrices(prices: readonly OwnPrice[], catalog: Catalog): readonly OwnPrice[] {
  return prices.map((price) => {
    const found = findSubject(price.model, catalog)
    const kind = found?.profileId === undefined ? undefined : catalog.profile(found.profileId)?.profile.kind
    return {...price, model: found?.id ?? price.model, route: price.route ?? kind}
  })
}
