import {type QuotaRow, quotaRows} from '../quotas/quota-rows.js'
import type {EventRow} from './events.schema.js'
import {type Noticeable, noticeOf} from './notice-of.js'

/** Shares of a quota above which it is told. */
const LEVELS = [0.8, 0.95] as const

/** Quotas of which more is taken than before: of those by the minute the busiest of the last hour counts, so that none is told minute by minute. */
export function noticeQuotas(before: Noticeable, after: Noticeable): readonly EventRow[] {
  if (before.data.traffic === after.data.traffic && before.data.quotas === after.data.quotas) return []
  const had = quotaRows(before)
  const has = quotaRows(after)
  if (had === has) return []
  const levels = new Map(had.map((row) => [row.key, levelOf(row)]))
  return has.flatMap((row): EventRow[] => {
    const level = levelOf(row)
    return level > (levels.get(row.key) ?? 0) ? [told(row, level, after.nowMs)] : []
  })
}

function levelOf(row: QuotaRow): number {
  const share = shareOf(row)
  return share === null ? 0 : LEVELS.filter((bound) => share >= bound).length
}

function shareOf({peakShare, share}: QuotaRow): number | null {
  return peakShare ?? share
}

function told(row: QuotaRow, level: number, atMs: number): EventRow {
  const {key, limit, per, region} = row
  const share = Math.round((shareOf(row) ?? 0) * 100)
  const name = limit?.name ?? key
  const which = {minute: ' in the busiest minute of the last hour', day: ' of the day', held: ''}[per]
  return noticeOf(atMs, {
    ...{name: level >= LEVELS.length ? 'QuotaNearlyFull' : 'QuotaFilling', key, resource: limit?.code ?? key, region},
    ...{errorCode: undefined, text: `${share} % of "${name}"${which}`},
  })
}
