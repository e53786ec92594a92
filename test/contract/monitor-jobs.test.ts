import {afterEach, expect, test, vi} from 'vitest'
import {createGroup} from '../../src/lib/batch/group/group-store.js'
import {batchPlan} from '../support/batch-plan.js'
import {ACCOUNT, BUCKET, batchScenario, novaLines, ROLE} from '../support/batch-scenario.js'
import {INTERVAL_MS, type JobsStage, openJobsStage} from '../support/jobs-stage.js'

afterEach(() => {
  vi.unstubAllEnvs()
})

// The jobs of the board over the wire, at the time of a sandbox that only the test moves.

const EVALUATOR = 'arn:aws:iam::111122223333:role/BedrockBatch'
const MODEL = 'arn:aws:bedrock:us-east-1:111122223333:custom-model/amazon.nova-lite-v1:0/abcdefghijkl'
const started = {roleArn: EVALUATOR, createdOn: '-1d'}
const evaluation = {
  ...started,
  models: ['amazon.nova-lite-v1:0'],
  task: 'Summarization' as const,
  outputUri: `s3://${BUCKET}/out/`,
}
const imported = {...started, modelName: 'house', s3Uri: `s3://${BUCKET}/house/`}
const copied = {createdOn: '-1d', sourceModelArn: MODEL, targetModelArn: MODEL}

const DECLARED = {
  evaluationJobs: [
    {...evaluation, id: 'eva1running0', name: 'summaries', status: 'InProgress' as const},
    {...evaluation, id: 'eva1failed00', name: 'unread-data', status: 'Failed' as const, failureMessages: ['No data.']},
    {...evaluation, id: 'eva1longago0', name: 'last-spring', status: 'Completed' as const, createdOn: '-60d'},
  ],
  importJobs: [
    {...imported, id: 'imp1running0', name: 'import-house', status: 'InProgress' as const},
    {
      ...imported,
      ...{id: 'imp1failed00', name: 'import-broken', status: 'Failed' as const, endedOn: '-1d'},
      failureMessage: 'Amazon bedrock could not find the expected file s3://x/house.tar.gz.',
    },
  ],
  copyJobs: [
    {...copied, id: 'copyrunning0', targetModelName: 'tone-west', status: 'InProgress' as const},
    {...copied, id: 'copyfailed00', targetModelName: 'tone-east', status: 'Failed' as const, failureMessage: 'No key.'},
  ],
}

async function openStage(): Promise<JobsStage> {
  const pace = {submittedSeconds: 1, validatingSeconds: 1, scheduledSeconds: 1, listDelaySeconds: 0}
  const stage = await openJobsStage(
    await batchScenario(
      {
        ...pace,
        recordsPerSecond: 10,
        outcomes: [{jobs: 'reviews-r1-0002', status: 'Failed', message: 'The data is not valid JSON.'}],
      },
      {},
      DECLARED,
    ),
  )
  await stage.sandbox.world.objects.put(BUCKET, 'in/records.jsonl', novaLines(200))
  return stage
}

async function submit(stage: JobsStage, name: string): Promise<string> {
  const jobs = await stage.door.session.batchJobs()
  return jobs.create('us-east-1', {
    name,
    clientRequestToken: `token-${name}`,
    modelId: 'amazon.nova-lite-v1:0',
    roleArn: ROLE,
    api: 'InvokeModel',
    inputUri: `s3://${BUCKET}/in/records.jsonl`,
    outputUri: `s3://${BUCKET}/out/`,
  })
}

test('jobs of every kind are told: what runs with how far it is, what failed with why and what to do', async () => {
  await using stage = await openStage()
  await submit(stage, 'nightly')
  await submit(stage, 'reviews-r1-0001')
  await submit(stage, 'reviews-r1-0002')

  const early = await stage.rowsAfter(8)
  const later = await stage.rowsAfter(6)

  expect([...early.keys()].toSorted()).toEqual(
    [
      'import-broken',
      'import-house',
      'nightly',
      'reviews',
      'summaries',
      'tone-east',
      'tone-west',
      'unread-data',
    ].toSorted(),
  )
  expect(early.get('nightly')).toMatchObject({
    kind: 'batch',
    live: true,
    done: 50,
    total: 200,
    failed: 0,
    etaIs: 'at-most',
  })
  expect(later.get('nightly')).toMatchObject({done: 110, perSecond: 10, etaMs: 9000, etaIs: 'about'})
  expect(early.get('reviews')).toMatchObject({
    kind: 'group',
    state: 'InProgress',
    message: 'The data is not valid JSON.',
    remedy: expect.stringContaining('batch check --fix'),
    parts: [
      {name: 'reviews-r1-0001', state: 'InProgress', done: 50},
      {name: 'reviews-r1-0002', state: 'Failed', tone: 'bad'},
    ],
  })
  expect(early.get('summaries')).toMatchObject({kind: 'evaluation', live: true, actions: [{name: 'stop'}]})
  expect(early.get('unread-data')).toMatchObject({live: false, tone: 'bad', message: 'No data.'})
  expect(early.get('import-house')).toMatchObject({kind: 'import', live: true, actions: []})
  expect(early.get('import-broken')).toMatchObject({
    tone: 'bad',
    remedy: expect.stringContaining('unpack it'),
    next: [`bedrockctl imports check s3://${BUCKET}/house/ --region us-east-1 --endpoint-url ${stage.sandbox.url}`],
  })
  expect(early.get('tone-east')).toMatchObject({kind: 'copy', live: false, message: 'No key.'})
})

test('what has ended is described once, and kinds without live jobs are listed less often', async () => {
  await using stage = await openJobsStage(
    await batchScenario({}, {}, {evaluationJobs: DECLARED.evaluationJobs.slice(1)}),
  )

  await stage.look()
  const first = stage.asked()
  await stage.rowsAfter(INTERVAL_MS / 1000)
  const second = stage.asked()
  await stage.rowsAfter(20)
  const later = stage.asked()

  expect(first).toContain('GetEvaluationJob')
  expect(second).toEqual([])
  expect(later).toEqual([
    'ListEvaluationJobs',
    'ListImportedModels',
    'ListModelCopyJobs',
    'ListModelCustomizationJobs',
    'ListModelImportJobs',
    'ListModelInvocationJobs',
  ])
})

test('a kind that is denied is told in a row of its own, with the action that is missing; the others go on', async () => {
  await using stage = await openJobsStage(
    await batchScenario({}, {deny: [{action: 'bedrock:ListEvaluationJobs'}]}, DECLARED),
  )

  const {rows} = await stage.look()

  expect(rows.find(({state}) => state === 'unread')).toMatchObject({
    ...{kind: 'evaluation', name: 'bedrock:ListEvaluationJobs', tone: 'warn', live: false},
    message: expect.stringContaining('bedrock:ListEvaluationJobs'),
  })
  expect(rows.map(({name}) => name)).toContain('import-house')
})

test('where nothing at all may be listed, the look fails as the first list did', async () => {
  await using stage = await openJobsStage(await batchScenario({}, {deny: [{action: 'bedrock:List*'}]}))

  await expect(stage.look()).rejects.toMatchObject({fault: 'access', action: 'bedrock:ListModelInvocationJobs'})
})

test('a group of this machine is told with its plan: what it may cost, and which jobs are still to be made', async () => {
  await using stage = await openStage()
  const plan = batchPlan({account: ACCOUNT, createdAt: new Date(stage.sandbox.clock.now()).toISOString()})
  vi.stubEnv('BEDROCKCTL_STATE_DIR', stage.door.stateFolder)
  await (await createGroup(stage.door.stateFolder, plan, {wait: false, now: () => new Date()})).close()

  const row = (await stage.rowsAfter(1)).get(plan.group)

  expect(row).toMatchObject({kind: 'group', state: 'Planned', live: false, message: 'planned, and not submitted'})
  expect(row?.parts).toHaveLength(plan.shards.length)
  expect(row?.next[0]).toBe(`bedrockctl batch submit ${plan.group} --endpoint-url ${stage.sandbox.url}`)
})
