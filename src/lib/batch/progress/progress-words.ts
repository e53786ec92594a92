import {formatAmounts} from '../../output/money.js'
import {spanWord} from '../../output/span.js'
import {type Meaning, paint} from '../../output/style.js'
import type {Terminal} from '../../output/terminal.js'
import type {CostSoFar, Pace, ProgressRow} from './progress.schema.js'

const MEANING: Readonly<Record<string, Meaning>> = {
  Completed: 'good',
  PartiallyCompleted: 'warn',
  Expired: 'warn',
  Stopped: 'warn',
  Stopping: 'warn',
  Withheld: 'warn',
  Failed: 'bad',
  Refused: 'bad',
}

/** `InProgress`, in the colour of what it means; `?` where it could not be read. */
export function stateWord(state: string | null, terminal: Terminal): string {
  if (state === null) return '?'
  const meaning = MEANING[state]
  return meaning === undefined ? state : paint(meaning, state, terminal)
}

/** `100,000`; `?` for what nobody has counted. */
export function countWord(count: number | null): string {
  return count === null ? '?' : count.toLocaleString('en-US')
}

/** `10 failed`; of a group `10 without an answer`, as nobody may have tried them. Nothing where there is none. */
export function failedWord({kind, records}: Pick<ProgressRow, 'kind' | 'records'>): string | undefined {
  if (records.failed === 0) return undefined
  return `${countWord(records.failed)} ${kind === 'group' ? 'without an answer' : 'failed'}`
}

/** `12.3/s`, `≥ 12.3/s` where waiting is in it; below one a second per minute. */
export function paceWord(pace: Pace | null, {unicode}: Pick<Terminal, 'unicode'>): string {
  if (pace === null) return '-'
  const least = pace.basis === 'observed' ? '' : unicode ? '≥ ' : '>= '
  const {recordsPerSecond: rate} = pace
  const digits = (value: number) => value.toLocaleString('en-US', {maximumFractionDigits: value < 100 ? 1 : 0})
  return rate >= 1 ? `${least}${digits(rate)}/s` : `${least}${digits(rate * 60)}/min`
}

/** How long what is pending takes at this pace: `~12m 00s`, `≤ 12m 00s` at the least pace; `-` without one. */
export function etaWord(pace: Pace | null, nowMs: number, {unicode}: Pick<Terminal, 'unicode'>): string {
  if (pace === null || pace.endsAt === null) return '-'
  const about = pace.basis === 'observed' ? '~' : unicode ? '≤ ' : '<= '
  return `${about}${spanWord((Date.parse(pace.endsAt) - nowMs) / 1000)}`
}

/** `$1.20`, `$1.20–4.80`, `≥ $1.20`; `?` where nothing is known. */
export function costWord(cost: CostSoFar | null, {unicode}: Pick<Terminal, 'unicode'>): string {
  if (cost === null || (cost.atLeast === null && cost.atMost === null)) return '?'
  const {atLeast, atMost, currency} = cost
  const format = formatAmounts([atMost ?? atLeast ?? 0])
  if (atLeast === null) return `${unicode ? '≤' : '<='} ${format(atMost ?? 0, currency)}`
  if (atMost === null) return `${unicode ? '≥' : '>='} ${format(atLeast, currency)}`
  if (atMost === atLeast) return format(atLeast, currency)
  const range = format(atMost, currency).replace(/^\$|^[A-Z]{3} /, '')
  return `${format(atLeast, currency)}${unicode ? '–' : '-'}${range}`
}

/** `3 of 13 Completed, 4 InProgress, 6 Planned`: the parts of a group by state, the most first. */
export function statesWord({states}: Pick<ProgressRow, 'states'>): string {
  const parts = Object.entries(states).toSorted(([, a], [, b]) => b - a)
  return parts.map(([state, count]) => `${count} ${state}`).join(', ')
}
