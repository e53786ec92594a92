import {toneOfState} from '../../../jobs/state-tone.js'
import {evaluationStopWords, jobActions} from './job-actions.js'
import {NO_ETA} from './job-eta.js'
import type {JobRow} from './jobs.schema.js'
import {modelJobRemedy} from './model-job-remedy.js'
import {msOf} from './ms-of.js'
import type {CopyJob, EvaluationDetail, EvaluationJob} from './ports.js'

const NOTHING_COUNTED = {
  ...{at: null, done: null, failed: null, total: null, unit: null, cost: null, metrics: []},
  ...{parts: [], partsLeftOut: 0, next: []},
  ...NO_ETA,
}

/** One evaluation as a row of the board; the service tells of no progress. Pure. */
export function evaluationRow(job: EvaluationJob, detail: EvaluationDetail | undefined): JobRow {
  const {application, arn, createdAt, models, name, state, tasks, type} = job
  const isLive = isOpen(state)
  const createdAtMs = msOf(createdAt)
  const message = detail?.messages.join(' ') || null
  const facts: readonly (readonly [string, string])[] = [
    ['evaluates', application === 'RagEvaluation' ? 'a knowledge base' : 'models'],
    ['by', type === 'Human' ? 'people' : 'metrics and models'],
    ['tasks', tasks.join(', ')],
    ['models', models.join(', ')],
    ['output', detail?.outputUri ?? ''],
  ]
  return {
    ...NOTHING_COUNTED,
    kind: 'evaluation',
    id: arn,
    name,
    model: models[0] ?? null,
    state,
    tone: toneOfState(state) ?? null,
    live: isLive,
    createdAtMs,
    endedAtMs: isLive ? null : (msOf(detail?.modifiedAt ?? null) ?? createdAtMs),
    message,
    remedy: state === 'Failed' ? modelJobRemedy('evaluation', message) : null,
    facts: facts.filter(([, value]) => value !== ''),
    actions: jobActions({
      name,
      stop: evaluationStopWords({live: isLive, name, state}),
      collectTo: undefined,
      answered: null,
    }),
  }
}

/** One copy of a model as a row of the board; nobody says when it ended. Pure. */
export function copyRow({arn, createdAt, message, name, sourceModelArn, state, targetModelArn}: CopyJob): JobRow {
  const isLive = isOpen(state)
  const createdAtMs = msOf(createdAt)
  return {
    ...NOTHING_COUNTED,
    kind: 'copy',
    id: arn,
    name,
    model: sourceModelArn,
    state,
    tone: toneOfState(state) ?? null,
    live: isLive,
    createdAtMs,
    endedAtMs: isLive ? null : createdAtMs,
    message,
    remedy: state === 'Failed' ? modelJobRemedy('copy', message) : null,
    facts: [['copies', sourceModelArn], ...(targetModelArn === null ? [] : [['to', targetModelArn] as const])],
    actions: [],
  }
}

function isOpen(state: string): boolean {
  return !['Completed', 'Failed', 'Stopped'].includes(state)
}
