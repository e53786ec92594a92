import type {JobStatusDetails, ModelCustomizationJobStatus} from '@aws-sdk/client-bedrock'
import type {TuningJob, TuningPhase} from '../../../world/tuning-state.js'
import {numberOf} from './parameter.js'

/** How far a phase of a job is. */
export interface PhaseView {
  readonly status: JobStatusDetails
  readonly createdAt: number
  readonly changedAt: number
}

/** Where a job is at a moment. */
export interface JobView {
  readonly status: ModelCustomizationJobStatus
  /** Since when. */
  readonly since: number
  readonly ended: boolean
  readonly message: string | undefined
  readonly phases: Readonly<Record<TuningPhase, PhaseView>>
  /** Share of the training that is done. */
  readonly trained: number
}

const PHASES = ['validation', 'dataProcessing', 'training'] as const
const LEAST_TRAINING_MS = 5000
/** How often the metrics of a training are written: so many times, start to end. */
const WRITINGS = 20

/** When its data has been checked. */
export const checkedAt = ({createdAt, pace}: TuningJob): number => createdAt + pace.validationMs

/** The states of a job follow from the clock alone, once its data has been checked. */
export function jobAt(job: TuningJob, now: number): JobView {
  const {stopAskedAt, pace} = job
  if (stopAskedAt === undefined || now < stopAskedAt) return unstopped(job, now)
  const before = unstopped(job, stopAskedAt)
  if (before.ended) return before
  const stoppedAt = stopAskedAt + pace.stoppingMs
  const stopped = now >= stoppedAt
  const status = stopped ? 'Stopped' : 'Stopping'
  const since = stopped ? stoppedAt : stopAskedAt
  const cut = (phase: PhaseView): PhaseView =>
    phase.status === 'InProgress' ? {...phase, status, changedAt: since} : phase
  const {validation, dataProcessing, training} = before.phases
  const phases = {validation: cut(validation), dataProcessing: cut(dataProcessing), training: cut(training)}
  return {status, since, ended: stopped, message: undefined, phases, trained: before.trained}
}

/** The next moment after `now` at which there is work to do for the job; `undefined` once there is none. */
export function nextWork(job: TuningJob, now: number): number | undefined {
  if (job.delivered) return undefined
  const end = endOf(job)
  if (!job.intake && job.stopAskedAt === undefined) return checkedAt(job)
  const {training} = spans(job)
  const until = Math.min(training.to, job.stopAskedAt ?? Number.POSITIVE_INFINITY)
  if (now >= until) return Math.max(now, end)
  if (now < training.from) return Math.min(end, training.from)
  const writing = (training.to - training.from) / WRITINGS
  const next = training.from + (Math.floor((now - training.from) / writing) + 1) * writing
  return Math.min(end, Math.ceil(next))
}

/** Share of a training at which its metrics were last written. */
export const writtenShare = (trained: number): number => (trained >= 1 ? 1 : Math.floor(trained * WRITINGS) / WRITINGS)

function endOf(job: TuningJob): number {
  if (job.stopAskedAt !== undefined) return job.stopAskedAt + job.pace.stoppingMs
  return job.intake ? timeline(job).at : checkedAt(job)
}

interface Span {
  readonly from: number
  readonly to: number
}

function spans(job: TuningJob): Readonly<Record<TuningPhase, Span>> {
  const {createdAt, pace, intake} = job
  const processingFrom = createdAt + pace.validationMs
  const processingTo = processingFrom + pace.processingMs
  const trainingFrom = processingTo + pace.queueMs
  const needed = (((intake?.tokens ?? 0) * numberOf(job, 'epochCount', 1)) / pace.tokensPerSecond) * 1000
  const trainingMs = pace.trainingMs ?? Math.max(LEAST_TRAINING_MS, Math.round(needed))
  return {
    validation: {from: createdAt, to: processingFrom},
    dataProcessing: {from: processingFrom, to: processingTo},
    training: {from: trainingFrom, to: trainingFrom + trainingMs},
  }
}

interface End {
  readonly at: number
  /** In which it failed. */
  readonly failed: TuningPhase | undefined
  readonly message: string | undefined
}

/** How and when a job ends that nobody stops. */
function timeline(job: TuningJob): End {
  const {intake, end} = job
  const all = spans(job)
  if (intake?.failure !== undefined) return {at: all.validation.to, failed: 'validation', message: intake.failure}
  if (!end) return {at: all.training.to, failed: undefined, message: undefined}
  const {from, to} = all[end.phase]
  const at = end.phase === 'training' ? from + Math.round((to - from) * end.afterShare) : to
  return {at, failed: end.phase, message: end.message}
}

function unstopped(job: TuningJob, now: number): JobView {
  const all = spans(job)
  const checked = job.intake !== undefined
  const end = timeline(job)
  const over = checked && now >= end.at
  const time = checked ? Math.min(now, end.at) : Math.min(now, all.validation.to - 1)
  // A phase that fails is the last: none begins at the moment that it ends.
  const failed = over && end.failed !== undefined ? PHASES.indexOf(end.failed) : PHASES.length
  const view = (phase: TuningPhase): PhaseView => {
    const place = PHASES.indexOf(phase)
    if (place === failed) return {status: 'Failed', createdAt: all[phase].from, changedAt: time}
    return phaseAt(all[phase], place > failed ? job.createdAt - 1 : time, job.createdAt)
  }
  const {from, to} = all.training
  const trained = Math.min(1, Math.max(0, (time - from) / Math.max(1, to - from)))
  const phases = {validation: view('validation'), dataProcessing: view('dataProcessing'), training: view('training')}
  const told = {phases, trained: over && end.failed === undefined ? 1 : trained, message: undefined}
  const changed = Math.max(job.createdAt, ...PHASES.map((phase) => phases[phase].changedAt))
  if (!over) return {status: 'InProgress', since: changed, ended: false, ...told}
  const status = end.failed === undefined ? 'Completed' : 'Failed'
  return {...told, status, since: end.at, ended: true, message: end.message}
}

function phaseAt({from, to}: Span, time: number, createdAt: number): PhaseView {
  if (time < from) return {status: 'NotStarted', createdAt, changedAt: createdAt}
  if (time < to) return {status: 'InProgress', createdAt: from, changedAt: from}
  return {status: 'Completed', createdAt: from, changedAt: to}
}
