import {stripVTControlCharacters} from 'node:util'
import {Text} from 'ink'
import {createElement} from 'react'
import {expect, test} from 'vitest'
import {createFeed} from '../../src/lib/monitor/sandbox/feed.js'
import {showSandbox} from '../../src/lib/monitor/tui/show-sandbox.js'
import {showScreen} from '../../src/lib/monitor/tui/show-screen.js'
import {eventually} from '../support/eventually.js'
import {answeredRequest, START_MS} from '../support/sandbox-states.js'
import {createScreenTerminal} from '../support/screen-terminal.js'

function show(columns = 80, rows = 24) {
  const terminal = createScreenTerminal(columns, rows)
  const controller = new AbortController()
  const feed = createFeed()
  const {stdin, stdout, signals} = terminal
  const done = showSandbox({
    facts: {url: 'http://127.0.0.1:4599', scenario: 'demo', clock: 'real', hint: 'eval "$(bedrockctl sandbox env)"'},
    feed,
    sandboxNow: () => START_MS,
    now: () => START_MS,
    look: {color: true, unicode: true},
    stage: {stdin, stdout, signals, signal: controller.signal},
  })
  return {terminal, controller, feed, done}
}

async function expectLeftAsFound(terminal: ReturnType<typeof createScreenTerminal>): Promise<void> {
  expect(await terminal.isAlternate()).toBe(false)
  expect((await terminal.screen()).filter((line) => line !== '')).toEqual(['$ sandbox'])
  expect(await terminal.modes()).toEqual({wraps: true, cursorShown: true})
  expect(terminal.rawModes.at(-1)).toBe(false)
  expect(terminal.signals.eventNames()).toEqual([])
  expect(terminal.stdout.listenerCount('resize')).toBe(0)
}

test('q gives the terminal back as it was, with one line worth leaving', async () => {
  const {terminal, feed, done} = show()
  feed.add(answeredRequest())
  feed.add(answeredRequest({status: 403, errorCode: 'AccessDeniedException'}))

  await eventually(async () => expect((await terminal.screen()).join('\n')).toContain('403 AccessDe'))
  expect(await terminal.isAlternate()).toBe(true)
  expect(await terminal.modes()).toEqual({wraps: false, cursorShown: false})
  terminal.type('q')

  expect(await done).toBe('The sandbox was asked 2 times in 0s; 1 error.')
  await expectLeftAsFound(terminal)
})

test.each([
  ['Ctrl-C', ({terminal}: ReturnType<typeof show>) => terminal.type('\u0003')],
  ['a signal that stops the command', ({controller}: ReturnType<typeof show>) => controller.abort()],
])('%s gives the terminal back as it was', async (_, end) => {
  const shown = show()
  await eventually(async () => expect((await shown.terminal.screen())[0]).toContain('simulated AWS'))

  end(shown)

  await shown.done
  await expectLeftAsFound(shown.terminal)
})

test.each(['uncaughtExceptionMonitor', 'exit'])('on %s the terminal is back at once', async (event) => {
  const {terminal, controller, done} = show()
  await eventually(async () => expect((await terminal.screen())[0]).toContain('simulated AWS'))

  terminal.signals.emit(event)

  await expectLeftAsFound(terminal)
  controller.abort()
  await done
  await expectLeftAsFound(terminal)
})

test('a screen that throws gives the terminal back and rejects with what it threw', async () => {
  const {stdin, stdout, signals, ...terminal} = createScreenTerminal()
  const Broken = () => {
    throw new Error('broken view')
  }
  const stage = {stdin, stdout, signals, signal: new AbortController().signal, onResize: () => undefined}

  const shown = showScreen(stage, () => createElement(Broken))

  await expect(shown).rejects.toThrow('broken view')
  await expectLeftAsFound({stdin, stdout, signals, ...terminal})
})

test('nothing is taken when the command was stopped before', async () => {
  const terminal = createScreenTerminal()
  const before = terminal.written()
  const stage = {...terminal, signal: AbortSignal.abort(), onResize: () => undefined}

  await showScreen(stage, () => createElement(Text, null, 'never'))

  expect(terminal.written()).toBe(before)
})

test('a resize leaves no garbage, smaller or larger', async () => {
  const {terminal, controller, feed, done} = show(100, 30)
  for (let index = 0; index < 40; index += 1) feed.add(answeredRequest({ms: index}))
  await eventually(async () => expect((await terminal.screen()).join('\n')).toContain('last 40'))

  for (const [columns, rows] of [
    [60, 16],
    [140, 40],
    [80, 24],
  ] as const) {
    terminal.resize(columns, rows)
    await eventually(async () => {
      const lines = await terminal.screen()
      expect(lines).toHaveLength(rows)
      expect(lines.filter((line) => line.includes('http://127.0.0.1:4599'))).toHaveLength(1)
      expect(lines.filter((line) => line.includes('TIME UTC'))).toHaveLength(1)
      expect(lines.at(-1)).toMatch(/look .* quit/)
    })
  }
  controller.abort()
  await done
})

test('only what changed is written', async () => {
  const {terminal, controller, feed, done} = show()
  await eventually(async () => expect((await terminal.screen())[0]).toContain('simulated AWS'))
  const before = terminal.written().length

  feed.add(answeredRequest())
  await eventually(async () => expect((await terminal.screen()).join('\n')).toContain('last 1'))

  const added = stripVTControlCharacters(terminal.written().slice(before))
  expect(added).not.toContain('127.0.0.1')
  expect(added).not.toContain('quit')
  expect(terminal.written()).not.toContain('\u001B[3J')
  controller.abort()
  await done
})
