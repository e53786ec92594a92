import type {CatalogFeature} from '../catalog/catalog.schema.js'
import type {RouteVerdict} from '../models/availability/availability.schema.js'
import type {RouteReading} from '../routing/ports.js'
import {coverageForModel} from './coverage.js'
import type {Coincidence} from './features-list.schema.js'

export interface CoincidencesInput {
  readonly modelId: string
  readonly features: readonly CatalogFeature[]
  readonly regions: readonly string[]
}

/**
 * Regions by how well the model and the features come together: all known to be there, then not known, then not; within
 * each by the number of features offered, then by the narrowest route.
 */
export function coincidences(
  {modelId, features, regions}: CoincidencesInput,
  reading: RouteReading,
): readonly Coincidence[] {
  return regions
    .map((region) => judge(modelId, features, region, reading))
    .sort(
      (a, b) =>
        ORDER[a.answer] - ORDER[b.answer] ||
        ORDER[a.callable] - ORDER[b.callable] ||
        offered(b) - offered(a) ||
        narrowness(a) - narrowness(b) ||
        (a.region < b.region ? -1 : 1),
    )
}

const ORDER = {yes: 0, unknown: 1, no: 2} as const
const NARROW = ['in-region', 'geo', 'global']

function judge(
  modelId: string,
  features: readonly CatalogFeature[],
  region: string,
  reading: RouteReading,
): Coincidence {
  const {catalog, offers} = reading
  const routes = reading.routesOf(modelId, region).filter(({mode}) => NARROW.includes(mode))
  const callable = joint(routes.map(({answer}) => answer))
  const cells = features.map((feature) => ({id: feature.id, ...coverageForModel(feature, modelId, region, catalog)}))
  const answers = cells.map(({answer}) => answer)
  const missing = callable === 'no' || answers.includes('not-offered')
  return {
    region,
    displayName: catalog.region(region)?.displayName ?? null,
    answer: missing ? 'no' : callable === 'unknown' || answers.includes('unknown') ? 'unknown' : 'yes',
    callable,
    route: narrowest(routes),
    features: cells,
    origin: offers.find((offer) => offer.region === region)?.origin ?? null,
  }
}

function joint(answers: readonly RouteVerdict['answer'][]): RouteVerdict['answer'] {
  if (answers.includes('yes')) return 'yes'
  return answers.includes('unknown') || answers.length === 0 ? 'unknown' : 'no'
}

function narrowest(routes: readonly RouteVerdict[]): Coincidence['route'] {
  for (const {mode, answer, id, geography} of routes) {
    if (answer !== 'yes' || id === null) continue
    if (mode === 'in-region' || mode === 'geo' || mode === 'global') return {kind: mode, id, geography}
  }
  return null
}

function offered({features}: Coincidence): number {
  return features.filter(({answer}) => answer === 'offered').length
}

function narrowness({route}: Coincidence): number {
  return route === null ? NARROW.length : NARROW.indexOf(route.kind)
}
