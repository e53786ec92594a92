import type {TrafficRow} from '../data.js'
import type {BoardState} from '../state.js'
import {feedKey} from '../topics.js'
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

const NOTHING = {peak: null, peakShare: null, leftMs: null, burndown: null, callers: [], holders: [], assumes: []}

/** Every quota that something takes of now or took of within the minutes that are kept; calls without one after them. */
export function quotaRows(state: BoardState): readonly QuotaRow[] {
  const rows = sumRows(state.data.traffic.values())
  const regions = new Set([...state.data.quotas.keys(), ...rows.map(({region}) => region)])
  return [...regions].flatMap((region) =>
    regionRows(
      state,
      region,
      rows.filter((row) => row.region === region),
    ),
  )
}

function regionRows(state: BoardState, region: string, rows: readonly TrafficRow[]): readonly QuotaRow[] {
  const limits = state.data.quotas.get(region)?.rows
  const known = (limits ?? []).flatMap((limit) => quotaRow(state, region, limit, rows) ?? [])
  const unknown = rows.flatMap((row): readonly QuotaRow[] => {
    const {unknown: why} = quotaUse(row, limits, state.nowMs)
    if (why === null || row.minutes.length === 0) return []
    return [
      {
        ...NOTHING,
        ...{key: `${region} ? ${row.endpoint} ${row.modelId}`, region, limit: undefined, per: 'minute'},
        ...{used: null, value: null, share: null, callers: [row]},
        why: limits === undefined ? notRead(state, region) : why,
      },
    ]
  })
  return [...known, ...unknown]
}

function notRead({feeds}: BoardState, region: string): string {
  const trouble = feeds.get(feedKey('quotas', region))?.trouble
  if (trouble?.kind === 'denied')
    return `quotas may not be read: ${trouble.action ?? 'servicequotas:ListServiceQuotas'}`
  return trouble ? `quotas could not be read: ${trouble.message}` : 'the quotas of the Region are not read yet'
}

/** undefined where nothing takes of the quota. */
function quotaRow(
  state: BoardState,
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
