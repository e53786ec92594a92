import {type BedrockctlError, usageError} from '../../core/errors.js'
import type {JobClock} from '../../jobs/clock.js'
import {type Sighting, waitForEnd} from '../../jobs/wait/wait-for-end.js'
import {importFailure} from '../failure-remedy.js'
import {importRow} from '../import-row.js'
import {isOver} from '../import-states.js'
import type {ImportFailure, ImportRow} from '../imports.schema.js'
import {nextCommands} from '../next-commands.js'
import type {ImportSource} from '../ports.js'
import type {ImportPace, ImportsWatchResult} from './imports-watch.schema.js'

/** An import at one moment. */
export interface ImportLook {
  readonly row: ImportRow
  /** Why it failed; null while it has not. */
  readonly failure: ImportFailure | null
  readonly s3Uri: string | null
  readonly pace: ImportPace | null
}

export interface WatchImportInput {
  readonly region: string
  readonly arn: string
  /** What earlier imports tell of how long this one may take. */
  readonly pace: ImportPace | null
  readonly intervalMs: number | undefined
  readonly timeoutMs: number | undefined
  readonly signal: AbortSignal
  readonly onLook: (look: Sighting<ImportLook>) => void
  readonly onTrouble: (failure: BedrockctlError, waitMs: number) => void
}

export interface WatchImportPorts {
  readonly source: Pick<ImportSource, 'job' | 'model'>
  readonly clock: JobClock
}

/** Looks again and again until the import has ended, time is up or `signal` aborts; it goes on in every case. */
export async function watchImport(
  {arn, pace, region, ...input}: WatchImportInput,
  {clock, source}: WatchImportPorts,
): Promise<Omit<ImportsWatchResult, 'schemaVersion' | 'simulated'>> {
  const {end, last, looks} = await waitForEnd(
    {
      ...input,
      look: async (signal): Promise<ImportLook> => {
        const job = await source.job(region, arn, signal)
        if (job === undefined) throw gone(arn)
        const model = job.modelArn === null ? undefined : await source.model(region, job.modelArn, signal)
        const row = importRow({job, model}, clock.now().getTime())
        return {row, failure: job.state === 'Failed' ? importFailure(job.message) : null, s3Uri: job.s3Uri, pace}
      },
      endOf: ({row}) => (isOver(row.state) ? 'ended' : undefined),
    },
    clock,
  )
  const {failure = null, row, s3Uri = null} = last?.seen ?? {}
  // Of a model that was deleted since, the import completed all the same.
  const passed = row?.state === 'Completed' || row?.state === 'Deleted'
  return {
    unread: [],
    gate: {
      requirement: 'the import has completed',
      passed,
      failures: passed ? [] : [`${row?.name ?? arn}: ${row?.state ?? 'not known'}`],
    },
    asOf: new Date(last?.atMs ?? clock.now().getTime()).toISOString(),
    end,
    looks,
    import: row ?? null,
    pace,
    failure,
    next: row ? nextCommands(row, s3Uri) : [],
  }
}

function gone(arn: string): BedrockctlError {
  return usageError('JOB_UNKNOWN', `There is no import job ${arn} any more.`, {
    hint: 'Look for it: bedrockctl imports list --region all',
  })
}
