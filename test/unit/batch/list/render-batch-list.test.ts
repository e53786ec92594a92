import {expect, test} from 'vitest'
import {foldJournal} from '../../../../src/lib/batch/group/group-state.js'
import {listBatch} from '../../../../src/lib/batch/list/list-batch.js'
import {batchListView, sortBatchList} from '../../../../src/lib/batch/list/render-batch-list.js'
import {renderAnswer} from '../../../../src/lib/output/render-answer.js'
import {afterNoon, countsAt, createdEvents, jobOf, planOf} from '../../../support/batch-case.js'
import {PIPE, terminalOf} from '../../../support/terminals.js'

const result = listBatch(
  {all: false},
  {
    regions: ['us-east-1'],
    jobs: [
      jobOf(1, {state: 'Completed', records: countsAt(60_000, 59_000, 1000)}),
      jobOf(2, {records: countsAt(60_000, 12_000)}),
      jobOf(9, {name: 'made-elsewhere', state: 'Validating', submittedAt: afterNoon(5)}),
    ],
    unread: [],
    groups: [foldJournal([planOf([60_000, 60_000])], createdEvents([1, 2]))],
    account: undefined,
    simulated: false,
    nowMs: Date.parse(afterNoon(60)),
  },
)

test('a person gets counts, pace, what is left and what it has cost', async () => {
  const text = await renderAnswer(result, batchListView(undefined), {
    format: 'table',
    query: undefined,
    terminal: terminalOf(140),
  })

  expect(text).toMatchInlineSnapshot(`
    "GROUP/JOB       MODEL                  STATE         DONE       OF  FAILED     RATE      LEFT      AGE         COST
    made-elsewhere  amazon.nova-lite-v1:0  Validating       ?        ?       ?        -         -  55m 00s            ?
    pile            amazon.nova-lite-v1:0  InProgress  71,000  120,000   1,000  ≥ 3.3/s  ≤ 4h 00m   1h 00m  $6.00–30.00

    1 group and 1 job in us-east-1 · cost so far, as estimated: processed records × the average of the plan; batch show tells more"
  `)
})

test('80 columns keep name, state and counts', async () => {
  const terminal = terminalOf(80)
  const text = await renderAnswer(result, batchListView(undefined), {format: 'table', query: undefined, terminal})

  expect(text.split('\n').every((line) => line.length <= 80)).toBe(true)
  expect(text).toMatch(/pile +InProgress +71,000 +120,000 +1,000/)
})

test('a script gets plain numbers and whole ids', async () => {
  const csv = await renderAnswer(result, batchListView('name,arn,done,total,rate,cost,submitted'), {
    format: 'csv',
    query: undefined,
    terminal: PIPE,
  })

  expect(csv.split(/\r?\n/)[2]).toBe('pile,,71000,120000,3.333,30,2026-11-21T12:00:00.000Z')
})

test('unknown values sort last', () => {
  expect(sortBatchList(result, '-done').rows.map(({name}) => name)).toEqual(['pile', 'made-elsewhere'])
  expect(sortBatchList(result, 'total').rows.map(({name}) => name)).toEqual(['pile', 'made-elsewhere'])
})
