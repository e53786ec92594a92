import {amountText, countText, leftText, paceText} from '../../../output/progress-text.js'
import type {Room} from '../view.js'
import type {BoardJob} from './board-jobs.js'
import type {JobRow} from './jobs.schema.js'

/** Cells are the same on every terminal. */
const PLAIN = {unicode: false}

/** How much is done, from 0 to 1; undefined where nobody knows. */
export function shareOf({done, total}: Pick<JobRow, 'done' | 'total'>): number | undefined {
  return done === null || total === null || total === 0 ? undefined : Math.min(1, Math.max(0, done / total))
}

/** `42 %`; `-` where nobody knows. */
export function percentWord(share: number | undefined): string {
  return share === undefined ? '-' : `${Math.floor(share * 100)} %`
}

/** `100,000`; `-` for what this kind of job does not count, `?` for what nobody has counted yet. */
export function countWord(count: number | null, unit: string | null): string {
  return unit === null ? '-' : countText(count)
}

/** Milliseconds that are left by now; undefined where nothing tells. */
export function leftMs({readAtMs, row}: BoardJob, nowMs: number): number | undefined {
  return row.etaMs === null ? undefined : Math.max(0, readAtMs + row.etaMs - nowMs)
}

/** `~12m 00s`, `≤ 12m 00s`, in a cell `<12m 00s`; `-` where nothing tells. */
export function etaWord(job: BoardJob, nowMs: number, signs?: Pick<Room, 'unicode'>): string {
  const ms = leftMs(job, nowMs)
  if (ms === undefined) return '-'
  const text = leftText(ms / 1000, job.row.etaIs === 'at-most', signs ?? PLAIN)
  return signs === undefined ? text.replace('<= ', '<') : text
}

/** `12.3 records/s`; undefined without evidence. */
export function paceWord({etaIs, perSecond, unit}: JobRow, signs: Pick<Room, 'unicode'>): string | undefined {
  if (perSecond === null || unit === null) return undefined
  return paceText(perSecond, etaIs === 'at-most', signs).replace('/', ` ${unit}/`)
}

/** `$1.20`, `$1.20-4.80`; `?` where nothing is known. */
export function costWord({cost}: Pick<JobRow, 'cost'>, signs: Pick<Room, 'unicode'> = PLAIN): string {
  if (cost === null) return '?'
  const {currency, high, low} = cost
  const number = (amount: string | null) => (amount === null ? null : Number(amount))
  return amountText({atLeast: number(low), atMost: number(high), currency}, signs)
}

/** The most that it may have cost, to sort by. */
export function costOf({cost}: Pick<JobRow, 'cost'>): number | undefined {
  const amount = cost?.high ?? cost?.low
  return amount === null || amount === undefined ? undefined : Number(amount)
}

/** The name of a model or profile without the rest of its ARN. */
export function modelWord(model: string | null): string {
  return model === null ? '-' : model.startsWith('arn:') ? (model.split('/').at(-1) ?? model) : model
}

/** `2,390 of 2,400 answered, 10 failed`; undefined where nothing is counted. */
export function progressWords({done, failed, kind, total, unit}: JobRow): string | undefined {
  if (unit === null) return undefined
  if (unit === 'steps')
    return total === null ? `step ${countText(done)}` : `step ${countText(done)} of ${countText(total)}`
  const trouble = kind === 'group' ? 'without an answer' : 'failed'
  return `${countText(done)} of ${countText(total)} answered${failed ? `, ${countText(failed)} ${trouble}` : ''}`
}
