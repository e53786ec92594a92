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
  /** Of what it is, where it is one metric. */
  readonly metric?: Metric
}

/** A metric by a statistic. */
export interface Metric {
  readonly namespace: string
  readonly name: string
  readonly dimensions: Readonly<Record<string, string>>
  readonly stat: string
}

/** A number stands for itself at every moment. */
export type Operand = number | Line | readonly Line[]

export const isSeries = (value: Operand): value is Line => typeof value === 'object' && 'points' in value

export type Values = readonly number[]

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
