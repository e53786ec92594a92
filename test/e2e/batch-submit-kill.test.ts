import {type ChildProcess, spawn} from 'node:child_process'
import {createHash} from 'node:crypto'
import {readFile, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {describe, expect, test} from 'vitest'
import {foldJournal} from '../../src/lib/batch/group/group-state.js'
import {readGroup} from '../../src/lib/batch/group/group-store.js'
import {BUCKET} from '../support/batch-scenario.js'
import {ROOT} from '../support/command-classes.js'
import {type KillingProxy, type PassingRequest, type Stop, startKillingProxy} from '../support/killing-proxy.js'
import {openSubmitStage, type SubmitStage} from '../support/submit-stage.js'

// The built program, killed with SIGKILL at each step of a submit, and run again.

/** The second goes up in three parts. */
const SHARDS = {recordBytes: [80, 180_000, 80], plan: {maxOpenJobs: 4}}
const TIMEOUT = 120_000

interface Running {
  readonly child: ChildProcess
  readonly ended: Promise<{readonly code: number | null; readonly stderr: string; readonly stdout: string}>
  /** Resolves when stderr has this text. */
  says(text: string): Promise<void>
}

function start(stage: SubmitStage, proxy: KillingProxy, ...words: readonly string[]): Running {
  const child = spawn(process.execPath, [join(ROOT, 'bin', 'run.js'), 'batch', 'submit', ...words, '--yes', '--json'], {
    cwd: stage.folder,
    env: {...stage.env, PATH: process.env['PATH'], HOME: stage.folder, AWS_ENDPOINT_URL: proxy.url},
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let stderr = ''
  let stdout = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  const ended = new Promise<Awaited<Running['ended']>>((resolve) => {
    child.on('close', (code) => resolve({code, stderr, stdout}))
  })
  const says = (text: string) =>
    new Promise<void>((resolve) => {
      const look = () => {
        if (stderr.includes(text)) resolve()
      }
      child.stderr.on('data', look)
      look()
    })
  return {child, ended, says}
}

/** Runs until the point is reached and kills there; fails when the run ends before. */
async function killAt(stage: SubmitStage, proxy: KillingProxy, point: Omit<Stop, 'hold'>): Promise<void> {
  let reached = false
  const running = start(stage, proxy, stage.planFile)
  proxy.stopAt({
    ...point,
    hold: async () => {
      reached = true
      running.child.kill('SIGKILL')
      await running.ended
    },
  })
  const {stderr, stdout} = await running.ended
  expect(reached, `${stdout}${stderr}`).toBe(true)
}

/** Makes it a minute since the run that was killed: what it asked for and is not listed by now was not made. */
async function letMinutePass({stateFolder}: SubmitStage): Promise<void> {
  const group = await readGroup(stateFolder, 'nightly')
  const file = join(group?.folder ?? '', 'journal.jsonl')
  const earlier = (at: string) => new Date(Date.parse(at) - 60_000).toISOString()
  const text = await readFile(file, 'utf8')
  await writeFile(
    file,
    text.replaceAll(/"at":"([^"]+)"/g, (_, at: string) => `"at":"${earlier(at)}"`),
  )
}

/** Every record is in one job, every shard is one object of its bytes, nothing half-done is left, and the journal agrees. */
async function expectWhole(stage: SubmitStage): Promise<void> {
  const {plan, sandbox, session, stateFolder} = stage
  await sandbox.clock.advance(10_000)
  const [store, jobs] = await Promise.all([session.objectStore(), session.batchJobs()])
  const listed = await jobs.list('us-east-1', {})
  const numbers = plan.shards.map(({number}) => `000${number}`)
  expect(listed.map(({inputUri}) => inputUri).toSorted()).toEqual(
    numbers.map((number) => `s3://${BUCKET}/in/nightly/r1/${number}.jsonl`),
  )
  const owner = {region: 'us-east-1'}
  const digests: Record<string, string> = {}
  for await (const {bucket, key} of store.list(BUCKET, 'in/', owner)) {
    const digest = createHash('sha256')
    for await (const chunk of store.read({bucket, key}, undefined, owner)) digest.update(chunk)
    digests[key] = digest.digest('hex')
    expect(await store.openUploads({bucket, key}, owner)).toEqual([])
  }
  expect(digests).toEqual(
    Object.fromEntries(plan.shards.map(({sha256}, index) => [`in/nightly/r1/${numbers[index]}.jsonl`, sha256])),
  )
  const group = await readGroup(stateFolder, 'nightly')
  const shards = foldJournal(group?.plans ?? [], group?.events ?? []).rounds.flatMap((round) => round.shards)
  expect(shards.map(({job}) => job?.arn).toSorted()).toEqual(listed.map(({arn}) => arn).toSorted())
  expect(group?.events.filter(({kind}) => kind === 'job-created')).toHaveLength(plan.shards.length)
}

const isObject = ({path}: PassingRequest) => path.startsWith(`/${BUCKET}/in/`)
const CALLS = {
  PutObject: (passing: PassingRequest) =>
    isObject(passing) && passing.method === 'PUT' && !/[?&](uploadId|x-id=UploadPart)/.test(passing.path),
  CreateMultipartUpload: (passing: PassingRequest) => isObject(passing) && /[?&]uploads/.test(passing.path),
  'UploadPart 1': (passing: PassingRequest) => isObject(passing) && /partNumber=1(&|$)/.test(passing.path),
  'UploadPart 3': (passing: PassingRequest) => isObject(passing) && /partNumber=3(&|$)/.test(passing.path),
  CompleteMultipartUpload: (passing: PassingRequest) =>
    isObject(passing) && passing.method === 'POST' && /[?&]uploadId=/.test(passing.path),
  CreateModelInvocationJob: ({method, path}: PassingRequest) =>
    method === 'POST' && path.startsWith('/model-invocation-job'),
} as const
const POINTS = Object.entries(CALLS).flatMap(([call, matches]) => [
  ['before', call, matches] as const,
  ['after', call, matches] as const,
])

describe('a submit that is killed', () => {
  test.each(POINTS)(
    '%s %s goes on where it was, with nothing twice',
    async (when, _, matches) => {
      await using stage = await openSubmitStage(SHARDS)
      await using proxy = await startKillingProxy(stage.sandbox)

      await killAt(stage, proxy, {when, matches})
      await letMinutePass(stage)
      const second = await start(stage, proxy, stage.planFile).ended

      expect(second).toMatchObject({code: 0})
      await expectWhole(stage)
    },
    TIMEOUT,
  )

  test(
    'at every job one after the other ends with one job for each shard',
    async () => {
      await using stage = await openSubmitStage(SHARDS)
      await using proxy = await startKillingProxy(stage.sandbox)

      for (const when of ['after', 'before', 'after'] as const) {
        await killAt(stage, proxy, {when, matches: CALLS.CreateModelInvocationJob})
      }
      const last = await start(stage, proxy, 'nightly').ended

      expect(last).toMatchObject({code: 0})
      await expectWhole(stage)
    },
    TIMEOUT,
  )

  test(
    'as soon as a job is answered goes on whether or not it was written down',
    async () => {
      await using stage = await openSubmitStage(SHARDS)
      await using proxy = await startKillingProxy(stage.sandbox)
      const running = start(stage, proxy, stage.planFile)
      proxy.stopAt({
        when: 'after',
        matches: CALLS.CreateModelInvocationJob,
        hold: () => {
          setImmediate(() => running.child.kill('SIGKILL'))
        },
      })
      await running.ended

      const second = await start(stage, proxy, stage.planFile).ended

      expect(second).toMatchObject({code: 0})
      await expectWhole(stage)
    },
    TIMEOUT,
  )

  test(
    'by Ctrl-C ends with 130, and the next run goes on',
    async () => {
      await using stage = await openSubmitStage(SHARDS)
      await using proxy = await startKillingProxy(stage.sandbox)
      const running = start(stage, proxy, stage.planFile)
      proxy.stopAt({
        when: 'before',
        matches: CALLS['UploadPart 3'],
        hold: async () => {
          running.child.kill('SIGINT')
          await running.ended
        },
      })
      expect(await running.ended).toMatchObject({code: 130})

      const second = await start(stage, proxy, 'nightly').ended

      expect(second).toMatchObject({code: 0})
      await expectWhole(stage)
    },
    TIMEOUT,
  )
})

describe('two submits of one group at once', () => {
  test(
    'follow one another: the second says that it waits, and has nothing left to do',
    async () => {
      await using stage = await openSubmitStage()
      await using proxy = await startKillingProxy(stage.sandbox)
      let second: Running | undefined
      proxy.stopAt({
        when: 'before',
        matches: CALLS.CreateModelInvocationJob,
        hold: async () => {
          second = start(stage, proxy, stage.planFile)
          await second.says('works on this group')
        },
      })
      const first = await start(stage, proxy, stage.planFile).ended

      expect(first).toMatchObject({code: 0})
      expect(await second?.ended).toMatchObject({code: 0})
      expect(proxy.seen.filter(CALLS.CreateModelInvocationJob)).toHaveLength(2)
      await expectWhole(stage)
    },
    TIMEOUT,
  )

  test(
    'end the second with 5 where it is not to wait',
    async () => {
      await using stage = await openSubmitStage()
      await using proxy = await startKillingProxy(stage.sandbox)
      let second: Awaited<Running['ended']> | undefined
      proxy.stopAt({
        when: 'before',
        matches: CALLS.CreateModelInvocationJob,
        hold: async () => {
          second = await start(stage, proxy, 'nightly', '--fail-if-busy').ended
        },
      })
      await start(stage, proxy, stage.planFile).ended

      expect(second).toMatchObject({code: 5, stdout: expect.stringContaining('GROUP_BUSY')})
      await expectWhole(stage)
    },
    TIMEOUT,
  )
})
