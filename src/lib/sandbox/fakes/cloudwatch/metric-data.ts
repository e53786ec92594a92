import type * as CloudWatch from '@aws-sdk/client-cloudwatch'
import {
  type Datapoint,
  InvalidNextToken,
  InvalidParameterCombinationException,
  InvalidParameterValueException,
  type MetricDataQuery,
  type MetricDataResult,
} from '@aws-sdk/client-cloudwatch'
import {handlersFor, type RequestContext, WireError} from '../../handler.js'
import type {Tally} from '../../metrics/tally.js'
import {pageOf} from '../page.js'
import type {Line, Point} from './math-values.js'
import {isTimezone, labelOf} from './metric-label.js'
import {answerQueries} from './metric-math.js'
import {keyOf, seriesHere, seriesNamed} from './metrics.js'
import {isPeriod, NO_PERIOD, periods, type Span} from './periods.js'
import {finder, type SearchWish} from './search.js'
import {type Series, tallyOf} from './series.js'
import {statisticOf} from './statistics.js'

const MOST_QUERIES = 500
const MOST_DATAPOINTS = 100_800
const MOST_STATISTICS = 1440
const NO_TIME = 'The parameter StartTime must be less than the parameter EndTime.'
const NO_ZONE = 'The parameter LabelOptions.Timezone must be + or - and four digits.'
const NO_PAGE = `The parameter MaxDatapoints must be between 1 and ${MOST_DATAPOINTS}.`
const ONE_KIND = 'Exactly one of the parameters Statistics and ExtendedStatistics must be given.'

export const metricData = handlersFor<typeof CloudWatch>()({
  GetMetricData(input, context) {
    const {MetricDataQueries: queries, StartTime, EndTime, NextToken, ScanBy, MaxDatapoints = MOST_DATAPOINTS} = input
    const {Timezone: timezone = '+0000'} = input.LabelOptions ?? {}
    if (queries.length > MOST_QUERIES)
      throw invalid(`The collection MetricDataQueries must not have a size greater than ${MOST_QUERIES}.`)
    if (StartTime >= EndTime) throw invalid(NO_TIME)
    if (MaxDatapoints < 1 || MaxDatapoints > MOST_DATAPOINTS) throw invalid(NO_PAGE)
    if (!isTimezone(timezone)) throw invalid(NO_ZONE)
    checkQueries(queries)
    const spansOf = spansFrom(StartTime.getTime(), EndTime.getTime(), context)
    const pointsOf = pointsFrom(spansOf, context)
    const answers = answerQueries(queries, {
      pointsOf,
      momentsOf: (period) => spansOf(period).map(({at}) => at),
      search: (wish) => searched(wish, pointsOf, context),
    })
    const {account, region} = context
    const results = queries.flatMap(({ReturnData = true, Id, Label: wanted}, index): MetricDataResult[] => {
      if (!ReturnData) return []
      return (answers[index] ?? []).map((line) => {
        const {points: ascending} = line
        const Label = labelOf(wanted, line, {account, region, timezone})
        const points = ScanBy === 'TimestampAscending' ? ascending : [...ascending].reverse()
        return {Id, Label, Timestamps: points.map(({at}) => at), Values: points.map(({value}) => value)}
      })
    })
    const pages = paged(results, MaxDatapoints)
    // What a token is good for is a long text; most answers need none.
    const whole = pages.length === 1 && NextToken === undefined
    const scope = whole ? '' : JSON.stringify([queries, StartTime, EndTime, ScanBy, MaxDatapoints, timezone])
    const page = pageOf(pages, {token: NextToken, size: 1, scope})
    if (!page) throw new InvalidNextToken({message: 'Invalid next token.', $metadata: {}})
    return {MetricDataResults: page.items.flat(), NextToken: page.next, Messages: []}
  },

  GetMetricStatistics(input, context) {
    const {Namespace, MetricName, Dimensions = [], Unit, StartTime, EndTime, Period} = input
    const {Statistics = [], ExtendedStatistics = []} = input
    if (StartTime >= EndTime) throw misfits(NO_TIME)
    if (Statistics.length > 0 === ExtendedStatistics.length > 0) throw misfits(ONE_KIND)
    const series = findSeries({Namespace, MetricName, Dimensions}, Unit, context)
    if (!isPeriod(Period)) throw new InvalidParameterValueException({message: NO_PERIOD, $metadata: {}})
    const spans = periods(StartTime.getTime(), EndTime.getTime(), Period, context.now())
    if (spans.length > MOST_STATISTICS) {
      const message = `You have requested up to ${spans.length} datapoints, which exceeds the limit of ${MOST_STATISTICS}.`
      throw misfits(message)
    }
    const datapoints = spans.flatMap(({from, to, at}): Datapoint[] => {
      const samples = tallyOf(series, from, to)
      if (samples.count === 0) return []
      const values = (names: readonly string[]) =>
        Object.fromEntries(names.map((name) => [name, statistic(samples, name)]))
      const extended = ExtendedStatistics.length > 0 && {ExtendedStatistics: values(ExtendedStatistics)}
      return [{Timestamp: at, Unit: series[0]?.unit, ...values(Statistics), ...extended}]
    })
    return {Label: MetricName, Datapoints: datapoints}
  },
})

/** Each with an id of its own and either a metric or an expression. */
function checkQueries(queries: readonly MetricDataQuery[]): void {
  const ids = queries.map(({Id = ''}) => Id)
  const wrong = ids.find((id) => !/^[a-z][a-zA-Z0-9_]*$/.test(id))
  if (wrong !== undefined)
    throw invalid(
      `The value ${wrong} for parameter MetricDataQueries.member.Id is not matching pattern ^[a-z][a-zA-Z0-9_]*$.`,
    )
  if (new Set(ids).size < ids.length) throw invalid('The values for parameter Id in MetricDataQueries are not unique.')
  if (queries.some(({MetricStat, Expression}) => (MetricStat === undefined) === (Expression === undefined))) {
    throw invalid('Each of MetricDataQueries must have either MetricStat or Expression.')
  }
  if (queries.every(({ReturnData}) => ReturnData === false)) {
    throw invalid('At least one of MetricDataQueries must have ReturnData set to true.')
  }
}

/** As many datapoints a page as fit; a metric that goes on on the next page says so. */
function paged(results: readonly MetricDataResult[], most: number): MetricDataResult[][] {
  const pages: MetricDataResult[][] = [[]]
  let room = most
  for (const {Timestamps = [], Values = [], ...told} of results) {
    let from = 0
    do {
      if (room === 0) {
        pages.push([])
        room = most
      }
      const to = Math.min(Values.length, from + room)
      const StatusCode = to < Values.length ? 'PartialData' : 'Complete'
      pages.at(-1)?.push({...told, Timestamps: Timestamps.slice(from, to), Values: Values.slice(from, to), StatusCode})
      room -= to - from
      from = to
    } while (from < Values.length)
  }
  return pages
}

/** Queries of one period share its moments. */
function spansFrom(from: number, to: number, context: RequestContext) {
  const known = new Map<number, readonly Span[]>()
  return (period: number): readonly Span[] => {
    const spans = known.get(period) ?? periods(from, to, period, context.now())
    known.set(period, spans)
    return spans
  }
}

/** Oldest first. */
function pointsFrom(spansOf: (period: number) => readonly Span[], context: RequestContext) {
  return ({Metric = {}, Unit, Period = 300, Stat = 'Sum'}: CloudWatch.MetricStat): readonly Point[] => {
    const spans = spansOf(Period)
    const series = findSeries(Metric, Unit, context)
    const points: Point[] = []
    for (const span of spans) {
      const tally = tallyOf(series, span.from, span.to)
      if (tally.count > 0) points.push({at: span.at, value: statistic(tally, Stat)})
    }
    return points
  }
}

/** CloudWatch finds no more than 100 metrics, of the last two weeks. */
const MOST_FOUND = 100

function searched(
  {text, stat, period}: SearchWish,
  pointsOf: (metric: CloudWatch.MetricStat) => readonly Point[],
  context: RequestContext,
): readonly Line[] {
  const found = seriesHere(context).filter(finder(text))
  const each = [...new Map(found.map((series) => [keyOf(series), series])).values()].slice(0, MOST_FOUND)
  return each.map(({namespace: Namespace, name: MetricName, dimensions}): Line => {
    const Dimensions = Object.entries(dimensions).map(([Name, Value]) => ({Name, Value}))
    const points = pointsOf({Metric: {Namespace, MetricName, Dimensions}, Period: period, Stat: stat})
    const metric = {namespace: Namespace, name: MetricName, dimensions, stat}
    return {label: [...Object.values(dimensions), MetricName].join(' '), period, points, metric}
  })
}

/** What writes a metric: the dimensions must be exactly its own, and so must the unit where one is asked for. */
function findSeries(
  {Namespace, MetricName, Dimensions = []}: CloudWatch.Metric,
  unit: string | undefined,
  context: RequestContext,
): readonly Series[] {
  const dimensions = Object.fromEntries(Dimensions.map(({Name = '', Value = ''}) => [Name, Value]))
  const named = seriesNamed({namespace: Namespace ?? '', name: MetricName ?? '', dimensions}, context)
  return unit === undefined ? named : named.filter((series) => series.unit === unit)
}

function statistic(tally: Tally, name: string): number {
  const value = statisticOf(tally, name)
  if (value === undefined) throw invalid(`The value ${name} for parameter Stat is not supported.`)
  return value
}

const misfits = (message: string): Error => new InvalidParameterCombinationException({message, $metadata: {}})
const invalid = (message: string): WireError => new WireError('ValidationError', message)
