import type {GroupState} from '../group/group-state.js'
import {type CreateEnd, createJobs, type UploadsUnderWay} from './create-jobs.js'
import {refreshJobs} from './refresh-jobs.js'
import {isWithheld, type SubmitInput, type SubmitPorts, SubmitRun} from './submit-run.js'
import {uploadShards} from './upload-shards.js'

export interface SubmitOutcome {
  readonly state: GroupState
  /** ARNs of jobs that the service knows no more. */
  readonly gone: ReadonlySet<string>
  /** Why the run ended: it went as far as it was to, nothing more fitted, or its time was up. */
  readonly end: 'done' | 'full' | 'timed-out'
}

/**
 * Uploads what is not uploaded and makes the jobs that are not made, of every round of a group. Each step is in the
 * journal before the next begins, so that it can be killed at any point and run again.
 */
export async function submitGroup(input: SubmitInput, ports: SubmitPorts): Promise<SubmitOutcome> {
  const failed = new AbortController()
  const run = new SubmitRun(input, ports, AbortSignal.any([input.signal, failed.signal]))
  // What is open decides how much is uploaded at all.
  if (input.until === 'fits') await refreshJobs(run)
  const uploads = new Uploads()
  const upload = uploadShards(run, () => uploads.step()).then(() => uploads.finish())
  const create = createJobs(run, uploads).then((end) => {
    // What does not fit any more need not be uploaded now.
    if (end !== 'all') failed.abort(STOPPED)
    return end
  })
  const created = await settleBoth(upload, create, failed, uploads)
  const end = created === 'all' && input.until === 'ended' ? await waitForEnd(run) : created
  const left = run.shards.some(({shard}) => shard.job === undefined && shard.state !== 'refused' && !isWithheld(shard))
  return {state: run.state, gone: run.gone, end: end !== 'all' ? end : left ? 'full' : 'done'}
}

/** Given as the reason of a stop that is no failure. */
const STOPPED = Symbol('nothing more fits')

/** The first failure stops the other part; it is thrown once nothing is under way any more. */
async function settleBoth(
  upload: Promise<void>,
  create: Promise<CreateEnd>,
  failed: AbortController,
  uploads: Uploads,
): Promise<CreateEnd> {
  let failure: {readonly cause: unknown} | undefined
  const guard = (cause: unknown): undefined => {
    if (failed.signal.reason !== STOPPED) failure ??= {cause}
    failed.abort(cause)
    uploads.finish()
    return undefined
  }
  const [end] = await Promise.all([create.catch(guard), upload.catch(guard)])
  if (failure) throw failure.cause
  return end ?? 'all'
}

async function waitForEnd(run: SubmitRun): Promise<CreateEnd> {
  for (;;) {
    await refreshJobs(run)
    if (run.counts.open === 0) return 'all'
    if (!(await run.wait(run.nextPollMs()))) return 'timed-out'
  }
}

class Uploads implements UploadsUnderWay {
  done = false
  #wake: () => void = () => undefined
  #next = this.#promise()

  next(): Promise<void> {
    return this.#next
  }

  step(): void {
    this.#wake()
    this.#next = this.#promise()
  }

  finish(): void {
    this.done = true
    this.step()
  }

  #promise(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve
    })
  }
}
