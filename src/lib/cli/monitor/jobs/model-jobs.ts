import type {EvaluationDetail} from '../../../monitor/board/jobs/ports.js'
import type {MonitorDoor} from '../door.js'
import {EndedJobs, type JobKind} from './job-kind.js'

/** Nobody lists by when a job ended; one that ended within a week began so long ago at most, or hardly ever earlier. */
export const LOOK_BACK_MS = 35 * 86_400_000
const KEPT_MS = 7 * 86_400_000
/** Ended jobs that are described at one look. */
const AT_ONCE = 8

/** Evaluations of the account: one list a look, and one description of each that has ended. */
export async function openEvaluationKind({session}: Pick<MonitorDoor, 'session'>): Promise<JobKind> {
  const {evaluationRow} = await import('../../../monitor/board/jobs/model-job-rows.js')
  const described = new EndedJobs<EvaluationDetail>()
  return {
    kind: 'evaluation',
    action: 'bedrock:ListEvaluationJobs',
    async look({nowMs, region, signal}) {
      const source = await session.modelJobs()
      const jobs = await source.evaluations(region, new Date(nowMs - LOOK_BACK_MS).toISOString(), signal)
      const unknown = jobs.filter(({arn, state}) => ENDED.includes(state) && described.get(arn, state) === undefined)
      for (const {arn, state} of unknown.slice(0, AT_ONCE)) {
        described.set(arn, state, (await source.evaluation(region, arn, signal)) ?? NO_DETAIL)
      }
      return {
        rows: jobs.map((job) => evaluationRow(job, described.get(job.arn, job.state))),
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
