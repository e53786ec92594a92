import {readFile} from 'node:fs/promises'
import {describe, expect, test} from 'vitest'
import {createGroup, type OpenGroup, readGroup} from '../../../src/lib/batch/group/group-store.js'
import {batchStopSchema} from '../../../src/lib/batch/stop/batch-stop.schema.js'
import {inputPlace, jobRequest} from '../../../src/lib/batch/submit/job-of-shard.js'
import {runCli} from '../../support/run-cli.js'
import {openSubmitStage, type SubmitStage} from '../../support/submit-stage.js'

const SANDBOX = ['--sandbox', '--region', 'us-east-1'] as const

test('what has ended already is no reason to ask', async () => {
  const {exitCode, stdout} = await runCli(['batch', 'stop', 'night-classification', ...SANDBOX, '--json'])

  expect(exitCode).toBe(0)
  expect(batchStopSchema.parse(JSON.parse(stdout))).toMatchObject({
    dryRun: false,
    items: [{outcome: 'already-ended'}],
    next: ['bedrockctl batch collect night-classification'],
  })
})

test('--dry-run names the command that does it', async () => {
  const {stdout} = await runCli(['batch', 'stop', 'night-classification', ...SANDBOX, '--dry-run', '--json'])

  expect(JSON.parse(stdout)).toMatchObject({dryRun: true, next: ['bedrockctl batch stop night-classification']})
})

test('what nobody knows is refused before anything is stopped', async () => {
  const {exitCode, stderr} = await runCli(['batch', 'stop', 'night-classification', 'nowhere', ...SANDBOX, '--yes'])

  expect(exitCode).toBe(2)
  expect(stderr).toContain('nowhere')
})

describe('of a group whose submit was killed', () => {
  const place = {round: 1, shard: 1} as const
  const now = () => new Date().toISOString()

  /** What a submit had come to when it was killed. */
  async function killed({plan, stateFolder}: SubmitStage, steps: (group: OpenGroup) => Promise<void>): Promise<void> {
    const group = await createGroup(stateFolder, plan, {wait: false, now: () => new Date()})
    await steps(group)
    await group.close()
  }

  async function stop({env}: SubmitStage) {
    const {exitCode, stderr, stdout} = await runCli(['batch', 'stop', 'nightly', '--yes', '--json'], {env})
    expect(stdout, stderr).not.toBe('')
    return {exitCode, answer: JSON.parse(stdout) as {readonly items: unknown}}
  }

  test('the parts that S3 has of a withheld shard are removed, and once is enough', async () => {
    await using stage = await openSubmitStage({recordBytes: [180_000]})
    const {plan, session} = stage
    const owner = {region: plan.region, account: plan.account}
    const [store, object] = [await session.objectStore(), inputPlace(plan, 1)]
    await killed(stage, async (group) => {
      const uploadId = await store.startUpload(object, owner)
      await group.append({kind: 'upload-started', at: now(), ...place, uploadId, partBytes: 8 * 1024 * 1024})
      await store.startUpload(object, owner)
    })

    const first = await stop(stage)
    const second = await stop(stage)

    expect(first).toMatchObject({exitCode: 0, answer: {items: [{outcome: 'withheld', endedUploads: 2}]}})
    expect(await store.openUploads(object, owner)).toEqual([])
    expect((await stage.events()).map(({kind}) => kind).slice(2)).toEqual(['stop-asked', 'upload-ended'])
    expect(second).toMatchObject({exitCode: 0, answer: {items: [{outcome: 'withheld', endedUploads: 0}]}})
  })

  test('parts that may not be removed are told: exit 6, and the next stop removes them', async () => {
    await using stage = await openSubmitStage({recordBytes: [180_000]})
    const {plan, sandbox, session} = stage
    const owner = {region: plan.region, account: plan.account}
    const [store, object] = [await session.objectStore(), inputPlace(plan, 1)]
    await killed(stage, async (group) => {
      const uploadId = await store.startUpload(object, owner)
      await group.append({kind: 'upload-started', at: now(), ...place, uploadId, partBytes: 8 * 1024 * 1024})
    })
    sandbox.faults.add({operation: 'AbortMultipartUpload', effect: {kind: 'access-denied'}, times: 1})

    expect(await stop(stage)).toMatchObject({
      exitCode: 6,
      answer: {
        items: [{outcome: 'withheld', endedUploads: 0}],
        unread: [{action: 's3:AbortMultipartUpload', code: 'ACCESS_DENIED'}],
      },
    })
    expect(await stop(stage)).toMatchObject({exitCode: 0, answer: {items: [{endedUploads: 1}]}})
  })

  test('a job that was made a moment ago and is not listed yet is stopped, not withheld', async () => {
    await using stage = await openSubmitStage({recordBytes: [80], batch: {listDelaySeconds: 4, recordsPerSecond: 0.1}})
    const {input, plan, session} = stage
    const [shard] = plan.shards
    if (shard === undefined) throw new Error('the plan has a shard')
    const [store, jobs] = [await session.objectStore(), await session.batchJobs()]
    const request = jobRequest(plan, shard)
    const {name, clientRequestToken: token} = request
    await killed(stage, async (group) => {
      const bytes = await readFile(input)
      const etag = await store.put(inputPlace(plan, 1), bytes, {region: plan.region, account: plan.account})
      await group.append({kind: 'uploaded', at: now(), ...place, etag, bytes: bytes.length})
      await group.append({kind: 'job-asked', at: now(), ...place, name, token})
      await jobs.create(plan.region, request)
    })

    const {answer, exitCode} = await stop(stage)

    expect(exitCode).toBe(0)
    expect(answer.items).toMatchObject([
      {name, arn: expect.stringContaining('model-invocation-job'), outcome: 'stopping'},
    ])
    const group = await readGroup(stage.stateFolder, 'nightly')
    expect(group?.events.map(({kind}) => kind).slice(-2)).toEqual(['job-created', 'stop-asked'])
  })
})
