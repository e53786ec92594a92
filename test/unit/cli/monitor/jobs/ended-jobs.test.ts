import {expect, test} from 'vitest'
import type {MonitorDoor} from '../../../../../src/lib/cli/monitor/door.js'
import {type JobKind, JobMemory} from '../../../../../src/lib/cli/monitor/jobs/job-kind.js'
import {openEvaluationKind} from '../../../../../src/lib/cli/monitor/jobs/model-jobs.js'
import {openTuningKind} from '../../../../../src/lib/cli/monitor/jobs/tuning-jobs.js'
import type {CustomizationJob} from '../../../../../src/lib/customizations/ports.js'
import {NOW} from '../../../../support/board-jobs.js'

const REGION = 'us-east-1'
const arnOf = (id: string, region = REGION) => `arn:aws:bedrock:${region}:111122223333:some-job/${id}`

test('what is known of a job goes with its state, and when its Region lists it no more', () => {
  const memory = new JobMemory<string>()
  memory.set(arnOf('a'), 'InProgress', 'half')
  memory.set(arnOf('a'), 'Completed', 'whole')
  memory.set(arnOf('b'), 'Completed', 'other')
  memory.set(arnOf('c', 'eu-west-1'), 'Completed', 'far')
  expect(memory.get(arnOf('a'), 'InProgress')).toBeUndefined()
  expect(memory.size).toBe(3)

  memory.keep(REGION, [{arn: arnOf('a')}])

  expect(memory.get(arnOf('a'), 'Completed')).toBe('whole')
  expect(memory.get(arnOf('b'), 'Completed')).toBeUndefined()
  expect(memory.get(arnOf('c', 'eu-west-1'), 'Completed')).toBe('far')
})

test('a customization that has ended is read once, and is the same row from then on', async () => {
  const reads: string[] = []
  let state = 'InProgress'
  const job = () => tuningJob(state)
  const session = {
    customizations: async () => ({jobs: async () => [job()], job: async () => ({...job(), outputUri: 's3://out/'})}),
    objectStore: async () => ({
      async *list(bucket: string, prefix: string) {
        yield {bucket, key: `${prefix}metrics.csv`, bytes: 60, etag: '1', modifiedAt: '2026-11-21T12:00:00Z'}
      },
      async *read({key}: {readonly key: string}) {
        reads.push(key)
        yield Buffer.from('step_number,training_loss\n1,2\n2,1\n')
      },
    }),
  }
  const kind = await openTuningKind(doorOf(session))
  const live = await look(kind, 0)
  state = 'Completed'
  const first = await look(kind, 30)
  const again = await look(kind, 60)

  expect(live?.live).toBe(true)
  expect(first).toMatchObject({live: false, done: 2, metrics: [{name: 'training_loss'}]})
  expect(again).toBe(first)
  expect(reads).toHaveLength(1)
})

test('an evaluation that has ended is described once, and is the same row from then on', async () => {
  let described = 0
  const source = {
    evaluations: async () => [
      {
        ...{arn: arnOf('e'), name: 'e', state: 'Completed', type: 'Automated', application: null},
        ...{tasks: [], models: [], createdAt: '2026-11-21T11:00:00Z'},
      },
    ],
    evaluation: async () => {
      described += 1
      return {messages: [], modifiedAt: '2026-11-21T11:30:00Z', outputUri: null}
    },
  }
  const kind = await openEvaluationKind(doorOf({modelJobs: async () => source}))

  expect(await look(kind, 30)).toBe(await look(kind, 0))
  expect(described).toBe(1)
})

function doorOf(session: object): MonitorDoor {
  return {session, settings: {}} as unknown as MonitorDoor
}

async function look(kind: JobKind, seconds: number) {
  const {signal} = new AbortController()
  const {rows} = await kind.look({region: REGION, nowMs: NOW + seconds * 1000, intervalMs: 30_000, signal})
  return rows[0]
}

function tuningJob(state: string): CustomizationJob {
  const isOver = state === 'Completed'
  return {
    ...{arn: arnOf('t'), id: 't', region: REGION, name: 't', modelName: null, modelArn: null, baseModelArn: 'base'},
    ...{type: 'FINE_TUNING', state, message: null, createdAt: '2026-11-21T11:00:00Z', modifiedAt: null},
    phases: [{name: 'training', state: isOver ? 'Completed' : 'InProgress', startedAt: null, modifiedAt: null}],
    endedAt: isOver ? '2026-11-21T12:00:10Z' : null,
    ...{roleArn: null, trainingUri: null, validationUris: [], outputUri: null, hyperparameters: null},
    ...{trainingLoss: null, validationLosses: [], kmsKeyArn: null, teacher: null, graderArn: null},
    clientRequestToken: null,
  }
}
