import type {CatalogModel} from '../../catalog/catalog.schema.js'
import {type LifecyclePhase, lifecycleAt} from '../../catalog/lifecycle-at.js'
import type {Origin} from '../../core/answer.schema.js'
import {daysUntil} from '../../core/duration.js'
import type {OfferedLifecycle, RegionOffer} from '../offers/offer.js'
import type {LifecycleDate, LifecycleEvent, ModelLifecycle, RegionLifecycle} from './lifecycle.schema.js'
import type {LifecycleFacts} from './lifecycle-facts.js'
import {phaseMeaning} from './phase-meaning.js'
import {suggestSuccessor} from './suggest-successor.js'

interface LiveReading {
  readonly region: string
  readonly lifecycle: OfferedLifecycle
  readonly origin: Origin
}

const EVENTS: readonly LifecycleEvent[] = ['launched', 'legacy', 'extendedAccess', 'endOfLife', 'endOfLifeNoSoonerThan']
/** Events that take something away, in the order in which they come. */
const LOSSES: readonly LifecycleEvent[] = ['legacy', 'extendedAccess', 'endOfLife']
/** The further a model is, the later it stands; Regions that differ are told by the furthest. */
const ORDER: readonly LifecyclePhase[] = ['UNKNOWN', 'PREVIEW', 'ACTIVE', 'LEGACY', 'EXTENDED_ACCESS', 'EOL']

/** Where a base model stands today and what comes next. Live Regions beat the bundle, which fills what they leave out. */
export function modelLifecycle(id: string, facts: LifecycleFacts): ModelLifecycle {
  const {catalog, offers, at} = facts
  const known = catalog.model(id)
  const offered = offers.flatMap(({models}) => models).find((model) => model.id === id)
  const live = liveReadings(id, offers)
  const dates = EVENTS.flatMap((event) => liveDate(event, live, at) ?? bundledDate(event, known, live, at) ?? [])
  const regions = live.map((reading) => toRegion(reading, at))
  const phase = jointPhase(dates, regions, known, at)
  return {
    id,
    name: known?.name ?? offered?.name ?? null,
    provider: known?.provider ?? offered?.provider ?? null,
    phase,
    dates,
    next: nextLoss(dates),
    meaning: phaseMeaning(phase, dates),
    regions,
    differs: new Set(regions.map(stateOf)).size > 1,
    successor: phase === 'ACTIVE' && nextLoss(dates) === null ? null : suggestSuccessor(id, facts),
  }
}

function liveReadings(id: string, offers: readonly RegionOffer[]): readonly LiveReading[] {
  return offers
    .filter(({origin}) => origin.kind !== 'bundle')
    .flatMap(({region, origin, models}) =>
      models.filter((model) => model.id === id).map(({lifecycle}) => ({region, lifecycle, origin})),
    )
}

/** The earliest date that a Region gives: callers must be ready for the first that acts. */
function liveDate(event: LifecycleEvent, live: readonly LiveReading[], at: Date): LifecycleDate | undefined {
  if (event === 'endOfLifeNoSoonerThan') return undefined
  const key = event === 'launched' ? 'started' : event
  const [first] = live
    .flatMap(({lifecycle, origin}) => {
      const date = lifecycle[key]
      return date === null ? [] : [{date, origin}]
    })
    .sort((a, b) => a.date.localeCompare(b.date))
  return first && {event, date: first.date, daysLeft: daysUntil(first.date, at), origin: first.origin}
}

/** A bundled date stands unless it is past and a Region still says otherwise. */
function bundledDate(
  event: LifecycleEvent,
  known: CatalogModel | undefined,
  live: readonly LiveReading[],
  at: Date,
): LifecycleDate | undefined {
  const date = known?.lifecycle[event]
  if (known === undefined || date === undefined || date === null) return undefined
  const daysLeft = daysUntil(date, at)
  const stillListed = live.length > 0
  const stillActive = stillListed && live.every(({lifecycle}) => lifecycle.status === 'ACTIVE')
  const contradicted =
    event === 'endOfLife' ? stillListed : (event === 'legacy' || event === 'extendedAccess') && stillActive
  if (contradicted && daysLeft <= 0) return undefined
  const source = known.lifecycle.source ?? known.sources.join('; ')
  return {event, date, daysLeft, origin: {kind: 'bundle', asOf: known.asOf, source}}
}

function toRegion({region, lifecycle, origin}: LiveReading, at: Date): RegionLifecycle {
  const {status, legacy, extendedAccess, endOfLife} = lifecycle
  return {region, phase: servedPhase(lifecycle, at), status, legacy, extendedAccess, endOfLife, origin}
}

/** The service's own word stands where its dates would say less. */
function servedPhase({status, legacy, extendedAccess, endOfLife}: OfferedLifecycle, at: Date): LifecyclePhase {
  const word = status === 'LEGACY' || status === 'ACTIVE' ? status : 'UNLISTED'
  const phase = lifecycleAt({...NO_DATES, status: word, legacy, extendedAccess, endOfLife}, at)
  return status === 'LEGACY' && phase === 'ACTIVE' ? 'LEGACY' : phase
}

const NO_DATES = {
  launched: null,
  legacy: null,
  extendedAccess: null,
  endOfLife: null,
  endOfLifeNoSoonerThan: null,
  lastListed: null,
  source: null,
} as const

function jointPhase(
  dates: readonly LifecycleDate[],
  regions: readonly RegionLifecycle[],
  known: CatalogModel | undefined,
  at: Date,
): LifecyclePhase {
  if (regions.length === 0) return known ? lifecycleAt(known.lifecycle, at) : 'UNKNOWN'
  const served = regions.map(({phase}) => phase)
  const dated = dates.filter(({event, daysLeft}) => LOSSES.includes(event) && daysLeft <= 0).map(({event}) => event)
  const byDates: LifecyclePhase = dated.includes('endOfLife')
    ? 'EOL'
    : dated.includes('extendedAccess')
      ? 'EXTENDED_ACCESS'
      : dated.includes('legacy')
        ? 'LEGACY'
        : 'UNKNOWN'
  return [...served, byDates].reduce((a, b) => (ORDER.indexOf(a) >= ORDER.indexOf(b) ? a : b))
}

function nextLoss(dates: readonly LifecycleDate[]): LifecycleDate | null {
  const coming = dates.filter(({event, daysLeft}) => LOSSES.includes(event) && daysLeft > 0)
  return coming.toSorted((a, b) => a.daysLeft - b.daysLeft)[0] ?? null
}

function stateOf({phase, legacy, extendedAccess, endOfLife}: RegionLifecycle): string {
  return [phase, legacy, extendedAccess, endOfLife].join(' ')
}
