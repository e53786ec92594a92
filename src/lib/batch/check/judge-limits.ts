import type {BatchLimits} from '../plan/plan.schema.js'
import type {LimitExcess} from './batch-check.schema.js'

const FORMAT = new Intl.NumberFormat('en-US')

/** What one job with all the records would break. Too few records cannot be helped by a plan, the rest can. */
export function judgeLimits(
  {records, bytes}: {readonly records: number; readonly bytes: number},
  limits: BatchLimits,
): readonly LimitExcess[] {
  const above = (limit: LimitExcess['limit'], found: number, what: string): readonly LimitExcess[] => {
    const allowed = limits[limit].value
    if (found <= allowed) return []
    const said = `${FORMAT.format(found)} are more ${what} may have (${FORMAT.format(allowed)}): batch plan cuts them into jobs.`
    return [{limit, allowed, found, said}]
  }
  const least = limits.minRecords.value
  const tooFew: LimitExcess = {
    limit: 'minRecords',
    allowed: least,
    found: records,
    said: `A job needs ${FORMAT.format(least)} records, there are ${FORMAT.format(records)}: send them on demand, or add to them.`,
  }
  return [
    ...(records < least ? [tooFew] : []),
    ...above('recordsPerFile', records, 'records than a file'),
    ...above('recordsPerJob', records, 'records than a job'),
    ...above('fileBytes', bytes, 'bytes than a file'),
    ...above('jobBytes', bytes, 'bytes than a job'),
  ]
}
