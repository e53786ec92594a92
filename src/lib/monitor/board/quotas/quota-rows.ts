import type {TrafficRow} from '../data.js'
import {keepLast} from '../memo.js'
import type {BoardFacts} from '../state.js'
import {feedKey} from '../topics.js'
import {subjectKey} from '../traffic/subject.js'
import {dayUse} from './day-use.js'
import {heldUse} from './held-use.js'
import {countsAgainst, limitUse, quotaUse} from './quota-use.js'
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

/**
 * Every quota that something takes of now or took of within the minutes that are kept; calls without one after them.
 * Made anew only when something of it was read, or a minute is over.
 */
export const quotaRows: (state: Sources) => readonly QuotaRow[] = keepLast(
  ({data: {capacity, costs, jobs, quotas, traffic}, feeds, nowMs}) => [
    ...[capacity, costs, jobs, quotas, traffic],
    ...[...feeds].flatMap(([key, feed]) => (/^(?:traffic|quotas) /.test(key) ? [feed] : [])),
    Math.floor(nowMs / MINUTE_MS),
  ],
  (state) => {
    const rows = sumRows(state.data.traffic.values())
    const regions = new Set([...state.data.quotas.keys(), ...rows.map(({region}) => region)])
    return [...regions].flatMap((region) => {
      const own = rows.filter((row) => row.region === region)
      return regionRows(asOf(state, region), region, own)
    })
  },
)

/** What is old is told of its own moment: minutes that were not read are not silent. */
function asOf(state: Sources, region: string): Sources {
  const readAtMs = state.feeds.get(feedKey('traffic', region))?.readAtMs
  return readAtMs === undefined ? state : {...state, nowMs: readAtMs}
}

function regionRows(state: Sources, region: string, rows: readonly TrafficRow[]): readonly QuotaRow[] {
  const limits = state.data.quotas.get(region)?.rows
  const called = new Set(rows.map(({about}) => about.model))
  const wanted = (limits ?? []).filter((limit) => isHeld(limit) || limit.named === null || called.has(limit.model))
  const known = wanted.flatMap((limit) => quotaRow(state, region, limit, rows) ?? [])
  const unknown = rows.flatMap((row): readonly QuotaRow[] => {
    const {unknown: why} = quotaUse(row, limits, state.nowMs)
    if (why === null || row.minutes.length === 0 || isOwnCapacity(row)) return []
    if (limits === undefined && !isTroubled(state, region)) return []
    return [
      {
        ...NOTHING,
        ...{key: `${region} ${subjectKey(row)}`, region, limit: undefined, per: 'minute'},
        ...{used: null, value: null, share: null, callers: [row]},
        why: limits === undefined ? notRead(state, region) : why,
      },
    ]
  })
  return [...known, ...unknown]
}

/** What is called there is held to what was bought, which no quota by the minute is about. */
function isOwnCapacity({about}: TrafficRow): boolean {
  return about.kind === 'provisioned' || about.kind === 'imported'
}

/** Quotas that are only on their way are waited for. */
function isTroubled({feeds}: Sources, region: string): boolean {
  return feeds.get(feedKey('quotas', region))?.trouble !== undefined
}

function notRead({feeds}: Sources, region: string): string {
  const trouble = feeds.get(feedKey('quotas', region))?.trouble
  if (trouble?.kind === 'denied')
    return `quotas may not be read: ${trouble.action ?? 'servicequotas:ListServiceQuotas'}`
  return `quotas could not be read: ${trouble?.message ?? ''}`
}

/** undefined where nothing takes of the quota. */
function quotaRow(
  state: Sources,
  region: string,
  limit: QuotaLimit,
  rows: readonly TrafficRow[],
): QuotaRow | undefined {
  const base = {...NOTHING, key: `${region} ${limit.code}`, region, limit}
  if (isHeld(limit)) {
    const {data} = state
    const held = {jobs: data.jobs.get(region)?.rows, capacity: data.capacity.get(region)?.rows}
    const {holders, used} = heldUse(limit, held)
    if (holders.length === 0) return undefined
    const why = used === null ? 'what is held is not known' : noValue(limit.value)
    return {...base, per: 'held', used, holders, value: limit.value, share: shareOf(used, limit.value), why}
  }
  const callers = rows.filter((row) => countsAgainst(row, limit))
  if (callers.length === 0) return undefined
  if (limit.kind === 'tpd') {
    const day = dayUse(limit, callers, state.data.costs.get(region), state.nowMs)
    const burndown = limit.named === null ? null : (limit.outputBurndown ?? 1)
    return {...base, ...day, per: 'day', callers, burndown, share: shareOf(day.used, day.value)}
  }
  const {burndown, peak, peakShare, share, used, why} = limitUse(limit, callers, state.nowMs)
  return {...base, per: 'minute', used, value: limit.value, share, peak, peakShare, burndown, callers, why}
}

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
