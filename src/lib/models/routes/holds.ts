import type {Requirement} from '../../routing/requirement.js'
import type {AccountVerdict, Meets, RouteVerdict} from '../availability/availability.schema.js'

/** Routes an application calls on demand; Mantle has its own endpoint and provisioned capacity must be bought first. */
const ON_DEMAND: readonly RouteVerdict['mode'][] = ['in-region', 'geo', 'global']

export function isOnDemand({mode}: RouteVerdict): boolean {
  return ON_DEMAND.includes(mode)
}

/**
 * Whether a request sent by this route can be processed only where the requirement allows. Destinations decide, never
 * the name of a profile; destinations that are not known decide nothing.
 */
export function routeHolds(route: RouteVerdict, requirement: Requirement): 'yes' | 'no' | 'unknown' {
  if (route.answer !== 'yes') return route.answer
  switch (requirement.kind) {
    case 'in-region':
      return route.mode === 'in-region' ? 'yes' : 'no'
    case 'global':
      return route.mode === 'global' ? 'yes' : 'no'
    case 'geo':
    case 'within': {
      if (route.mode === 'global') return 'no'
      if (route.destinations === null) return 'unknown'
      return route.destinations.every((name) => requirement.regions.includes(name)) ? 'yes' : 'no'
    }
  }
}

/** The first route that meets the requirement; In-Region before geographic before Global. */
export function holdingRoute(routes: readonly RouteVerdict[], requirement: Requirement): RouteVerdict | undefined {
  return routes.find((route) => isOnDemand(route) && routeHolds(route, requirement) === 'yes')
}

/** The cell against a requirement: a route that meets it and an account that may use it, or every reason why not. */
export function judgeMeets(
  routes: readonly RouteVerdict[],
  account: AccountVerdict | null,
  requirement: Requirement,
): Meets {
  const candidates = routes.filter(isOnDemand)
  const holding = holdingRoute(routes, requirement)
  const blocked = (account?.findings ?? []).filter(({blocks}) => blocks === 'yes').map(({message}) => message)
  if (holding) {
    const answer = account?.answer ?? 'yes'
    return {answer, id: holding.id, destinations: holding.destinations, reasons: answer === 'no' ? blocked : []}
  }
  const unsure = candidates.some((route) => routeHolds(route, requirement) === 'unknown')
  const reasons = candidates.flatMap((route) => phraseFor(route, requirement) ?? [])
  return {answer: unsure ? 'unknown' : 'no', id: null, destinations: null, reasons}
}

function phraseFor(route: RouteVerdict, requirement: Requirement): string | undefined {
  const label =
    route.mode === 'in-region' ? 'In-Region' : route.mode === 'global' ? 'Global' : (route.id ?? 'geographic profile')
  if (route.answer !== 'yes')
    return route.reason === null
      ? undefined
      : `${label}: ${route.answer === 'unknown' ? 'unknown, ' : ''}${route.reason}`
  if (route.mode === 'global') return 'Global: may process in any commercial Region'
  if (requirement.kind !== 'geo' && requirement.kind !== 'within') return undefined
  if (route.destinations === null) return `${label}: its destinations are not known`
  const outside = route.destinations.filter((name) => !requirement.regions.includes(name))
  return `${label}: may process in ${outside.join(', ')}`
}
