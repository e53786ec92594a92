import {clean} from '../../text-width.js'
import {minutesBetween, newestMinute} from '../complete-minutes.js'
import type {EventRow} from '../events/events.schema.js'
import {sumRows} from '../quotas/sum-rows.js'
import type {BoardState} from '../state.js'
import {requestsOf} from '../traffic/figures.js'
import {totalsOf} from '../traffic/totals.js'
import type {TrafficMinute} from '../traffic/traffic.schema.js'
import {moneyText} from '../traffic/traffic-words.js'
import {type Troubles, troubleLines} from './trouble-lines.js'

/** What was told so far. */
export interface Told {
  readonly events: ReadonlySet<string>
  /** The minute that was summed up last. */
  readonly minute: number
  readonly regions: string
  readonly troubles: Troubles
}

export const NOTHING_TOLD: Told = {events: new Set(), minute: 0, regions: '', troubles: new Map()}

/** Of what is known at the beginning, so many events are told. */
const FIRST_EVENTS = 10
/** A minute is told once, and what is counted in it is not all there as soon as it is over. */
const SETTLED_MINUTES = 1

/** One line a change, for people who have lines read to them: what is watched, what cannot be read, what happened, and each minute in sum. */
export function changeLines(state: BoardState, told: Told): {readonly lines: readonly string[]; readonly told: Told} {
  const {data, nowMs, subject} = state
  const regions = subject.regions.join(' ')
  const isFirst = told === NOTHING_TOLD
  const news = data.events.filter(({id}) => !told.events.has(id)).slice(isFirst ? -FIRST_EVENTS : 0)
  const rows = sumRows(data.traffic)
  const minute = Math.max(told.minute, newestMinute(rows, nowMs) - SETTLED_MINUTES)
  const {lines: unread, troubles} = troubleLines(state, told.troubles)
  const lines = [
    ...(regions === told.regions && !isFirst ? [] : [watchingLine(state)]),
    ...unread.map((line) => `${clock(nowMs)}  ${line}`),
    ...news.map(eventLine),
    ...(minute > told.minute && rows.length > 0
      ? [
          minuteLine(
            state,
            rows.flatMap((row) => minutesBetween(row, minute, minute)),
            minute,
          ),
        ]
      : []),
  ]
  return {lines: lines.map(clean), told: {events: new Set(data.events.map(({id}) => id)), minute, regions, troubles}}
}

function watchingLine({nowMs, subject: {account, regions, replayed, simulated}}: BoardState): string {
  const kind = replayed ? ', from a recording' : simulated ? ', simulated' : ''
  const where = regions.length === 0 ? 'no Region yet' : regions.join(' ')
  return `${clock(nowMs)}  watching ${account ?? 'an account'} in ${where}${kind}`
}

/** When, where, what, of what, by whom, and what is said of it. */
function eventLine({atMs, errorCode, name, region, resource, text, who}: EventRow): string {
  const parts = [region, name, resource, who === null ? null : `by ${who}`, errorCode, text]
  return [clock(atMs), ...parts.filter((part) => part !== null)].join('  ')
}

function minuteLine(state: BoardState, minutes: readonly TrafficMinute[], minute: number): string {
  const sum = (field: 'invocations' | 'input' | 'output' | 'throttles' | 'clientErrors' | 'serverErrors') =>
    minutes.reduce((total, one) => total + (one[field] ?? 0), 0)
  const errors = sum('clientErrors') + sum('serverErrors')
  const words = [
    `${minutes.reduce((total, one) => total + (requestsOf(one) ?? 0), 0)} requests`,
    `${sum('input')} tokens in`,
    `${sum('output')} tokens out`,
    `${sum('throttles')} throttled`,
    `${errors} failed`,
  ]
  return `${clock(minute * 60_000)}  in this minute: ${words.join(', ')}${pulseWords(state)}`
}

/** What calls cost now, and alarms that ring, where that is known. */
function pulseWords(state: BoardState): string {
  const {alarms, spend, watchedAlarms} = totalsOf(state)
  const {currency, knownPerHour, unpriced} = spend
  const atLeast = unpriced.length > 0 ? 'at least ' : ''
  return [
    ...(knownPerHour.gt(0) ? [`; calls cost ${atLeast}${moneyText(knownPerHour.toNumber(), currency)} an hour`] : []),
    ...(watchedAlarms === undefined ? [] : [`; ${alarms.length} in alarm`]),
  ].join('')
}

function clock(atMs: number): string {
  return new Date(atMs).toISOString().slice(11, 19)
}
