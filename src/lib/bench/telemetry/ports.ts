/** What is sampled beside a run, with the unit it is told in. What a server counts up is told as a rate since the row before. */
export const TELEMETRY_UNITS = {
  /** Share of the time in which any kernel ran: not how much of the device was busy. */
  utilization: '%',
  'memory-used': 'MiB',
  'memory-share': '%',
  power: 'W',
  'sm-clock': 'MHz',
  'memory-clock': 'MHz',
  temperature: '°C',
  queue: 'requests',
  running: 'requests',
  'kv-cache': '%',
  'prompt-tokens': 'tokens/s',
  'generation-tokens': 'tokens/s',
  'prefix-hit-rate': '%',
  preemptions: '/s',
} as const

export type TelemetryName = keyof typeof TELEMETRY_UNITS

/** One reading of one device, or of one server. What is not told is not there: never a 0 in its place. */
export interface TelemetryRow {
  /** Clock of `performance.now()` of the main thread, when the row arrived: the clocks of other machines are not asked. */
  readonly atMs: number
  /** The sampler's `label`. */
  readonly source: string
  /** `0`, `1` … of GPUs; the address of a server. */
  readonly device: string
  readonly values: Readonly<Partial<Record<TelemetryName, number>>>
  /** Why clocks are held down, as the driver's bits; 0: they are not; absent: not told. */
  readonly throttle?: number | undefined
}

/** What does not change while a run goes on. */
export interface TelemetryDevice {
  readonly device: string
  readonly name: string | undefined
  /** In words: driver 570.86, power limit 700 W. */
  readonly facts: readonly string[]
}

/** Reads one place until it is told to stop. Whatever goes wrong ends its rows, never the run. */
export interface TelemetrySampler {
  /** What it reads, in words: `nvidia-smi on user@host`, `http://…/metrics`. */
  readonly label: string
  /** Starts at once; ends when the signal is aborted, and its process with it. */
  rows(everyMs: number, signal: AbortSignal): AsyncIterable<TelemetryRow>
  /** Why there are no rows, or no more of them. */
  absent(): string | undefined
  /** Known before the first row; empty where nothing answered. */
  devices(): readonly TelemetryDevice[]
  /** What is there but not told, with the reason: fields a driver does not know, MIG. */
  notes(): readonly string[]
}
