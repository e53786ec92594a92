import type * as CloudWatch from '@aws-sdk/client-cloudwatch'
import {InvalidNextToken, InvalidParameterValueException, type MetricAlarm} from '@aws-sdk/client-cloudwatch'
import {handlersFor, type RequestContext} from '../handler.js'
import type {Alarm} from '../world/resources.js'
import {placeOf} from './account-place.js'
import {metricData} from './cloudwatch/metric-data.js'
import {keyOf, seriesHere} from './cloudwatch/metrics.js'
import {lastSample, type Series, tallyOf} from './cloudwatch/series.js'
import {type Page, type PageRequest, pageOf} from './page.js'

const HOUR_MS = 3_600_000
const LISTED_MS = 14 * 24 * HOUR_MS
const METRICS_PER_PAGE = 500

export default handlersFor<typeof CloudWatch>()({
  ...metricData,

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

  DescribeAlarms(input, context) {
    const {AlarmNames, AlarmNamePrefix, AlarmTypes, StateValue, ActionPrefix, MaxRecords = 50, NextToken} = input
    const metricAlarms =
      !AlarmTypes || AlarmTypes.includes('MetricAlarm') ? (placeOf(context).resources.alarms ?? []) : []
    const wanted = metricAlarms
      .filter(({name}) => !AlarmNames || AlarmNames.includes(name))
      .filter(({name}) => AlarmNamePrefix === undefined || name.startsWith(AlarmNamePrefix))
      .filter(({state = 'OK'}) => !StateValue || state === StateValue)
      .filter(({actions = []}) => ActionPrefix === undefined || actions.some((one) => one.startsWith(ActionPrefix)))
    const scope = JSON.stringify([AlarmNames, AlarmNamePrefix, AlarmTypes, StateValue, ActionPrefix])
    const {items, next} = alarmPage(wanted, {token: NextToken, size: MaxRecords, scope})
    return {MetricAlarms: items.map((alarm) => describeAlarm(alarm, context)), CompositeAlarms: [], NextToken: next}
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

function describeAlarm(alarm: Alarm, context: RequestContext): MetricAlarm {
  const {date, arn} = placeOf(context)
  const created = date(alarm.createdOn)
  return {
    AlarmName: alarm.name,
    AlarmArn: arn('cloudwatch', `alarm:${alarm.name}`),
    ...(alarm.description !== undefined && {AlarmDescription: alarm.description}),
    AlarmConfigurationUpdatedTimestamp: created,
    ActionsEnabled: alarm.actionsEnabled ?? true,
    OKActions: [],
    AlarmActions: [...(alarm.actions ?? [])],
    InsufficientDataActions: [],
    StateValue: alarm.state ?? 'OK',
    StateReason: 'Threshold Crossed: the latest datapoints were compared with the threshold.',
    StateUpdatedTimestamp: created,
    StateTransitionedTimestamp: created,
    MetricName: alarm.metric,
    Namespace: alarm.namespace,
    Statistic: alarm.statistic ?? 'Sum',
    Dimensions: dimensions(alarm.dimensions ?? {}),
    Period: alarm.periodSeconds ?? 300,
    EvaluationPeriods: alarm.evaluationPeriods ?? 1,
    Threshold: alarm.threshold,
    ComparisonOperator: (alarm.comparison ?? 'GreaterThanThreshold') as CloudWatch.ComparisonOperator,
    TreatMissingData: 'notBreaching',
  }
}

function alarmPage<Item>(all: readonly Item[], request: PageRequest): Page<Item> {
  const found = pageOf(all, request)
  if (!found) throw new InvalidNextToken({message: 'Invalid next token.', $metadata: {}})
  return found
}
