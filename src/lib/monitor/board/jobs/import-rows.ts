import type {ImportFailure, ImportRow} from '../../../imports/imports.schema.js'
import {toneOfState} from '../../../jobs/state-tone.js'
import {NO_ETA} from './job-eta.js'
import type {JobRow} from './jobs.schema.js'
import {msOf} from './ms-of.js'

/** An import as it stands. */
export interface ImportSight {
  readonly row: ImportRow
  readonly failure: ImportFailure | null
  readonly next: readonly string[]
  /** Where its files are; null where only a look at the job itself would tell. */
  readonly s3Uri: string | null
  /** What earlier imports tell of how long it may take. */
  readonly pace: string
}

const FREE: JobRow['cost'] = {
  low: '0',
  high: '0',
  currency: 'USD',
  how: 'AWS charges nothing for the import itself; the model costs while it is kept and called',
}

/** One import as a row of the board; the service tells of no progress. Pure. */
export function importRow({failure, next, pace, row, s3Uri}: ImportSight): JobRow {
  const {architecture, createdAt, endedAt, jobArn, jobName, modelArn, name, state} = row
  const isLive = !['Completed', 'Failed', 'Deleted'].includes(state)
  const createdAtMs = msOf(createdAt)
  const endedAtMs = isLive ? null : (msOf(endedAt) ?? createdAtMs)
  const tone = toneOfState(state) ?? null
  const facts: readonly (readonly [string, string | null])[] = [
    ['its model', name],
    ['architecture', architecture],
    ['files', s3Uri],
    ['model ARN', modelArn],
  ]
  return {
    kind: 'import',
    id: jobArn ?? modelArn ?? name,
    name: jobName ?? name,
    model: name,
    state,
    tone,
    live: isLive,
    at: null,
    done: null,
    failed: null,
    total: null,
    unit: null,
    createdAtMs,
    endedAtMs,
    ...NO_ETA,
    cost: FREE,
    message: failure?.message ?? (isLive ? pace : null),
    remedy: failure?.remedy ?? null,
    next,
    parts: [{name: 'import', state, tone, done: null, failed: null, total: null, startedAtMs: createdAtMs, endedAtMs}],
    partsLeftOut: 0,
    metrics: [],
    facts: facts.flatMap(([fact, value]) => (value === null ? [] : [[fact, value] as const])),
    actions: [],
  }
}
