import type {TelemetryName, TelemetryRow} from './ports.js'

/** What is asked of the driver in each reading, and what it becomes. */
const READINGS: Readonly<Record<string, TelemetryName>> = {
  'utilization.gpu': 'utilization',
  'memory.used': 'memory-used',
  'power.draw': 'power',
  'clocks.sm': 'sm-clock',
  'clocks.mem': 'memory-clock',
  'temperature.gpu': 'temperature',
}

/** Newer name first: drivers before 535 know the other. */
export const REASONS = ['clocks_event_reasons.active', 'clocks_throttle_reasons.active'] as const

/** Asked in each reading. */
export const READ_FIELDS: readonly string[] = ['index', ...Object.keys(READINGS), 'memory.total', REASONS[0]]

/** Asked once. */
export const FACT_FIELDS: readonly string[] = ['name', 'driver_version', 'enforced.power.limit', 'mig.mode.current']

/** One line of `--format=csv,noheader,nounits` by the names of its fields; undefined where it is no such line. */
export function readFields(line: string, fields: readonly string[]): ReadonlyMap<string, string> | undefined {
  const texts = line.split(', ')
  if (texts.length !== fields.length) return undefined
  const told = new Map(fields.map((field, place) => [field, (texts[place] ?? '').trim()]))
  return /^\d{1,4}$/.test(told.get('index') ?? '') ? told : undefined
}

/** `[N/A]`, `[Not Supported]` and their like are no numbers: what is not told is not 0. */
export function readNumber(text: string | undefined): number | undefined {
  if (text === undefined || !/^\d+(\.\d+)?$/.test(text)) return undefined
  return Number(text)
}

/** A line of the stream; undefined where it is none. */
export function readReading(
  line: string,
  fields: readonly string[],
  {atMs, source}: Pick<TelemetryRow, 'atMs' | 'source'>,
): TelemetryRow | undefined {
  const told = readFields(line, fields)
  if (!told) return undefined
  const values: Partial<Record<TelemetryName, number>> = {}
  for (const [field, name] of Object.entries(READINGS)) {
    const value = readNumber(told.get(field))
    if (value !== undefined) values[name] = value
  }
  const total = readNumber(told.get('memory.total'))
  if (total && values['memory-used'] !== undefined) values['memory-share'] = (100 * values['memory-used']) / total
  return {atMs, source, device: told.get('index') ?? '', values, throttle: readReasons(told)}
}

function readReasons(told: ReadonlyMap<string, string>): number | undefined {
  const text = REASONS.map((name) => told.get(name)).find((one) => one !== undefined)
  return text !== undefined && /^0x[0-9a-f]{1,16}$/i.test(text) ? Number(text) : undefined
}

/** Reasons that hold clocks down. An idle device, clocks that were set by hand and a display are none. Source: NVML, clocks event reasons. */
const HELD_DOWN: readonly (readonly [bit: number, words: string])[] = [
  [0x4, 'power cap'],
  [0x8, 'hardware slowdown'],
  [0x20, 'heat (software)'],
  [0x40, 'heat (hardware)'],
  [0x80, 'power brake'],
]

/** Why clocks are held down, in words; empty where they are not. */
export function heldDownBy(throttle: number): readonly string[] {
  return HELD_DOWN.flatMap(([bit, words]) => ((throttle & bit) === 0 ? [] : [words]))
}
