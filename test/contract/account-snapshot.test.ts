import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {read, regionsOf} from '../../src/lib/account/read.js'
import {actionsOf, isReadId, READ_IDS, withDependencies} from '../../src/lib/account/reads.js'
import {
  type AccountSnapshot,
  accountSnapshotSchema,
  type ReadId,
  SNAPSHOT_VERSION,
} from '../../src/lib/account/snapshot.schema.js'
import {type Sandbox, startSandbox} from '../../src/lib/sandbox/sandbox.js'
import {takeSnapshot} from '../support/take-snapshot.js'

const BEDROCK: readonly ReadId[] = [
  'bedrock:invocation-logging',
  'bedrock:data-retention',
  'bedrock:inference-profiles',
  'bedrock:provisioned-throughputs',
  'service-quotas:bedrock',
]

describe('the demo account, over the wire', () => {
  let sandbox: Sandbox
  let snapshot: AccountSnapshot

  beforeAll(async () => {
    sandbox = await startSandbox({})
    snapshot = await takeSnapshot(sandbox, BEDROCK, ['us-east-1', 'eu-central-1'])
  })

  afterAll(() => sandbox.close())

  test('every read has one entry a Region, and the document fits its schema', () => {
    expect(snapshot).toMatchObject({schemaVersion: SNAPSHOT_VERSION, simulated: true, complete: true, unread: []})
    for (const id of BEDROCK) {
      expect([id, snapshot.reads[id]?.map(({region, status}) => [region, status])]).toEqual([
        id,
        [
          ['eu-central-1', 'read'],
          ['us-east-1', 'read'],
        ],
      ])
    }
    expect(regionsOf(snapshot, 'bedrock:data-retention')).toEqual(['eu-central-1', 'us-east-1'])
    expect(accountSnapshotSchema.safeParse(JSON.parse(JSON.stringify(snapshot))).error).toBeUndefined()
  })

  test('a judge reads a value where there is one, and a reason where there is none', () => {
    expect(read(snapshot, 'bedrock:data-retention', 'us-east-1')).toMatchObject({state: 'read'})
    expect(read(snapshot, 'bedrock:guardrails', 'us-east-1')).toMatchObject({state: 'unread', code: 'NOT_COLLECTED'})
    expect(read(snapshot, 'bedrock:data-retention', 'eu-west-3')).toMatchObject({
      state: 'unread',
      code: 'NOT_COLLECTED',
    })
  })

  test('only the actions of the reads asked for are called, besides who is asking and which Regions are enabled', () => {
    const prefixes: Readonly<Record<string, string>> = {'service-quotas': 'servicequotas'}
    const called = new Set(
      sandbox.journal.map(({service = '?', operation = '?'}) => `${prefixes[service] ?? service}:${operation}`),
    )
    const allowed = [...actionsOf(withDependencies(BEDROCK)), 'sts:GetCallerIdentity', 'account:ListRegions']

    expect([...called].filter((action) => !allowed.includes(action))).toEqual([])
  })

  test('what an earlier run has read and is young enough is not read again', async () => {
    const before = sandbox.journal.length
    const again = await takeSnapshot(sandbox, BEDROCK, ['us-east-1', 'eu-central-1'], {
      resume: {snapshot, maxAgeMs: 3_600_000},
    })

    expect(again.reads).toEqual(snapshot.reads)
    expect(sandbox.journal.slice(before).filter(({service}) => service === 'bedrock')).toEqual([])
  })
})

test('a denied call is recorded with its action and reason, and costs the others nothing', async () => {
  const sandbox = await startSandbox({scenario: 'denied'})
  try {
    const snapshot = await takeSnapshot(sandbox, BEDROCK, ['us-east-1'])
    const denied = BEDROCK.map((id) => read(snapshot, id, 'us-east-1')).filter(({state}) => state === 'unread')

    expect(denied.length).toBeGreaterThan(0)
    expect(denied.length).toBeLessThan(BEDROCK.length)
    for (const reading of denied)
      expect(reading).toMatchObject({status: 'denied', action: expect.stringMatching(/^\w+:\w+$/)})
    expect(snapshot.unread.length).toBe(denied.length)
  } finally {
    await sandbox.close()
  }
})

describe('the registry of reads', () => {
  test('every read comes after what it builds on, and each is there once', () => {
    const ordered = withDependencies(READ_IDS)

    expect(new Set(ordered).size).toBe(ordered.length)
    expect([...ordered].sort()).toEqual([...READ_IDS].sort())
    expect(ordered.indexOf('cloudwatch:bedrock-usage')).toBeGreaterThan(ordered.indexOf('cloudwatch:bedrock-metrics'))
  })

  test('an id is one of the registry, or none', () => {
    expect([isReadId('bedrock:guardrails'), isReadId('bedrock:nonsense'), isReadId('toString')]).toEqual([
      true,
      false,
      false,
    ])
  })
})
