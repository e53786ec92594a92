import type {Reading} from '../../../src/lib/monitor/board/reading.schema.js'
import type {BoardEvent, Subject} from '../../../src/lib/monitor/board/state.js'
import type {TrafficMinute, TrafficSeries} from '../../../src/lib/monitor/board/traffic/traffic.schema.js'

const MINUTE_MS = 60_000
const REGIONS = ['eu-central-1', 'eu-west-1', 'us-east-1', 'us-west-2'] as const

export const BUSY_SUBJECT: Subject = {
  account: '111122223333',
  profile: 'bench',
  regions: REGIONS,
  simulated: false,
  replayed: false,
}

export const BUSY_FEEDS: BoardEvent = {
  type: 'watching',
  subject: BUSY_SUBJECT,
  feeds: REGIONS.flatMap((region) => [['traffic', region] as const, ['quotas', region] as const]),
}

/** What a look at every Region brings where so many ids are called, a quarter of them in each: the last `minutes`. */
export function trafficReadings(
  nowMs: number,
  {intervalMs, minutes, rows}: {readonly rows: number; readonly minutes: number; readonly intervalMs: number},
): readonly BoardEvent[] {
  return REGIONS.map((place, region): BoardEvent => {
    const count = Math.ceil(rows / REGIONS.length)
    const series = Array.from({length: count}, (_, at) => seriesOf(region * count + at, nowMs, minutes))
    const reading: Reading = {
      ...{topic: 'traffic', place, atMs: nowMs, tookMs: 90, calls: 1, metrics: count * 12},
      rows: series,
    }
    return {type: 'read', reading, nextAtMs: nowMs + intervalMs}
  })
}

function seriesOf(row: number, nowMs: number, minutes: number): TrafficSeries {
  const newest = Math.floor(nowMs / MINUTE_MS)
  return {
    endpoint: 'runtime',
    modelId: `eu.anthropic.claude-sonnet-4-${row}-20250929-v1:0`,
    tier: null,
    minutes: Array.from({length: minutes}, (_, at) => minuteOf(row, newest - minutes + 1 + at, nowMs)),
    about: {
      model: `anthropic.claude-sonnet-4-${row}-20250929-v1:0`,
      name: `Claude Sonnet 4.${row}`,
      kind: 'profile',
      route: 'geo',
      processedIn: ['eu-central-1', 'eu-west-1'],
      lifecycle: null,
    },
  }
}

/** Steady but for a wave and for the minute that goes on, which grows with every look. */
function minuteOf(row: number, minute: number, nowMs: number): TrafficMinute {
  const grown = minute * MINUTE_MS + MINUTE_MS > nowMs ? (nowMs - minute * MINUTE_MS) / MINUTE_MS : 1
  const calls = Math.round((20 + row * 7 + 10 * Math.sin(minute / 9 + row)) * grown)
  return {
    minute,
    invocations: calls,
    clientErrors: row % 7 === 0 ? 1 : 0,
    serverErrors: 0,
    throttles: row % 11 === 0 ? Math.round(calls / 9) : 0,
    input: calls * 2400,
    output: calls * 310,
    cacheRead: calls * 900,
    cacheWrite: 0,
    quotaTokens: calls * 4000,
    latencyP50: 900 + row,
    latencyP99: 4200 + (calls % 97),
    ttftP50: 310 + (calls % 13),
    ttftP99: 1200 + row,
  }
}
