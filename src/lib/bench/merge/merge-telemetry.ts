import type {RunSummary, TelemetrySummary} from '../metrics/summary.schema.js'

/** What one shard read, and on which machine it ran; null: not told. */
export interface ShardTelemetry {
  readonly host: string | null
  readonly telemetry: RunSummary['telemetry']
}

/**
 * What shards read of one GPU or server is one reading: the longest is taken, and its energy is held against the tokens
 * of all of them. A GPU of the machine a shard ran on is another on each machine.
 */
export function mergeTelemetry(shards: readonly ShardTelemetry[]): RunSummary['telemetry'] {
  const devices = new Map<string, TelemetrySummary[]>()
  for (const {host, telemetry} of shards) {
    for (const one of telemetry) {
      const isElsewhere = one.source.includes(' on ') || one.source.includes('://')
      const key = JSON.stringify([one.source, one.device, one.name, isElsewhere ? '' : host])
      devices.set(key, [...(devices.get(key) ?? []), one])
    }
  }
  return [...devices.values()].flatMap((readings) => {
    const [longest] = readings.toSorted((a, b) => readingsOf(b) - readingsOf(a))
    return longest === undefined ? [] : [{...longest, joulesPerOutputToken: joulesPerToken(longest, readings)}]
  })
}

function readingsOf({lanes}: TelemetrySummary): number {
  return Math.max(0, ...lanes.map(({n}) => n))
}

function joulesPerToken({joules}: TelemetrySummary, readings: readonly TelemetrySummary[]): number | null {
  const tokens = readings.map((one) => (one.joules ?? Number.NaN) / (one.joulesPerOutputToken ?? Number.NaN))
  const all = tokens.reduce((sum, count) => sum + count, 0)
  return joules === null || !(all > 0) ? null : joules / all
}
