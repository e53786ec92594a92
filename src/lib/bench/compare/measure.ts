import type {CellSummary, Distribution, PercentileKey} from '../metrics/summary.schema.js'

/** A number of one or several cells, with its 95 % interval where there is one. */
export interface Measured {
  readonly value: number
  readonly low: number | null
  readonly high: number | null
}

export interface Measure {
  /** As in assertions: `ttft.p99`, `goodput`. */
  readonly key: string
  readonly unit: string
  readonly better: 'less' | 'more'
  /** Of one cell; undefined: it has none. */
  take(cell: CellSummary): Measured | undefined
}

const LATENCIES = ['ttft', 'ttfv', 'tpot', 'icl', 'e2e', 'lag', 'close'] as const
type Latency = (typeof LATENCIES)[number]
const PERCENTILES: readonly PercentileKey[] = ['1', '5', '10', '25', '50', '75', '90', '95', '99', '99.9']
const STATS = [...PERCENTILES.map((key) => `p${key}`), 'mean', 'min', 'max']

const exactly = (value: number | null | undefined): Measured | undefined =>
  value === null || value === undefined || Number.isNaN(value) ? undefined : {value, low: null, high: null}

const between = (value: number | null | undefined, interval: {low: number; high: number} | null | undefined) => {
  const found = exactly(value)
  return found === undefined || !interval ? found : {...found, low: interval.low, high: interval.high}
}

const NUMBERS: readonly Measure[] = [
  {
    key: 'goodput',
    unit: '/s',
    better: 'more',
    take: ({goodput}) => exactly(goodput?.requestsPerSecond),
  },
  {
    key: 'goodput.tokens',
    unit: 'tokens/s',
    better: 'more',
    take: ({goodput}) => exactly(goodput?.outputTokensPerSecond),
  },
  {
    key: 'goodput.attainment',
    unit: '%',
    better: 'more',
    take: ({goodput}) => times(between(goodput?.attainment, goodput?.attainmentInterval), 100),
  },
  {
    key: 'throughput',
    unit: '/s',
    better: 'more',
    take: ({throughput: {interval, requestsPerSecond}}) => between(requestsPerSecond, interval.requestsPerSecond),
  },
  {
    key: 'tokens',
    unit: 'tokens/s',
    better: 'more',
    take: ({throughput: {interval, outputTokensPerSecond}}) =>
      between(outputTokensPerSecond, interval.outputTokensPerSecond),
  },
  {key: 'errors', unit: '%', better: 'less', take: ({counts}) => errorShare(counts)},
  {key: 'usd', unit: 'USD', better: 'less', take: ({price}) => exactly(price?.usd)},
  {key: 'usd.output', unit: 'USD/M', better: 'less', take: ({price}) => exactly(price?.perMillionOutput)},
  {key: 'usd.good', unit: 'USD/M', better: 'less', take: ({price}) => exactly(price?.perMillionGood)},
]

/** Every name an assertion may use. */
export const MEASURE_KEYS: readonly string[] = [
  ...LATENCIES.flatMap((latency) => STATS.map((stat) => `${latency}.${stat}`)),
  ...NUMBERS.map(({key}) => key),
]

/** The measure of that name. Open loops count TTFT and E2E from the moment a request was due. */
export function findMeasure(key: string): Measure | undefined {
  const number = NUMBERS.find((one) => one.key === key)
  if (number !== undefined) return number
  const [name = '', ...rest] = key.split('.')
  const stat = rest.join('.')
  const latency = LATENCIES.find((one) => one === name)
  if (latency === undefined || !STATS.includes(stat)) return undefined
  return {key, unit: 'ms', better: 'less', take: (cell) => statOf(headline(cell, latency), stat)}
}

function headline(cell: CellSummary, latency: Latency): Distribution | null {
  if ((latency === 'ttft' || latency === 'e2e') && cell.fromSchedule !== null) return cell.fromSchedule[latency]
  return cell[latency]
}

function statOf(distribution: Distribution | null, stat: string): Measured | undefined {
  if (distribution === null) return undefined
  if (stat === 'mean') return between(distribution.mean, distribution.meanInterval)
  if (stat === 'min' || stat === 'max') return exactly(distribution[stat])
  const key = PERCENTILES.find((one) => `p${one}` === stat)
  return key === undefined ? undefined : distribution.p[key]
}

const Z = 1.959963984540054

/** Failures of all that was answered or failed, in percent, with Wilson's interval. */
function errorShare({bad, ok}: CellSummary['counts']): Measured | undefined {
  const n = ok + bad
  if (n === 0) return undefined
  const share = bad / n
  const factor = Z ** 2 / n
  const centre = (share + factor / 2) / (1 + factor)
  const half = (Z / (1 + factor)) * Math.sqrt((share * (1 - share)) / n + factor / (4 * n))
  return times({value: share, low: Math.max(0, centre - half), high: Math.min(1, centre + half)}, 100)
}

function times(measured: Measured | undefined, factor: number): Measured | undefined {
  if (measured === undefined) return undefined
  const {high, low, value} = measured
  return {value: value * factor, low: low === null ? null : low * factor, high: high === null ? null : high * factor}
}

/**
 * The mean of repeats of one level. Its interval is no narrower than the repeats are apart: what drifts between them is
 * not in the interval of any.
 */
export function meanOfRepeats(repeats: readonly Measured[]): Measured | undefined {
  const [first] = repeats
  if (first === undefined || repeats.length === 1) return first
  const values = repeats.map(({value}) => value)
  const value = values.reduce((sum, one) => sum + one, 0) / values.length
  const apart = (Math.max(...values) - Math.min(...values)) / 2
  const half = (side: 'low' | 'high') => {
    const squares = repeats.map((one) => (one[side] === null ? Number.NaN : ((one[side] ?? 0) - one.value) ** 2))
    return Math.max(apart, Math.sqrt(squares.reduce((sum, square) => sum + square, 0)) / repeats.length)
  }
  const [low, high] = [half('low'), half('high')]
  return {value, low: Number.isNaN(low) ? null : value - low, high: Number.isNaN(high) ? null : value + high}
}

/** Difference of two numbers that were measured apart, by the method of variance estimates recovery. */
export function differenceOf(base: Measured, other: Measured): Measured {
  const value = other.value - base.value
  if (base.low === null || base.high === null || other.low === null || other.high === null) {
    return {value, low: null, high: null}
  }
  return {
    value,
    low: value - Math.hypot(other.value - other.low, base.high - base.value),
    high: value + Math.hypot(other.high - other.value, base.value - base.low),
  }
}
