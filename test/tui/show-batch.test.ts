import {expect, test} from 'vitest'
import type {BatchFrame} from '../../src/lib/monitor/batch/state.js'
import {showBatchScreen} from '../../src/lib/monitor/tui/show-batch.js'
import {eventually} from '../support/eventually.js'
import {createScreenTerminal} from '../support/screen-terminal.js'

const NOW = Date.parse('2026-11-21T12:00:00Z')

function frameOf(jobs: number): BatchFrame {
  return {
    name: 'pile',
    state: 'InProgress',
    tone: undefined,
    where: 'amazon.nova-lite-v1:0  us-east-1',
    share: 0.52,
    records: '52,000 of 100,000 answered, 120 failed',
    facts: ['123/s', '~6m 30s left', '9 Completed, 11 InProgress', '$1.20–4.80 so far', 'expires in 23h 59m'],
    jobs: Array.from({length: jobs}, (_, index) => ({
      name: `pile-r1-${String(index + 1).padStart(4, '0')}`,
      state: index < 9 ? 'Completed' : 'InProgress',
      tone: index < 9 ? ('good' as const) : undefined,
      done: '2,600',
      total: '5,000',
      failed: '6',
    })),
    atMs: NOW,
    nextAtMs: NOW + 18_000,
    simulated: true,
  }
}

function show(columns = 80, rows = 24) {
  const terminal = createScreenTerminal(columns, rows)
  const controller = new AbortController()
  const {stdin, stdout, signals} = terminal
  const stage = {stdin, stdout, signals, signal: controller.signal}
  const shown = showBatchScreen({now: () => NOW, look: {color: false, unicode: true}, stage})
  return {terminal, controller, ...shown}
}

test('one screen tells how far the batch is', async () => {
  const {closed, dispatch, terminal} = show(80, 12)

  dispatch({type: 'looked', frame: frameOf(20)})
  await eventually(async () => expect((await terminal.screen()).join('\n')).toContain('pile-r1-0005'))

  expect((await terminal.screen()).join('\n')).toMatchInlineSnapshot(`
    "pile  InProgress  amazon.nova-lite-v1:0  us-east-1  simulated
    ████████████████░░░░░░░░░░░░░░░░  52 %  52,000 of 100,000 answered, 120 failed
    123/s · ~6m 30s left · 9 Completed, 11 InProgress · $1.20–4.80 so far

    JOB           STATE         DONE      OF  FAILED
    pile-r1-0001  Completed    2,600   5,000       6
    pile-r1-0002  Completed    2,600   5,000       6
    pile-r1-0003  Completed    2,600   5,000       6
    pile-r1-0004  Completed    2,600   5,000       6
    pile-r1-0005  Completed    2,600   5,000       6

    q leave (jobs go on)  j/k scroll, 1-5 of 20  next look in 18s"
  `)
  terminal.type('q')
  await closed
  expect(await terminal.isAlternate()).toBe(false)
})

test('the list scrolls to its end and no further', async () => {
  const {closed, dispatch, terminal} = show(60, 12)
  dispatch({type: 'looked', frame: frameOf(7)})
  await eventually(async () => expect((await terminal.screen()).join('\n')).toContain('1-5 of 7'))

  terminal.type('\u001B[6~')
  terminal.type('j')
  terminal.type('j')

  await eventually(async () => expect((await terminal.screen()).join('\n')).toContain('3-7 of 7'))
  terminal.type('\u0003')
  await closed
})

test('a look that failed is told until one succeeds', async () => {
  const {closed, controller, dispatch, terminal} = show()

  dispatch({type: 'troubled', text: 'Throttled. Looking again in 30 s.'})
  await eventually(async () => expect((await terminal.screen()).join('\n')).toContain('Throttled. Looking again'))
  dispatch({type: 'looked', frame: frameOf(1)})
  await eventually(async () => expect((await terminal.screen()).join('\n')).not.toContain('Throttled'))

  controller.abort()
  await closed
})
