import type {MetricDataQuery, MetricStat} from '@aws-sdk/client-cloudwatch'
import {WireError} from '../../handler.js'
import {tokensOf} from './math-tokens.js'
import {
  combined,
  FUNCTIONS,
  isSeries,
  type Line,
  type Operand,
  type Point,
  REDUCERS,
  reduced,
  spread,
} from './math-values.js'
import type {SearchWish} from './search.js'

/** Where the values of metrics come from. */
export interface MetricSource {
  /** Oldest first. */
  pointsOf(metric: MetricStat): readonly Point[]
  /** The beginnings of all periods of so many seconds. */
  momentsOf(period: number): readonly Date[]
  /** Every metric that a search finds, with its points. */
  search(wish: SearchWish): readonly Line[]
}

/** What each query comes to; expressions after the queries that they name. An expression may come to several. */
export function answerQueries(queries: readonly MetricDataQuery[], source: MetricSource): readonly (readonly Line[])[] {
  const answers = new Map<string, Operand>()
  const byId = new Map(queries.map((query) => [query.Id ?? '', query]))
  const answer = (id: string, asking: readonly string[]): Operand => {
    const known = answers.get(id)
    if (known !== undefined) return known
    const query = byId.get(id)
    if (!query || asking.includes(id))
      throw wrong(`The expression names ${id}, which is no other query of the request.`)
    const value = comesTo(query, (named) => answer(named, [...asking, id]))
    answers.set(id, value)
    return value
  }
  const comesTo = (query: MetricDataQuery, named: Reading['named']): Operand => {
    const {MetricStat: metric, Expression: expression = '', Period} = query
    if (metric) return {label: nameOf(query), period: metric.Period ?? 0, points: source.pointsOf(metric)}
    // METRICS() are the queries of metrics, those of a text in their ids.
    const metrics = (text: string) =>
      queries.filter(({Id = '', MetricStat}) => MetricStat && Id.includes(text)).map(({Id = ''}) => named(Id) as Line)
    return evaluate({...source, expression, named, metrics, period: Period})
  }
  return queries.map((query) => {
    const {Id = '', Expression} = query
    const value = answer(Id, [])
    if (typeof value === 'number') throw wrong('An expression must come to a time series, not to a single value.')
    const label = nameOf(query)
    if (!isSeries(value)) return value.map((line) => ({...line, label: query.Label ?? line.label}))
    return [Expression === undefined ? value : {...value, label}]
  })
}

const nameOf = ({Label, MetricStat, Id = ''}: MetricDataQuery): string => Label ?? MetricStat?.Metric?.MetricName ?? Id

interface Reading {
  readonly expression: string
  readonly words: readonly string[]
  readonly named: (id: string) => Operand
  readonly metrics: (text: string) => readonly Line[]
  readonly search: MetricSource['search']
  readonly momentsOf: MetricSource['momentsOf']
  /** Of the query, for a search that says none. */
  readonly period: number | undefined
}

interface Read {
  readonly value: Operand
  /** Where the next word is. */
  readonly at: number
}

/** Arithmetic and comparisons of queries and numbers, and the functions that dashboards and alarms use most. */
function evaluate(asked: Omit<Reading, 'words'>): Operand {
  const words = tokensOf(asked.expression)
  if (!words) throw notServed(asked.expression)
  const reading = {...asked, words}
  const {value, at} = binary(reading, 0, 0)
  if (at !== words.length) throw wrong(`Error in expression: unexpected ${words[at]} in ${asked.expression}.`)
  return value
}

type Operator = (a: number, b: number) => number

/** From the loosest to the tightest. */
const OPERATORS: readonly Readonly<Record<string, Operator>>[] = [
  {'||': (a, b) => Number(a !== 0 || b !== 0), OR: (a, b) => Number(a !== 0 || b !== 0)},
  {'&&': (a, b) => Number(a !== 0 && b !== 0), AND: (a, b) => Number(a !== 0 && b !== 0)},
  {
    '<=': (a, b) => Number(a <= b),
    '>=': (a, b) => Number(a >= b),
    '==': (a, b) => Number(a === b),
    '!=': (a, b) => Number(a !== b),
    '<': (a, b) => Number(a < b),
    '>': (a, b) => Number(a > b),
  },
  {'+': (a, b) => a + b, '-': (a, b) => a - b},
  {'*': (a, b) => a * b, '/': (a, b) => a / b},
  {'^': (a, b) => a ** b},
]

function binary(reading: Reading, from: number, level: number): Read {
  const operators = OPERATORS[level]
  if (!operators) return single(reading, from)
  let {value, at} = binary(reading, from, level + 1)
  for (let by = operators[reading.words[at] ?? '']; by; by = operators[reading.words[at] ?? '']) {
    const next = binary(reading, at + 1, level + 1)
    const apply = by
    value = combined([value, next.value], ([a = 0, b = 0]) => apply(a, b))
    at = next.at
  }
  return {value, at}
}

function single(reading: Reading, at: number): Read {
  const {words, named, expression} = reading
  const word = words[at] ?? ''
  if (word === '') throw wrong(`Error in expression: it ends too soon: ${expression}.`)
  if (/^[\d.]/.test(word)) return {value: Number(word), at: at + 1}
  if (/^[a-z]/.test(word)) return {value: named(word), at: at + 1}
  if (word === '-') {
    const {value, at: after} = binary(reading, at + 1, OPERATORS.length - 1)
    return {value: combined([value], ([a = 0]) => -a), at: after}
  }
  if (word === '(') {
    const {value, at: after} = binary(reading, at + 1, 0)
    return {value, at: closed(reading, after, ')')}
  }
  if (word === '[') return list(reading, at)
  if (word === 'SELECT') throw notServed(expression)
  if (words[at + 1] !== '(') throw wrong(`Error in expression: unexpected ${word} in ${expression}.`)
  return called(reading, word, at + 2)
}

/** `[a, b]` */
function list(reading: Reading, from: number): Read {
  const {items, at} = several(reading, from + 1, ']')
  return {value: items.flatMap((item) => (typeof item === 'number' ? [] : isSeries(item) ? [item] : item)), at}
}

function several(
  reading: Reading,
  from: number,
  end: string,
): {readonly items: readonly Operand[]; readonly at: number} {
  if (reading.words[from] === end) return {items: [], at: from + 1}
  const items: Operand[] = []
  let at = from - 1
  do {
    const one = binary(reading, at + 1, 0)
    items.push(one.value)
    at = one.at
  } while (reading.words[at] === ',')
  return {items, at: closed(reading, at, end)}
}

function called(reading: Reading, name: string, from: number): Read {
  const {words, expression} = reading
  if (name === 'METRICS') {
    const text = words[from] ?? ''
    const quoted = /^["']/.test(text)
    return {value: reading.metrics(quoted ? text.slice(1, -1) : ''), at: closed(reading, quoted ? from + 1 : from, ')')}
  }
  if (name === 'SEARCH') return searched(reading, from)
  const reduce = REDUCERS[name]
  const apply = FUNCTIONS[name]
  if (!reduce && !apply) throw notServed(expression)
  const {items, at} = several(reading, from, ')')
  const [first, ...rest] = items
  if (first === undefined) throw wrong(`Error in expression: ${name} needs an operand in ${expression}.`)
  if (reduce) return {value: reduced(first, reduce), at}
  return {value: spread(first, (one) => apply?.(one, rest, reading.momentsOf) ?? one), at}
}

/** `SEARCH('{namespace, dimensions} words', 'Sum', 60)` */
function searched(reading: Reading, from: number): Read {
  const {words, expression, search, period} = reading
  const end = words.indexOf(')', from)
  const [text = '', stat = '', seconds] = words.slice(from, end).filter((word) => word !== ',')
  if (end < 0 || !/^["']/.test(text) || !/^["']/.test(stat)) throw wrong(`Error in expression: ${expression}.`)
  const wish = {text: text.slice(1, -1), stat: stat.slice(1, -1), period: Number(seconds ?? period ?? 300)}
  return {value: search(wish), at: end + 1}
}

function closed({words, expression}: Reading, at: number, sign: string): number {
  if (words[at] !== sign) throw wrong(`Error in expression: ${sign} is missing in ${expression}.`)
  return at + 1
}

const wrong = (message: string): WireError => new WireError('ValidationError', message)

const notServed = (expression: string): WireError =>
  new WireError('NotImplemented', `The sandbox does not evaluate the expression ${expression}.`, 501)
