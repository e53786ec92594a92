import {amountText, countText, leftText, paceText} from '../../output/progress-text.js'
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
  return countText(count)
}

/** `10 failed`; of a group `10 without an answer`, as nobody may have tried them. Nothing where there is none. */
export function failedWord({kind, records}: Pick<ProgressRow, 'kind' | 'records'>): string | undefined {
  if (records.failed === 0) return undefined
  return `${countWord(records.failed)} ${kind === 'group' ? 'without an answer' : 'failed'}`
}

/** `12.3/s`, `≥ 12.3/s` where waiting is in it; `-` without one. */
export function paceWord(pace: Pace | null, terminal: Pick<Terminal, 'unicode'>): string {
  return pace === null ? '-' : paceText(pace.recordsPerSecond, pace.basis !== 'observed', terminal)
}

/** How long what is pending takes at this pace: `~12m 00s`, `≤ 12m 00s` at the least pace; `-` without one. */
export function etaWord(pace: Pace | null, nowMs: number, terminal: Pick<Terminal, 'unicode'>): string {
  if (pace === null || pace.endsAt === null) return '-'
  return leftText((Date.parse(pace.endsAt) - nowMs) / 1000, pace.basis !== 'observed', terminal)
}

/** `$1.20`, `$1.20–4.80`, `≥ $1.20`; `?` where nothing is known. */
export function costWord(cost: CostSoFar | null, terminal: Pick<Terminal, 'unicode'>): string {
  return cost === null ? '?' : amountText(cost, terminal)
}

/** `3 of 13 Completed, 4 InProgress, 6 Planned`: the parts of a group by state, the most first. */
export function statesWord({states}: Pick<ProgressRow, 'states'>): string {
  const parts = Object.entries(states).toSorted(([, a], [, b]) => b - a)
  return parts.map(([state, count]) => `${count} ${state}`).join(', ')
}
