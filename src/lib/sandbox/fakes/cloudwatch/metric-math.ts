import type {MetricDataQuery, MetricStat} from '@aws-sdk/client-cloudwatch'
import {WireError} from '../../handler.js'
import {type Argument, FUNCTIONS, type Grounds, REDUCERS, SELECTORS, timeSeries} from './math-functions.js'
import {tokensOf} from './math-tokens.js'
import {combined, isSeries, type Line, type Metric, type Operand, type Point, reduced, spread} from './math-values.js'
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
    if (metric) {
      const {Period: period = 0} = metric
      return {label: nameOf(query), period, points: source.pointsOf(metric), metric: metricOf(metric)}
    }
    // METRICS() are the queries of metrics, those of a text in their ids.
    const metrics = (text: string) =>
      queries.filter(({Id = '', MetricStat}) => MetricStat && Id.includes(text)).map(({Id = ''}) => named(Id) as Line)
    return evaluate({...source, expression, named, metrics, period: Period})
  }
  return queries.map((query) => {
    const {Id = '', Expression} = query
    const value = answer(Id, [])
    if (typeof value === 'number') throw wrong('An expression must come to a time series, not to a single value.')
    if (!isSeries(value)) return value
    return [Expression === undefined ? value : {...value, label: nameOf(query)}]
  })
}

const nameOf = ({MetricStat, Id = ''}: MetricDataQuery): string => MetricStat?.Metric?.MetricName ?? Id

function metricOf({Metric: {Namespace = '', MetricName = '', Dimensions = []} = {}, Stat = ''}: MetricStat): Metric {
  const dimensions = Object.fromEntries(Dimensions.map(({Name = '', Value = ''}) => [Name, Value]))
  return {namespace: Namespace, name: MetricName, dimensions, stat: Stat}
}

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

/** Arithmetic and comparisons of queries and numbers, and the functions that CloudWatch documents, but for a few. */
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
  const lines: Line[] = []
  let at = from
  do {
    const {value, at: after} = binary(reading, at + 1, 0)
    if (typeof value !== 'number') lines.push(...(isSeries(value) ? [value] : value))
    at = after
  } while (reading.words[at] === ',')
  return {value: lines, at: closed(reading, at, ']')}
}

function called(reading: Reading, name: string, from: number): Read {
  const {words, expression} = reading
  if (name === 'METRICS') {
    const text = words[from] ?? ''
    const quoted = /^["']/.test(text)
    return {value: reading.metrics(quoted ? text.slice(1, -1) : ''), at: closed(reading, quoted ? from + 1 : from, ')')}
  }
  if (name === 'SEARCH') return searched(reading, from)
  if (NOT_SERVED.has(name)) throw notServed(expression)
  const {items, at} = given(reading, from)
  const value = applied(name, items, reading)
  if (value === undefined) throw wrong(`Error in expression: ${name} does not take what it is given in ${expression}.`)
  return {value, at}
}

const NOT_SERVED: ReadonlySet<string> = new Set([
  'ANOMALY_DETECTION_BAND',
  'DB_PERF_INSIGHTS',
  'INSIGHT_RULE_METRIC',
  'LAMBDA',
  'SERVICE_QUOTA',
])
/** Where nothing says a period. */
const USUAL_PERIOD = 60

/** `undefined` where a function does not take its operands. */
function applied(name: string, [first, ...rest]: readonly Argument[], reading: Reading): Operand | undefined {
  const {expression, momentsOf, period} = reading
  const [reduce, apply, select] = [REDUCERS[name], FUNCTIONS[name], SELECTORS[name]]
  if (!(reduce || apply || select || name === 'TIME_SERIES'))
    throw wrong(`Error in expression: there is no function ${name}: ${expression}.`)
  if (first === undefined || typeof first === 'string') return undefined
  const grounds: Grounds = {momentsOf, period: period ?? USUAL_PERIOD}
  if (name === 'TIME_SERIES') return typeof first === 'number' ? timeSeries(first, grounds) : undefined
  if (reduce) return reduced(first, reduce)
  if (apply) return spread(first, (one) => apply(one, rest, grounds))
  return typeof first === 'number' ? undefined : select?.(isSeries(first) ? [first] : first, rest)
}

const WORD = /^[A-Z]+$/

/** What a function is given: operands, and words such as DESC or REPEAT. */
function given(reading: Reading, from: number): {readonly items: readonly Argument[]; readonly at: number} {
  const {words} = reading
  if (words[from] === ')') return {items: [], at: from + 1}
  const items: Argument[] = []
  let at = from - 1
  do {
    const word = words[at + 1] ?? ''
    if (WORD.test(word) && words[at + 2] !== '(') {
      items.push(word)
      at += 2
    } else {
      const one = binary(reading, at + 1, 0)
      items.push(one.value)
      at = one.at
    }
  } while (words[at] === ',')
  return {items, at: closed(reading, at, ')')}
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
