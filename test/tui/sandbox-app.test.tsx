import {cleanup, render} from 'ink-testing-library'
import {afterEach, expect, test} from 'vitest'
import {reduceSandbox} from '../../src/lib/monitor/sandbox/reduce.js'
import {createStore} from '../../src/lib/monitor/store.js'
import {SandboxApp} from '../../src/lib/monitor/tui/sandbox-app.js'
import {eventually} from '../support/eventually.js'
import {answeredRequest, BUSY, START_MS, stateAfter} from '../support/sandbox-states.js'

afterEach(cleanup)

const UP = '\u001B[A'
const FACTS = {url: 'http://127.0.0.1:4599', scenario: 'demo', clock: 'real', hint: 'eval'} as const

function open() {
  const store = createStore(reduceSandbox, stateAfter(BUSY))
  const calls: string[] = []
  const app = (
    <SandboxApp
      facts={FACTS}
      look={{color: false, unicode: true}}
      onRedraw={() => calls.push('redraw')}
      onSuspend={() => calls.push('suspend')}
      store={store}
    />
  )
  const {stdin, lastFrame} = render(app)
  const frame = () => lastFrame() ?? ''
  return {store, calls, frame, press: (keys: string) => stdin.write(keys)}
}

/** Presses keys until the frame shows what it should: the first may come before the app listens. */
async function opened() {
  const app = open()
  await eventually(() => {
    app.press('\f')
    expect(app.calls).toContain('redraw')
  })
  app.calls.length = 0
  return app
}

test('a filter is typed, corrected, kept and dropped', async () => {
  const {frame, press, store} = await opened()

  press('/')
  press('stsx')
  press('\u007F')
  await eventually(() => expect(frame()).toContain('/sts▏  1 match'))
  press('\r')
  await eventually(() => expect(frame()).toContain('1 of the last 12  filter sts'))
  press('\u001B')
  await eventually(() => expect(frame()).not.toContain('filter sts'))
  expect(store.getSnapshot().filter).toBe('')
})

test('letters of the filter are text, not commands', async () => {
  const {press, store} = await opened()

  press('/')
  press('qec g')

  expect(store.getSnapshot()).toMatchObject({filter: 'qec g', errorsOnly: false})
})

test('errors only, pause and clear show their state in words', async () => {
  const {frame, press, store} = await opened()

  press('e')
  await eventually(() => expect(frame()).toContain('3 of the last 12  errors only'))
  press(' ')
  store.dispatch({type: 'answered', requests: [answeredRequest({status: 500})], nowMs: START_MS})
  await eventually(() => expect(frame()).toContain('paused, 1 more came'))
  press('c')
  await eventually(() => expect(frame()).toContain('requests 0  errors 0 (0.0 %)'))
})

test('arrows and letters walk the list; G follows again', async () => {
  const {press, store} = await opened()
  const selected = () => store.getSnapshot().selected

  press(UP)
  expect(selected()).toBe(12)
  press('kk')
  expect(selected()).toBe(10)
  press('j')
  expect(selected()).toBe(11)
  press('g')
  expect(selected()).toBe(1)
  press('G')
  expect(selected()).toBeUndefined()
})

test('help opens, and any key closes it', async () => {
  const {frame, press} = await opened()

  press('?')
  await eventually(() => expect(frame()).toContain('quit and stop the sandbox'))
  press('x')
  await eventually(() => expect(frame()).not.toContain('quit and stop the sandbox'))
})

test('Ctrl-Z asks to suspend', async () => {
  const {calls, press} = await opened()

  press('\u001A')

  expect(calls).toEqual(['suspend'])
})
