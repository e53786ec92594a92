import {
  CloudWatchClient,
  type Dimension,
  type Metric,
  type MetricAlarm,
  paginateDescribeAlarms,
  paginateListMetrics,
} from '@aws-sdk/client-cloudwatch'
import type {Readers} from '../../account/ports/readers.js'
import type {ReadItem} from '../../account/snapshot.schema.js'
import type {Wire} from '../wire.js'
import {asks} from './asking.js'
import {readUsage} from './usage.js'

type MetricItem = ReadItem<'cloudwatch:bedrock-metrics'>

const NAMESPACES = ['AWS/Bedrock', 'AWS/BedrockMantle', 'AWS/Bedrock/Guardrails', 'AWS/Bedrock/Agents']
const OF_BEDROCK = /^AWS\/Bedrock/

export function metricReaders(wire: Wire): Readers {
  const ask = asks(wire, {service: 'cloudwatch', prefix: 'cloudwatch', build: (config) => new CloudWatchClient(config)})
  return {
    async 'cloudwatch:bedrock-metrics'(context) {
      const cloudwatch = ask(context)
      const found = await Promise.all(
        NAMESPACES.map((Namespace) =>
          cloudwatch.all(
            'ListMetrics',
            (client, options) => paginateListMetrics({client}, {Namespace}, options),
            (page) => page.Metrics,
          ),
        ),
      )
      return found.flat().map(toMetric)
    },
    async 'cloudwatch:alarms'(context) {
      const alarms = await ask(context).all(
        'DescribeAlarms',
        (client, options) => paginateDescribeAlarms({client, pageSize: 100}, {AlarmTypes: ['MetricAlarm']}, options),
        (page) => page.MetricAlarms?.map(toAlarm).filter(({metrics}) => metrics.length > 0),
      )
      return alarms
    },
    'cloudwatch:bedrock-usage': (context, metrics) => readUsage(metrics, ask(context), context.now),
  }
}

function dimensionsOf(dimensions: readonly Dimension[] | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries((dimensions ?? []).map(({Name, Value}) => [Name ?? '', Value ?? '']))
}

function toMetric({Namespace, MetricName, Dimensions}: Metric): MetricItem {
  return {namespace: Namespace ?? '', name: MetricName ?? '', dimensions: dimensionsOf(Dimensions)}
}

/** An alarm with the metrics of Bedrock that it watches, by itself or in an expression; none when it watches others. */
function toAlarm(alarm: MetricAlarm): ReadItem<'cloudwatch:alarms'> {
  const watched = [
    ...(alarm.MetricName === undefined ? [] : [toMetric(alarm)]),
    ...(alarm.Metrics ?? []).flatMap(({MetricStat}) => (MetricStat?.Metric ? [toMetric(MetricStat.Metric)] : [])),
  ]
  return {
    name: alarm.AlarmName ?? '',
    arn: alarm.AlarmArn ?? '',
    state: alarm.StateValue ?? '',
    actionsEnabled: alarm.ActionsEnabled === true,
    actions: alarm.AlarmActions ?? [],
    metrics: watched.filter(({namespace}) => OF_BEDROCK.test(namespace)),
    statistic: alarm.Statistic ?? alarm.ExtendedStatistic ?? null,
    comparison: alarm.ComparisonOperator ?? null,
    threshold: alarm.Threshold ?? null,
    periodSeconds: alarm.Period ?? null,
  }
}
