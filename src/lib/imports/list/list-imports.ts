import {importRow} from '../import-row.js'
import type {ImportRow} from '../imports.schema.js'
import type {RegionImports} from './read-imports.js'

export interface ListFilter {
  /** Keep this state, in any letter case. */
  readonly state: string | undefined
  readonly nowMs: number
}

/** One row an import, newest first: jobs with their models, and models whose jobs are not listed any more. */
export function listImports(read: readonly RegionImports[], {nowMs, state}: ListFilter): readonly ImportRow[] {
  return read
    .flatMap((region) => rowsOf(region, nowMs))
    .filter((row) => state === undefined || row.state.toLowerCase() === state.toLowerCase())
    .toSorted((a, b) => Date.parse(b.createdAt) - Date.parse(a.createdAt))
}

function rowsOf({jobs, models}: RegionImports, nowMs: number): readonly ImportRow[] {
  const byArn = new Map(models.map((model) => [model.arn, model]))
  const made = new Set(jobs.map(({modelArn}) => modelArn))
  return [
    ...jobs.map((job) => importRow({job, model: byArn.get(job.modelArn ?? '')}, nowMs)),
    ...models.filter(({arn}) => !made.has(arn)).map((model) => importRow({job: undefined, model}, nowMs)),
  ]
}
