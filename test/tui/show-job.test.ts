import {expect, test} from 'vitest'
import type {JobFrame} from '../../src/lib/monitor/job/state.js'
import {showJobScreen} from '../../src/lib/monitor/tui/show-job.js'
import {eventually} from '../support/eventually.js'
import {createScreenTerminal} from '../support/screen-terminal.js'

const NOW = Date.parse('2026-11-21T12:00:00Z')
const MINUTE = 60_000

const TRAINING: JobFrame = {
  title: 'tone-3f2a',
  state: 'InProgress',
  tone: undefined,
  where: 'amazon.nova-lite-v1:0  us-east-1',
  phases: [
    {
      name: 'validation',
      state: 'Completed',
      tone: 'good',
      startedAtMs: NOW - 20 * MINUTE,
      endedAtMs: NOW - 17 * MINUTE,
    },
    {name: 'training', state: 'InProgress', tone: undefined, startedAtMs: NOW - 12 * MINUTE, endedAtMs: undefined},
    {name: 'storing', state: 'NotStarted', tone: undefined, startedAtMs: undefined, endedAtMs: undefined},
  ],
  progress: {share: 0.25, text: 'step 50 of 200'},
  facts: ['loss 0.4123', 'epoch 1 of 2', '$15.12 to train'],
  chart: ({columns, rows}) => Array.from({length: rows}, (_, row) => `${row}${'.'.repeat(columns - 1)}`),
  notes: (columns) => [`a note for ${columns} columns`],
  atMs: NOW,
  nextAtMs: NOW + 18_000,
  simulated: true,
}

function show(columns = 60, rows = 14) {
  const terminal = createScreenTerminal(columns, rows)
  const controller = new AbortController()
  const {stdin, stdout, signals} = terminal
  const stage = {stdin, stdout, signals, signal: controller.signal}
  const shown = showJobScreen({now: () => NOW, look: {color: false, unicode: true}, stage})
  const text = async () => (await terminal.screen()).join('\n')
  return {terminal, controller, text, ...shown}
}

test('one screen tells how far the job is, phase by phase, with its chart in what room is left', async () => {
  const {closed, dispatch, terminal, text} = show()

  dispatch({type: 'looked', frame: TRAINING})
  await eventually(async () => expect(await text()).toContain('a note'))

  expect(await text()).toMatchInlineSnapshot(`
    "tone-3f2a  InProgress  amazon.nova-lite-v1:0  us-east-1  si…
    █████████░░░░░░░░░░░░░░░░░░░░░░░░░░░  25 %  step 50 of 200
    loss 0.4123 · epoch 1 of 2 · $15.12 to train

    ✓ validation  Completed   3m 00s
    ▸ training    InProgress  12m 00s
    · storing     NotStarted

    0...........................................................
    1...........................................................
    2...........................................................

    a note for 60 columns
    q leave (the job goes on)  next look in 18s"
  `)
  terminal.type('q')
  await closed
  expect(await terminal.isAlternate()).toBe(false)
})

test('notes come before the chart where there is no room for both', async () => {
  const {closed, controller, dispatch, text} = show(60, 10)

  dispatch({type: 'looked', frame: TRAINING})

  await eventually(async () => expect(await text()).toContain('a note for 60 columns'))
  expect(await text()).not.toContain('....')
  controller.abort()
  await closed
})

test('a look that failed is told until one succeeds', async () => {
  const {closed, controller, dispatch, text} = show()

  dispatch({type: 'troubled', text: 'Throttled. Looking again in 30 s.'})
  await eventually(async () => expect(await text()).toContain('Throttled. Looking again'))
  dispatch({type: 'looked', frame: {...TRAINING, chart: undefined, progress: undefined, notes: () => []}})

  await eventually(async () => expect(await text()).not.toContain('Throttled'))
  expect(await text()).toContain('q leave (the job goes on)  next look in 18s')
  controller.abort()
  await closed
})
