import {daysUntil} from '../core/duration.js'
import type {Catalog} from './catalog.js'
import type {CatalogFeature, CatalogModel, CatalogPrice, CatalogProfile} from './catalog.schema.js'
import type {CatalogCachePart, CatalogCoverage, CatalogShowResult, CatalogSource} from './catalog-show.schema.js'

/** What is bundled, how old it is, how much of it is known, and who says so; and what the cache holds beside it. */
export async function showCatalog(
  catalog: Catalog,
  now: Date,
  cache: readonly CatalogCachePart[] = [],
): Promise<CatalogShowResult> {
  const [prices, features] = await Promise.all([catalog.prices(), catalog.features()])
  return {
    schemaVersion: 1,
    simulated: false,
    unread: [],
    compiledOn: catalog.compiledOn,
    ageDays: 0 - daysUntil(catalog.compiledOn, now),
    coverage: [
      ...coverModels(catalog.models, prices),
      ...coverProfiles(catalog.models.flatMap(({profiles}) => profiles)),
      ...coverRegions(catalog),
      ...coverPrices(prices),
      ...coverFeatures(features),
    ],
    cache,
    sources: listSources(catalog, prices, features, now),
  }
}

function coverModels(models: readonly CatalogModel[], prices: readonly CatalogPrice[]): CatalogCoverage[] {
  const priced = new Set(prices.map(({modelId}) => modelId))
  const tests: readonly (readonly [string, (model: CatalogModel) => boolean])[] = [
    ['ACTIVE', ({lifecycle}) => lifecycle.status === 'ACTIVE'],
    ['LEGACY', ({lifecycle}) => lifecycle.status === 'LEGACY'],
    ['PREVIEW', ({lifecycle}) => lifecycle.status === 'PREVIEW'],
    ['EOL', ({lifecycle}) => lifecycle.status === 'EOL'],
    ['UNLISTED', ({lifecycle}) => lifecycle.status === 'UNLISTED'],
    ['aliases', ({aliasOf}) => aliasOf !== null],
    ['context known', ({contextTokens}) => contextTokens !== null],
    ['tools known', ({tools}) => tools !== null],
    ['prompt caching known', ({promptCaching}) => promptCaching !== null],
    ['batch known', ({batch}) => batch !== null],
    ['price known', ({id}) => priced.has(id)],
  ]
  return tests.map(([item, test]) => cover('models', item, models, test))
}

function coverProfiles(profiles: readonly CatalogProfile[]): CatalogCoverage[] {
  const seen = ({routes}: CatalogProfile) =>
    Object.values(routes).filter((destinations) => destinations !== null).length
  const geo = profiles.filter(({kind}) => kind === 'geo')
  const sources = (profile: CatalogProfile) => Object.keys(profile.routes).length
  return [
    cover('profiles', 'Global', profiles, ({kind}) => kind === 'global'),
    cover('profiles', 'geographic', profiles, ({kind}) => kind === 'geo'),
    cover('profiles', 'geo, every route known', geo, (one) => sources(one) > 0 && seen(one) === sources(one)),
    cover('profiles', 'geo, some routes known', geo, (one) => seen(one) > 0 && seen(one) < sources(one)),
    cover('profiles', 'geo, no route known', geo, (one) => seen(one) === 0),
  ]
}

function coverRegions({models, regions}: Catalog): CatalogCoverage[] {
  const inRegion = new Set(models.flatMap((model) => model.inRegion))
  const sources = new Set(models.flatMap(({profiles}) => profiles.flatMap(({routes}) => Object.keys(routes))))
  return [
    cover('regions', 'a model works In-Region', regions, ({name}) => inRegion.has(name)),
    cover('regions', 'source of a profile', regions, ({name}) => sources.has(name)),
    cover('regions', 'opt-in known', regions, ({optIn}) => optIn !== null),
  ]
}

function coverPrices(prices: readonly CatalogPrice[]): CatalogCoverage[] {
  const perToken = ({meter}: CatalogPrice) => meter === 'tokens'
  return [
    cover('prices', 'per token', prices, perToken),
    cover('prices', 'per unit', prices, (price) => !perToken(price)),
    cover('prices', 'Region known', prices, ({region}) => region !== null),
  ]
}

function coverFeatures(features: readonly CatalogFeature[]): CatalogCoverage[] {
  return [cover('features', 'Region table known', features, ({offered}) => offered.length > 0)]
}

function cover<Item>(
  subject: CatalogCoverage['subject'],
  item: string,
  records: readonly Item[],
  test: (record: Item) => boolean,
): CatalogCoverage {
  return {subject, item, known: records.filter(test).length, of: records.length}
}

interface Sourced {
  readonly asOf: string
  readonly sources: readonly string[]
}

/** Profiles have no date of their own: they count, and leave the date to the model. */
function listSources(
  {models, regions}: Catalog,
  prices: readonly CatalogPrice[],
  features: readonly CatalogFeature[],
  now: Date,
): CatalogSource[] {
  const profiles = models.flatMap((model) => model.profiles.map(({sources}) => ({sources, asOf: model.asOf})))
  const subjects = {models, profiles, regions, prices, features} satisfies Record<string, readonly Sourced[]>
  const all = Object.values(subjects).flat()
  const counts = Object.entries(subjects).map(([subject, records]) => [subject, countBySource(records)] as const)
  const count = (subject: string, name: string) => new Map(counts).get(subject)?.get(name) ?? 0
  return [...countBySource(all)]
    .sort(([left, leftCount], [right, rightCount]) => rightCount - leftCount || (left < right ? -1 : 1))
    .map(([name]) => {
      const newest = ownDate(name) ?? newestDate(all.filter(({sources}) => sources.includes(name)))
      return {
        name,
        newest,
        ageDays: newest === null || !isDay(newest) ? null : 0 - daysUntil(newest, now),
        models: count('models', name),
        profiles: count('profiles', name),
        regions: count('regions', name),
        prices: count('prices', name),
        features: count('features', name),
      }
    })
}

function countBySource(records: readonly Sourced[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const {sources} of records) for (const source of sources) counts.set(source, (counts.get(source) ?? 0) + 1)
  return counts
}

/** The newest date a source carries in its name: records may join several sources under one date. */
function ownDate(name: string): string | undefined {
  return (name.match(/\b20\d{2}-\d{2}(?:-\d{2})?\b/g) ?? []).sort().at(-1)
}

function newestDate(records: readonly Sourced[]): string | null {
  const days = records.map(({asOf}) => asOf).filter(isDay)
  return days.sort().at(-1) ?? null
}

function isDay(date: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(date)
}
