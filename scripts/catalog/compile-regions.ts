import type {CatalogRegion} from '../../src/lib/catalog/catalog.schema.js'
import {ENDPOINT_ADDITIONS, ENDPOINT_NAMES, ENDPOINT_SOURCE, GEOGRAPHIES} from './curated-regions.js'
import type {RegionsFile} from './facts.js'
import {inOrder, sorted} from './table.js'

type RegionFact = RegionsFile['regions'][number]

/** Region facts → catalog records, sorted by name, with geographies and the newest endpoint page added. */
export function compileRegions({regions}: RegionsFile): CatalogRegion[] {
  return regions.map(compileRegion).sort((left, right) => inOrder(left.name, right.name))
}

function compileRegion(fact: RegionFact): CatalogRegion {
  const endpoints = Object.entries(fact.endpoints)
    .filter(([, present]) => present)
    .map(([key]) => endpointName(key, fact.region))
  const added = ENDPOINT_ADDITIONS.filter(({regions}) =>
    regions === '*' ? endpoints.includes('bedrock') : regions.includes(fact.region),
  ).map(({endpoint}) => endpoint)
  return {
    name: fact.region,
    displayName: fact.displayName,
    partition: fact.partition,
    geographies: GEOGRAPHIES.filter(({regions}) => regions.includes(fact.region)).map(({id}) => id),
    optIn: fact.optIn,
    endpoints: sorted([...endpoints, ...added]),
    note: fact.note ?? null,
    asOf: fact.asOf,
    sources: [...fact.sources, ENDPOINT_SOURCE],
    confidence: fact.confidence,
  }
}

function endpointName(key: string, region: string): string {
  const name = ENDPOINT_NAMES[key]
  if (name === undefined) throw new Error(`${region}: no name for the endpoint ${key}`)
  return name
}
