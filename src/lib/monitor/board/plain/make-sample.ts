import type {Unread} from '../../../core/answer.schema.js'
import {lastCompleteMinute, minutesBetween} from '../complete-minutes.js'
import {countedMoment} from '../counted-moment.js'
import type {ByPlace} from '../data.js'
import {shownFeeds} from '../feeds.js'
import {rateOf} from '../prices/rate-of.js'
import {quotaRows} from '../quotas/quota-rows.js'
import {callRate} from '../spent.js'
import type {BoardState} from '../state.js'
import {type Place, placeOf} from '../topics.js'
import {totalsOf} from '../traffic/totals.js'
import type {TrafficMinute} from '../traffic/traffic.schema.js'
import type {MonitorSample} from './sample.schema.js'

const MINUTE_MS = 60_000
/** Where a topic is told of the account as a whole, and no Region is named. */
const ACCOUNT = 'account'

/** The board as one plain object. `told`: ids of events that were in samples before. */
export function makeSample(state: BoardState, told: ReadonlySet<string>): MonitorSample {
  const {data, intervalMs, nowMs, subject} = state
  return {
    schemaVersion: 1,
    simulated: subject.simulated,
    unread: unreadOf(state),
    at: iso(nowMs),
    intervalSeconds: intervalMs / 1000,
    account: subject.account,
    profile: subject.profile,
    regions: subject.regions,
    replayed: subject.replayed,
    feeds: shownFeeds(state).map(({feed, place, topic}) => ({
      ...{topic, place, status: feed.status, readAt: isoOrNull(feed.readAtMs), nextAt: isoOrNull(feed.nextAtMs)},
    })),
    ownCalls: ownCalls(state),
    totals: totals(state),
    traffic: trafficOf(state),
    quotas: quotasOf(state),
    alarms: placed(data.alarms).map(({region, row}) => ({region, ...row})),
    jobs: placed(data.jobs).map(({region, row: {actions: _, facts: __, metrics: ___, ...row}}) => ({region, ...row})),
    capacity: placed(data.capacity).map(({row: {actions: _, ...row}}) => row),
    endpoints: placed(data.endpoints).map(({region, row}) => ({...row, region})),
    findings: placed(data.findings).map(({row}) => row),
    costs: placed(data.costs).map(({row}) => row),
    bench: placed(data.bench).map(({row: {facts: _, ...row}}) => row),
    events: data.events.filter(({id}) => !told.has(id)),
  }
}

function ownCalls(state: BoardState): MonitorSample['ownCalls'] {
  const {calls, metrics, sinceMs} = state.spent
  const rate = callRate(state)
  const perHour = {
    leastPerHour: rate?.leastPerHour.toFixed() ?? null,
    mostPerHour: rate?.mostPerHour.toFixed() ?? null,
  }
  return {calls, metrics, since: iso(sinceMs), ...perHour}
}

function totals(state: BoardState): MonitorSample['totals'] {
  const {alarms, capacity, jobs, spend, watchedAlarms} = totalsOf(state)
  const {currency, knownPerHour, unpriced} = spend
  return {
    ...{currency, perHour: unpriced.length === 0 && isTrafficRead(state) ? knownPerHour.toFixed() : null},
    ...{knownPerHour: knownPerHour.toFixed(), unpriced},
    capacityPerHour: capacity?.perHour.toFixed() ?? null,
    idlePerHour: capacity?.idlePerHour.toFixed() ?? null,
    unpricedCapacity: capacity?.unknown ?? null,
    alarms: watchedAlarms === undefined ? null : alarms.length,
    jobs: jobs ?? null,
  }
}

/** Of a Region that was never read it is not known what is called. */
function isTrafficRead(state: BoardState): boolean {
  const traffic = shownFeeds(state).filter(({topic}) => topic === 'traffic')
  return traffic.length > 0 && traffic.every(({feed: {readAtMs}}) => readAtMs !== undefined)
}

/** What is not there because it could not be read, or was not yet. */
function unreadOf(state: BoardState): readonly Unread[] {
  return shownFeeds(state).flatMap(({feed: {status, trouble}, place, topic}): readonly Unread[] => {
    const region = place ?? ACCOUNT
    if (status === 'waiting') {
      return [{region, action: topic, code: 'NOT_READ_YET', reason: `${topic} was asked for and is not in yet.`}]
    }
    if (trouble === undefined || status === 'absent' || status === 'live') return []
    const {action, code, hint, message: reason} = trouble
    return [{region, action: action ?? topic, code, reason, ...(hint === null ? {} : {hint})}]
  })
}

function trafficOf(state: BoardState): MonitorSample['traffic'] {
  const {data} = state
  const rows = [...data.traffic.values()]
  return rows.map((row) => {
    const {about, endpoint, modelId, region, tier} = row
    const atMs = countedMoment(state, region)
    const minute = lastCompleteMinute(atMs)
    const {minute: _, ...counts} = minutesBetween(row, minute, minute)[0] ?? silent(minute)
    const rate = rateOf(row, data.prices.get(region)?.rows, atMs, rows)
    return {
      ...{region, endpoint, modelId, tier, model: about.model, route: about.route},
      ...counts,
      minute: iso(minute * MINUTE_MS),
      perHour: rate.perHour?.toFixed() ?? null,
      perMonth: rate.perMonth?.toFixed() ?? null,
      currency: rate.currency,
      unpriced: rate.missing,
    }
  })
}

function silent(minute: number): TrafficMinute {
  const counts = {invocations: null, clientErrors: null, serverErrors: null, throttles: null, input: null, output: null}
  const caches = {cacheRead: null, cacheWrite: null, quotaTokens: null}
  return {minute, ...counts, ...caches, latencyP50: null, latencyP99: null, ttftP50: null, ttftP99: null}
}

function quotasOf(state: BoardState): MonitorSample['quotas'] {
  return quotaRows(state).map(({callers, limit, peakShare, per, region, share, used, value, why}) => ({
    region,
    code: limit?.code ?? null,
    name: limit?.name ?? null,
    kind: limit?.kind ?? null,
    model: limit?.model ?? callers[0]?.about.model ?? null,
    ...{per, used, limit: value, share: finite(share), peakShare: finite(peakShare), why},
  }))
}

/** Use of a quota of nothing is no number that JSON has. */
function finite(value: number | null): number | null {
  return value !== null && Number.isFinite(value) ? value : null
}

function placed<Row>(kept: ByPlace<Row>): readonly {readonly region: Place; readonly row: Row}[] {
  return [...kept].flatMap(([key, {rows}]) => rows.map((row) => ({region: placeOf(key), row})))
}

function iso(atMs: number): string {
  return new Date(atMs).toISOString()
}

function isoOrNull(atMs: number | undefined): string | null {
  return atMs === undefined ? null : iso(atMs)
}
