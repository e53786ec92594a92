import type {RouteVerdict} from '../models/availability/availability.schema.js'
import type {RegionOffer} from '../models/offers/offer.js'
import type {RouteReading} from './ports.js'
import {geographyId} from './requirement.js'
import {mayReach} from './residency.js'
import type {ListedRoute, RoutesListResult} from './routes-list.schema.js'

export interface ListRoutesInput {
  /** Any id, ARN or display name; empty for every model. */
  readonly models: readonly string[]
  /** Source Regions. */
  readonly from: readonly string[]
  readonly geography: string | undefined
  readonly kind: ListedRoute['kind'] | undefined
  /** Keeps routes that may process in one of these Regions, or of which that is not known. */
  readonly reaches: readonly string[]
  /** Keeps routes that are known never to process in any of these Regions. */
  readonly avoids: readonly string[]
}

/** Every route of bedrock-runtime that can be called from the Regions, by Region, model and kind. */
export async function listRoutes(input: ListRoutesInput, reading: RouteReading): Promise<RoutesListResult> {
  const geography = input.geography === undefined ? undefined : geographyId(input.geography, reading.catalog)
  const wanted = input.models.length > 0 ? await reading.resolveModels(input.models) : undefined
  const routes = reading.offers
    .flatMap((offer) => routesFrom(offer, wanted, reading))
    .filter((route) => input.kind === undefined || route.kind === input.kind)
    .filter((route) => geography === undefined || route.geography === geography)
    .filter((route) => input.reaches.length === 0 || input.reaches.some((name) => reach(route, name) !== 'no'))
    .filter((route) => input.avoids.every((name) => reach(route, name) === 'no'))
  function reach(route: ListedRoute, region: string) {
    return mayReach(route, region, reading.catalog)
  }
  return {schemaVersion: 1, simulated: reading.simulated(), unread: reading.unread, from: input.from, routes}
}

function routesFrom(
  offer: RegionOffer,
  wanted: readonly string[] | undefined,
  reading: RouteReading,
): readonly ListedRoute[] {
  const ids =
    wanted ?? [...new Set([...offer.models.map(({id}) => id), ...offer.profiles.map(({modelId}) => modelId)])].sort()
  return ids.flatMap((modelId) =>
    reading.routesOf(modelId, offer.region).flatMap((route) => toListed(route, modelId, offer, reading) ?? []),
  )
}

function toListed(
  route: RouteVerdict,
  modelId: string,
  offer: RegionOffer,
  {catalog, isEnabled}: RouteReading,
): ListedRoute | undefined {
  const {mode, id, destinations} = route
  if (route.answer !== 'yes' || id === null || !(mode === 'in-region' || mode === 'geo' || mode === 'global')) {
    return undefined
  }
  return {
    from: offer.region,
    id,
    modelId,
    modelName: catalog.model(modelId)?.name ?? offer.models.find((model) => model.id === modelId)?.name ?? null,
    kind: mode,
    geography: route.geography,
    destinations,
    optInDestinations: (destinations ?? []).filter((name) => catalog.region(name)?.optIn === true),
    notEnabledDestinations: isEnabled ? (destinations ?? []).filter((name) => isEnabled(name) === false) : null,
    reason: route.reason,
    origin: offer.origin,
  }
}
