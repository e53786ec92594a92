import {describe, expect, test} from 'vitest'
import {foldJournal} from '../../../../src/lib/batch/group/group-state.js'
import {type ListBatchFacts, type ListBatchInput, listBatch} from '../../../../src/lib/batch/list/list-batch.js'
import {afterNoon, countsAt, createdEvents, jobOf, planOf} from '../../../support/batch-case.js'

const facts: ListBatchFacts = {
  regions: ['us-east-1'],
  jobs: [
    jobOf(1, {state: 'Completed', records: countsAt(200, 190, 10)}),
    jobOf(2, {records: countsAt(300, 100)}),
    jobOf(9, {name: 'made-elsewhere', modelId: 'us.meta.llama3-3-70b-instruct-v1:0', submittedAt: afterNoon(5)}),
    jobOf(7, {name: 'faraway-r1-0001', state: 'Failed', submittedAt: afterNoon(-9)}),
  ],
  unread: [],
  groups: [foldJournal([planOf([200, 300])], createdEvents([1, 2]))],
  account: '111122223333',
  simulated: true,
  nowMs: Date.parse(afterNoon(60)),
}

function namesOf(input: Partial<ListBatchInput>, changes: Partial<ListBatchFacts> = {}): readonly string[] {
  return listBatch({all: false, ...input}, {...facts, ...changes}).rows.map(({name}) => name)
}

test('groups are one line each, jobs of no group too, the newest first', () => {
  const {rows} = listBatch({all: false}, facts)

  expect(rows.map(({kind, name, state}) => [kind, name, state])).toEqual([
    ['job', 'made-elsewhere', 'InProgress'],
    ['group', 'pile', 'InProgress'],
    ['group', 'faraway', 'Failed'],
  ])
  expect(rows[1]?.records).toMatchObject({total: 500, succeeded: 290, failed: 10, pending: 200})
})

test('each job is a line with --all, and those of one group when it is named', () => {
  expect(namesOf({all: true})).toEqual(['made-elsewhere', 'pile-r1-0001', 'pile-r1-0002', 'faraway-r1-0001'])
  expect(namesOf({group: 'pile'})).toEqual(['pile-r1-0001', 'pile-r1-0002'])
  expect(namesOf({group: 'faraway'})).toEqual(['faraway-r1-0001'])
})

test('a group that was not submitted yet is listed as planned', () => {
  const {rows} = listBatch({all: false}, {...facts, jobs: [], groups: [foldJournal([planOf([200])], [])]})

  expect(rows).toMatchObject([{name: 'pile', state: 'Planned', jobs: 0}])
})

test('groups of another account or Region are left out', () => {
  expect(namesOf({}, {jobs: [], account: '999988887777'})).toEqual([])
  expect(namesOf({}, {jobs: [], regions: ['eu-west-1']})).toEqual([])
  expect(namesOf({}, {jobs: [], account: undefined})).toEqual(['pile'])
})

describe('filters', () => {
  test.each<readonly [string, Partial<ListBatchInput>, readonly string[]]>([
    ['a state of any job of a group', {state: 'completed'}, ['pile']],
    ['a state of a group', {state: 'Failed'}, ['faraway']],
    ['a part of a model', {model: 'LLAMA'}, ['made-elsewhere']],
    ['a time', {since: afterNoon(0)}, ['made-elsewhere', 'pile']],
  ])('keep by %s', (_, input, names) => {
    expect(namesOf(input)).toEqual(names)
  })
})

test('a state that no job is ever in is refused, naming those there are', () => {
  expect(() => listBatch({all: false, state: 'Complete'}, facts)).toThrow(
    expect.objectContaining({code: 'STATE_UNKNOWN', why: 'Did you mean Completed?'}),
  )
})

test('an unknown group is refused, naming those there are', () => {
  expect(() => listBatch({all: false, group: 'pyle'}, facts)).toThrow(
    expect.objectContaining({code: 'GROUP_UNKNOWN', why: 'Groups: pile, faraway'}),
  )
})
