import type * as CloudWatch from '@aws-sdk/client-cloudwatch'
import {type AlarmHistoryItem, InvalidNextToken} from '@aws-sdk/client-cloudwatch'
import {handlersFor, type RequestContext} from '../../handler.js'
import type {Alarm, CompositeAlarm} from '../../world/resources.js'
import {placeOf} from '../account-place.js'
import {pageOf} from '../page.js'
import {alarmsIn, ruleHolds} from './alarm-rule.js'
import {type AlarmCourse, type AlarmState, alarmCourse, type StateValue} from './alarm-state.js'

const DAY_MS = 86_400_000
/** Changes are worked out for a day; that alarms were made is kept for as long as CloudWatch keeps history. */
const WORKED_OUT_MS = DAY_MS
const KEPT_MS = 30 * DAY_MS
const MOST_RECORDS = 100

export const alarmHistory = handlersFor<typeof CloudWatch>()({
  DescribeAlarmHistory(input, context) {
    const {AlarmName, AlarmTypes = ['MetricAlarm'], HistoryItemType, MaxRecords = MOST_RECORDS, NextToken} = input
    const {AlarmContributorId, StartDate, EndDate, ScanBy = 'TimestampDescending'} = input
    const {alarms = [], compositeAlarms = []} = placeOf(context).resources
    const isNamed = ({name}: {readonly name: string}) => AlarmName === undefined || name === AlarmName
    const all = [
      ...(AlarmTypes.includes('MetricAlarm') ? alarms : [])
        .filter(isNamed)
        .flatMap((alarm) => itemsOf(alarm, 'MetricAlarm', courseOf(alarm, context), context)),
      ...(AlarmTypes.includes('CompositeAlarm') ? compositeAlarms : [])
        .filter(isNamed)
        .flatMap((alarm) => itemsOf(alarm, 'CompositeAlarm', compositeCourse(alarm, alarms, context), context)),
    ]
    // No alarm here has contributors: none of theirs is told.
    const wanted = (AlarmContributorId === undefined ? all : [])
      .filter(({HistoryItemType: type}) => HistoryItemType === undefined || type === HistoryItemType)
      .filter(({time}) => time >= (StartDate?.getTime() ?? 0) && time <= (EndDate?.getTime() ?? context.now()))
      .sort((a, b) => (ScanBy === 'TimestampAscending' ? a.time - b.time : b.time - a.time))
      .map(({time, ...item}): AlarmHistoryItem => ({...item, Timestamp: new Date(time)}))
    const scope = JSON.stringify([
      AlarmName,
      AlarmTypes,
      HistoryItemType,
      AlarmContributorId,
      StartDate,
      EndDate,
      ScanBy,
    ])
    const page = pageOf(wanted, {token: NextToken, size: MaxRecords, scope})
    if (!page) throw new InvalidNextToken({message: 'Invalid next token.', $metadata: {}})
    return {AlarmHistoryItems: page.items, NextToken: page.next}
  },
})

interface Item extends Omit<AlarmHistoryItem, 'Timestamp'> {
  readonly time: number
}

const STILL: AlarmCourse = {before: 'OK', changes: []}

/** One whose state the scenario says has had it all the time. */
function courseOf(alarm: Alarm, context: RequestContext): AlarmCourse {
  if (alarm.state !== undefined) return {...STILL, before: alarm.state}
  const since = Math.max(context.now() - WORKED_OUT_MS, placeOf(context).date(alarm.createdOn).getTime())
  return alarmCourse(alarm, since, context)
}

/** It may change whenever one of its alarms does. */
function compositeCourse({rule}: CompositeAlarm, alarms: readonly Alarm[], context: RequestContext): AlarmCourse {
  const {arn} = placeOf(context)
  const children = alarms
    .filter(({name}) => alarmsIn(rule).includes(name))
    .map(({name, ...rest}) => ({name, course: courseOf({name, ...rest}, context)}))
  const stateAt = (time: number): StateValue => {
    const holds = ruleHolds(rule, (child) => {
      const course = children.find(({name}) => name === child)?.course
      return course && (course.changes.findLast(({since}) => since <= time)?.value ?? course.before)
    })
    return holds === true ? 'ALARM' : 'OK'
  }
  const moved = children
    .flatMap(({name, course}) => course.changes.map((change) => ({...change, name})))
    .sort((a, b) => a.since - b.since)
  const before = stateAt(Number.NEGATIVE_INFINITY)
  const changes: AlarmState[] = []
  for (const {name, since, value: to} of moved) {
    const value = stateAt(since)
    if (value === (changes.at(-1)?.value ?? before)) continue
    const at = new Date(since).toUTCString()
    changes.push({value, since, reason: `${arn('cloudwatch', `alarm:${name}`)} transitioned to ${to} at ${at}`})
  }
  return {before, changes}
}

function itemsOf(
  alarm: Alarm | CompositeAlarm,
  AlarmType: 'MetricAlarm' | 'CompositeAlarm',
  {before, changes}: AlarmCourse,
  context: RequestContext,
): Item[] {
  const {name: AlarmName, actions = [], createdOn} = alarm
  const about = {AlarmName, AlarmType}
  const made = placeOf(context).date(createdOn).getTime()
  const enabled = !('actionsEnabled' in alarm) || alarm.actionsEnabled !== false
  const created: Item = {
    ...about,
    time: made,
    HistoryItemType: 'ConfigurationUpdate',
    HistorySummary: `Alarm "${AlarmName}" created`,
    HistoryData: JSON.stringify({version: '1.0', type: 'Create'}),
  }
  const changed = changes.flatMap((change, index): Item[] => {
    const old = changes[index - 1] ?? {value: before, reason: undefined}
    const acted = enabled && change.value === 'ALARM' ? actions : []
    return [
      {...about, time: change.since, HistoryItemType: 'StateUpdate', ...updated(old, change)},
      ...acted.map((action): Item => ({...about, time: change.since, HistoryItemType: 'Action', ...executed(action)})),
    ]
  })
  return made > context.now() - KEPT_MS ? [created, ...changed] : changed
}

type Told = Pick<AlarmHistoryItem, 'HistorySummary' | 'HistoryData'>

function updated(
  old: {readonly value: StateValue; readonly reason: string | undefined},
  {value, reason}: AlarmState,
): Told {
  const oldState = {stateValue: old.value, ...(old.reason !== undefined && {stateReason: old.reason})}
  return {
    HistorySummary: `Alarm updated from ${old.value} to ${value}`,
    HistoryData: JSON.stringify({version: '1.0', oldState, newState: {stateValue: value, stateReason: reason}}),
  }
}

const executed = (action: string): Told => ({
  HistorySummary: `Successfully executed action ${action}`.slice(0, 255),
  HistoryData: JSON.stringify({actionState: 'Succeeded', notificationResource: action}),
})
