import {createHash} from 'node:crypto'
import {readFile, utimes, writeFile} from 'node:fs/promises'
import {afterEach, describe, expect, test, vi} from 'vitest'
import type {GroupState} from '../../src/lib/batch/group/group-state.js'
import {createGroup, type OpenGroup} from '../../src/lib/batch/group/group-store.js'
import {type SubmitOutcome, submitGroup} from '../../src/lib/batch/submit/submit-group.js'
import type {SubmitInput, SubmitNotice, SubmitPorts} from '../../src/lib/batch/submit/submit-run.js'
import type {JobClock} from '../../src/lib/jobs/clock.js'
import {openFileSource} from '../../src/lib/jsonl/file-source.js'
import {BUCKET} from '../support/batch-scenario.js'
import {openSubmitStage, type StageOptions, type SubmitStage} from '../support/submit-stage.js'

const MIB = 1024 * 1024

afterEach(() => {
  vi.unstubAllEnvs()
})

async function stageOf(options: StageOptions = {}): Promise<SubmitStage> {
  vi.stubEnv('AWS_MAX_ATTEMPTS', '1')
  return openSubmitStage(options)
}

interface Ran extends SubmitOutcome {
  readonly notices: readonly SubmitNotice[]
  readonly waits: readonly number[]
}

/** One run over the group of the stage; what it would wait is told to `onWait` and passes at once. */
async function submit(
  stage: SubmitStage,
  changes: Partial<SubmitInput> & {
    readonly ports?: Partial<SubmitPorts>
    readonly onWait?: (ms: number) => Promise<void> | void
  } = {},
): Promise<Ran> {
  const {ports, onWait, ...input} = changes
  const notices: SubmitNotice[] = []
  const waits: number[] = []
  let passed = 0
  const clock: JobClock = {
    now: () => new Date(Date.now() + passed),
    pause: async (ms, signal) => {
      signal?.throwIfAborted()
      passed += ms
      waits.push(ms)
      await onWait?.(ms)
    },
    random: () => 0.5,
  }
  const group: OpenGroup = await createGroup(stage.stateFolder, stage.plan, {wait: false, now: clock.now})
  try {
    const outcome = await submitGroup(
      {
        group,
        openInput: () => openFileSource(stage.plan.input.name),
        until: 'created',
        pollMs: 30_000,
        signal: new AbortController().signal,
        tell: (notice) => notices.push(notice),
        ...input,
      },
      {store: await stage.session.objectStore(), jobs: await stage.session.batchJobs(), clock, ...ports},
    )
    return {...outcome, notices, waits}
  } finally {
    await group.close()
  }
}

const statesOf = (state: GroupState) => state.rounds.flatMap(({shards}) => shards.map((shard) => shard.state))
const digestsOf = ({plan}: SubmitStage) => plan.shards.map(({sha256}) => sha256)
const callsOf = ({sandbox}: SubmitStage, operation: string) =>
  sandbox.journal.filter((entry) => entry.operation === operation)

/** SHA-256 of every object, by key. */
async function objectsOf(stage: SubmitStage): Promise<Readonly<Record<string, string>>> {
  const store = await stage.session.objectStore()
  const owner = {region: 'us-east-1'}
  const found: Record<string, string> = {}
  for await (const {bucket, key} of store.list(BUCKET, 'in/', owner)) {
    const digest = createHash('sha256')
    for await (const chunk of store.read({bucket, key}, undefined, owner)) digest.update(chunk)
    found[key] = digest.digest('hex')
  }
  return found
}

describe('submitting a group', () => {
  test('uploads each shard as the bytes it is and makes one job of each', async () => {
    await using stage = await stageOf({plan: {tags: {team: 'search'}, timeoutHours: 48}})

    const {state, end} = await submit(stage)

    expect(end).toBe('done')
    expect(statesOf(state)).toEqual(['created', 'created'])
    const [one, two] = digestsOf(stage)
    expect(await objectsOf(stage)).toEqual({'in/nightly/r1/0001.jsonl': one, 'in/nightly/r1/0002.jsonl': two})
    const jobs = await stage.session.batchJobs()
    const made = await jobs.get('us-east-1', state.rounds[0]?.shards[0]?.job?.arn ?? '')
    expect(made).toMatchObject({
      name: 'nightly-r1-0001',
      inputUri: `s3://${BUCKET}/in/nightly/r1/0001.jsonl`,
      outputUri: `s3://${BUCKET}/out/nightly/r1/0001/`,
    })
    expect((await stage.events()).map(({kind}) => kind).toSorted()).toEqual(
      ['round-added', ...['job-asked', 'job-created', 'uploaded'].flatMap((kind) => [kind, kind])].toSorted(),
    )
  })

  test('run again does nothing again', async () => {
    await using stage = await stageOf()
    await submit(stage)
    const before = stage.sandbox.journal.length

    const {state} = await submit(stage)

    expect(statesOf(state)).toEqual(['created', 'created'])
    expect(stage.sandbox.journal).toHaveLength(before)
  })

  test('goes on until the jobs have ended when it is to, and keeps how they ended', async () => {
    await using stage = await stageOf({batch: {outcomes: [{jobs: '*-0002', status: 'Failed', message: 'No luck.'}]}})

    const {state} = await submit(stage, {until: 'ended', onWait: (ms) => stage.sandbox.clock.advance(ms)})

    expect(state.rounds[0]?.shards.map(({end}) => [end?.state, end?.said, end?.records.succeeded])).toEqual([
      ['Completed', null, 100],
      ['Failed', 'No luck.', 0],
    ])
  })

  test('has no more jobs open than the plan, and goes on as they end', async () => {
    await using stage = await stageOf({recordBytes: [80, 80, 80], plan: {maxOpenJobs: 1}})

    const {state, notices} = await submit(stage, {onWait: (ms) => stage.sandbox.clock.advance(ms)})

    expect(statesOf(state)).toEqual(['ended', 'ended', 'created'])
    expect(notices.filter(({kind}) => kind === 'waiting')).toContainEqual(
      expect.objectContaining({reason: 'open-jobs', waitMs: 30_000}),
    )
  })

  test('ends with what fits when it is detached, and the next run takes the rest', async () => {
    await using stage = await stageOf({recordBytes: [80, 80, 80], plan: {maxOpenJobs: 2}})

    const first = await submit(stage, {until: 'fits'})
    await stage.sandbox.clock.advance(60_000)
    const second = await submit(stage, {until: 'fits'})

    expect([first.end, ...statesOf(first.state)]).toEqual(['full', 'created', 'created', 'planned'])
    expect([second.end, ...statesOf(second.state)]).toEqual(['done', 'ended', 'ended', 'created'])
  })

  test('waits when the quota of the account is full, as long as the service says', async () => {
    await using stage = await stageOf()
    const full = {kind: 'error', code: 'ServiceQuotaExceededException', status: 400, message: 'Full.'} as const
    stage.sandbox.faults.add({operation: 'CreateModelInvocationJob', effect: full, times: 2})

    const {state, waits, notices} = await submit(stage)

    expect(statesOf(state)).toEqual(['created', 'created'])
    expect(waits).toHaveLength(2)
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(30_000)
    expect(notices).toContainEqual(expect.objectContaining({kind: 'waiting', reason: 'quota'}))
  })

  test('waits no longer for a job that the service knows no more', async () => {
    await using stage = await stageOf({recordBytes: [80, 80, 80], plan: {maxOpenJobs: 1}})
    const jobs = await stage.session.batchJobs()
    const lost = {...jobs, list: async () => [], get: async () => undefined}

    const {end, gone, state, waits} = await submit(stage, {until: 'ended', ports: {jobs: lost}})

    expect(end).toBe('done')
    expect(statesOf(state)).toEqual(['created', 'created', 'created'])
    expect(gone.size).toBe(3)
    expect(waits.length).toBeGreaterThan(3)
  })

  test('looks soon at first where nobody said how often', async () => {
    await using stage = await stageOf()

    const {end, waits} = await submit(stage, {
      until: 'ended',
      pollMs: undefined,
      onWait: (ms) => stage.sandbox.clock.advance(ms),
    })

    expect(end).toBe('done')
    expect(waits[0]).toBe(2000)
    expect(Math.max(...waits)).toBeLessThan(10_000)
  })

  test('stops to wait when its time is up', async () => {
    await using stage = await stageOf({plan: {maxOpenJobs: 1}})

    const {end, state} = await submit(stage, {timeoutMs: 45_000})

    expect(end).toBe('timed-out')
    expect(statesOf(state).toSorted()).toEqual(['created', 'uploaded'])
  })

  test('goes on with the others when a shard is refused, and asks for it again the next time', async () => {
    await using stage = await stageOf()
    const refusal = {kind: 'error', code: 'ValidationException', status: 400, message: 'Not like this.'} as const
    stage.sandbox.faults.add({operation: 'CreateModelInvocationJob', effect: refusal, times: 1})

    const first = await submit(stage)
    const second = await submit(stage)

    // The shards are asked for side by side: either may be the one that is refused.
    expect(statesOf(first.state).toSorted()).toEqual(['created', 'refused'])
    const refused = first.state.rounds[0]?.shards.find(({state}) => state === 'refused')
    expect(refused?.refusal).toMatchObject({code: 'VALIDATION', said: 'Not like this.'})
    expect(statesOf(second.state)).toEqual(['created', 'created'])
  })

  test('stops at once when it may not', async () => {
    await using stage = await stageOf()
    stage.sandbox.faults.add({operation: 'CreateModelInvocationJob', effect: {kind: 'access-denied'}})

    await expect(submit(stage)).rejects.toMatchObject({code: 'ACCESS_DENIED', exitCode: 4})
    expect(callsOf(stage, 'CreateModelInvocationJob')).toHaveLength(1)
  })

  test.each([
    ['a storm of 503s', {kind: 'error', code: 'SlowDown', status: 503, message: 'Slow down.'}],
    ['connections that drop', {kind: 'drop'}],
  ] as const)('gets through %s with each shard in one job', async (_, effect) => {
    await using stage = await stageOf({recordBytes: [80, 180_000]})
    stage.sandbox.faults.add({effect, rate: 0.4, times: 25})

    const {state} = await submit(stage)

    expect(statesOf(state)).toEqual(['created', 'created'])
    expect(await namesOf(stage)).toEqual(['nightly-r1-0001', 'nightly-r1-0002'])
    expect(Object.values(await objectsOf(stage))).toEqual(digestsOf(stage))
  })

  test('gives up a storm that does not end, and says that it can be run again', async () => {
    await using stage = await stageOf()
    const effect = {kind: 'error', code: 'InternalServerException', status: 500, message: 'Oh.'} as const
    stage.sandbox.faults.add({operation: 'CreateModelInvocationJob', effect})

    await expect(submit(stage)).rejects.toMatchObject({code: 'SERVICE_ERROR', exitCode: 5})
    expect(callsOf(stage, 'CreateModelInvocationJob')).toHaveLength(6)
  })
})

describe('an input', () => {
  test('that was only touched is read first and submitted', async () => {
    await using stage = await stageOf()
    await utimes(stage.input, 1, 1)

    const {state, notices} = await submit(stage)

    expect(statesOf(state)).toEqual(['created', 'created'])
    expect(notices).toContainEqual({kind: 'input-touched'})
  })

  test.each([
    ['longer', (text: string) => `${text}\n`],
    ['other', (text: string) => text.replace('s1r99', 's1r98')],
  ])('that is %s than it was is refused before anything goes out', async (_, change) => {
    await using stage = await stageOf()
    await writeFile(stage.input, change(await readFile(stage.input, 'utf8')))

    await expect(submit(stage)).rejects.toMatchObject({code: 'INPUT_CHANGED', exitCode: 2})
    expect(await objectsOf(stage)).toEqual({})
    expect(callsOf(stage, 'CreateModelInvocationJob')).toEqual([])
  })

  test('that changes under an upload in parts comes into no object', async () => {
    await using stage = await stageOf({recordBytes: [200_000]})
    const store = await stage.session.objectStore()
    const ports = {
      store: {
        ...store,
        startUpload: async (...args: Parameters<typeof store.startUpload>) => {
          const text = await readFile(stage.input, 'utf8')
          await writeFile(stage.input, text.replace('s0r99', 's0r98'))
          return store.startUpload(...args)
        },
      },
    }

    await expect(submit(stage, {ports})).rejects.toMatchObject({code: 'INPUT_CHANGED'})
    expect(await objectsOf(stage)).toEqual({})
    expect(callsOf(stage, 'AbortMultipartUpload')).toHaveLength(1)
  })
})

describe('an upload in parts', () => {
  const large = {recordBytes: [260_000]} as const

  test('holds several parts at once and comes out as the bytes of the shard', async () => {
    await using stage = await stageOf(large)

    await submit(stage)

    expect(callsOf(stage, 'UploadPart').length).toBe(Math.ceil((stage.plan.shards[0]?.bytes ?? 0) / (8 * MIB)))
    expect(Object.values(await objectsOf(stage))).toEqual(digestsOf(stage))
  })

  test('that broke off is taken up with the parts that are there', async () => {
    await using stage = await stageOf(large)
    stage.sandbox.faults.add({operation: 'CompleteMultipartUpload', effect: {kind: 'access-denied'}, times: 1})
    await expect(submit(stage)).rejects.toMatchObject({code: 'ACCESS_DENIED'})
    const sent = callsOf(stage, 'UploadPart').length

    await submit(stage)

    expect(callsOf(stage, 'UploadPart')).toHaveLength(sent)
    expect(callsOf(stage, 'CreateMultipartUpload')).toHaveLength(1)
    expect(Object.values(await objectsOf(stage))).toEqual(digestsOf(stage))
  })

  test('whose journal knows only that it began, though it was completed, is not sent again', async () => {
    await using stage = await stageOf(large)
    const store = await stage.session.objectStore()
    const lost = {
      ...store,
      completeUpload: async (...args: Parameters<typeof store.completeUpload>) => {
        await store.completeUpload(...args)
        throw new Error('killed')
      },
    }
    await expect(submit(stage, {ports: {store: lost}})).rejects.toThrow('killed')
    const sent = callsOf(stage, 'UploadPart').length

    const {state} = await submit(stage)

    expect(statesOf(state)).toEqual(['created'])
    expect(callsOf(stage, 'UploadPart')).toHaveLength(sent)
  })

  test('that nobody remembers is ended before another is begun', async () => {
    await using stage = await stageOf({recordBytes: [80, 260_000]})
    const store = await stage.session.objectStore()
    const lost = {
      ...store,
      startUpload: async (...args: Parameters<typeof store.startUpload>) => {
        await store.startUpload(...args)
        throw new Error('killed')
      },
    }
    await expect(submit(stage, {ports: {store: lost}})).rejects.toThrow('killed')

    await submit(stage)

    const place = {bucket: BUCKET, key: 'in/nightly/r1/0002.jsonl'}
    expect(await store.openUploads(place, {region: 'us-east-1'})).toEqual([])
  })
})

describe('a job that was asked for', () => {
  test('and made, with nobody told, is found by its name and not made twice', async () => {
    await using stage = await stageOf()
    const jobs = await stage.session.batchJobs()
    const lost = {
      ...jobs,
      create: async (...args: Parameters<typeof jobs.create>) => {
        await jobs.create(...args)
        throw new Error('killed')
      },
    }
    await expect(submit(stage, {ports: {jobs: lost}})).rejects.toThrow('killed')

    const {state} = await submit(stage, {onWait: (ms) => stage.sandbox.clock.advance(ms)})

    expect(statesOf(state)).toEqual(['created', 'created'])
    expect(callsOf(stage, 'CreateModelInvocationJob')).toHaveLength(2)
  })

  test('is found by its token where the list does not show it yet', async () => {
    await using stage = await stageOf({batch: {listDelaySeconds: 3600}})
    const jobs = await stage.session.batchJobs()
    const arns: string[] = []
    const lost = {
      ...jobs,
      create: async (...args: Parameters<typeof jobs.create>) => {
        arns.push(await jobs.create(...args))
        throw new Error('killed')
      },
    }
    await expect(submit(stage, {ports: {jobs: lost}})).rejects.toThrow('killed')

    const {state} = await submit(stage)

    expect(statesOf(state)).toEqual(['created', 'created'])
    expect(arns).not.toEqual([])
    expect(state.rounds[0]?.shards.map(({job}) => job?.arn)).toEqual(expect.arrayContaining(arns))
  })

  test('by a clock that was set back since is waited for no longer than the list may lag', async () => {
    await using stage = await stageOf({batch: {listDelaySeconds: 3600}})
    const jobs = await stage.session.batchJobs()
    const lost = {
      ...jobs,
      create: async () => {
        throw new Error('killed')
      },
    }
    const ahead: JobClock = {
      now: () => new Date(Date.now() + 3_600_000),
      pause: async () => undefined,
      random: () => 0.5,
    }
    await expect(submit(stage, {ports: {jobs: lost, clock: ahead}})).rejects.toThrow('killed')

    const {state, waits} = await submit(stage)

    expect(statesOf(state)).toEqual(['created', 'created'])
    expect(waits.length).toBeLessThan(10)
  })

  test('under a name that somebody else has taken is refused in words', async () => {
    await using stage = await stageOf()
    const jobs = await stage.session.batchJobs()
    await submit(stage)
    const other = {...stage, plan: {...stage.plan, tags: {other: 'yes'}}, stateFolder: `${stage.stateFolder}-2`}

    const {state} = await submit(other)

    expect(statesOf(state)).toEqual(['refused', 'refused'])
    expect(state.rounds[0]?.shards[0]?.refusal?.code).toBe('CONFLICT')
    await stage.sandbox.clock.advance(5000)
    expect(await jobs.list('us-east-1', {nameContains: 'nightly'})).toHaveLength(2)
  })

  test('is left out where the group was stopped before it was made', async () => {
    await using stage = await stageOf()
    const at = new Date().toISOString()
    const group = await createGroup(stage.stateFolder, stage.plan, {wait: false, now: () => new Date()})
    await group.append({kind: 'stop-asked', at, round: 1, shard: 2, arn: ''})
    await group.close()

    const {state, end} = await submit(stage)

    expect(end).toBe('done')
    expect(statesOf(state)).toEqual(['created', 'planned'])
  })
})

async function namesOf({session, sandbox}: SubmitStage): Promise<readonly string[]> {
  await sandbox.clock.advance(5000)
  sandbox.faults.clear()
  const jobs = await (await session.batchJobs()).list('us-east-1', {})
  return jobs.map(({name}) => name).toSorted()
}
