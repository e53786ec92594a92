import {failureRemedy} from '../progress/failure-remedy.js'
import type {ProgressRow} from '../progress/progress.schema.js'
import type {BatchFailure} from './batch-show.schema.js'

/** Why jobs failed, each message once with the jobs that have it; ARNs in it differ from job to job. */
export function batchFailures(rows: readonly ProgressRow[]): readonly BatchFailure[] {
  const found = new Map<string, {readonly message: string; readonly jobs: string[]}>()
  for (const {arn, message, name, state} of rows) {
    if ((state !== 'Failed' && state !== 'Refused') || message === null) continue
    const key = arn === null ? message : message.replaceAll(arn, '')
    const known = found.get(key)
    if (known) known.jobs.push(name)
    else found.set(key, {message, jobs: [name]})
  }
  return [...found.values()].map(({jobs, message}) => ({message, jobs, ...failureRemedy(message)}))
}
