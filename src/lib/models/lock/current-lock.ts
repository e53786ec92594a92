import type {Catalog} from '../../catalog/catalog.js'
import type {LifecycleDate} from '../lifecycle/lifecycle.schema.js'
import {modelLifecycle} from '../lifecycle/model-lifecycle.js'
import type {RegionOffer} from '../offers/offer.js'
import {judgeRoutes} from '../routes/route-verdicts.js'
import type {LockedModel, LockedRoute, LockFile} from './lock-file.schema.js'

/** Base model → source Regions it is called from. */
export type Reliance = ReadonlyMap<string, readonly string[]>

export interface LockFacts {
  readonly catalog: Catalog
  readonly offers: readonly RegionOffer[]
  readonly simulated: boolean
  /** Today. */
  readonly at: Date
}

/** What is true now of what a project relies on. */
export interface CurrentLock {
  readonly lock: LockFile
  /** Why a mode of a model from a Region can neither be affirmed nor denied. */
  undecided(modelId: string, region: string, mode: LockedRoute['mode']): string | undefined
}

const MODES: readonly LockedRoute['mode'][] = ['in-region', 'geo', 'global']

/** The lock file that these facts make: sorted throughout, so that the same facts make the same text. */
export function currentLock(reliance: Reliance, facts: LockFacts): CurrentLock {
  const {catalog, offers, simulated} = facts
  const verdictsOf = (modelId: string, region: string) => {
    const offer = offers.find((candidate) => candidate.region === region)
    return judgeRoutes({modelId, catalog, offer, region, unreadReason: undefined, isEnabled: undefined})
  }
  const read = new Set(offers.map(({region}) => region))
  const models = [...reliance].map(([id, regions]) => {
    const from = sorted(regions.filter((region) => read.has(region))).map((region) => {
      const routes = verdictsOf(id, region).flatMap(({mode, answer, id: route, destinations}): LockedRoute[] => {
        const known = MODES.find((candidate) => candidate === mode)
        if (known === undefined || answer !== 'yes' || route === null) return []
        return [{mode: known, id: route, destinations: destinations && sorted(destinations)}]
      })
      return [region, {routes: routes.sort(byModeAndId)}] as const
    })
    return [id, {lifecycle: lifecycleOf(id, regions, facts), from: Object.fromEntries(from)}] as const
  })
  const regions = offers.map(({region, origin}) => [region, {kind: origin.kind, asOf: origin.asOf}] as const)
  return {
    lock: {
      schemaVersion: 1,
      models: Object.fromEntries(sortedByKey(models)),
      read: {simulated, regions: Object.fromEntries(sortedByKey(regions))},
    },
    undecided(modelId, region, mode) {
      const bundled = offers.find((offer) => offer.region === region)?.origin.kind === 'bundle'
      if (bundled && catalog.model(modelId) === undefined) return 'the bundled catalog does not know the model'
      const verdict = verdictsOf(modelId, region).find((route) => route.mode === mode && route.answer === 'unknown')
      return verdict && (verdict.reason ?? 'not known')
    },
  }
}

function lifecycleOf(id: string, regions: readonly string[], facts: LockFacts): LockedModel['lifecycle'] {
  const offers = facts.offers.filter(({region}) => regions.includes(region))
  const {phase, dates} = modelLifecycle(id, {catalog: facts.catalog, offers, at: facts.at})
  const of = (event: LifecycleDate['event']) => dates.find((entry) => entry.event === event)?.date ?? null
  return {phase, legacy: of('legacy'), extendedAccess: of('extendedAccess'), endOfLife: of('endOfLife')}
}

/** The text of a lock file. */
export function formatLock(lock: LockFile): string {
  return `${JSON.stringify(lock, null, 2)}\n`
}

function byModeAndId(a: LockedRoute, b: LockedRoute): number {
  return MODES.indexOf(a.mode) - MODES.indexOf(b.mode) || compare(a.id, b.id)
}

function sorted(texts: readonly string[]): string[] {
  return [...texts].sort(compare)
}

function sortedByKey<Value>(entries: readonly (readonly [string, Value])[]): (readonly [string, Value])[] {
  return [...entries].sort(([a], [b]) => compare(a, b))
}

/** By code unit: the order must not depend on the machine's language. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
