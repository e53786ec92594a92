import {mkdtemp, rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {beforeEach, expect, onTestFinished, test} from 'vitest'
import {lookAt} from '../../../../src/lib/batch/follow/look.js'
import {noteEnds} from '../../../../src/lib/batch/follow/note-ends.js'
import {foldJournal} from '../../../../src/lib/batch/group/group-state.js'
import {createGroup, readGroup} from '../../../../src/lib/batch/group/group-store.js'
import type {BatchJob} from '../../../../src/lib/batch/ports.js'
import {countsAt, createdEvents, jobOf, NOON, planOf} from '../../../support/batch-case.js'
import {fakeBatchJobs} from '../../../support/fake-batch-jobs.js'

const now = () => new Date(NOON)
const locking = {wait: false, now}
let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bedrockctl-test-'))
  onTestFinished(() => rm(folder, {recursive: true, force: true}))
})

async function stateNow() {
  const group = await readGroup(folder, 'pile')
  return group && foldJournal(group.plans, group.events)
}

async function look(jobs: readonly BatchJob[]) {
  const target = {kind: 'group', name: 'pile', region: 'us-east-1', local: true} as const
  return lookAt(target, {source: fakeBatchJobs(jobs), readState: stateNow, now: () => new Date(NOON)})
}

const done = jobOf(1, {state: 'Completed', records: countsAt(200, 199, 1)})

test('the end of a job is written once', async () => {
  const group = await createGroup(folder, planOf([200]), locking)
  for (const event of createdEvents([1])) await group.append(event)
  await group.close()

  const seen = await look([done])
  const told = [await noteEnds(seen, folder, now), await noteEnds(seen, folder, now)]
  const {events = []} = (await readGroup(folder, 'pile')) ?? {}

  expect(told).toEqual(['nobody', 'nobody'])
  expect(events.filter(({kind}) => kind === 'job-ended')).toMatchObject([
    {state: 'Completed', succeeded: 199, failed: 1, total: 200},
  ])
})

test('nothing is written while another holds the group, and it is known that it does', async () => {
  const group = await createGroup(folder, planOf([200, 100]), locking)
  for (const event of createdEvents([1])) await group.append(event)
  const before = group.events.length

  expect(await noteEnds(await look([done]), folder, now)).toBe('somebody')
  expect(group.events).toHaveLength(before)
  await group.close()
  expect(await noteEnds(await look([done]), folder, now)).toBe('nobody')
})
