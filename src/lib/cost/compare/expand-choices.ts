import type {Catalog} from '../../catalog/catalog.js'
import type {CatalogModel} from '../../catalog/catalog.schema.js'
import type {PriceBook, Route} from '../../prices/price-book.js'
import {type NamedModel, notOffered, type OfferedRoute, offeredRoutes} from '../workload/resolve-call.js'
import type {WorkloadOf} from '../workload/workload.schema.js'
import type {Candidate, Expansion, Tier, Why} from './candidate.js'
import type {NotSold} from './compare.schema.js'
import {soldTiers, type TierSales} from './sold-tiers.js'

/** What is compared for one workload; empty lists of routes and tiers stand for all there are. */
export interface Grid {
  readonly workload: WorkloadOf<'inference'>
  /** In the order of naming. */
  readonly models: readonly NamedModel[]
  /** Nobody chose the models: then none of them comes first. */
  readonly everyModel: boolean
  readonly regions: readonly string[]
  readonly routes: readonly Route[]
  readonly tiers: readonly Tier[]
}

export interface GridFacts {
  readonly catalog: Catalog
  readonly book: PriceBook
}

/** Every model, Region, route and tier of the grid that is offered, and those that are not, each with its reason. */
export function expandChoices(grid: Grid, {catalog, book}: GridFacts): Expansion {
  const candidates: Candidate[] = []
  const notSold: NotSold[] = []
  for (const named of grid.models) {
    const unfit = whyUnfit(named.model, grid.workload)
    const sales = soldTiers(named.model, book, grid.workload.inputTokens)
    for (const region of grid.regions) {
      const place = {modelId: named.model.id, region}
      if (unfit) notSold.push({...place, route: null, tier: null, ...unfit})
      else expandPlace({grid, named, region, sales, catalog}, candidates, notSold)
    }
  }
  return {candidates, notSold}
}

interface Place {
  readonly grid: Grid
  readonly named: NamedModel
  readonly region: string
  readonly sales: TierSales
  readonly catalog: Catalog
}

function expandPlace(place: Place, candidates: Candidate[], notSold: NotSold[]): void {
  const {grid, named, region, sales} = place
  const modelId = named.model.id
  const offered = routesFrom(named, region)
  notSold.push(...routesNotOffered(place, offered))
  const wanted =
    grid.routes.length === 0 ? offered : grid.routes.flatMap((route) => offered.filter((one) => one.route === route))
  for (const tier of grid.tiers.length === 0 ? sales.known : grid.tiers) {
    for (const route of wanted) {
      const why = sales.whyNot(tier, region, route)
      if (why === undefined) candidates.push(toCandidate(place, route, tier))
      else notSold.push({modelId, region, route: route.route, tier, ...why})
    }
  }
}

/** The routes that were asked for and do not lead to the model from there. */
function routesNotOffered({grid, named, region}: Place, offered: readonly OfferedRoute[]): readonly NotSold[] {
  const {model, profile} = named
  const place = {modelId: model.id, region, tier: null, reason: 'not-offered'} as const
  if (offered.length === 0) {
    const why = profile ? `${profile.id} cannot be called from ${region}` : notOffered(model, region)
    return [{...place, route: null, why}]
  }
  const others = offered.map(({route}) => route).join(', ')
  return grid.routes
    .filter((route) => offered.every((one) => one.route !== route))
    .map((route) => ({...place, route, why: `the catalog lists ${others} from ${region}, not ${route}`}))
}

/** A profile that is named leaves no other route. */
function routesFrom({model, profile}: NamedModel, region: string): readonly OfferedRoute[] {
  if (!profile) return offeredRoutes(model, region)
  const sources = Object.keys(profile.routes)
  const callable = sources.length === 0 || sources.includes(region)
  return callable ? [{route: profile.kind, profileId: profile.id}] : []
}

function toCandidate({catalog, grid, named, region, sales}: Place, offered: OfferedRoute, tier: Tier): Candidate {
  const {model} = named
  const {route, profileId} = offered
  // A month is compared: twelve of them, with their growth, would be priced in vain.
  const {cache, growth, months, ...plain} = grid.workload
  const without = cache && whyUncached(model, tier)
  const call = profileId ?? (route === 'mantle' ? mantleId(model, region, catalog) : model.id)
  return {
    kind: 'on-demand',
    model,
    profile: model.profiles.find(({id}) => id === profileId),
    call,
    region,
    route,
    tier,
    commitment: 'none',
    workload: {
      ...plain,
      ...(cache && without === undefined ? {cache} : {}),
      model: named.profile?.id ?? model.id,
      region,
      route,
      tier,
    },
    notes: [without, sales.doubt(tier)].filter((note) => note !== undefined),
  }
}

/** bedrock-mantle knows some models by ids of its own. */
function mantleId(model: CatalogModel, region: string, catalog: Catalog): string {
  return catalog.models.find(({aliasOf, mantle}) => aliasOf === model.id && mantle.includes(region))?.id ?? model.id
}

function whyUncached({promptCaching}: CatalogModel, tier: Tier): string | undefined {
  if (tier === 'batch') return 'batch does not use the prompt cache: the cached share is billed as plain input'
  if (promptCaching === false) return 'it has no prompt cache: the cached share is billed as plain input'
  return undefined
}

/** Why no Region can serve this workload with the model. */
function whyUnfit(model: CatalogModel, {inputTokens, outputTokens}: Grid['workload']): Why | undefined {
  const {contextTokens, lifecycle, maxOutputTokens} = model
  if (lifecycle.status === 'EOL') {
    const when = lifecycle.endOfLife ? ` on ${lifecycle.endOfLife}` : ''
    return {reason: 'not-offered', why: `end of life${when}`}
  }
  if (lifecycle.status === 'UNLISTED') {
    return {reason: 'not-offered', why: 'seen only in lists of SDKs, never in a Region’s catalog'}
  }
  const words = (count: number) => count.toLocaleString('en-US')
  if (contextTokens !== null && inputTokens.gt(contextTokens)) {
    return {reason: 'too-long', why: `takes ${words(contextTokens)} tokens at most`}
  }
  if (maxOutputTokens !== null && outputTokens.gt(maxOutputTokens)) {
    return {reason: 'too-long', why: `answers with ${words(maxOutputTokens)} tokens at most`}
  }
  return undefined
}
