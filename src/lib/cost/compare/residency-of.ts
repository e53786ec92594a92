import type {Catalog} from '../../catalog/catalog.js'
import {inSentence, narrowestGeography} from '../../routing/geography.js'
import type {Candidate} from './candidate.js'
import type {Residency} from './compare.schema.js'

/** Where a prompt may be processed, from what the catalog lists for the route from that Region. */
export function residencyOf({kind, profile, region, route}: Candidate, catalog: Catalog): Residency {
  if (kind === 'self-hosted') return {kind: 'own', geography: null, regions: null, words: 'on your own machines'}
  if (route === 'global') {
    const partition = catalog.region(region)?.partition ?? 'aws'
    const words = partition === 'aws' ? 'in any commercial Region' : `in any Region of ${partition}`
    return {kind: 'anywhere', geography: null, regions: null, words}
  }
  if (route !== 'geo') return within([region], catalog)
  const destinations = profile?.routes[region] ?? null
  if (destinations !== null) return within(destinations, catalog)
  const words = `within the geography of ${profile?.id ?? 'the profile'}; its Regions are not known`
  return {kind: 'unknown', geography: null, regions: null, words}
}

function within(regions: readonly string[], catalog: Catalog): Residency {
  const geography = narrowestGeography(regions, catalog)
  const [only] = regions
  if (regions.length === 1 && only !== undefined) {
    return {kind: 'region', geography: geography?.name ?? null, regions, words: `only in ${only}`}
  }
  const where = geography ? `within ${inSentence(geography)}` : 'in several geographies'
  return {
    kind: 'geography',
    geography: geography?.name ?? null,
    regions,
    words: `${where}: ${regions.join(', ')}`,
  }
}
