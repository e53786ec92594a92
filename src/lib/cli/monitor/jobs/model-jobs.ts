import type {JobRow} from '../../../monitor/board/jobs/jobs.schema.js'
import type {EvaluationDetail} from '../../../monitor/board/jobs/ports.js'
import type {MonitorDoor} from '../door.js'
import {type JobKind, JobMemory} from './job-kind.js'

/** Nobody lists by when a job ended; one that ended within a week began so long ago at most, or hardly ever earlier. */
export const LOOK_BACK_MS = 35 * 86_400_000
const KEPT_MS = 7 * 86_400_000
/** Ended jobs that are described at one look. */
const AT_ONCE = 8

/** Evaluations of the account: one list a look, and one description of each that has ended. */
export async function openEvaluationKind({session}: Pick<MonitorDoor, 'session'>): Promise<JobKind> {
  const {evaluationRow} = await import('../../../monitor/board/jobs/model-job-rows.js')
  // Of those that have ended; they change no more.
  const ended = new JobMemory<JobRow>()
  return {
    kind: 'evaluation',
    action: 'bedrock:ListEvaluationJobs',
    async look({nowMs, region, signal}) {
      const source = await session.modelJobs()
      const jobs = await source.evaluations(region, new Date(nowMs - LOOK_BACK_MS).toISOString(), signal)
      const unknown = jobs.filter(({arn, state}) => ENDED.includes(state) && ended.get(arn, state) === undefined)
      ended.keep(region, jobs)
      for (const job of unknown.slice(0, AT_ONCE)) {
        const detail = (await source.evaluation(region, job.arn, signal)) ?? NO_DETAIL
        ended.set(job.arn, job.state, evaluationRow(job, detail))
      }
      return {
        rows: jobs.map((job) => ended.get(job.arn, job.state) ?? evaluationRow(job, undefined)),
        isWhole: unknown.length <= AT_ONCE,
      }
    },
  }
}

const ENDED = ['Completed', 'Failed', 'Stopped']
const NO_DETAIL: EvaluationDetail = {messages: [], modifiedAt: null, outputUri: null}

/** Copies of models of the account: one list a look tells all. */
export async function openCopyKind({session}: Pick<MonitorDoor, 'session'>): Promise<JobKind> {
  const {copyRow} = await import('../../../monitor/board/jobs/model-job-rows.js')
  return {
    kind: 'copy',
    action: 'bedrock:ListModelCopyJobs',
    async look({nowMs, region, signal}) {
      const source = await session.modelJobs()
      const jobs = await source.copies(region, new Date(nowMs - 2 * KEPT_MS).toISOString(), signal)
      return {rows: jobs.map(copyRow), isWhole: true}
    },
  }
}
