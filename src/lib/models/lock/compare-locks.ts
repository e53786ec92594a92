import type {CurrentLock} from './current-lock.js'
import type {LockChange} from './lock.schema.js'
import type {LockedModel, LockedRoute, LockFile} from './lock-file.schema.js'

export interface Comparison {
  readonly changes: readonly LockChange[]
  readonly undecided: readonly string[]
}

/**
 * What changed between a lock file and now, in the words of somebody who runs the models. A Region that was not read
 * now is left out: nothing is known of it.
 */
export function compareLocks(locked: LockFile, current: CurrentLock): Comparison {
  const parts = Object.entries(locked.models).flatMap(([modelId, before]) => {
    const after = current.lock.models[modelId]
    if (!after) return []
    const wasReadWhole = Object.keys(before.from).every((region) => after.from[region] !== undefined)
    return [
      ...(wasReadWhole ? [compareLifecycles(modelId, before.lifecycle, after.lifecycle)] : []),
      ...Object.entries(before.from).flatMap(([region, {routes}]) => {
        const now = after.from[region]?.routes
        return now ? [compareRoutes(routes, now, {modelId, region}, current)] : []
      }),
    ]
  })
  return {changes: parts.flatMap(({changes}) => changes), undecided: parts.flatMap(({undecided}) => undecided)}
}

function compareRoutes(
  before: readonly LockedRoute[],
  after: readonly LockedRoute[],
  place: Place,
  current: CurrentLock,
): Comparison {
  const {modelId, region} = place
  const gone = before
    .filter((route) => !after.some((candidate) => isSame(candidate, route)))
    .map((route) => ({route, reason: current.undecided(modelId, region, route.mode)}))
  const kept = after.flatMap((route) => {
    const old = before.find((candidate) => isSame(candidate, route))
    return old ? [{old, route}] : []
  })
  const added = after.filter((route) => !before.some((candidate) => isSame(candidate, route)))
  return {
    changes: [
      ...gone.flatMap(({route, reason}) => (reason === undefined ? [routeChange('route-gone', route, place)] : [])),
      ...added.map((route) => routeChange('route-added', route, place)),
      ...kept.flatMap(({old, route}) => destinationChanges(old, route, place)),
    ],
    undecided: [
      ...gone.flatMap(({route, reason}) => (reason === undefined ? [] : [`${route.id} from ${region}: ${reason}`])),
      ...kept
        .filter(({old, route}) => old.destinations !== null && route.destinations === null)
        .map(({route}) => `${route.id} from ${region}: its destinations are not known now`),
    ],
  }
}

interface Place {
  readonly modelId: string
  readonly region: string
}

function isSame(a: LockedRoute, b: LockedRoute): boolean {
  return a.mode === b.mode && a.id === b.id
}

function routeChange(kind: 'route-added' | 'route-gone', route: LockedRoute, place: Place): LockChange {
  const what = route.mode === 'in-region' ? 'In-Region' : 'profile'
  const fate =
    kind === 'route-added' ? `${what} now offered` : what === 'profile' ? 'profile gone' : 'In-Region no longer offered'
  const reach = route.destinations && what === 'profile' ? ` (may process in ${route.destinations.join(', ')})` : ''
  return {
    kind,
    ...place,
    id: route.id,
    before: kind === 'route-gone' ? route.mode : null,
    after: kind === 'route-added' ? route.mode : null,
    words: `${route.id} from ${place.region}: ${fate}${kind === 'route-added' ? reach : ''}`,
  }
}

function destinationChanges(before: LockedRoute, after: LockedRoute, place: Place): readonly LockChange[] {
  if (before.destinations === null || after.destinations === null) return []
  const [old, now] = [before.destinations, after.destinations]
  const change = (kind: 'destination-added' | 'destination-removed', name: string): LockChange => {
    const added = kind === 'destination-added'
    const words = `${after.id} from ${place.region}: destination ${added ? 'added' : 'removed'} ${name}`
    return {kind, ...place, id: after.id, before: added ? null : name, after: added ? name : null, words}
  }
  return [
    ...now.filter((name) => !old.includes(name)).map((name) => change('destination-added', name)),
    ...old.filter((name) => !now.includes(name)).map((name) => change('destination-removed', name)),
  ]
}

const DATE_WORDS = {
  legacy: 'start of the legacy phase',
  extendedAccess: 'start of extended access',
  endOfLife: 'end of life',
} as const

function compareLifecycles(
  modelId: string,
  before: LockedModel['lifecycle'],
  after: LockedModel['lifecycle'],
): Comparison {
  if (after.phase === 'UNKNOWN' && before.phase !== 'UNKNOWN') {
    return {changes: [], undecided: [`${modelId}: its life cycle is not known now`]}
  }
  const base = {modelId, region: null, id: null}
  const end = after.endOfLife === null ? '' : `, end of life ${after.endOfLife}`
  const words = `${modelId} became ${after.phase}${end}`
  const phase: readonly LockChange[] =
    before.phase === after.phase ? [] : [{kind: 'phase', ...base, before: before.phase, after: after.phase, words}]
  const dates = (['legacy', 'extendedAccess', 'endOfLife'] as const).flatMap((event): LockChange[] => {
    const [old, now] = [before[event], after[event]]
    if (old === now) return []
    const kind = old === null ? 'date-announced' : now === null ? 'date-withdrawn' : 'date-moved'
    const fate = {
      'date-announced': `set to ${now}`,
      'date-moved': `moved from ${old} to ${now}`,
      'date-withdrawn': `${old} is no longer given`,
    }[kind]
    return [{kind, ...base, before: old, after: now, words: `${modelId}: ${DATE_WORDS[event]} ${fate}`}]
  })
  return {changes: [...phase, ...dates], undecided: []}
}
