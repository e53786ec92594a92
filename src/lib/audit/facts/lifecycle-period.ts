import type {PartValue, ReadItem} from '../../account/snapshot.schema.js'

type Rule = PartValue<ReadItem<'s3:buckets'>['lifecycle']>[number]

/** How long lifecycle rules keep what lies under a prefix. */
export interface Period {
  readonly path: string
  /** Until all of it has expired; null: some of it never does. */
  readonly wholeDays: number | null
  /** Until the first of it expires, by a rule about a part of it only. */
  readonly shortestDays: number | null
  /** How long older versions are kept after that; null: for ever. */
  readonly noncurrentDays: number | null
}

/** The earliest of the rules that hold counts. A rule for tags or sizes is no rule for all. */
export function periodOf(rules: readonly Rule[], path: string, now: Date): Period {
  const enabled = rules.filter((rule) => rule.enabled)
  const whole = enabled.filter((rule) => takesAll(rule, path))
  const part = enabled.filter(({prefix}) => prefix?.startsWith(path))
  return {
    path,
    wholeDays: least(whole.map((rule) => daysOf(rule, now))),
    shortestDays: least([...whole, ...part].map((rule) => daysOf(rule, now))),
    noncurrentDays: least(whole.map(({noncurrentExpireDays}) => noncurrentExpireDays)),
  }
}

/** S3 goes on expiring at once what comes after the date of a rule; before that day a date is no period. */
function daysOf({expireDays, expireAt}: Rule, now: Date): number | null {
  return expireAt !== null && Date.parse(expireAt) <= now.getTime() ? 0 : expireDays
}

function takesAll({prefix, filtered}: Rule, path: string): boolean {
  return prefix === null ? !filtered : path.startsWith(prefix)
}

function least(days: readonly (number | null)[]): number | null {
  return days.reduce((one, other) => (one === null || (other !== null && other < one) ? other : one), null)
}
