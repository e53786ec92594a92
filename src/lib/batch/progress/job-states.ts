import type {BatchJob, JobState} from '../ports.js'

const ENDED: readonly string[] = [
  'Completed',
  'PartiallyCompleted',
  'Failed',
  'Expired',
  'Stopped',
] satisfies readonly JobState[]

/** From the nearest to the end to the farthest. */
const OPEN: readonly string[] = [
  'InProgress',
  'Scheduled',
  'Validating',
  'Submitted',
  'Stopping',
] satisfies readonly JobState[]

/** Those of the service that are known. */
export const JOB_STATES: readonly string[] = [...OPEN, ...ENDED]

/** True for a state that nothing follows. One of a newer service counts as open: waiting is safe, and ends in time. */
export function isEndState(state: string): boolean {
  return ENDED.includes(state)
}

/** The one state that stands for several jobs: of those that are open the farthest, else what they came to together. */
export function jointState(states: readonly string[]): string {
  const open = states.filter((state) => !isEndState(state))
  if (open.length > 0) return OPEN.find((state) => open.includes(state)) ?? open[0] ?? 'Submitted'
  const [first = 'Submitted'] = states
  return states.every((state) => state === first) ? first : 'PartiallyCompleted'
}

/** Counts of a job as far as they mean something: before a job runs the service says 0 for what it has not counted. */
export function countsOf({records, state}: Pick<BatchJob, 'records' | 'state'>): BatchJob['records'] {
  const begun = (records.total ?? 0) > 0 || (records.processed ?? 0) > 0
  if (begun) return records
  // An end before anything was read leaves nothing processed, of a number that nobody counted.
  const none = isEndState(state) ? 0 : null
  return {total: null, processed: none, succeeded: none, failed: none}
}
