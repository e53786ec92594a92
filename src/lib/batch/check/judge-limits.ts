import {sizeWords} from '../../core/text.js'
import type {BatchLimits} from '../plan/plan.schema.js'
import type {LimitExcess} from './batch-check.schema.js'

const FORMAT = new Intl.NumberFormat('en-US')

/** What one job with all the records would break. Too few records cannot be helped by a plan, the rest can. */
export function judgeLimits(
  {records, bytes}: {readonly records: number; readonly bytes: number},
  limits: BatchLimits,
): readonly LimitExcess[] {
  const above = (limit: LimitExcess['limit'], found: number, holder: string): readonly LimitExcess[] => {
    const allowed = limits[limit].value
    if (found <= allowed) return []
    const words = limit.endsWith('Bytes') ? sizeWords : (count: number) => `${FORMAT.format(count)} records`
    const said = `${words(found)} are ${words(found - allowed)} more than a ${holder} may have (${words(allowed)}): batch plan cuts them into jobs.`
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
    ...above('recordsPerFile', records, 'file'),
    ...above('recordsPerJob', records, 'job'),
    ...above('fileBytes', bytes, 'file'),
    ...above('jobBytes', bytes, 'job'),
  ]
}
