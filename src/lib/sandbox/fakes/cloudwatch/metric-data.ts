import type * as CloudWatch from '@aws-sdk/client-cloudwatch'
import {
  type Datapoint,
  InvalidNextToken,
  InvalidParameterCombinationException,
  type MetricDataQuery,
  type MetricDataResult,
} from '@aws-sdk/client-cloudwatch'
import {handlersFor, type RequestContext, WireError} from '../../handler.js'
import type {Tally} from '../../metrics/tally.js'
import {pageOf} from '../page.js'
import {seriesNamed} from './metrics.js'
import {type Series, tallyOf} from './series.js'
import {statisticOf} from './statistics.js'

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
const MOST_QUERIES = 500
const MOST_DATAPOINTS = 100_800
const MOST_STATISTICS = 1440
const NO_TIME = 'The parameter StartTime must be less than the parameter EndTime.'
const ONE_KIND = 'Exactly one of the parameters Statistics and ExtendedStatistics must be given.'

export const metricData = handlersFor<typeof CloudWatch>()({
  GetMetricData(input, context) {
    const {MetricDataQueries: queries, StartTime, EndTime, NextToken, ScanBy, MaxDatapoints = MOST_DATAPOINTS} = input
    if (queries.length > MOST_QUERIES)
      throw invalid(`The collection MetricDataQueries must not have a size greater than ${MOST_QUERIES}.`)
    if (StartTime >= EndTime) throw invalid(NO_TIME)
    checkQueries(queries)
    const wanted = queries.filter(({ReturnData = true}) => ReturnData)
    const results = wanted.map((query): MetricDataResult => {
      const points = pointsOf(query, StartTime.getTime(), EndTime.getTime(), context, ScanBy)
      return {
        Id: query.Id,
        Label: query.Label ?? query.MetricStat?.Metric?.MetricName,
        Timestamps: points.map(({time}) => new Date(time)),
        Values: points.map(({value}) => value),
        StatusCode: 'Complete',
      }
    })
    const pages = paged(results, MaxDatapoints)
    const scope = JSON.stringify([queries, StartTime, EndTime, ScanBy, MaxDatapoints])
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
    const spans = periods(StartTime.getTime(), EndTime.getTime(), Period, context.now())
    if (spans.length > MOST_STATISTICS) {
      const message = `You have requested up to ${spans.length} datapoints, which exceeds the limit of ${MOST_STATISTICS}.`
      throw misfits(message)
    }
    const datapoints = spans.flatMap(([from, to]): Datapoint[] => {
      const samples = tallyOf(series, from, to)
      if (samples.count === 0) return []
      const values = (names: readonly string[]) =>
        Object.fromEntries(names.map((name) => [name, statistic(samples, name)]))
      const extended = ExtendedStatistics.length > 0 && {ExtendedStatistics: values(ExtendedStatistics)}
      return [{Timestamp: new Date(from), Unit: series[0]?.unit, ...values(Statistics), ...extended}]
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
}

/** Whole results, as many a page as have that many datapoints together; at least one. */
function paged(results: readonly MetricDataResult[], most: number): MetricDataResult[][] {
  const pages: MetricDataResult[][] = [[]]
  let filled = 0
  for (const result of results) {
    const size = result.Values?.length ?? 0
    if (filled + size > most && filled > 0) {
      pages.push([])
      filled = 0
    }
    pages.at(-1)?.push(result)
    filled += size
  }
  return pages
}

interface Point {
  readonly time: number
  readonly value: number
}

function pointsOf(
  {MetricStat: metric, Expression}: MetricDataQuery,
  from: number,
  to: number,
  context: RequestContext,
  scanBy: CloudWatch.ScanBy | undefined,
): readonly Point[] {
  if (!metric) throw new WireError('NotImplemented', `The sandbox does not evaluate the expression ${Expression}.`, 501)
  const series = findSeries(metric.Metric ?? {}, metric.Unit, context)
  const period = metric.Period ?? 300
  const points = periods(from, to, period, context.now()).flatMap(([start, end]): Point[] => {
    const samples = tallyOf(series, start, end)
    return samples.count > 0 ? [{time: start, value: statistic(samples, metric.Stat ?? 'Sum')}] : []
  })
  return scanBy === 'TimestampAscending' ? points : points.reverse()
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

/**
 * Periods from `from` on, which is rounded down to what is kept: minutes for 15 days, five minutes for 63, hours for
 * 455. A period that is no multiple of that has no data.
 */
function periods(from: number, to: number, seconds: number, now: number): readonly (readonly [number, number])[] {
  if (seconds % 60 !== 0) throw invalid('The parameter Period must be a multiple of 60.')
  const length = seconds * 1000
  const keptDays = seconds % 3600 === 0 ? 455 : seconds % 300 === 0 ? 63 : 15
  const oldest = now - keptDays * DAY_MS
  const age = now - from
  const grain = age <= 15 * DAY_MS ? MINUTE_MS : age <= 63 * DAY_MS ? 5 * MINUTE_MS : 60 * MINUTE_MS
  const end = Math.min(to, now)
  const start = Math.floor(from / grain) * grain
  const gone = Math.max(0, Math.floor((oldest - start) / length))
  const spans: (readonly [number, number])[] = []
  for (let time = start + gone * length; time < end; time += length) spans.push([time, Math.min(time + length, end)])
  return spans
}

function statistic(tally: Tally, name: string): number {
  const value = statisticOf(tally, name)
  if (value === undefined) throw invalid(`The value ${name} for parameter Stat is not supported.`)
  return value
}

const misfits = (message: string): Error => new InvalidParameterCombinationException({message, $metadata: {}})
const invalid = (message: string): WireError => new WireError('ValidationError', message)
