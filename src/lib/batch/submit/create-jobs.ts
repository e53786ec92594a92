import {BedrockctlError} from '../../core/errors.js'
import {backOff} from '../../jobs/persist.js'
import type {BatchJobRequest} from '../ports.js'
import {findAskedJob, findJobOf} from './find-asked-job.js'
import {jobRequest} from './job-of-shard.js'
import {refreshJobs} from './refresh-jobs.js'
import {isWithheld, type PlannedShard, type SubmitRun} from './submit-run.js'

/** What ended the creation: nothing is left, or nothing more fits, or the time is up. */
export type CreateEnd = 'all' | 'full' | 'timed-out'

/** What the uploads of the run tell the creation of jobs. */
export interface UploadsUnderWay {
  readonly done: boolean
  /** Resolves when another shard is uploaded, or all are. */
  next(): Promise<void>
}

const LONGEST_QUOTA_PAUSE_MS = 5 * 60_000

/** Makes the job of every shard that is uploaded, as many at once as may be open. */
export async function createJobs(run: SubmitRun, uploads: UploadsUnderWay): Promise<CreateEnd> {
  const tried = new Set<string>()
  for (;;) {
    const next = run.shards.find((one) => isReady(one) && !tried.has(keyOf(one)))
    if (next === undefined) {
      if (uploads.done) return 'all'
      await uploads.next()
      continue
    }
    const room = await waitForRoom(run)
    if (room !== 'room') return room
    const end = await createJob(next, run)
    if (end !== 'done') return end
    tried.add(keyOf(next))
    run.input.tell({kind: 'jobs', counts: run.counts})
  }
}

/** A shard that was refused is asked for again by a later run: what was wrong may have been put right. */
function isReady({shard}: PlannedShard): boolean {
  return ['uploaded', 'asked', 'refused'].includes(shard.state) && !isWithheld(shard)
}

function keyOf({plan, shard}: PlannedShard): string {
  return `${plan.round}/${shard.number}`
}

async function waitForRoom(run: SubmitRun): Promise<'room' | 'full' | 'timed-out'> {
  for (let looks = 0; run.counts.open >= run.mostOpen; looks += 1) {
    if (looks > 0) {
      if (run.input.until === 'fits') return 'full'
      const waitMs = run.nextPollMs()
      run.input.tell({kind: 'waiting', reason: 'open-jobs', waitMs, counts: run.counts})
      if (!(await run.wait(waitMs))) return 'timed-out'
    }
    await refreshJobs(run)
  }
  return 'room'
}

async function createJob(one: PlannedShard, run: SubmitRun): Promise<'done' | 'full' | 'timed-out'> {
  const {plan, shard} = one
  const request = jobRequest(plan, shard.plan)
  if (shard.state === 'asked') {
    // Whoever asks too soon all the same gets the same job, by the token.
    const made = await findAskedJob(one, run.ports.jobs, run.persistence)
    if (made !== undefined) {
      await noteCreated(one, made.arn, run)
      return 'done'
    }
  } else {
    const {name, clientRequestToken: token} = request
    await run.append({kind: 'job-asked', at: run.now, round: plan.round, shard: shard.number, name, token})
  }
  for (let tries = 1; ; tries += 1) {
    const full = await ask(one, request, run)
    if (full === undefined) return 'done'
    if (run.input.until === 'fits') return 'full'
    if (!(await waitForQuota(full, tries, run))) return 'timed-out'
  }
}

/** Asks for the job once. Returns the failure when the quota of the account is full; a refusal is written down. */
async function ask(one: PlannedShard, request: BatchJobRequest, run: SubmitRun): Promise<BedrockctlError | undefined> {
  try {
    const arn = await run.persist(() => run.ports.jobs.create(one.plan.region, request, run.signal))
    await noteCreated(one, arn, run)
  } catch (failure) {
    if (!(failure instanceof BedrockctlError)) throw failure
    if (failure.code === 'QUOTA_EXCEEDED') return failure
    if (failure.fault !== 'usage') throw failure
    const made =
      failure.code === 'CONFLICT'
        ? await findJobOf(one.plan.region, request, run.ports.jobs, run.persistence)
        : undefined
    if (made !== undefined) await noteCreated(one, made.arn, run)
    else await refuse(one, failure, run)
  }
  return undefined
}

function noteCreated({plan, shard}: PlannedShard, arn: string, run: SubmitRun): Promise<void> {
  return run.append({kind: 'job-created', at: run.now, round: plan.round, shard: shard.number, arn})
}

function refuse({plan, shard}: PlannedShard, {action, code, message}: BedrockctlError, run: SubmitRun): Promise<void> {
  const prefix = `${action ?? ''} in ${plan.region} did not accept the request: `
  const said = message.startsWith(prefix) ? message.slice(prefix.length) : message
  return run.append({kind: 'job-refused', at: run.now, round: plan.round, shard: shard.number, code, said})
}

/** The quota is of the account: others may have the room, so ended jobs of the group are no sign that there is some. */
async function waitForQuota({retryAfterMs}: BedrockctlError, tries: number, run: SubmitRun): Promise<boolean> {
  const waitMs = retryAfterMs ?? Math.max(run.nextPollMs(), backOff(tries, run.ports.clock, LONGEST_QUOTA_PAUSE_MS))
  run.input.tell({kind: 'waiting', reason: 'quota', waitMs, counts: run.counts})
  const inTime = await run.wait(waitMs)
  if (inTime) await refreshJobs(run)
  return inTime
}
