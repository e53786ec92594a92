import type {JobMetrics, MetricsReader} from '../../../customizations/metrics/read-metrics.js'
import type {CustomizationJob, CustomizationSource} from '../../../customizations/ports.js'
import type {SightingMemory} from '../../../jobs/sightings.js'
import type {JobRow} from '../../../monitor/board/jobs/jobs.schema.js'
import type {MonitorDoor} from '../door.js'
import {type JobKind, JobMemory, type KindLook} from './job-kind.js'
import {boardCommands} from './job-next.js'
import {LOOK_BACK_MS} from './model-jobs.js'

/** Jobs that are described at one look. */
const AT_ONCE = 8
/** Jobs in training whose metrics are looked for at one look. */
const MOST_TRAINING = 24

/** Of a job that has ended its row is all that is kept: it changes no more. */
interface Described {
  readonly job: CustomizationJob
  readonly metrics: JobMetrics | undefined
  readonly row?: JobRow
}

type Words = Awaited<ReturnType<typeof openWords>>

/** Customizations: one list a look, a description of each job once a state, and metrics of those that train. */
export async function openTuningKind(door: MonitorDoor): Promise<JobKind> {
  const words = await openWords()
  const described = new JobMemory<Described>()
  const memories = new Map<string, SightingMemory>()
  let reader: MetricsReader | undefined
  return {
    kind: 'customization',
    action: 'bedrock:ListModelCustomizationJobs',
    async look(look) {
      const {nowMs, region, signal} = look
      const source = await door.session.customizations()
      // Kept, as it knows what it has read.
      reader ??= words.metricsReader(await door.session.objectStore())
      const createdAfter = new Date(nowMs - LOOK_BACK_MS).toISOString()
      const jobs = await source.jobs(region, {createdAfter}, signal)
      described.keep(region, jobs)
      const unknown = jobs.filter(({arn, state}) => described.get(arn, state) === undefined)
      const metrics = reader
      await Promise.all(
        unknown.slice(0, AT_ONCE).map(async (job) => {
          described.set(job.arn, job.state, await describe(job, {source, metrics}, look, words))
        }),
      )
      await readMetrics(jobs.filter(isTraining), described, metrics, look)
      const rows = jobs.map((job) => rowOf(job, described, {memories, nowMs, words, settings: door.settings}))
      const live = new Set(jobs.filter(({state}) => !words.isEndState(state)).map(({arn}) => arn))
      for (const arn of memories.keys()) if (!live.has(arn) && arn.includes(`:${region}:`)) memories.delete(arn)
      return {rows, isWhole: unknown.length <= AT_ONCE}
    },
  }
}

async function describe(
  job: CustomizationJob,
  {metrics, source}: {readonly metrics: MetricsReader; readonly source: Pick<CustomizationSource, 'job'>},
  {region, signal}: KindLook,
  {isEndState}: Words,
): Promise<Described> {
  const whole = (await source.job(region, job.arn, signal)) ?? job
  return {job: whole, metrics: isEndState(job.state) ? await metrics.read(whole, signal) : undefined}
}

async function readMetrics(
  jobs: readonly CustomizationJob[],
  described: JobMemory<Described>,
  reader: MetricsReader,
  {signal}: KindLook,
): Promise<void> {
  await Promise.all(
    jobs.slice(0, MOST_TRAINING).map(async ({arn, state}) => {
      const known = described.get(arn, state)
      if (known) described.set(arn, state, {...known, metrics: await reader.read(known.job, signal)})
    }),
  )
}

function isTraining({phases, state}: CustomizationJob): boolean {
  return state === 'InProgress' && phases.some((phase) => phase.name === 'training' && phase.state === 'InProgress')
}

interface RowFrame {
  readonly memories: Map<string, SightingMemory>
  readonly nowMs: number
  readonly words: Words
  readonly settings: MonitorDoor['settings']
}

function rowOf(job: CustomizationJob, described: JobMemory<Described>, frame: RowFrame): JobRow {
  const known = described.get(job.arn, job.state)
  if (known?.row !== undefined) return known.row
  const row = toRow(job, known, frame)
  if (known !== undefined && frame.words.isEndState(job.state)) {
    described.set(job.arn, job.state, {job, metrics: undefined, row})
  }
  return row
}

function toRow(
  listed: CustomizationJob,
  known: Described | undefined,
  {memories, nowMs, settings, words}: RowFrame,
): JobRow {
  // The list tells the phases as they are now, the description why it failed.
  const job = {...listed, message: known?.job.message ?? listed.message}
  const row = words.jobRow(job, nowMs)
  const series = known?.metrics?.series ?? []
  const epochs = Number(known?.job.hyperparameters?.['epochCount'] ?? Number.NaN)
  const asked = Number.isFinite(epochs) ? epochs : null
  const memory = memories.get(job.arn) ?? new words.SightingMemory()
  memories.set(job.arn, memory)
  const done = words.trainingSteps(series, asked)?.done ?? 0
  const stop = words.stopQuestion(words.planStop([{text: job.name, job}]))
  const isOver = words.isEndState(job.state)
  const next = words.nextCommands(row, {hasModel: row.modelArn !== null, isOver, servedBy: []})
  return words.customizationRow(
    {
      row,
      series,
      epochs: asked,
      sightings: memory.add({atMs: nowMs, processed: done}, isTraining(job)),
      failure: job.state === 'Failed' ? words.customizationFailure(job.message) : null,
      next: boardCommands(next, job.region, settings),
      stop,
      at: words.atWord(row),
      facts: factsOf(job, known, words),
    },
    nowMs,
  )
}

function factsOf({type}: CustomizationJob, known: Described | undefined, {typeWord}: Words): JobRow['facts'] {
  const {hyperparameters, outputUri, roleArn, trainingUri} = known?.job ?? {}
  const parameters = Object.entries(hyperparameters ?? {}).map(([name, value]) => `${name} ${value}`)
  const unread = known?.metrics?.unread[0]?.reason
  const facts: readonly (readonly [string, string | null | undefined])[] = [
    ['type', typeWord(type)],
    ['data', trainingUri],
    ['results', outputUri],
    ['role', roleArn],
    ['hyperparameters', parameters.join(', ') || null],
    ['metrics', unread],
  ]
  return facts.flatMap(([name, value]) => (value ? [[name, value] as const] : []))
}

async function openWords() {
  const all = await Promise.all([
    import('../../../customizations/job-row.js'),
    import('../../../customizations/metrics/read-metrics.js'),
    import('../../../customizations/follow/failure-remedy.js'),
    import('../../../customizations/follow/next-commands.js'),
    import('../../../customizations/stop/stop-jobs.js'),
    import('../../../customizations/customization-words.js'),
    import('../../../customizations/type-word.js'),
    import('../../../jobs/sightings.js'),
    import('../../../monitor/board/jobs/customization-rows.js'),
    import('../../../monitor/board/jobs/training-steps.js'),
  ])
  const [rows, metrics, failures, next, stop, words, types, sightings, board, steps] = all
  return {...rows, ...metrics, ...failures, ...next, ...stop, ...words, ...types, ...sightings, ...board, ...steps}
}
