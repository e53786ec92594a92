import {lastCompleteMinute, minutesBetween} from '../complete-minutes.js'
import type {TrafficRow} from '../data.js'
import {isOnDemand} from './counts-against.js'
import {limitsOf} from './limits-of.js'
import {takenOf} from './quota-tokens.js'
import type {QuotaLimit} from './quotas.schema.js'

/** How far a quota by the minute is used by what is called against it. */
export interface LimitUse {
  readonly limit: QuotaLimit
  /** In the complete minute `minute`; null where no metric told. */
  readonly used: number | null
  /** Minutes since the epoch. */
  readonly minute: number
  /** Of the busiest minute of the last hour. */
  readonly peak: number | null
  /** Parts of one: `used` of the limit; null where either is not known. */
  readonly share: number | null
  readonly peakShare: number | null
  /** Tokens of quota that an output token took in this; null where tokens do not count. */
  readonly burndown: number | null
  /** Why used or share is not known. */
  readonly why: string | null
}

export interface QuotaUse {
  /** The quotas by the minute that the row is held to, the fullest first. */
  readonly limits: readonly LimitUse[]
  /** Why no quota of tokens by the minute is known for the row; null where one is. */
  readonly unknown: string | null
}

const BY_MINUTE: ReadonlySet<QuotaLimit['kind']> = new Set(['tpm', 'rpm', 'mantle-input-tpm', 'mantle-output-tpm'])
const HOUR = 60

/**
 * What one row takes of its quotas by the minute. `limits` are those of its Region; undefined: they were not read yet.
 * Other rows may take of the same quota: the view of quotas has all of them together.
 */
export function quotaUse(row: TrafficRow, limits: readonly QuotaLimit[] | undefined, nowMs: number): QuotaUse {
  if (limits === undefined) return {limits: [], unknown: 'the quotas of the Region are not read yet'}
  const own = limitsOf(row, limits).filter(({kind}) => BY_MINUTE.has(kind))
  const uses = own.map((limit) => limitUse(limit, [row], nowMs)).toSorted(byShare)
  return {limits: uses, unknown: whyUnknown(row, own)}
}

/** Why none of the quotas that a row takes of is one of tokens by the minute; null where one is. */
export function whyUnknown({about, modelId}: TrafficRow, own: readonly QuotaLimit[]): string | null {
  if (own.some(({kind}) => kind !== 'rpm' && kind !== 'tpd')) return null
  if (!isOnDemand(about)) return OWN_WORDS[about.kind] ?? 'own capacity is not held to quotas by the minute'
  if (about.model === null) return `what ${modelId} leads to is not known`
  const way = about.route === null ? 'in an unknown way' : about.route
  return `no quota of tokens by the minute is known for ${about.model}, called ${way}`
}

const OWN_WORDS: Partial<Readonly<Record<TrafficRow['about']['kind'], string>>> = {
  provisioned: 'provisioned throughput is held to its model units, not to quotas by the minute',
  imported: 'an imported model is held to its copies, not to quotas by the minute',
}

/** What rows, none of which counts what another one does, take together of a quota, minute by minute. */
export function limitUse(limit: QuotaLimit, rows: readonly TrafficRow[], nowMs: number): LimitUse {
  const minute = lastCompleteMinute(nowMs)
  const taken = takenByMinute(limit, rows, minute - HOUR + 1, minute)
  const untold = rows.length > 0 && taken.size === 0 && rows.some(({minutes}) => minutes.length > 0)
  const used = untold ? null : (taken.get(minute) ?? 0)
  const peak = untold ? null : Math.max(0, ...taken.values())
  const shareOf = (value: number | null) =>
    value === null || limit.value === null || limit.value <= 0 ? null : value / limit.value
  return {
    limit,
    used,
    minute,
    peak,
    share: shareOf(used),
    peakShare: shareOf(peak),
    burndown: limit.kind === 'tpm' || limit.kind === 'tpd' ? (limit.outputBurndown ?? 1) : null,
    why: used === null ? 'no metric tells what it takes' : limit.value === null ? 'the quota has no value' : null,
  }
}

/** Minute → what was taken of the quota in it; minutes of which nothing is known are not in it. */
export function takenByMinute(
  limit: QuotaLimit,
  rows: readonly TrafficRow[],
  from: number,
  to: number,
): ReadonlyMap<number, number> {
  const taken = new Map<number, number>()
  for (const row of rows) {
    for (const one of minutesBetween(row, from, to)) {
      const tokens = takenOf(limit, one)
      if (tokens !== null) taken.set(one.minute, (taken.get(one.minute) ?? 0) + tokens)
    }
  }
  return taken
}

function byShare(left: LimitUse, right: LimitUse): number {
  return (right.share ?? -1) - (left.share ?? -1)
}
