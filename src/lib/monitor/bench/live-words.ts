import type {TelemetryName} from '../../bench/telemetry/ports.js'
import {showCount, showElapsed} from '../quantities.js'
import {isSearch, liveErrors, liveProgress, repeatOf} from './live-rows.js'
import type {BenchNames, BenchState, LiveDevice} from './state.js'

/** `0.42`, `9.8`, `412`, `12.3k`: at most six columns. */
export function showNumber(value: number | undefined): string {
  if (value === undefined || !Number.isFinite(value)) return '-'
  if (value >= 100_000) return `${(value / 1000).toFixed(0)}k`
  if (value >= 99.95) return showCount(Math.round(value))
  return value >= 9.95 ? value.toFixed(0) : value.toFixed(value >= 1 || value === 0 ? 1 : 2)
}

/** `$0.04 of about $0.31`; nothing where nothing has a price. */
export function spentText({outlook, spent}: BenchState): string | undefined {
  const about = outlook?.estimate.usd
  if (spent === undefined && about === undefined) return undefined
  return `${dollars(spent ?? 0)}${about === undefined ? '' : ` of about ${dollars(about)}`}`
}

/** Cents, or more digits of less than one. */
export function dollars(usd: number): string {
  return `$${usd > 0 && usd < 0.01 ? usd.toPrecision(2) : usd.toFixed(2)}`
}

/** `412 of about 4,200 requests`. */
export function requestsText(state: BenchState): string {
  const {done} = liveProgress(state)
  const asked = state.outlook?.estimate.requests ?? 0
  return asked > 0 ? `${showCount(done)} of about ${showCount(asked)} requests` : `${showCount(done)} requests`
}

/** `cell 3 of 8`; of a search, `cell 3`. */
export function cellText(state: BenchState, place: number): string {
  return isSearch(state) ? `cell ${place + 1}` : `cell ${place + 1} of ${state.outlook?.cells.length ?? 0}`
}

/** `cell 3 of 8`, what is spent, time left: what matters most first. */
export function progressFacts(state: BenchState): readonly string[] {
  const cells = state.outlook?.cells ?? []
  const running = cells.findIndex(({cell}) => cell === state.current)
  const left = leftMs(liveProgress(state).share, state.nowMs - state.startedAtMs, state.outlook?.estimate.seconds)
  return [
    ...(running >= 0 ? [cellText(state, running)] : []),
    spentText(state) ?? '',
    ...(left === undefined ? [] : [`about ${showElapsed(left)} left`]),
  ].filter((fact) => fact !== '')
}

/** From the pace so far, once some of it is known; before that from the plan. */
function leftMs(share: number | undefined, elapsedMs: number, seconds: number | undefined): number | undefined {
  if (share !== undefined && share > 0.05 && elapsedMs > SETTLED_MS) return (elapsedMs / share) * (1 - share)
  return seconds === undefined ? undefined : Math.max(0, seconds * 1000 - elapsedMs)
}

const SETTLED_MS = 3000

/** What is done now: the cell that runs, or what comes before one. */
export function nowText(state: BenchState): string {
  const {cells = [], targets = []} = state.outlook ?? {}
  const running = cells.find(({cell}) => cell === state.current)
  const stopping =
    state.stopping === 'no'
      ? ''
      : state.stopping === 'draining'
        ? 'stopped sending, waiting for answers: '
        : 'giving up what is in flight: '
  if (state.phase !== undefined) return `${stopping}${state.phase}`
  if (!running) return `${stopping}starting`
  const repeat = repeatOf(state, running)
  const repeated = repeat === undefined ? '' : `, repeat ${repeat}`
  return `${stopping}${targets[running.target] ?? ''}, ${running.label}${repeated}`
}

/** `throttled 3, truncated 1`. */
export function errorsText(state: BenchState): string {
  return liveErrors(state)
    .map(([error, count]) => `${error} ${showCount(count)}`)
    .join(', ')
}

const ORDER: readonly (readonly [TelemetryName, string])[] = [
  ['utilization', 'util'],
  ['memory-share', 'memory'],
  ['memory-used', 'memory'],
  ['power', 'power'],
  ['sm-clock', 'clock'],
  ['temperature', ''],
  ['running', 'running'],
  ['queue', 'queued'],
  ['kv-cache', 'KV cache'],
  ['generation-tokens', 'generated'],
  ['preemptions', 'preempted'],
]

/** `util 97 %`, `power 512 W`: what a device told last, the most telling first. */
export function deviceFacts({values}: LiveDevice, units: BenchNames['units']): readonly string[] {
  const shown = ORDER.filter(([name]) => values[name] !== undefined)
  const labels = new Set<string>()
  return shown.flatMap(([name, label]) => {
    const value = values[name]
    if (value === undefined || (label !== '' && labels.has(label))) return []
    labels.add(label)
    return [`${label} ${readingText(value, units[name])}`.trim()]
  })
}

function readingText(value: number, unit: string): string {
  if (unit === 'MiB' && value >= MIB_A_GIB) return `${(value / MIB_A_GIB).toFixed(1)} GiB`
  const number = Number.isInteger(value) ? showCount(value) : showNumber(value)
  return unit === 'requests' ? number : `${number} ${unit}`
}

const MIB_A_GIB = 1024

/** Whether the client keeps up, in words. */
export function clientText(lagMs: number | undefined): {readonly text: string; readonly isLate: boolean} {
  if (lagMs === undefined) return {text: 'client: nothing sent in the last 10 s', isLate: false}
  const isLate = lagMs > LATE_MS
  const text = `${isLate ? 'client late' : 'client ok'}: sends up to ${showNumber(lagMs)} ms late in the last 10 s`
  return {text, isLate}
}

/** A client that sends later than this colours what it measures. */
const LATE_MS = 20
