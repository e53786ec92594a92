import type {Catalog} from '../../../catalog/catalog.js'

// Regions of Europe that are older than the word Europe in the Price List.
const EU: ReadonlySet<string> = new Set([
  'eu-central-1',
  'eu-north-1',
  'eu-south-1',
  'eu-west-1',
  'eu-west-2',
  'eu-west-3',
])

/** `EU (Frankfurt)`, `US East (N. Virginia)`: the names the Price List has for Regions, in plain letters. */
export function locationOf(region: string, catalog: Pick<Catalog, 'region'>): string {
  const name = (catalog.region(region)?.displayName ?? region).normalize('NFD').replaceAll(/\p{M}/gu, '')
  return EU.has(region) ? name.replace(/^Europe/, 'EU') : name
}

/** What every row says of its Region. */
export function placeAttributes(region: string, location: string) {
  return {location, locationType: 'AWS Region', regionCode: region}
}
