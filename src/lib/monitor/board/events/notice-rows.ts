import type {AlarmRow} from '../alarms/alarms.schema.js'
import type {BoardCapacity} from '../capacity/capacity.schema.js'
import type {ByPlace} from '../data.js'
import type {FindingRow} from '../findings/findings.schema.js'
import type {JobRow} from '../jobs/jobs.schema.js'
import type {EventRow} from './events.schema.js'
import {type Noticeable, noticeOf} from './notice-of.js'

/** Jobs, alarms, capacity and findings that came, went or changed state. */
export function noticeRows(before: Noticeable, after: Noticeable): readonly EventRow[] {
  const {data: had} = before
  const {data: has, nowMs} = after
  return [
    ...compare(had.jobs, has.jobs, jobKey, (was, is, place) => jobNotice(was, is, place, nowMs)),
    ...compare(
      had.alarms,
      has.alarms,
      ({arn}) => arn,
      (was, is, place) => alarmNotice(was, is, place, nowMs),
    ),
    ...compare(
      had.capacity,
      has.capacity,
      ({arn}) => arn,
      (was, is) => capacityNotice(was, is, nowMs),
    ),
    ...compare(had.findings, has.findings, findingKey, (was, is) => findingNotice(was, is, nowMs)),
  ]
}

/** What a change is told as; one of them is there. */
type Tell<Row> = (was: Row | undefined, is: Row | undefined, place: string) => EventRow | undefined

/** Place by place; a place that was not read before, or is looked at no more, tells nothing. */
function compare<Row>(
  before: ByPlace<Row>,
  after: ByPlace<Row>,
  keyOf: (row: Row) => string,
  tell: Tell<Row>,
): readonly EventRow[] {
  if (before === after) return []
  const told: (EventRow | undefined)[] = []
  for (const [place, {rows}] of after) {
    const known = before.get(place)
    if (known === undefined || known.rows === rows) continue
    const old = new Map(known.rows.map((row) => [keyOf(row), row]))
    for (const row of rows) {
      const key = keyOf(row)
      const was = old.get(key)
      old.delete(key)
      if (was !== row) told.push(tell(was, row, place))
    }
    for (const gone of old.values()) told.push(tell(gone, undefined, place))
  }
  return told.filter((one) => one !== undefined)
}

function jobKey({id, kind}: JobRow): string {
  return `${kind} ${id}`
}

function jobNotice(was: JobRow | undefined, is: JobRow | undefined, place: string, atMs: number): EventRow | undefined {
  if (is === undefined || was?.state === is.state || (was === undefined && !is.live)) return undefined
  const region = regionOf(place)
  const base = {key: jobKey(is), resource: is.id, region}
  const why = is.message === null ? '' : `: ${is.message}`
  if (was === undefined)
    return noticeOf(atMs, {...base, name: 'JobBegan', text: `${is.kind} ${is.name} is ${is.state}`})
  const name = is.live ? 'JobChanged' : is.tone === 'bad' ? 'JobFailed' : 'JobEnded'
  const errorCode = name === 'JobFailed' ? is.state : undefined
  return noticeOf(atMs, {...base, name, errorCode, text: `${is.kind} ${is.name}: ${was.state} → ${is.state}${why}`})
}

function alarmNotice(
  was: AlarmRow | undefined,
  is: AlarmRow | undefined,
  place: string,
  atMs: number,
): EventRow | undefined {
  if (is === undefined || was?.state === is.state || (was === undefined && is.state !== 'ALARM')) return undefined
  return noticeOf(atMs, {
    name: is.state === 'ALARM' ? 'AlarmRaised' : is.state === 'OK' ? 'AlarmCleared' : 'AlarmSilent',
    ...{key: is.arn, resource: is.name, region: regionOf(place)},
    errorCode: is.state === 'ALARM' ? 'ALARM' : undefined,
    text: `${is.name}: ${was === undefined ? '' : `${was.state} → `}${is.state}${is.reason === null ? '' : `: ${is.reason}`}`,
  })
}

function capacityNotice(
  was: BoardCapacity | undefined,
  is: BoardCapacity | undefined,
  atMs: number,
): EventRow | undefined {
  const one = is ?? was
  if (one === undefined || was?.state === is?.state) return undefined
  const base = {key: one.arn, resource: one.arn, region: one.region}
  if (is === undefined) return noticeOf(atMs, {...base, name: 'CapacityGone', text: `${one.kind} ${one.name} is gone`})
  if (was === undefined) {
    return noticeOf(atMs, {...base, name: 'CapacityNew', text: `${one.kind} ${one.name} is ${one.state}`})
  }
  const failed = is.state === 'Failed'
  return noticeOf(atMs, {
    ...{...base, name: failed ? 'CapacityFailed' : 'CapacityChanged', errorCode: failed ? is.state : undefined},
    text: `${one.kind} ${one.name}: ${was.state} → ${is.state}${is.message === null ? '' : `: ${is.message}`}`,
  })
}

function findingKey({fingerprint}: FindingRow): string {
  return fingerprint
}

function findingNotice(was: FindingRow | undefined, is: FindingRow | undefined, atMs: number): EventRow | undefined {
  const one = is ?? was
  if (one === undefined) return undefined
  const [failed, fails] = [was?.status === 'FAIL', is?.status === 'FAIL']
  if (failed === fails) return undefined
  return noticeOf(atMs, {
    ...{name: fails ? 'FindingNew' : 'FindingGone', key: findingKey(one), resource: one.resource, region: one.region},
    errorCode: fails ? one.severity : undefined,
    text: `${one.check} ${one.title}: ${one.resource}`,
  })
}

/** Account-wide readings are kept under a name that is no Region. */
function regionOf(place: string): string | null {
  return /^[a-z]{2,}(?:-[a-z]+)+-\d$/.test(place) ? place : null
}
