import {seededRandom} from '../../../../world/random.js'
import type {TuningJob} from '../../../../world/tuning-state.js'
import {hashText} from '../../answers/reply.js'
import {numberOf} from '../parameter.js'

/** One row of a file of metrics: the first column is the step, the second the epoch. */
export type Row = Readonly<Record<string, number>>

/** Rows that a file of metrics has at most: of longer trainings every so manieth step. */
const MOST_ROWS = 1000
const BATCH_RECORDS = 8
const START_LOSS = 2.4
const FLOOR_LOSS = 0.6
/** The same words as ever: the loss falls this many times as fast as the training goes on. */
const STEEPNESS = 4

interface Course {
  readonly steps: number
  readonly stepsPerEpoch: number
  readonly rows: number
}

/** Steps of a whole training, and how many of them are told. */
function courseOf(job: TuningJob): Course {
  const stepsPerEpoch = Math.max(1, Math.ceil((job.intake?.records ?? 0) / numberOf(job, 'batchSize', BATCH_RECORDS)))
  const steps = numberOf(job, 'stepCount', stepsPerEpoch * numberOf(job, 'epochCount', 1))
  return {steps, stepsPerEpoch, rows: Math.min(steps, MOST_ROWS)}
}

/** Rows of the training's metrics; the same job has the same ones every time. */
export function trainingRows(job: TuningJob, share: number): readonly Row[] {
  const {steps, stepsPerEpoch, rows} = courseOf(job)
  const told = Math.floor(rows * share)
  const random = seededRandom(hashText(job.name))
  return Array.from({length: told}, (_, index) => {
    const step = Math.floor((index * steps) / rows)
    const noise = random() - 0.5
    const place = {step_number: step, epoch_number: Math.floor(step / stepsPerEpoch)}
    const done = step / steps
    return job.type === 'REINFORCEMENT_FINE_TUNING'
      ? {...place, ...rewards(done, noise)}
      : {...place, ...losses('training_loss', lossAt(done) + noise * 0.2 * (1 - done * 0.7))}
  })
}

/** Rows of one validation set: its loss at the end of each epoch. */
export function validationRows(job: TuningJob, share: number, validator: number): readonly Row[] {
  const {steps, stepsPerEpoch} = courseOf(job)
  const random = seededRandom(hashText(`${job.name}/${validator}`))
  const epochs = Math.max(1, Math.round(steps / stepsPerEpoch))
  const rows = Array.from({length: epochs}, (_, epoch) => {
    const done = (epoch + 1) / epochs
    const place = {step_number: Math.round(done * steps) - 1, epoch_number: epoch}
    const loss = lossAt(done) + 0.12 + 0.05 * random()
    return job.type === 'REINFORCEMENT_FINE_TUNING'
      ? {...place, 'val-score/rewards/mean@1': rounded(0.75 * done)}
      : {...place, ...losses('validation_loss', loss)}
  })
  return rows.slice(0, Math.floor(epochs * share))
}

const lossAt = (done: number): number => FLOOR_LOSS + (START_LOSS - FLOOR_LOSS) * Math.exp(-STEEPNESS * done)

function losses(name: string, value: number): Row {
  const loss = rounded(value)
  return {[name]: loss, perplexity: rounded(Math.exp(loss))}
}

/** The names are those of the console; how their file looks is not published. */
function rewards(done: number, noise: number): Row {
  const mean = rounded(Math.min(1, Math.max(0, 0.2 + 0.6 * done + noise * 0.1)))
  return {
    'critic/rewards/mean': mean,
    'critic/rewards/max': rounded(Math.min(1, mean + 0.2)),
    'critic/rewards/min': rounded(Math.max(0, mean - 0.2)),
    'actor/entropy': rounded(1.5 - done),
    'actor/pg_loss': rounded(0.05 * (1 - done) + 0.01 * noise),
  }
}

const rounded = (value: number): number => Math.round(value * 1e6) / 1e6
