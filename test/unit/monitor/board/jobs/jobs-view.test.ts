import {expect, test} from 'vitest'
import type {JobRow} from '../../../../../src/lib/monitor/board/jobs/jobs.schema.js'
import {jobsView} from '../../../../../src/lib/monitor/board/jobs/jobs-view.js'
import type {BoardState} from '../../../../../src/lib/monitor/board/state.js'
import {widthOf} from '../../../../../src/lib/monitor/text-width.js'
import {aJob, boardOf, NOW} from '../../../../support/board-jobs.js'

const ROOM = {columns: 80, rows: 24, color: false, unicode: true}

const cellsOf = (state: BoardState, at = 0) =>
  Object.fromEntries(Object.entries(jobsView.table(state).rows[at]?.cells ?? {}).map(([key, {text}]) => [key, text]))

function pageOf(row: JobRow, room = ROOM): readonly string[] {
  const state = boardOf({'us-east-1': [row]})
  const key = jobsView.table(state).rows[0]?.key ?? ''
  const lines = jobsView.page?.(state, key, room)?.lines ?? []
  return lines.map((spans) =>
    spans
      .map(({text}) => text)
      .join('')
      .trimEnd(),
  )
}

test('a job is one row: what it is, how far, what is left of it, what it has cost', () => {
  expect(cellsOf(boardOf({'us-east-1': [aJob()]}))).toEqual({
    ...{kind: 'batch', name: 'nightly', state: 'InProgress', model: 'amazon.nova-lite-v1:0', progress: '50 %'},
    ...{done: '1,200', total: '2,400', failed: '3', eta: '~4m 00s', cost: '$1.20-4.80', age: '10m 00s'},
    region: 'us-east-1',
  })
})

test('time left runs down between looks, and never below nothing', () => {
  expect(cellsOf(boardOf({'us-east-1': [aJob()]}, NOW, 60_000))['eta']).toBe('~3m 00s')
  expect(cellsOf(boardOf({'us-east-1': [aJob()]}, NOW, 600_000))['eta']).toBe('~0s')
})

test.each([
  ['a state says less than what it is at', {at: 'training'}, {state: 'training'}],
  [
    'nobody has counted yet',
    {done: null, total: null, failed: null},
    {progress: '-', done: '?', total: '?', failed: '?'},
  ],
  ['nothing is counted of such jobs', {unit: null, done: null}, {done: '-', total: '-', failed: '-'}],
  ['waiting is in the time left', {etaIs: 'at-most'}, {eta: '<4m 00s'}],
  ['what has ended has no time left', {live: false}, {eta: '-'}],
  ['a cost that is not known is no zero', {cost: null}, {cost: '?'}],
  ['a model by its ARN', {model: 'arn:aws:bedrock:us-east-1:1:custom-model/tone'}, {model: 'tone'}],
] as const)('%s', (_, over, cells) => {
  expect(cellsOf(boardOf({'us-east-1': [aJob(over)]}))).toMatchObject(cells)
})

test('live jobs come first, then what could not be listed, then what ended last, whatever the Region', () => {
  const state = boardOf({
    'eu-west-1': [
      aJob({name: 'old', live: false, endedAtMs: NOW - 9000}),
      aJob({name: 'slow', createdAtMs: NOW - 9e6}),
    ],
    'us-east-1': [
      aJob({name: 'quick'}),
      aJob({name: 'bedrock:ListEvaluationJobs', live: false, state: 'unread', createdAtMs: null}),
      aJob({name: 'late', live: false, endedAtMs: NOW - 1000}),
    ],
  })

  const {rows, sortedBy} = jobsView.table(state)

  expect(rows.map(({cells}) => cells['name']?.text)).toEqual([
    'quick',
    'slow',
    'bedrock:ListEvaluationJobs',
    'late',
    'old',
  ])
  expect(sortedBy).toBe('')
  expect(new Set(rows.map(({key}) => key)).size).toBe(5)
})

test('the page of a group shows its shards, why one failed, what to do, and the commands to go on with', () => {
  const part = {tone: null, startedAtMs: NOW, endedAtMs: null} as const
  const lines = pageOf(
    aJob({
      ...{kind: 'group', name: 'reviews', message: 'The data is not valid JSON.', tone: 'bad'},
      remedy: 'Run bedrockctl batch check --fix on the input, then plan the corrected file: the same bytes would fail.',
      parts: [
        {...part, name: 'reviews-r1-0001', state: 'InProgress', done: 50, failed: 0, total: 100},
        {...part, name: 'reviews-r1-0002', state: 'Failed', tone: 'bad', done: 0, failed: 0, total: 100},
      ],
      partsLeftOut: 7,
    }),
  )

  expect(lines).toEqual([
    'state       InProgress · for 10m 00s',
    'progress    ███████░░░░░░░  50 %  1,200 of 2,400 answered, 3 without an answer',
    'pace        5 records/s, ~4m 00s left',
    'cost        $1.20–4.80, from the plan',
    '',
    'failed      The data is not valid JSON.',
    'to do       Run bedrockctl batch check --fix on the input, then plan the',
    '            corrected file: the same bytes would fail.',
    '',
    expect.stringMatching(/^shards {6}reviews-r1-0001 {2}InProgress {2}█+░+ {2}50 % {2}50 of 100$/),
    expect.stringMatching(/^ {12}reviews-r1-0002 {2}Failed {6}░+ {3}0 % {2}0 of 100$/),
    '            and 7 more shards',
    '',
    'next        bedrockctl batch watch reviews',
  ])
})

test('the page of a training shows its phases with their times, and its losses as a chart', () => {
  const phase = {tone: null, done: null, failed: null, total: null} as const
  const lines = pageOf(
    aJob({
      ...{kind: 'customization', name: 'tone', at: 'training', unit: 'steps', done: 40, total: 100, failed: null},
      parts: [
        {...phase, name: 'validation', state: 'Completed', startedAtMs: NOW - 600_000, endedAtMs: NOW - 540_000},
        {...phase, name: 'training', state: 'InProgress', startedAtMs: NOW - 540_000, endedAtMs: null},
      ],
      metrics: [
        {
          name: 'training_loss',
          points: [
            [0, 2.4],
            [20, 1.5],
            [40, 0.9],
          ],
        },
      ],
    }),
  )

  expect(lines).toContain('state       InProgress · training · for 10m 00s')
  expect(lines).toContain('phases      validation  Completed     1m 00s  from 11:50 UTC')
  expect(lines).toContain('            training    InProgress    9m 00s  from 11:51 UTC')
  expect(lines.some((line) => line.includes('training_loss'))).toBe(true)
})

test('no line of a page is wider than the screen, and nothing of outside moves the cursor', () => {
  const nasty = '\u001B[2J漢字 \u202Eover\r\n and a long tale '.repeat(12)
  for (const columns of [80, 100, 160]) {
    const lines = pageOf(aJob({message: nasty, remedy: nasty, next: [nasty]}), {...ROOM, columns})
    expect(Math.max(...lines.map(widthOf))).toBeLessThanOrEqual(columns)
    expect(['\u001B', '\u202E', '\r'].filter((one) => lines.join('').includes(one))).toEqual([])
  }
})

test('a description names all that is known, and its commands', () => {
  const state = boardOf(
    {'us-east-1': [aJob({actions: [{name: 'stop', effect: 'Stop it?', confirm: 'nightly'}]})]},
    NOW,
    5000,
  )
  const key = jobsView.table(state).rows[0]?.key ?? ''

  const facts = new Map(jobsView.describe(state, key))

  expect(facts.get('id')).toBe('arn:aws:bedrock:us-east-1:111122223333:model-invocation-job/nightly')
  expect(facts.get('progress')).toBe('1,200 of 2,400 answered, 3 failed')
  expect(facts.get('can stop')).toBe('Stop it?')
  expect(facts.get('read')).toBe('5s ago')
  expect(jobsView.describe(state, 'gone')).toBeUndefined()
})
