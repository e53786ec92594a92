import type {Catalog} from '../../catalog/catalog.js'
import type {CatalogModel} from '../../catalog/catalog.schema.js'
import {inSentence, narrowestGeography} from '../../routing/geography.js'
import type {Requirement} from '../../routing/requirement.js'
import type {Alternative, AvailabilityCell, RouteVerdict} from '../availability/availability.schema.js'
import type {AlternativeFacts} from './facts.js'
import {holdingRoute, isOnDemand, routeHolds} from './holds.js'
import {judgeRoutes} from './route-verdicts.js'

/** What to put in code from this Region: In-Region before geographic before Global, within the requirement. */
export function recommend(
  modelId: string,
  cell: AvailabilityCell,
  requirement: Requirement | undefined,
  catalog: Catalog,
): Alternative | null {
  const route = requirement
    ? holdingRoute(cell.routes, requirement)
    : cell.routes.find((candidate) => isOnDemand(candidate) && candidate.answer === 'yes')
  return route ? toAlternative(modelId, cell.region, route, catalog) : null
}

/**
 * The nearest thing that works when the model does not: the same model from a Region close by, else a model as like it
 * as possible from the Region asked about.
 */
export function nearestAlternative(
  modelId: string,
  here: string,
  requirement: Requirement | undefined,
  facts: AlternativeFacts,
): Alternative | null {
  const {catalog} = facts
  const elsewhere = sameModelElsewhere(modelId, here, requirement, facts)
  if (elsewhere) return elsewhere
  const wanted = catalog.model(modelId)
  const candidates = catalog.models
    .filter((model) => model.id !== modelId && model.aliasOf === null && model.lifecycle.status === 'ACTIVE')
    .map((model) => ({model, route: firstHolding(model.id, here, requirement, facts)}))
    .filter((candidate): candidate is {model: CatalogModel; route: RouteVerdict} => candidate.route !== undefined)
    .sort(
      (a, b) =>
        likeness(b.model, wanted) - likeness(a.model, wanted) ||
        (b.model.lifecycle.launched ?? '').localeCompare(a.model.lifecycle.launched ?? '') ||
        a.model.id.localeCompare(b.model.id),
    )
  const [best] = candidates
  return best ? toAlternative(best.model.id, here, best.route, catalog) : null
}

/** Another Region that meets the requirement, nearest geography first; none when the requirement names the Regions. */
function sameModelElsewhere(
  modelId: string,
  here: string,
  requirement: Requirement | undefined,
  facts: AlternativeFacts,
): Alternative | undefined {
  const {catalog, isEnabled} = facts
  if (requirement?.kind === 'within') return undefined
  const home = catalog.region(here)?.geographies ?? []
  const near = catalog.regions
    .filter(
      ({name, partition}) =>
        name !== here && partition === catalog.region(here)?.partition && isEnabled?.(name) !== false,
    )
    .filter(({name}) => requirement?.kind !== 'geo' || requirement.regions.includes(name))
    .filter(({geographies}) => geographies.some((id) => home.includes(id)))
  for (const {name} of near) {
    const route = firstHolding(modelId, name, requirement, facts)
    if (route) return toAlternative(modelId, name, route, catalog)
  }
  return undefined
}

function firstHolding(
  modelId: string,
  region: string,
  requirement: Requirement | undefined,
  facts: AlternativeFacts,
): RouteVerdict | undefined {
  const offer = facts.offers.find((candidate) => candidate.region === region) ?? facts.bundled(region)
  const routes = judgeRoutes({
    modelId,
    catalog: facts.catalog,
    offer,
    region,
    unreadReason: undefined,
    isEnabled: facts.isEnabled,
  })
  return routes.find(
    (route) => isOnDemand(route) && (requirement ? routeHolds(route, requirement) === 'yes' : route.answer === 'yes'),
  )
}

/** How like two models are, for a person who has to choose again: modalities, tools and context weigh before maker. */
function likeness(model: CatalogModel, wanted: CatalogModel | undefined): number {
  if (!wanted) return 0
  const covers = (has: readonly string[] | null, needs: readonly string[] | null) =>
    (needs ?? []).every((word) => has?.includes(word))
  return (
    (covers(model.outputModalities, wanted.outputModalities) ? 8 : 0) +
    (covers(model.inputModalities, wanted.inputModalities) ? 4 : 0) +
    (model.tools === wanted.tools ? 2 : 0) +
    (model.provider === wanted.provider ? 2 : 0) +
    ((model.contextTokens ?? 0) >= (wanted.contextTokens ?? 0) ? 1 : 0)
  )
}

function toAlternative(modelId: string, region: string, route: RouteVerdict, catalog: Catalog): Alternative {
  const mode = route.mode === 'in-region' || route.mode === 'geo' ? route.mode : 'global'
  return {modelId, id: route.id ?? modelId, region, mode, words: wordsFor(region, route, catalog)}
}

function wordsFor(region: string, route: RouteVerdict, catalog: Catalog): string {
  if (route.mode === 'in-region') return `In-Region in ${region}`
  if (route.mode === 'global') return `from ${region}, processed in any commercial Region`
  if (route.destinations === null) return `from ${region}, destinations not known`
  const geography = narrowestGeography(route.destinations, catalog)
  return geography
    ? `from ${region}, stays in ${inSentence(geography)}`
    : `from ${region}, processed in ${route.destinations.join(', ')}`
}
