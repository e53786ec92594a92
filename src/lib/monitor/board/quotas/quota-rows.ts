import {countedMoment} from '../counted-moment.js'
import {rowLists, type TrafficRow} from '../data.js'
import {standingOf} from '../feeds.js'
import {keepLast, perKey} from '../memo.js'
import {isByTheHour} from '../prices/rate-of.js'
import type {BoardFacts} from '../state.js'
import {feedKey} from '../topics.js'
import {dayUse} from './day-use.js'
import {heldUse} from './held-use.js'
import {limitsOf} from './limits-of.js'
import {limitUse, whyUnknown} from './quota-use.js'
import type {QuotaLimit} from './quotas.schema.js'
import {sumRows} from './sum-rows.js'

/** A quota in one Region with all that takes of it; or calls of which no quota is known. */
export interface QuotaRow {
  readonly key: string
  readonly region: string
  /** undefined: no quota is known for what `callers` call. */
  readonly limit: QuotaLimit | undefined
  readonly per: 'minute' | 'day' | 'held'
  readonly used: number | null
  /** The limit as it holds; null where it has no value. */
  readonly value: number | null
  readonly share: number | null
  /** Of the busiest minute of the last hour; null where it is no quota by the minute. */
  readonly peak: number | null
  readonly peakShare: number | null
  /** Of a quota by the day: until it is used up at the pace of now; null where not today. */
  readonly leftMs: number | null
  readonly burndown: number | null
  readonly callers: readonly TrafficRow[]
  /** Jobs or capacity that hold it. */
  readonly holders: readonly string[]
  readonly assumes: readonly string[]
  readonly why: string | null
}

const MINUTE_MS = 60_000
const NOTHING = {peak: null, peakShare: null, leftMs: null, burndown: null, callers: [], holders: [], assumes: []}

type Sources = Pick<BoardFacts, 'data' | 'feeds' | 'nowMs'>

interface RegionSources extends Sources {
  /** The moment that the minutes of the Region are told of. */
  readonly countedMs: number
}

/**
 * Every quota that something takes of now or took of within the minutes that are kept; calls without one after them.
 * Made anew only when something of it was read, or a minute is over.
 */
export const quotaRows: (state: Sources) => readonly QuotaRow[] = keepLast(
  ({data: {capacity, costs, jobs, quotas, traffic}, feeds, nowMs}) => [
    ...[costs, traffic, ...rowLists(capacity, jobs, quotas)],
    ...standingOf(feeds, ['traffic', 'quotas']),
    Math.floor(nowMs / MINUTE_MS),
  ],
  (state) => {
    const rows = sumRows(state.data.traffic)
    const regions = new Set([...state.data.quotas.keys(), ...rows.map(({region}) => region)])
    return [...regions].flatMap((region) => {
      const own = rows.filter((row) => row.region === region)
      return keptRows(region)({state: {...state, countedMs: countedMoment(state, region)}, region, rows: own})
    })
  },
)

interface RegionRows {
  readonly state: RegionSources
  readonly region: string
  readonly rows: readonly TrafficRow[]
}

const byRegion = new Map<string, (of: RegionRows) => readonly QuotaRow[]>()

/** Regions are read one after the other: what was not read again is not counted again. */
function keptRows(region: string): (of: RegionRows) => readonly QuotaRow[] {
  const known = byRegion.get(region)
  if (known) return known
  const made = keepLast(
    ({rows, state: {countedMs, data, feeds}}: RegionRows) => [
      ...[data.quotas, data.jobs, data.capacity].map((topic) => topic.get(region)?.rows),
      data.costs.get(region),
      ...[feeds.get(feedKey('quotas', region))?.trouble, countedMs],
      ...rows,
    ],
    ({rows, state}) => regionRows(state, region, rows),
  )
  byRegion.set(region, made)
  return made
}

function regionRows(state: RegionSources, region: string, rows: readonly TrafficRow[]): readonly QuotaRow[] {
  const limits = state.data.quotas.get(region)?.rows
  const callers = new Map<QuotaLimit, TrafficRow[]>()
  const unknown = rows.flatMap((row): readonly QuotaRow[] => {
    const own = limitsOf(row, limits ?? [])
    for (const limit of own) callers.set(limit, [...(callers.get(limit) ?? []), row])
    const why = whyUnknown(row, own)
    if (why === null || row.minutes.length === 0 || isByTheHour(row)) return []
    if (limits === undefined && !isTroubled(state, region)) return []
    return [unknownRow(row, limits === undefined ? notRead(state, region) : why)]
  })
  const called = [...callers].map(([limit, its]) => calledRow(state, region, limit, its))
  const held = (limits ?? []).filter(isHeld).flatMap((limit) => heldRow(state, region, limit) ?? [])
  return [...called, ...held, ...unknown]
}

function unknownRow(row: TrafficRow, why: string): QuotaRow {
  return {
    ...NOTHING,
    ...{key: row.key, region: row.region, limit: undefined, per: 'minute'},
    ...{used: null, value: null, share: null, callers: [row], why},
  }
}

/** Quotas that are only on their way are waited for. */
function isTroubled({feeds}: Sources, region: string): boolean {
  return feeds.get(feedKey('quotas', region))?.trouble !== undefined
}

function notRead({feeds}: Sources, region: string): string {
  const trouble = feeds.get(feedKey('quotas', region))?.trouble
  if (trouble?.kind === 'denied') return `quotas may not be read: ${trouble.action ?? trouble.message}`
  return `quotas could not be read: ${trouble?.message ?? ''}`
}

/** undefined where nothing is held. */
function heldRow({data}: Sources, region: string, limit: QuotaLimit): QuotaRow | undefined {
  const held = {jobs: data.jobs.get(region)?.rows, capacity: data.capacity.get(region)?.rows}
  const {holders, used} = heldUse(limit, held)
  if (holders.length === 0) return undefined
  const why = used === null ? 'what is held is not known' : noValue(limit.value)
  const base = {...NOTHING, key: `${region} ${limit.code}`, region, limit}
  return {...base, per: 'held', used, holders, value: limit.value, share: shareOf(used, limit.value), why}
}

function calledRow(
  {countedMs, data}: RegionSources,
  region: string,
  limit: QuotaLimit,
  callers: readonly TrafficRow[],
): QuotaRow {
  const base = {...NOTHING, key: `${region} ${limit.code}`, region, limit, callers}
  if (limit.kind === 'tpd') {
    const day = dayUse(limit, callers, data.costs.get(region), countedMs)
    const burndown = limit.named === null ? null : (limit.outputBurndown ?? 1)
    return {...base, ...day, per: 'day', burndown, share: shareOf(day.used, day.value)}
  }
  const use = keptUse(limit)({callers, countedMs})
  const {burndown, peak, peakShare, share, used, why} = use
  return {...base, per: 'minute', used, value: limit.value, share, peak, peakShare, burndown, why}
}

interface Calls {
  readonly callers: readonly TrafficRow[]
  readonly countedMs: number
}

/** Most rows are the same from look to look, and so is what they take. */
const keptUse = perKey((limit: QuotaLimit) =>
  keepLast(
    ({callers, countedMs}: Calls) => [countedMs, ...callers],
    ({callers, countedMs}) => limitUse(limit, callers, countedMs),
  ),
)

function isHeld({kind}: QuotaLimit): boolean {
  return kind === 'batch-jobs' || kind === 'model-units' || kind === 'imported-models'
}

function shareOf(used: number | null, value: number | null): number | null {
  if (used === null || value === null) return null
  if (value > 0) return used / value
  return used > 0 ? Number.POSITIVE_INFINITY : null
}

function noValue(value: number | null): string | null {
  return value === null ? 'the quota has no value' : null
}
