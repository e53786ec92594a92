import {readdir, readFile} from 'node:fs/promises'
import {join} from 'node:path'
import {afterEach, expect, test, vi} from 'vitest'
import {openActions} from '../../src/lib/cli/monitor/actions/actions.js'
import type {ActionNote} from '../../src/lib/monitor/board/actions.js'
import type {RowAction} from '../../src/lib/monitor/board/jobs/jobs.schema.js'
import {jobsTable} from '../../src/lib/monitor/board/jobs/jobs-table.js'
import {BUCKET, batchScenario, novaLines, ROLE} from '../support/batch-scenario.js'
import {boardOf} from '../support/board-jobs.js'
import {type JobsStage, openJobsStage} from '../support/jobs-stage.js'
import {converseLines, BUCKET as TUNING, ROLE as TUNING_ROLE, tuningScenario} from '../support/tuning-scenario.js'

// Actions of the jobs view, over the wire.

afterEach(() => {
  vi.restoreAllMocks()
})

/** Looks, and does what the row of this name offers. */
async function act(stage: JobsStage, name: string, action: RowAction['name']) {
  const {rows} = await stage.look()
  const state = boardOf({'us-east-1': rows}, stage.sandbox.clock.now())
  const row = jobsTable(state).rows.find(({cells}) => cells['name']?.text === name)
  const progress: string[] = []
  const run = await openActions(stage.door)
  const note: ActionNote = await run({view: 'jobs', row: row?.key ?? '', action}, state, {
    signal: new AbortController().signal,
    onProgress: (text) => progress.push(text),
  })
  return {note, progress, offered: row?.actions ?? []}
}

async function openBatchStage(): Promise<JobsStage> {
  const stage = await openJobsStage(
    await batchScenario({
      ...{submittedSeconds: 0, validatingSeconds: 0, scheduledSeconds: 0, listDelaySeconds: 0, stoppingSeconds: 5},
      recordsPerSecond: 10,
    }),
  )
  await stage.sandbox.world.objects.put(BUCKET, 'in/records.jsonl', novaLines(100))
  const jobs = await stage.door.session.batchJobs()
  for (const name of ['nightly', 'reviews-r1-0001', 'reviews-r1-0002']) {
    await jobs.create('us-east-1', {
      ...{name, clientRequestToken: `token-${name}`, modelId: 'amazon.nova-lite-v1:0', roleArn: ROLE},
      ...{api: 'InvokeModel', inputUri: `s3://${BUCKET}/in/records.jsonl`, outputUri: `s3://${BUCKET}/out/`},
    })
  }
  await stage.sandbox.clock.advance(3000)
  return stage
}

test('a group is stopped with all its jobs and nothing else; stopping twice does no harm', async () => {
  await using stage = await openBatchStage()

  const first = await act(stage, 'reviews', 'stop')
  const second = await act(stage, 'reviews', 'stop')
  const rows = await stage.rowsAfter(10)
  const third = await act(stage, 'reviews', 'stop')

  expect(first.offered).toMatchObject([{name: 'stop', confirm: 'reviews'}])
  expect(first.offered[0]?.effect).toMatch(
    /^Stop 2 jobs of reviews\? So far: (an unknown amount|\$[\d.–-]+); processed records are paid\.$/,
  )
  expect(first.note).toEqual({text: 'reviews: 2 jobs being stopped', tone: 'good'})
  expect(second.offered).toEqual([])
  expect(second.note).toEqual({text: 'reviews: 2 stopping already', tone: 'warn'})
  expect(rows.get('reviews')).toMatchObject({state: 'Stopped', live: false})
  expect(rows.get('nightly')).toMatchObject({state: 'Completed'})
  expect(third.note).toEqual({text: 'reviews had ended already', tone: 'warn'})
})

test('what a finished job answered is collected once, into a file that is then left alone', async () => {
  await using stage = await openBatchStage()
  vi.spyOn(process, 'cwd').mockReturnValue(stage.folder)

  const early = await act(stage, 'nightly', 'stop')
  await stage.rowsAfter(10)
  const first = await act(stage, 'nightly', 'collect')
  const file = join(stage.folder, 'nightly.answers.jsonl')
  const written = await readFile(file, 'utf8')
  const second = await act(stage, 'nightly', 'collect')

  expect(early.note.tone).toBe('good')
  expect(first.offered).toMatchObject([{name: 'collect', confirm: 'nightly'}])
  expect(first.note.text).toMatch(/^30 of 100 answers of nightly are in nightly\.answers\.jsonl; 70 without an answer$/)
  expect(written.trimEnd().split('\n')).toHaveLength(30)
  expect(second.note).toMatchObject({
    tone: 'bad',
    text: expect.stringMatching(/^nightly\.answers\.jsonl is there already/),
  })
  expect(await readFile(file, 'utf8')).toBe(written)
  expect(await readdir(stage.folder)).toEqual(['nightly.answers.jsonl'])
})

test('a training is told step by step, and stopped', async () => {
  await using stage = await openJobsStage(
    await tuningScenario({customization: {trainingSeconds: 100, listDelaySeconds: 0, stoppingSeconds: 5}}),
  )
  await stage.sandbox.world.objects.put(TUNING, 'in/train.jsonl', converseLines(400))
  const jobs = await stage.door.session.customizations()
  await jobs.create('us-east-1', {
    ...{jobName: 'tone-1', modelName: 'tone', roleArn: TUNING_ROLE, clientRequestToken: 'token1'},
    ...{baseModel: 'amazon.nova-lite-v1:0:300k', type: 'FINE_TUNING', validationUris: []},
    ...{trainingUri: `s3://${TUNING}/in/train.jsonl`, outputUri: `s3://${TUNING}/out`},
    hyperparameters: {epochCount: '2'},
  })

  const early = await stage.rowsAfter(1.5)
  await stage.rowsAfter(42)
  const later = await stage.rowsAfter(20)
  const stopped = await act(stage, 'tone-1', 'stop')
  const ended = await stage.rowsAfter(10)

  expect(early.get('tone-1')).toMatchObject({kind: 'customization', at: 'data processing', done: null, etaMs: null})
  expect(later.get('tone-1')).toMatchObject({
    ...{at: 'training', unit: 'steps', total: 100, etaIs: 'about', live: true},
    parts: [{name: 'validation', state: 'Completed'}, {name: 'data processing'}, {name: 'training'}],
  })
  expect(later.get('tone-1')?.metrics.map(({name}) => name)).toContain('training_loss')
  expect(stopped.offered[0]?.effect).toContain('it cannot be resumed')
  expect(stopped.note).toEqual({text: 'tone-1: is being stopped', tone: 'good'})
  expect(ended.get('tone-1')).toMatchObject({state: 'Stopped', live: false, actions: []})
})

test('an evaluation is stopped; twice does no harm', async () => {
  await using stage = await openJobsStage(
    await batchScenario(
      {},
      {},
      {
        evaluationJobs: [
          {
            ...{id: 'eva1running0', name: 'summaries', roleArn: ROLE, createdOn: '-1d', status: 'InProgress'},
            ...{models: ['amazon.nova-lite-v1:0'], task: 'Summarization', outputUri: `s3://${BUCKET}/out/`},
          },
        ],
      },
    ),
  )

  const first = await act(stage, 'summaries', 'stop')
  const rows = await stage.rowsAfter(0)
  const ended = await stage.rowsAfter(2)
  const second = await act(stage, 'summaries', 'stop')

  expect(first.note).toEqual({text: 'summaries: is being stopped', tone: 'good'})
  expect(rows.get('summaries')).toMatchObject({state: 'Stopping', live: true, actions: []})
  expect(ended.get('summaries')).toMatchObject({state: 'Stopped', live: false})
  expect(second.note).toEqual({text: 'summaries had ended already', tone: 'warn'})
})

test('a refusal is one line that says why, and what is gone is told', async () => {
  await using stage = await openJobsStage(
    await batchScenario({listDelaySeconds: 0}, {deny: [{action: 'bedrock:StopModelInvocationJob'}]}),
  )
  await stage.sandbox.world.objects.put(BUCKET, 'in/records.jsonl', novaLines(100))
  const jobs = await stage.door.session.batchJobs()
  await jobs.create('us-east-1', {
    ...{name: 'nightly', clientRequestToken: 'token', modelId: 'amazon.nova-lite-v1:0', roleArn: ROLE},
    ...{api: 'InvokeModel', inputUri: `s3://${BUCKET}/in/records.jsonl`, outputUri: `s3://${BUCKET}/out/`},
  })

  const refused = await act(stage, 'nightly', 'stop')
  const gone = await act(stage, 'nobody', 'stop')

  expect(refused.note.tone).toBe('bad')
  expect(refused.note.text).toContain('bedrock:StopModelInvocationJob')
  expect(refused.note.text).not.toContain('\n')
  expect(gone.note).toEqual({text: 'It is not there any more.', tone: 'warn'})
})
