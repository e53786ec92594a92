import type {MetricDataQuery, MetricStat} from '@aws-sdk/client-cloudwatch'
import {WireError} from '../../handler.js'

export interface Point {
  readonly at: Date
  readonly value: number
}

type Points = readonly Point[]
/** A number stands for itself at every moment. */
type Operand = number | Points

/** What each query comes to, oldest first; expressions after the queries that they name. */
export function answerQueries(
  queries: readonly MetricDataQuery[],
  pointsOf: (metric: MetricStat) => Points,
): readonly Points[] {
  const answers = new Map<string, Points>()
  const byId = new Map(queries.map((query) => [query.Id ?? '', query]))
  const answer = (id: string, asking: readonly string[]): Points => {
    const known = answers.get(id)
    if (known) return known
    const query = byId.get(id)
    if (!query || asking.includes(id))
      throw wrong(`The expression names ${id}, which is no other query of the request.`)
    const {MetricStat: metric, Expression = ''} = query
    const points = metric ? pointsOf(metric) : evaluate(Expression, (named) => answer(named, [...asking, id]))
    answers.set(id, points)
    return points
  }
  return queries.map(({Id = ''}) => answer(Id, []))
}

const TOKEN = /\s*(\d+(?:\.\d+)?|[a-z][a-zA-Z0-9_]*|[A-Z_]+(?=\s*\()|[-+*/(),[\]])/gy
const REDUCERS: Readonly<Record<string, (values: readonly number[]) => number>> = {
  SUM: (values) => values.reduce((sum, value) => sum + value, 0),
  AVG: (values) => values.reduce((sum, value) => sum + value, 0) / values.length,
  MIN: (values) => Math.min(...values),
  MAX: (values) => Math.max(...values),
}

/** Arithmetic of queries and numbers, and SUM, AVG, MIN and MAX of lists of them; other functions are not served. */
function evaluate(expression: string, named: (id: string) => Points): Points {
  const tokens = [...expression.matchAll(TOKEN)]
  const read = tokens.reduce((length, [text]) => length + text.length, 0)
  if (read !== expression.trimEnd().length) throw notServed(expression)
  const words = tokens.map((match) => match[1] ?? '')
  const {value, at} = sum({words, named, expression}, 0)
  if (at !== words.length) throw wrong(`Error in expression: unexpected ${words[at]} in ${expression}.`)
  if (typeof value === 'number') throw wrong('An expression must come to a time series, not to a single value.')
  return value
}

interface Reading {
  readonly words: readonly string[]
  readonly named: (id: string) => Points
  readonly expression: string
}

interface Read {
  readonly value: Operand
  /** Where the next word is. */
  readonly at: number
}

function sum(reading: Reading, from: number): Read {
  let {value, at} = product(reading, from)
  for (let sign = reading.words[at]; sign === '+' || sign === '-'; sign = reading.words[at]) {
    const next = product(reading, at + 1)
    value = combined([value, next.value], sign === '+' ? ([a = 0, b = 0]) => a + b : ([a = 0, b = 0]) => a - b)
    at = next.at
  }
  return {value, at}
}

function product(reading: Reading, from: number): Read {
  let {value, at} = single(reading, from)
  for (let sign = reading.words[at]; sign === '*' || sign === '/'; sign = reading.words[at]) {
    const next = single(reading, at + 1)
    value = combined([value, next.value], sign === '*' ? ([a = 0, b = 0]) => a * b : ([a = 0, b = 0]) => a / b)
    at = next.at
  }
  return {value, at}
}

function single(reading: Reading, at: number): Read {
  const {words, named, expression} = reading
  const word = words[at] ?? ''
  if (/^\d/.test(word)) return {value: Number(word), at: at + 1}
  if (/^[a-z]/.test(word)) return {value: named(word), at: at + 1}
  if (word === '-') {
    const {value, at: after} = single(reading, at + 1)
    return {value: combined([value], ([a = 0]) => -a), at: after}
  }
  if (word === '(') {
    const {value, at: after} = sum(reading, at + 1)
    return {value, at: closed(reading, after, ')')}
  }
  const reduce = REDUCERS[word]
  if (!reduce || words[at + 1] !== '(' || words[at + 2] !== '[') throw notServed(expression)
  const values: Operand[] = []
  let after = at + 2
  do {
    const one = sum(reading, after + 1)
    values.push(one.value)
    after = one.at
  } while (words[after] === ',')
  return {value: combined(values, reduce), at: closed(reading, closed(reading, after, ']'), ')')}
}

function closed({words, expression}: Reading, at: number, sign: string): number {
  if (words[at] !== sign) throw wrong(`Error in expression: ${sign} is missing in ${expression}.`)
  return at + 1
}

/** Where one of the series has no value, the result has none, nor where it is no number. */
function combined(operands: readonly Operand[], by: (values: readonly number[]) => number): Operand {
  const series = operands.filter((one): one is Points => typeof one !== 'number')
  const [first, ...others] = series
  if (!first) return by(operands as readonly number[])
  const known = others.map((points) => new Map(points.map(({at, value}) => [at.getTime(), value])))
  return first.flatMap(({at, value}): Point[] => {
    const rest = known.map((values) => values.get(at.getTime()))
    if (rest.some((one) => one === undefined)) return []
    const own = [value, ...(rest as readonly number[])]
    const result = by(operands.map((one) => (typeof one === 'number' ? one : (own[series.indexOf(one)] ?? 0))))
    return Number.isFinite(result) ? [{at, value: result}] : []
  })
}

const wrong = (message: string): WireError => new WireError('ValidationError', message)

const notServed = (expression: string): WireError =>
  new WireError('NotImplemented', `The sandbox does not evaluate the expression ${expression}.`, 501)
