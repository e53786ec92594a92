import {mkdtemp, readFile, rm, stat, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterEach, beforeEach, describe, expect, test} from 'vitest'
import {createGroup, listGroups, openGroup, readGroup} from '../../../../src/lib/batch/group/group-store.js'
import type {LockOptions} from '../../../../src/lib/jobs/lock.js'
import {batchPlan} from '../../../support/batch-plan.js'

const NOW = new Date('2026-11-21T12:00:00Z')
const LOCKING: LockOptions = {wait: false, now: () => NOW}

let root: string

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'groups-'))
})

afterEach(() => rm(root, {recursive: true}))

describe('the store of groups', () => {
  test('keeps a group with its plan and its events', async () => {
    const group = await createGroup(root, batchPlan(), LOCKING)
    await group.append({kind: 'uploaded', at: NOW.toISOString(), round: 1, shard: 1, etag: 'e', bytes: 1000})
    await group.close()

    const read = await readGroup(root, 'nightly')

    expect(read?.plans).toEqual([batchPlan()])
    expect(read?.events.map(({kind}) => kind)).toEqual(['round-added', 'uploaded'])
    expect(await listGroups(root)).toEqual(['nightly'])
  })

  test('whose plan was lost takes the same one again, and no other', async () => {
    const plan = batchPlan()
    await (await createGroup(root, plan, LOCKING)).close()
    await rm(join(root, 'batch', 'nightly', 'round-1.json'))

    await expect(createGroup(root, {...plan, timeoutHours: 48}, LOCKING)).rejects.toMatchObject({code: 'GROUP_DAMAGED'})
    const again = await createGroup(root, plan, LOCKING)

    expect(again.plans).toEqual([plan])
    await again.close()
  })

  test('in a folder that is none is told as such', async () => {
    const file = join(root, 'file')
    await writeFile(file, '')

    await expect(listGroups(file)).rejects.toMatchObject({code: 'STATE_UNREADABLE', exitCode: 2})
  })

  test('knows a plan again whose members stood in another order', async () => {
    const plan = batchPlan()
    const reversed = Object.fromEntries(Object.entries(plan).toReversed()) as typeof plan
    await (await createGroup(root, reversed, LOCKING)).close()

    const again = await openGroup(root, 'nightly', LOCKING)
    await again?.close()
    const same = await createGroup(root, plan, LOCKING)
    await same.close()

    expect([again, same].map((group) => group?.plans)).toEqual([[plan], [plan]])
  })

  test('is for its owner alone', async () => {
    const {folder, close} = await createGroup(root, batchPlan(), LOCKING)
    await close()

    expect((await stat(folder)).mode & 0o777).toBe(0o700)
    for (const name of ['round-1.json', 'journal.jsonl', 'lock.1']) {
      expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600)
    }
  })

  test('has nothing where nothing was made, and makes nothing by looking', async () => {
    expect(await listGroups(root)).toEqual([])
    expect(await readGroup(root, 'nightly')).toBeUndefined()
    expect(await openGroup(root, 'nightly', LOCKING)).toBeUndefined()
    await expect(stat(join(root, 'batch'))).rejects.toThrow('ENOENT')
  })

  test.each(['..', '../other', 'a/b', '', 'a\u0000b', 'x'.repeat(41)])(
    'takes %j for no name of a group',
    async (name) => {
      expect(await readGroup(root, name)).toBeUndefined()
    },
  )

  test('goes on with the same plan and refuses another one', async () => {
    await (await createGroup(root, batchPlan(), LOCKING)).close()
    const again = await createGroup(root, batchPlan(), LOCKING)
    await again.close()

    expect(again.events).toHaveLength(1)
    await expect(createGroup(root, batchPlan({modelId: 'other'}), LOCKING)).rejects.toMatchObject({
      code: 'GROUP_EXISTS',
    })
    await expect(openGroup(root, 'nightly', LOCKING)).resolves.toBeDefined()
  })

  test('adds rounds in order only', async () => {
    const group = await createGroup(root, batchPlan(), LOCKING)
    await expect(group.addRound(batchPlan({round: 3}))).rejects.toMatchObject({code: 'ROUND_OUT_OF_ORDER'})
    await group.addRound(batchPlan({round: 2}))
    await group.close()

    expect((await readGroup(root, 'nightly'))?.plans.map(({round}) => round)).toEqual([1, 2])
  })

  test('heals a round whose line was lost when the process ended', async () => {
    const group = await createGroup(root, batchPlan(), LOCKING)
    await group.close()
    await writeFile(join(group.folder, 'journal.jsonl'), '{"kind":"round-ad')

    const again = await openGroup(root, 'nightly', LOCKING)
    await again?.close()

    expect(again?.events.map(({kind}) => kind)).toEqual(['round-added'])
  })

  test('refuses a plan that was changed under its journal', async () => {
    const group = await createGroup(root, batchPlan(), LOCKING)
    await group.close()
    const file = join(group.folder, 'round-1.json')
    await writeFile(file, (await readFile(file, 'utf8')).replace('amazon.nova-lite-v1:0', 'amazon.nova-pro-v1:0'))

    const damaged = {code: 'GROUP_DAMAGED', message: `${file} was changed.`, hint: expect.stringContaining('backup')}
    await expect(openGroup(root, 'nightly', LOCKING)).rejects.toMatchObject(damaged)
    await expect(readGroup(root, 'nightly')).rejects.toMatchObject(damaged)
  })

  test('names the file of a plan that was cut off, and a remedy that there is', async () => {
    const group = await createGroup(root, batchPlan(), LOCKING)
    await group.close()
    const file = join(group.folder, 'round-1.json')
    const text = await readFile(file, 'utf8')

    for (const length of [0, 1, 100, text.length - 2]) {
      await writeFile(file, text.slice(0, length))
      await expect(readGroup(root, 'nightly')).rejects.toMatchObject({
        code: 'PLAN_DAMAGED',
        message: expect.stringContaining(file),
        why: expect.stringContaining(`${length} bytes`),
        hint: expect.stringContaining(`move ${group.folder} away`),
      })
    }
  })

  test('tells all that is wrong with a damaged plan', async () => {
    const group = await createGroup(root, batchPlan(), LOCKING)
    await group.close()
    const [first] = batchPlan().shards
    const overlapping = {...batchPlan(), shards: [first, {...first, number: 2}]}
    await writeFile(join(group.folder, 'round-1.json'), JSON.stringify(overlapping))

    await expect(readGroup(root, 'nightly')).rejects.toMatchObject({
      code: 'PLAN_DAMAGED',
      why: 'shards: two of them hold the same bytes',
    })
  })

  test('refuses a journal of events that nobody knows, by line', async () => {
    const group = await createGroup(root, batchPlan(), LOCKING)
    await group.close()
    await writeFile(join(group.folder, 'journal.jsonl'), '{"kind":"from-the-future"}\n')

    await expect(readGroup(root, 'nightly')).rejects.toMatchObject({
      code: 'JOURNAL_DAMAGED',
      hint: expect.stringContaining('newer bedrockctl'),
    })
  })
})
