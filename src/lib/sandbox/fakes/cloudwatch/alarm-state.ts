import type {RequestContext} from '../../handler.js'
import type {Alarm} from '../../world/resources.js'
import {placeOf} from '../account-place.js'
import {seriesNamed} from './metrics.js'
import {type Series, tallyOf} from './series.js'
import {statisticOf} from './statistics.js'

export type StateValue = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA'

/** What an alarm says, and since when. */
export interface AlarmState {
  readonly value: StateValue
  readonly since: number
  readonly reason: string
}

interface Point {
  readonly time: number
  /** Absent where nothing was counted. */
  readonly value: number | undefined
}

/** How far back a change of state is looked for. */
const LOOK_BACK_MS = 6 * 3_600_000
const MOST_STEPS = 240

/**
 * The state that its metric puts an alarm in, period by period as they end: what its periods say, those without data
 * judged as it wants, until one of them says something else.
 */
export function alarmState(alarm: Alarm, context: RequestContext): AlarmState {
  const {period, end, judged} = evaluation(alarm, context)
  const {value} = judged(end)
  const steps = Math.min(MOST_STEPS, Math.floor(LOOK_BACK_MS / period))
  for (let step = 1; step <= steps; step += 1) {
    const since = end - (step - 1) * period
    if (judged(end - step * period).value !== value) return {...judged(since), since}
  }
  // So it has been for long; that it was ever otherwise is not known.
  const {date} = placeOf(context)
  return {value, since: date(alarm.createdOn).getTime(), reason: judged(end - (end % LOOK_BACK_MS)).reason}
}

/** What an alarm was at first, and what it became, oldest first. */
export interface AlarmCourse {
  readonly before: StateValue
  readonly changes: readonly AlarmState[]
}

/** How an alarm's state went from a moment on, by the arithmetic of `alarmState`. */
export function alarmCourse(alarm: Alarm, since: number, context: RequestContext): AlarmCourse {
  const {period, end, judged} = evaluation(alarm, context)
  const first = Math.ceil(since / period) * period
  const before = judged(first - period).value
  const changes: AlarmState[] = []
  for (let time = first; time <= end; time += period) {
    const verdict = judged(time)
    if (verdict.value !== (changes.at(-1)?.value ?? before)) changes.push({...verdict, since: time})
  }
  return {before, changes}
}

/** Of an alarm: its period, the end of the last one, and what it is judged to be at the end of each. */
function evaluation(alarm: Alarm, context: RequestContext) {
  const {periodSeconds = 300, evaluationPeriods = 1} = alarm
  const period = periodSeconds * 1000
  const series = seriesNamed(
    {namespace: alarm.namespace, name: alarm.metric, dimensions: alarm.dimensions ?? {}},
    context,
  )
  const known = new Map<number, Point>()
  const pointAt = (time: number): Point => {
    const point = known.get(time) ?? {time, value: countedIn(alarm, series, time, period)}
    known.set(time, point)
    return point
  }
  const judged = (at: number): Verdict => {
    const points = Array.from({length: evaluationPeriods}, (_, index) => pointAt(at - (index + 1) * period))
    return judge(alarm, points)
  }
  return {period, end: Math.floor(context.now() / period) * period, judged}
}

function countedIn(alarm: Alarm, series: readonly Series[], from: number, period: number): number | undefined {
  const tally = tallyOf(series, from, from + period)
  return tally.count === 0 ? undefined : statisticOf(tally, alarm.percentile ?? alarm.statistic ?? 'Sum')
}

type Verdict = Pick<AlarmState, 'value' | 'reason'>

/** Newest first. */
function judge(alarm: Alarm, points: readonly Point[]): Verdict {
  const {missingData = 'notBreaching', evaluationPeriods = 1} = alarm
  const {datapointsToAlarm: needed = evaluationPeriods} = alarm
  const there = points.filter((point): point is Told => point.value !== undefined)
  if (there.length === 0) return withoutData(missingData, points.length)
  const breaching = there.filter(({value}) => breaches(alarm, value))
  const missing = missingData === 'breaching' ? points.length - there.length : 0
  if (breaching.length + missing >= needed) return {value: 'ALARM', reason: alarmReason(alarm, breaching, needed)}
  const fine = there.filter((point) => !breaching.includes(point))
  const reason = fine.length > 0 ? okReason(alarm, fine, needed) : withoutData('notBreaching', points.length).reason
  return {value: 'OK', reason}
}

interface Told extends Point {
  readonly value: number
}

const TREATED = {breaching: 'Breaching', notBreaching: 'NonBreaching'}

function withoutData(missingData: NonNullable<Alarm['missingData']>, periods: number): Verdict {
  if (missingData === 'missing' || missingData === 'ignore') {
    const reason = `Insufficient Data: ${counted(periods, 'datapoint')} ${periods === 1 ? 'was' : 'were'} unknown.`
    return {value: 'INSUFFICIENT_DATA', reason}
  }
  const treated = periods === 1 ? '1 missing datapoint was' : `${periods} missing datapoints were`
  const reason = `Threshold Crossed: no datapoints were received for ${counted(periods, 'period')} and ${treated} treated as [${TREATED[missingData]}].`
  return {value: missingData === 'breaching' ? 'ALARM' : 'OK', reason}
}

const COMPARISONS: Readonly<Record<string, readonly [string, (value: number, threshold: number) => boolean]>> = {
  GreaterThanThreshold: ['greater than', (value, threshold) => value > threshold],
  GreaterThanOrEqualToThreshold: ['greater than or equal to', (value, threshold) => value >= threshold],
  LessThanThreshold: ['less than', (value, threshold) => value < threshold],
  LessThanOrEqualToThreshold: ['less than or equal to', (value, threshold) => value <= threshold],
}

const comparisonOf = ({comparison = 'GreaterThanThreshold'}: Alarm) =>
  COMPARISONS[comparison] ?? (['greater than', (value: number, threshold: number) => value > threshold] as const)

const breaches = (alarm: Alarm, value: number): boolean => comparisonOf(alarm)[1](value, alarm.threshold)

function alarmReason(alarm: Alarm, breaching: readonly Told[], needed: number): string {
  const {evaluationPeriods = 1, threshold} = alarm
  const were = breaching.length === 1 ? 'was' : 'were'
  const datapoints = evaluationPeriods === 1 ? 'datapoint' : 'datapoints'
  return `Threshold Crossed: ${breaching.length} out of the last ${evaluationPeriods} ${datapoints} [${listed(breaching)}] ${were} ${comparisonOf(alarm)[0]} the threshold (${decimal(threshold)}) (minimum ${counted(needed, 'datapoint')} for OK -> ALARM transition).`
}

function okReason(alarm: Alarm, fine: readonly Told[], needed: number): string {
  const told = fine.slice(0, Math.max(1, needed))
  const were = told.length === 1 ? 'was' : 'were'
  return `Threshold Crossed: ${counted(told.length, 'datapoint')} [${listed(told)}] ${were} not ${comparisonOf(alarm)[0]} the threshold (${decimal(alarm.threshold)}) (minimum 1 datapoint for ALARM -> OK transition).`
}

const counted = (count: number, thing: string): string => `${count} ${thing}${count === 1 ? '' : 's'}`
const decimal = (value: number): string => (Number.isInteger(value) ? value.toFixed(1) : String(value))

const listed = (points: readonly Told[]): string =>
  points.map(({time, value}) => `${decimal(value)} (${dayFirst(time)})`).join(', ')

/** `21/11/26 22:05:00` */
function dayFirst(time: number): string {
  const [date = '', clock = ''] = new Date(time).toISOString().slice(2, 19).split('T')
  return `${date.split('-').reverse().join('/')} ${clock}`
}
