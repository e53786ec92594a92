export interface Point {
  readonly at: Date
  readonly value: number
}

/** A time series, oldest first. */
export interface Line {
  readonly label: string
  /** Seconds. */
  readonly period: number
  readonly points: readonly Point[]
}

/** A number stands for itself at every moment. */
export type Operand = number | Line | readonly Line[]

export const isSeries = (value: Operand): value is Line => typeof value === 'object' && 'points' in value

type Values = readonly number[]

/** What becomes one of several, or of the values of one. */
export const REDUCERS: Readonly<Record<string, (values: Values) => number>> = {
  SUM: (values) => values.reduce((sum, value) => sum + value, 0),
  AVG: (values) => values.reduce((sum, value) => sum + value, 0) / values.length,
  MIN: (values) => Math.min(...values),
  MAX: (values) => Math.max(...values),
}

/** What becomes of one series, or of each of several; all but FILL and IF leave moments without a value out. */
export const FUNCTIONS: Readonly<
  Record<string, (value: Line, more: readonly Operand[], momentsOf: (period: number) => readonly Date[]) => Operand>
> = {
  ABS: (line) => each(line, (value) => Math.abs(value)),
  CEIL: (line) => each(line, (value) => Math.ceil(value)),
  FLOOR: (line) => each(line, (value) => Math.floor(value)),
  LOG: (line) => each(line, (value) => Math.log(value)),
  LOG10: (line) => each(line, (value) => Math.log10(value)),
  PERIOD: (line) => each(line, () => line.period),
  RATE: (line) => between(line, (change, seconds) => change / seconds),
  DIFF: (line) => between(line, (change) => change),
  DIFF_TIME: (line) => between(line, (_, seconds) => seconds),
  RUNNING_SUM: runningSum,
  FILL: (line, [by], momentsOf) => (typeof by === 'number' ? filled(line, by, momentsOf(line.period)) : line),
  IF: (line, [then = line, otherwise]) => chosen(line, then, otherwise),
  REMOVE_EMPTY: (line) => (line.points.length > 0 ? line : []),
}

/** A function of each series. */
export function spread(value: Operand, by: (line: Line) => Operand): Operand {
  if (typeof value === 'number') {
    const single = by({label: '', period: 0, points: [{at: new Date(0), value}]})
    return typeof single === 'number' || !isSeries(single) ? single : (single.points[0]?.value ?? 0)
  }
  if (isSeries(value)) return by(value)
  return value.flatMap((line) => {
    const one = by(line)
    return typeof one === 'number' ? [] : isSeries(one) ? [one] : one
  })
}

/** Of one series a number; of several a series, at each moment that one of them has a value. */
export function reduced(value: Operand, by: (values: Values) => number): Operand {
  if (typeof value === 'number') return by([value])
  if (isSeries(value)) return value.points.length === 0 ? 0 : by(value.points.map((point) => point.value))
  const moments = new Map<number, number[]>()
  for (const {points} of value) {
    for (const point of points) {
      const known = moments.get(point.at.getTime())
      if (known) known.push(point.value)
      else moments.set(point.at.getTime(), [point.value])
    }
  }
  const points = [...moments].sort(([a], [b]) => a - b).map(([at, values]) => ({at: new Date(at), value: by(values)}))
  return {label: '', period: value[0]?.period ?? 0, points}
}

/** Of several series one with one; where one has no value, the result has none, nor where it is no number. */
export function combined(operands: readonly Operand[], by: (values: Values) => number): Operand {
  const many = operands.find((one): one is readonly Line[] => typeof one === 'object' && !isSeries(one))
  if (!many) return joined(operands as readonly (number | Line)[], by)
  return many.map((line, index) => {
    const own = operands.map((one) => {
      if (typeof one === 'number' || isSeries(one)) return one
      return one === many ? line : (one[index] ?? line)
    })
    return {...(joined(own, by) as Line), label: line.label}
  })
}

function joined(operands: readonly (number | Line)[], by: (values: Values) => number): number | Line {
  const series = operands.filter((one): one is Line => typeof one !== 'number')
  const [first, ...others] = series
  if (!first) return by(operands as Values)
  const known = others.map(({points}) => new Map(points.map(({at, value}) => [at.getTime(), value])))
  const points = first.points.flatMap(({at, value}): Point[] => {
    const rest = known.map((values) => values.get(at.getTime()))
    if (rest.some((one) => one === undefined)) return []
    const own = [value, ...(rest as Values)]
    const result = by(operands.map((one) => (typeof one === 'number' ? one : (own[series.indexOf(one)] ?? 0))))
    return Number.isFinite(result) ? [{at, value: result}] : []
  })
  return {...first, points}
}

const each = (line: Line, by: (value: number) => number): Line => ({
  ...line,
  points: line.points.map(({at, value}) => ({at, value: by(value)})),
})

function between(line: Line, by: (change: number, seconds: number) => number): Line {
  const points = line.points.slice(1).map(({at, value}, index) => {
    const before = line.points[index]
    const seconds = (at.getTime() - (before?.at.getTime() ?? 0)) / 1000
    return {at, value: by(value - (before?.value ?? 0), seconds)}
  })
  return {...line, points}
}

function runningSum(line: Line): Line {
  let total = 0
  return each(line, (value) => {
    total += value
    return total
  })
}

/** Every moment that was asked for, also those without a value. */
function filled(line: Line, by: number, moments: readonly Date[]): Line {
  const known = new Map(line.points.map(({at, value}) => [at.getTime(), value]))
  return {...line, points: moments.map((at) => ({at, value: known.get(at.getTime()) ?? by}))}
}

function chosen(condition: Line, then: Operand, otherwise: Operand | undefined): Line {
  const valueAt = (operand: Operand | undefined, at: Date): number | undefined => {
    if (operand === undefined || typeof operand === 'number') return operand
    const line = isSeries(operand) ? operand : operand[0]
    return line?.points.find((point) => point.at.getTime() === at.getTime())?.value
  }
  const points = condition.points.flatMap(({at, value}): Point[] => {
    const picked = valueAt(value === 0 ? otherwise : then, at)
    return picked === undefined ? [] : [{at, value: picked}]
  })
  return {...condition, points}
}
