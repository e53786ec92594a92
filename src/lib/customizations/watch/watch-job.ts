import {type BedrockctlError, usageError} from '../../core/errors.js'
import type {JobClock} from '../../jobs/clock.js'
import {type Sighting, waitForEnd} from '../../jobs/wait/wait-for-end.js'
import type {CustomizationRow} from '../customization.schema.js'
import {customizationFailure} from '../follow/failure-remedy.js'
import {nextCommands} from '../follow/next-commands.js'
import {isEndState, jobRow} from '../job-row.js'
import type {JobMetrics, MetricsReader} from '../metrics/read-metrics.js'
import {summarise} from '../metrics/summarise.js'
import type {CustomizationSource} from '../ports.js'
import type {CustomizationWatchResult} from './customization-watch.schema.js'

/** A job and what it has written of its training, at one moment. */
export interface JobLook {
  readonly row: CustomizationRow
  readonly metrics: JobMetrics
  /** As it was asked for; null where nobody said. */
  readonly epochs: number | null
}

export interface WatchJobInput {
  readonly region: string
  readonly arn: string
  readonly intervalMs: number | undefined
  readonly timeoutMs: number | undefined
  readonly signal: AbortSignal
  readonly onLook: (look: Sighting<JobLook>) => void
  readonly onTrouble: (failure: BedrockctlError, waitMs: number) => void
}

export interface WatchJobPorts {
  readonly source: Pick<CustomizationSource, 'job'>
  readonly metrics: MetricsReader
  readonly clock: JobClock
}

/** Looks again and again until the job has ended, time is up or `signal` aborts; the job goes on in every case. */
export async function watchJob(
  {arn, region, ...input}: WatchJobInput,
  {clock, metrics, source}: WatchJobPorts,
): Promise<Omit<CustomizationWatchResult, 'schemaVersion' | 'simulated'>> {
  const {end, last, looks} = await waitForEnd(
    {
      ...input,
      look: async (signal): Promise<JobLook> => {
        const job = await source.job(region, arn, signal)
        if (job === undefined) throw gone(arn)
        const epochs = Number(job.hyperparameters?.['epochCount'])
        return {
          row: jobRow(job, clock.now().getTime()),
          metrics: await metrics.read(job, signal),
          epochs: Number.isFinite(epochs) ? epochs : null,
        }
      },
      endOf: ({row}) => (isEndState(row.state) ? 'ended' : undefined),
    },
    clock,
  )
  const {metrics: written, row} = last?.seen ?? {}
  const passed = row?.state === 'Completed'
  return {
    unread: written?.unread ?? [],
    gate: {
      requirement: 'the job has completed',
      passed,
      failures: passed ? [] : [`${row?.name ?? arn}: ${row?.state ?? 'not known'}`],
    },
    asOf: new Date(last?.atMs ?? clock.now().getTime()).toISOString(),
    end,
    looks,
    job: row ?? null,
    metrics: summarise(written?.series ?? []),
    failure: row?.state === 'Failed' ? customizationFailure(row.message) : null,
    next: row ? nextCommands(row, {hasModel: row.modelArn !== null, isOver: isEndState(row.state), servedBy: []}) : [],
  }
}

function gone(arn: string): BedrockctlError {
  return usageError('JOB_UNKNOWN', `There is no customization job ${arn}.`, {
    hint: 'Look for it: bedrockctl customizations list --region all',
  })
}
