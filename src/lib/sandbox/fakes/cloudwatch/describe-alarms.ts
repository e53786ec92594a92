import type * as CloudWatch from '@aws-sdk/client-cloudwatch'
import {type CompositeAlarm, InvalidNextToken, type MetricAlarm} from '@aws-sdk/client-cloudwatch'
import {handlersFor, type RequestContext} from '../../handler.js'
import type {Alarm, CompositeAlarm as DeclaredComposite} from '../../world/resources.js'
import {placeOf} from '../account-place.js'
import {pageOf} from '../page.js'
import {ruleHolds} from './alarm-rule.js'
import {type AlarmState, alarmState} from './alarm-state.js'
import {keyOf} from './metrics.js'

export const describeAlarms = handlersFor<typeof CloudWatch>()({
  DescribeAlarms(input, context) {
    const {AlarmTypes = ['MetricAlarm'], MaxRecords = 50, NextToken, ...filters} = input
    const {alarms = [], compositeAlarms = []} = placeOf(context).resources
    const states = new Map<string, AlarmState>()
    const stateOf = (alarm: Alarm): AlarmState => {
      const known = states.get(alarm.name) ?? pinned(alarm, context) ?? alarmState(alarm, context)
      states.set(alarm.name, known)
      return known
    }
    const all: Described[] = [
      ...(AlarmTypes.includes('MetricAlarm') ? alarms : []).map((alarm) => metricAlarm(alarm, stateOf(alarm), context)),
      ...(AlarmTypes.includes('CompositeAlarm') ? compositeAlarms : []).map((alarm) =>
        compositeAlarm(alarm, compositeState(alarm, alarms, stateOf, context), context),
      ),
    ]
    const wanted = all.filter((one) => isWanted(one, filters))
    const scope = JSON.stringify([filters, AlarmTypes])
    const page = pageOf(wanted, {token: NextToken, size: MaxRecords, scope})
    if (!page) throw new InvalidNextToken({message: 'Invalid next token.', $metadata: {}})
    return {
      MetricAlarms: page.items.flatMap((one) => ('Threshold' in one ? [one] : [])),
      CompositeAlarms: page.items.flatMap((one) => ('AlarmRule' in one ? [one] : [])),
      NextToken: page.next,
    }
  },

  DescribeAlarmsForMetric(input, context) {
    const {Namespace, MetricName, Dimensions = [], Period, Statistic, ExtendedStatistic} = input
    const asked = Object.fromEntries(Dimensions.map(({Name = '', Value = ''}) => [Name, Value]))
    const metric = keyOf({namespace: Namespace ?? '', name: MetricName ?? '', dimensions: asked})
    const found = (placeOf(context).resources.alarms ?? []).filter(
      ({namespace, metric: name, dimensions: own = {}, periodSeconds = 300, percentile, statistic = 'Sum'}) =>
        keyOf({namespace, name, dimensions: own}) === metric &&
        (Period === undefined || Period === periodSeconds) &&
        (Statistic === undefined || (percentile === undefined && Statistic === statistic)) &&
        (ExtendedStatistic === undefined || ExtendedStatistic === percentile),
    )
    return {
      MetricAlarms: found.map((one) => metricAlarm(one, pinned(one, context) ?? alarmState(one, context), context)),
    }
  },
})

type Described = (MetricAlarm & {readonly Threshold: number}) | (CompositeAlarm & {readonly AlarmRule: string})
type Filters = Pick<CloudWatch.DescribeAlarmsInput, 'AlarmNames' | 'AlarmNamePrefix' | 'StateValue' | 'ActionPrefix'>

function isWanted(
  {AlarmName = '', StateValue, AlarmActions = []}: Described,
  {AlarmNames, AlarmNamePrefix, StateValue: state, ActionPrefix}: Filters,
): boolean {
  return (
    (!AlarmNames || AlarmNames.includes(AlarmName)) &&
    (AlarmNamePrefix === undefined || AlarmName.startsWith(AlarmNamePrefix)) &&
    (state === undefined || StateValue === state) &&
    (ActionPrefix === undefined || AlarmActions.some((one) => one.startsWith(ActionPrefix)))
  )
}

/** A state that the scenario says. */
function pinned({state, createdOn}: Alarm, context: RequestContext): AlarmState | undefined {
  if (state === undefined) return undefined
  const reason = 'Threshold Crossed: the latest datapoints were compared with the threshold.'
  return {value: state, since: placeOf(context).date(createdOn).getTime(), reason}
}

function compositeState(
  {name, rule, createdOn}: DeclaredComposite,
  alarms: readonly Alarm[],
  stateOf: (alarm: Alarm) => AlarmState,
  context: RequestContext,
): AlarmState {
  const {arn, date} = placeOf(context)
  const children = alarms.filter((alarm) => rule.includes(alarm.name)).map((alarm) => ({...stateOf(alarm), alarm}))
  const holds = ruleHolds(rule, (child) => children.find(({alarm}) => alarm.name === child)?.value)
  const value = holds ? 'ALARM' : 'OK'
  const last = children.filter((child) => child.value === value).sort((a, b) => b.since - a.since)[0] ?? children[0]
  if (!last)
    return {value, since: date(createdOn).getTime(), reason: `${arn('cloudwatch', `alarm:${name}`)} was created`}
  const at = new Date(last.since).toUTCString()
  const reason = `${arn('cloudwatch', `alarm:${last.alarm.name}`)} transitioned to ${last.value} at ${at}`
  return {value, since: last.since, reason}
}

const dimensions = (named: Readonly<Record<string, string>>) =>
  Object.entries(named).map(([Name, Value]) => ({Name, Value}))

function common(alarm: Alarm | DeclaredComposite, {value, since, reason}: AlarmState, context: RequestContext) {
  const {date, arn} = placeOf(context)
  const changed = new Date(since)
  return {
    AlarmName: alarm.name,
    AlarmArn: arn('cloudwatch', `alarm:${alarm.name}`),
    ...(alarm.description !== undefined && {AlarmDescription: alarm.description}),
    AlarmConfigurationUpdatedTimestamp: date(alarm.createdOn),
    OKActions: [],
    AlarmActions: [...(alarm.actions ?? [])],
    InsufficientDataActions: [],
    StateValue: value,
    StateReason: reason,
    StateUpdatedTimestamp: changed,
    StateTransitionedTimestamp: changed,
  }
}

function metricAlarm(alarm: Alarm, state: AlarmState, context: RequestContext) {
  return {
    ...common(alarm, state, context),
    ActionsEnabled: alarm.actionsEnabled ?? true,
    MetricName: alarm.metric,
    Namespace: alarm.namespace,
    ...(alarm.percentile === undefined
      ? {Statistic: alarm.statistic ?? ('Sum' as const)}
      : {ExtendedStatistic: alarm.percentile}),
    Dimensions: dimensions(alarm.dimensions ?? {}),
    Period: alarm.periodSeconds ?? 300,
    EvaluationPeriods: alarm.evaluationPeriods ?? 1,
    ...(alarm.datapointsToAlarm !== undefined && {DatapointsToAlarm: alarm.datapointsToAlarm}),
    Threshold: alarm.threshold,
    ComparisonOperator: (alarm.comparison ?? 'GreaterThanThreshold') as CloudWatch.ComparisonOperator,
    TreatMissingData: alarm.missingData ?? 'notBreaching',
  }
}

function compositeAlarm(alarm: DeclaredComposite, state: AlarmState, context: RequestContext) {
  return {...common(alarm, state, context), ActionsEnabled: true, AlarmRule: alarm.rule}
}
