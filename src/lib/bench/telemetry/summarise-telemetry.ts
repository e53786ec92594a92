import {quantile} from '../metrics/percentiles.js'
import type {TelemetrySummary} from '../metrics/summary.schema.js'
import {joulesOf, type Window} from './energy.js'
import {heldDownBy} from './nvidia-fields.js'
import {TELEMETRY_UNITS, type TelemetryName, type TelemetryRow, type TelemetrySampler} from './ports.js'

export interface TelemetryMeasured {
  /** In the order of time, of all samplers together. */
  readonly rows: readonly TelemetryRow[]
  /** Steady windows of what was under load, on the clock of the rows. */
  readonly windows: readonly Window[]
  /** When the first request was sent, on that clock. */
  readonly t0Ms: number
  /** Of those windows; 0: not known. */
  readonly outputTokens: number
}

type Told = Pick<TelemetrySampler, 'label' | 'absent' | 'devices' | 'notes'>

const IDLE_MS = 2000

/** One entry a device, and one a sampler that told nothing. */
export function summariseTelemetry(
  samplers: readonly Told[],
  measured: TelemetryMeasured,
): readonly TelemetrySummary[] {
  return samplers.flatMap((sampler) => {
    const rows = measured.rows.filter(({source}) => source === sampler.label)
    const devices = [...new Set([...sampler.devices().map(({device}) => device), ...rows.map(({device}) => device)])]
    if (devices.length === 0) return [{...nameOf(sampler, ''), ...summariseDevice([], measured)}]
    return devices.map((device) => ({
      ...nameOf(sampler, device),
      ...summariseDevice(
        rows.filter((row) => row.device === device),
        measured,
      ),
    }))
  })
}

function nameOf(sampler: Told, device: string) {
  const known = sampler.devices().find((one) => one.device === device)
  return {
    source: sampler.label,
    device,
    name: known?.name ?? null,
    facts: known?.facts ?? [],
    absent: sampler.absent() ?? null,
    notes: sampler.notes(),
  }
}

function summariseDevice(rows: readonly TelemetryRow[], {outputTokens, t0Ms, windows}: TelemetryMeasured) {
  const steady = rows.filter(({atMs}) => windows.some(({fromMs, toMs}) => atMs >= fromMs && atMs <= toMs))
  const power = rows.flatMap(({atMs, values}) => (values.power === undefined ? [] : [{atMs, watts: values.power}]))
  const idle = power.filter(({atMs}) => atMs < t0Ms && atMs >= t0Ms - IDLE_MS).map(({watts}) => watts)
  const joules = joulesOf(power, windows)
  const throttles = steady.flatMap(({throttle}) => (throttle === undefined ? [] : [throttle]))
  const held = throttles.filter((throttle) => heldDownBy(throttle).length > 0)
  return {
    lanes: (Object.keys(TELEMETRY_UNITS) as TelemetryName[]).flatMap((metric) => laneOf(metric, steady)),
    joules,
    joulesPerOutputToken: joules === null || outputTokens <= 0 ? null : joules / outputTokens,
    idleWatts: idle.length === 0 ? null : meanOf(idle),
    throttledShare: throttles.length === 0 ? null : held.length / throttles.length,
    throttledBy: [...new Set(held.flatMap(heldDownBy))],
  }
}

function laneOf(metric: TelemetryName, rows: readonly TelemetryRow[]) {
  const told = rows.flatMap(({values}) => values[metric] ?? [])
  const sorted = Float64Array.from(told).sort()
  if (sorted.length === 0) return []
  return [
    {
      metric,
      unit: TELEMETRY_UNITS[metric],
      mean: meanOf(told),
      p50: quantile(sorted, 0.5),
      p95: quantile(sorted, 0.95),
      max: sorted.at(-1) ?? 0,
      n: sorted.length,
    },
  ]
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
