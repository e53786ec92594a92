import type * as CloudWatch from '@aws-sdk/client-cloudwatch'
import {type CompositeAlarm, InvalidNextToken, type MetricAlarm} from '@aws-sdk/client-cloudwatch'
import {handlersFor, type RequestContext, WireError} from '../../handler.js'
import type {Alarm, CompositeAlarm as DeclaredComposite} from '../../world/resources.js'
import {placeOf} from '../account-place.js'
import {pageOf} from '../page.js'
import {alarmsIn, ruleHolds} from './alarm-rule.js'
import {type AlarmState, alarmState} from './alarm-state.js'
import {keyOf} from './metrics.js'

export const describeAlarms = handlersFor<typeof CloudWatch>()({
  DescribeAlarms(input, context) {
    checkTogether(input)
    const {MaxRecords = 50, NextToken, ChildrenOfAlarmName: parent, ParentsOfAlarmName: child, ...filters} = input
    const related = parent !== undefined || child !== undefined
    const {AlarmTypes = related ? ['MetricAlarm', 'CompositeAlarm'] : ['MetricAlarm']} = input
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
    const children = alarmsIn(compositeAlarms.find(({name}) => name === parent)?.rule ?? '')
    const wanted = all
      .filter((one) => isWanted(one, filters))
      .filter(({AlarmName = ''}) => parent === undefined || children.includes(AlarmName))
      .filter((one) => child === undefined || ('AlarmRule' in one && alarmsIn(one.AlarmRule).includes(child)))
    const scope = JSON.stringify([filters, AlarmTypes, parent, child])
    const page = pageOf(wanted, {token: NextToken, size: MaxRecords, scope})
    if (!page) throw new InvalidNextToken({message: 'Invalid next token.', $metadata: {}})
    const told = parent !== undefined ? CHILD : child !== undefined ? PARENT : undefined
    return {
      MetricAlarms: page.items.flatMap((one) => ('Threshold' in one ? [only(told, one)] : [])),
      CompositeAlarms: page.items.flatMap((one) => ('AlarmRule' in one ? [only(told, one)] : [])),
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

/** What is told of alarms that are looked for as children or parents. */
const PARENT = ['AlarmName', 'AlarmArn']
const CHILD = [...PARENT, 'StateValue', 'StateUpdatedTimestamp']

/** Some members of an alarm; all where nothing says which. */
function only<One extends object>(members: readonly string[] | undefined, alarm: One): Partial<One> {
  if (members === undefined) return alarm
  return Object.fromEntries(Object.entries(alarm).filter(([name]) => members.includes(name))) as Partial<One>
}

const RELATIVES = ['ChildrenOfAlarmName', 'ParentsOfAlarmName'] as const

/** Parameters that may not be given together. */
function checkTogether(input: CloudWatch.DescribeAlarmsInput): void {
  const {MaxRecords: _, NextToken: __, ...given} = input
  const names = Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [name]))
  const relative = RELATIVES.find((name) => names.includes(name))
  if (relative !== undefined && names.length > 1)
    throw invalid(`${relative} cannot be specified with other parameters than MaxRecords and NextToken.`)
  if (names.includes('AlarmNames') && names.includes('AlarmNamePrefix'))
    throw invalid('AlarmNames and AlarmNamePrefix cannot be specified together.')
}

const invalid = (message: string): WireError => new WireError('ValidationError', message)

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
  const children = alarms
    .filter((alarm) => alarmsIn(rule).includes(alarm.name))
    .map((alarm) => ({...stateOf(alarm), alarm}))
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
