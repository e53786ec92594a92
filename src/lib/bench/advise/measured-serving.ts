import type {CellSummary, RunSummary} from '../metrics/summary.schema.js'

/** What a server does at one level, for cost: everything of all its GPUs together. */
export interface MeasuredServing {
  readonly cells: readonly number[]
  readonly label: string
  readonly requestsPerSecond: number
  /** 95 % interval of that; null where it is not known. */
  readonly interval: {readonly low: number; readonly high: number} | null
  readonly inputTokens: number
  readonly outputTokens: number
  readonly tokensPerSecond: number
}

export interface MeasuredTarget {
  readonly target: RunSummary['targets'][number]
  /** At the level with the most requests a second that met all objectives; null without objectives, or if none did. */
  readonly atSlo: MeasuredServing | null
  /** At the level with the most requests a second, however late. */
  readonly withoutSlo: MeasuredServing | null
}

/** What a target of a run can do, with the objectives of the run and without. */
export function measureTarget(
  {cells, targets}: Pick<RunSummary, 'cells' | 'targets'>,
  place: number,
): MeasuredTarget | undefined {
  const target = targets[place]
  if (!target) return undefined
  const own = cellsOf(cells, place)
  const levels = [...new Set(own.map(({label}) => label))].map((label) => own.filter((cell) => cell.label === label))
  return {
    target,
    atSlo: best(levels.flatMap((level) => servingOf(level, goodOf) ?? [])),
    withoutSlo: best(levels.flatMap((level) => servingOf(level, allOf) ?? [])),
  }
}

function cellsOf(cells: readonly CellSummary[], place: number): readonly CellSummary[] {
  return cells.filter(({counts, target}) => target === place && counts.ok > 0)
}

interface Rate {
  readonly requestsPerSecond: number
  readonly interval: MeasuredServing['interval']
}

type RateOf = (cell: CellSummary) => Rate | undefined

function allOf({throughput}: CellSummary): Rate {
  return {requestsPerSecond: throughput.requestsPerSecond, interval: throughput.interval.requestsPerSecond}
}

/** The interval of the throughput, by the share of good requests: the two vary together, so that it is no narrower than this. */
function goodOf({goodput, throughput}: CellSummary): Rate | undefined {
  if (!goodput || goodput.requestsPerSecond <= 0) return undefined
  const whole = throughput.requestsPerSecond
  const {requestsPerSecond} = throughput.interval
  const factor = whole > 0 ? goodput.requestsPerSecond / whole : 0
  const interval = requestsPerSecond && {low: requestsPerSecond.low * factor, high: requestsPerSecond.high * factor}
  return {requestsPerSecond: goodput.requestsPerSecond, interval}
}

/** The repeats of a level together; tokens are those of answered requests, cached ones with them. */
function servingOf(cells: readonly CellSummary[], rateOf: RateOf): MeasuredServing | undefined {
  const rates = cells.flatMap((cell) => rateOf(cell) ?? [])
  const [first] = cells
  if (!first || rates.length < cells.length) return undefined
  const answered = cells.reduce((sum, {counts}) => sum + counts.ok, 0)
  const input = cells.reduce(
    (sum, {tokens}) => sum + tokens.input + (tokens.cacheRead ?? 0) + (tokens.cacheWrite ?? 0),
    0,
  )
  const output = cells.reduce((sum, {tokens}) => sum + tokens.output, 0)
  const requestsPerSecond = mean(rates.map((rate) => rate.requestsPerSecond))
  const intervals = rates.flatMap(({interval}) => interval ?? [])
  return {
    cells: cells.map(({cell}) => cell),
    label: first.label,
    requestsPerSecond,
    interval:
      intervals.length < rates.length
        ? null
        : {low: mean(intervals.map(({low}) => low)), high: mean(intervals.map(({high}) => high))},
    inputTokens: input / answered,
    outputTokens: output / answered,
    tokensPerSecond: (requestsPerSecond * (input + output)) / answered,
  }
}

function best(servings: readonly MeasuredServing[]): MeasuredServing | null {
  return servings.reduce<MeasuredServing | null>(
    (most, serving) => (most && most.requestsPerSecond >= serving.requestsPerSecond ? most : serving),
    null,
  )
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
