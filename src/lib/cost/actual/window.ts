import {parseDurationMs} from '../../core/duration.js'
import {usageError} from '../../core/errors.js'
import type {DayRange} from './ports.js'

const DAY_MS = 86_400_000

/** Months before the current one that Cost Explorer keeps unless an account pays for more. */
const MONTHS_KEPT = 13
/** Further back there is no date to name. */
const MOST_DAYS = 36_500

/** The days an answer is about, and those that are read for it. All UTC, as bills are. */
export interface Window {
  readonly shown: DayRange
  /** `shown` and the month so far; only the former where it ends before today. */
  readonly read: DayRange
  /** The day that is not over. */
  readonly today: string
  readonly now: Date
}

/** `--since` is a number of days (`30d`, `4w`) before today, or a day; `--until` the last day that counts. */
export function parseWindow({since, until}: {since: string; until: string | undefined}, now: Date): Window {
  const today = isoDay(now.getTime())
  const last = until === undefined ? today : parseDay(until, '--until')
  const duration = parseDurationMs(since)
  if (duration !== undefined && duration > MOST_DAYS * DAY_MS) throw tooOld(today, `${since} ago`)
  const from = duration === undefined ? parseDay(since, '--since') : addDays(today, -Math.round(duration / DAY_MS))
  if (last > today) {
    throw usageError('DAY_AHEAD', `--until ${last} is not over yet.`, {hint: `The last day to ask for is ${today}.`})
  }
  if (from > last) {
    throw usageError('EMPTY_PERIOD', `There is no day from ${from} until ${last}.`, {
      hint: '--since is a number of days before today, such as 30d, or a day before --until.',
    })
  }
  if (from < startOfMonth(today, -MONTHS_KEPT)) {
    throw tooOld(today, from)
  }
  const shown = {from, to: addDays(last, 1)}
  const month = startOfMonth(today, 0)
  const read = last === today && month < from ? {from: month, to: shown.to} : shown
  return {shown, read, today, now}
}

function tooOld(today: string, asked: string): Error {
  const oldest = startOfMonth(today, -MONTHS_KEPT)
  return usageError('TOO_OLD', `Cost Explorer keeps no days before ${oldest}; --since asks for ${asked}.`, {
    hint: `Take --since ${oldest} or later.`,
  })
}

function parseDay(text: string, flag: string): string {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(text) : Number.NaN
  if (Number.isNaN(time) || isoDay(time) !== text) {
    throw usageError('NO_DAY', `${flag} ${text} is no day.`, {
      hint:
        flag === '--since'
          ? 'Give a number of days, such as 30d, or a day, such as 2026-11-01.'
          : 'Give a day, such as 2026-11-20.',
    })
  }
  return text
}

export function isoDay(time: number): string {
  return new Date(time).toISOString().slice(0, 10)
}

export function addDays(day: string, days: number): string {
  return isoDay(Date.parse(day) + days * DAY_MS)
}

/** The first day of a month, so many months after that of `day`. */
export function startOfMonth(day: string, months: number): string {
  const date = new Date(day)
  return isoDay(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1))
}

/** Days from one to another. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS)
}

export function isWithin(day: string, {from, to}: DayRange): boolean {
  return from <= day && day < to
}

/** Use reaches the bill within 24 hours: from then on a day is complete there. */
export function isSettled(day: string, now: Date): boolean {
  return Date.parse(day) + 2 * DAY_MS <= now.getTime()
}
