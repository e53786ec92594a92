import {afterEach, expect, test} from 'vitest'
import {openActions} from '../../src/lib/cli/monitor/actions/actions.js'
import {capacityReader} from '../../src/lib/cli/monitor/topics/capacity.js'
import {capacityRowsSchema} from '../../src/lib/monitor/board/capacity/capacity.schema.js'
import {capacityView} from '../../src/lib/monitor/board/capacity/capacity-view.js'
import type {TopicReader} from '../../src/lib/monitor/board/ports.js'
import {initialBoardState} from '../../src/lib/monitor/board/reduce.js'
import type {BoardState} from '../../src/lib/monitor/board/state.js'
import {SOLD} from '../support/capacity-stage.js'
import {type JobsStage, openJobsStage} from '../support/jobs-stage.js'
import {tuningScenario} from '../support/tuning-scenario.js'

// Capacity of the board over the wire, and the deletion of what is idle.

const REGION = 'us-west-2'
const DAY_MS = 86_400_000
const ADMIN = {Version: '2012-10-17', Statement: [{Effect: 'Allow', Action: '*', Resource: '*'}]}
const ACCOUNT = {
  quotas: {'L-FE44174A': 4, 'L-BE77399C': 4, 'L-3632DE15': 4},
  iam: {users: [{name: 'sandbox', inline: {all: ADMIN}}]},
}

const opened: JobsStage[] = []

afterEach(async () => {
  for (const stage of opened.splice(0)) await stage[Symbol.asyncDispose]()
})

/** An account that has bought one unit without and one with a commitment. */
async function openStage(): Promise<JobsStage> {
  const stage = await openJobsStage(await tuningScenario({serving: {committedUnits: 4}}, ACCOUNT))
  opened.push(stage)
  const capacity = await stage.door.session.capacity()
  const request = {modelId: SOLD, modelUnits: 1}
  await capacity.createProvisioned(REGION, {...request, name: 'free', clientRequestToken: 'a', commitment: null})
  await capacity.createProvisioned(REGION, {...request, name: 'term', clientRequestToken: 'b', commitment: 'OneMonth'})
  await stage.sandbox.clock.advance(60_000)
  return stage
}

async function lookBy(stage: JobsStage, reader: TopicReader<'capacity'>) {
  stage.asked()
  const nowMs = stage.sandbox.clock.now()
  const looked = await reader.look({place: REGION, nowMs, signal: AbortSignal.timeout(20_000), intervalMs: 30_000})
  capacityRowsSchema.parse(looked.rows)
  return {...looked, by: new Map(looked.rows.map((row) => [row.name, row])), asked: stage.asked()}
}

test('what is new is not idle; what nobody has called for a week may be deleted, unless it is committed', async () => {
  const stage = await openStage()
  const reader = capacityReader(stage.door)
  const first = await lookBy(stage, reader)
  await stage.sandbox.clock.advance(8 * DAY_MS)
  const later = await lookBy(stage, reader)

  expect(first.rows.map(({actions, idle, state}) => [idle, state, actions])).toEqual([
    [false, 'InService', []],
    [false, 'InService', []],
  ])
  expect(later.by.get('free')).toMatchObject({
    ...{idle: true, refused: null, hourly: {amount: 24}, next: expect.stringContaining('capacity delete arn:')},
    actions: [{name: 'delete', confirm: 'free', effect: expect.stringMatching(/calls of it fail.*saves \$24\.00/)}],
  })
  expect(later.by.get('term')).toMatchObject({
    ...{idle: true, actions: [], refused: expect.stringMatching(/cannot be deleted before \d{4}-.*billed/)},
  })
})

test('the action deletes what it was confirmed for, and what is committed is kept whoever asks', async () => {
  const stage = await openStage()
  await stage.sandbox.clock.advance(8 * DAY_MS)
  const reader = capacityReader(stage.door)
  const {by, rows} = await lookBy(stage, reader)
  const state = boardOf(stage, rows)
  const run = await openActions(stage.door)
  const act = (name: string) =>
    run({view: 'capacity', row: by.get(name)?.arn ?? '', action: 'delete'}, state, {
      signal: AbortSignal.timeout(20_000),
      onProgress: () => undefined,
    })

  const notes = [await act('free'), await act('term'), await act('free')]
  const left = await lookBy(stage, reader)

  expect(notes).toMatchObject([
    {tone: 'good', text: expect.stringMatching(/free is deleted; saves \$24\.00 an hour/)},
    {tone: 'bad', text: expect.stringMatching(/term cannot be deleted before/)},
    {tone: 'bad', text: expect.stringMatching(/no capacity/)},
  ])
  expect([...left.by.keys()]).toEqual(['term'])
  expect(
    capacityView.head?.(boardOf(stage, left.rows), {columns: 80, rows: 9, color: false, unicode: true}),
  ).toMatchObject([
    [{text: expect.stringMatching(/^\$[\d.]+\/h \(/)}, {}, {}, {text: expect.stringMatching(/^idle: 1/)}],
  ])
})

test('a denied list is told by its action; denied metrics leave rows that say what is not known', async () => {
  const stage = await openStage()
  const reader = capacityReader(stage.door)
  const metrics = stage.sandbox.faults.add({operation: 'ListMetrics', effect: {kind: 'access-denied'}})
  const blind = await lookBy(stage, reader)
  stage.sandbox.faults.remove(metrics)
  stage.sandbox.faults.add({operation: 'ListProvisionedModelThroughputs', effect: {kind: 'access-denied'}})

  expect(blind.rows.map(({actions, gaps, idle}) => [idle, actions, gaps.length > 0])).toEqual([
    [null, [], true],
    [null, [], true],
  ])
  await expect(lookBy(stage, reader)).rejects.toMatchObject({
    ...{code: 'ACCESS_DENIED', action: 'bedrock:ListProvisionedModelThroughputs'},
  })
})

test('what cannot be listed for a while is as it was, and not gone; nothing can be done about it meanwhile', async () => {
  const stage = await openJobsStage('demo')
  opened.push(stage)
  const reader = capacityReader(stage.door)
  const look = async () => {
    const nowMs = stage.sandbox.clock.now()
    const {rows} = await reader.look({
      place: 'us-east-1',
      nowMs,
      signal: AbortSignal.timeout(20_000),
      intervalMs: 30_000,
    })
    return rows.map(({gaps, kind, name}) => ({name, kind, isWhole: gaps.length === 0})).toSorted(byName)
  }
  const first = await look()
  const fault = stage.sandbox.faults.add({operation: 'ListImportedModels', effect: {kind: 'access-denied'}})
  const second = await look()
  stage.sandbox.faults.remove(fault)
  const third = await look()

  expect(first.some(({kind}) => kind === 'imported')).toBe(true)
  expect(second).toEqual(first.map((row) => ({...row, isWhole: false})))
  expect(third).toEqual(first)
})

const byName = (a: {readonly name: string}, b: {readonly name: string}) => (a.name < b.name ? -1 : 1)

function boardOf(stage: JobsStage, rows: Awaited<ReturnType<typeof lookBy>>['rows']): BoardState {
  const subject = {account: null, profile: null, regions: [REGION], simulated: true, replayed: false}
  const nowMs = stage.sandbox.clock.now()
  const state = initialBoardState({size: {columns: 80, rows: 24}, nowMs, intervalMs: 30_000, subject})
  return {...state, data: {...state.data, capacity: new Map([[REGION, {atMs: nowMs, rows}]])}}
}
