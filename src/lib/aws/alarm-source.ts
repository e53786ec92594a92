import {
  type CompositeAlarm,
  type MetricAlarm,
  paginateDescribeAlarms,
  type StateValue,
} from '@aws-sdk/client-cloudwatch'
import type {AlarmRow} from '../monitor/board/alarms/alarms.schema.js'
import type {AlarmSource} from '../monitor/board/alarms/ports.js'
import {cloudWatchOf} from './metric-data.js'
import {collectPages} from './paging.js'
import type {Wire} from './wire.js'

/** AWS/Bedrock, AWS/BedrockMantle, AWS/Bedrock/Guardrails, AWS/Bedrock/Agents, AWS/Bedrock-AgentCore. */
const BEDROCK = /^AWS\/Bedrock/
const MOST_PER_PAGE = 100

export function createAlarmSource(wire: Wire): AlarmSource {
  return {
    async list(region, signal) {
      const client = cloudWatchOf(wire, region)
      const alarms = await wire.call(
        'cloudwatch',
        {action: 'cloudwatch:DescribeAlarms', region},
        signal,
        (abortSignal) =>
          collectPages(
            paginateDescribeAlarms(
              {client, pageSize: MOST_PER_PAGE},
              {AlarmTypes: ['MetricAlarm', 'CompositeAlarm']},
              {abortSignal},
            ),
            ({CompositeAlarms = [], MetricAlarms = []}) => [
              ...MetricAlarms.flatMap(toMetricAlarm),
              ...CompositeAlarms.map(toComposite),
            ],
            (page) => page.NextToken,
          ),
      )
      const names = new Set(alarms.filter(({namespace}) => namespace !== null).map(({name}) => name))
      return alarms.filter((alarm) => alarm.namespace !== null || namesOneOf(alarm, names))
    },
  }
}

/** Alarms of other services are not for this board; one with an expression is told by what the expression reads. */
function toMetricAlarm(alarm: MetricAlarm): readonly AlarmRow[] {
  const parts = alarm.Metrics?.flatMap(({MetricStat}) => MetricStat?.Metric ?? []) ?? []
  const metric = [
    {Namespace: alarm.Namespace, MetricName: alarm.MetricName, Dimensions: alarm.Dimensions},
    ...parts,
  ].find(({Namespace = ''}) => BEDROCK.test(Namespace))
  if (!metric) return []
  return [
    {
      ...commonOf(alarm),
      metric: metric.MetricName ?? null,
      namespace: metric.Namespace ?? null,
      dimensions: Object.fromEntries((metric.Dimensions ?? []).map(({Name = '', Value = ''}) => [Name, Value])),
      rule: conditionOf(alarm),
    },
  ]
}

function toComposite(alarm: CompositeAlarm): AlarmRow {
  return {...commonOf(alarm), metric: null, namespace: null, dimensions: {}, rule: alarm.AlarmRule ?? null}
}

/** A composite alarm belongs here where its rule names an alarm that does. */
function namesOneOf({rule}: AlarmRow, names: ReadonlySet<string>): boolean {
  const named = [...(rule ?? '').matchAll(/\(\s*"?([^"()]+?)"?\s*\)/g)].map(([, name = '']) => name)
  return named.some((name) => names.has(name) || names.has(name.slice(name.lastIndexOf(':alarm:') + ':alarm:'.length)))
}

interface CommonAlarm {
  readonly AlarmName?: string | undefined
  readonly AlarmArn?: string | undefined
  readonly StateValue?: StateValue | undefined
  readonly StateReason?: string | undefined
  readonly StateTransitionedTimestamp?: Date | undefined
  readonly StateUpdatedTimestamp?: Date | undefined
}

function commonOf(alarm: CommonAlarm) {
  return {
    name: alarm.AlarmName ?? '',
    arn: alarm.AlarmArn ?? '',
    state: alarm.StateValue ?? 'INSUFFICIENT_DATA',
    sinceMs: (alarm.StateTransitionedTimestamp ?? alarm.StateUpdatedTimestamp)?.getTime() ?? null,
    reason: alarm.StateReason ?? null,
  }
}

const COMPARISONS: Readonly<Record<string, string>> = {
  GreaterThanThreshold: '>',
  GreaterThanOrEqualToThreshold: '>=',
  LessThanThreshold: '<',
  LessThanOrEqualToThreshold: '<=',
}

/** `Sum > 10 in 3 of 5 × 60 s`; null where the threshold is a band. */
function conditionOf(alarm: MetricAlarm): string | null {
  const {ComparisonOperator = '', EvaluationPeriods = 1, Period, Threshold} = alarm
  const comparison = COMPARISONS[ComparisonOperator]
  if (comparison === undefined || Threshold === undefined) return null
  const statistic = alarm.Statistic ?? alarm.ExtendedStatistic ?? 'expression'
  const periods = `${alarm.DatapointsToAlarm ?? EvaluationPeriods} of ${EvaluationPeriods}`
  return `${statistic} ${comparison} ${Threshold} in ${periods}${Period === undefined ? '' : ` × ${Period} s`}`
}
