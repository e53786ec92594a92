import type * as CloudWatch from '@aws-sdk/client-cloudwatch'
import {InvalidParameterValueException} from '@aws-sdk/client-cloudwatch'
import {handlersFor} from '../handler.js'
import {alarmHistory} from './cloudwatch/alarm-history.js'
import {describeAlarms} from './cloudwatch/describe-alarms.js'
import {metricData} from './cloudwatch/metric-data.js'
import {keyOf, seriesHere} from './cloudwatch/metrics.js'
import {lastSample, type Series, tallyOf} from './cloudwatch/series.js'
import {pageOf} from './page.js'

const HOUR_MS = 3_600_000
const LISTED_MS = 14 * 24 * HOUR_MS
const METRICS_PER_PAGE = 500

export default handlersFor<typeof CloudWatch>()({
  ...metricData,
  ...describeAlarms,
  ...alarmHistory,

  ListMetrics({Namespace, MetricName, Dimensions = [], NextToken, RecentlyActive}, context) {
    const since = context.now() - (RecentlyActive ? 3 * HOUR_MS : LISTED_MS)
    const wanted = seriesHere(context).filter(
      (series) =>
        (Namespace === undefined || series.namespace === Namespace) &&
        (MetricName === undefined || series.name === MetricName) &&
        Dimensions.every(({Name, Value}) => hasDimension(series, Name, Value)) &&
        lastSample(series, context.now()) > since &&
        happens(series, context.now()),
    )
    const scope = JSON.stringify([Namespace, MetricName, Dimensions, RecentlyActive])
    const page = pageOf(oneEach(wanted), {token: NextToken, size: METRICS_PER_PAGE, scope})
    if (!page) throw new InvalidParameterValueException({message: 'Invalid nextToken', $metadata: {}})
    const metrics = page.items.map((series) => ({
      Namespace: series.namespace,
      MetricName: series.name,
      Dimensions: dimensions(series.dimensions),
    }))
    return {Metrics: metrics, NextToken: page.next}
  },
})

const RARE = /^Invocation(Throttles|ClientErrors|ServerErrors)$/

/** CloudWatch knows a metric by its data: what may go wrong and did not has none. */
function happens(series: Series, now: number): boolean {
  return !RARE.test(series.name) || 'rhythm' in series || tallyOf([series], now - 3 * HOUR_MS, now).count > 0
}

/** Two usages of a model write one metric. */
function oneEach(series: readonly Series[]): readonly Series[] {
  const named = series.map((one) => [keyOf(one), one] as const)
  return [...new Map(named.toReversed()).values()].toReversed()
}

function hasDimension({dimensions: own}: Series, name: string | undefined, value: string | undefined): boolean {
  const found = name === undefined ? undefined : own[name]
  return found !== undefined && (value === undefined || found === value)
}

const dimensions = (named: Readonly<Record<string, string>>) =>
  Object.entries(named).map(([Name, Value]) => ({Name, Value}))
