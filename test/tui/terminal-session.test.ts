import {afterEach, expect, test, vi} from 'vitest'
import {openTerminalSession} from '../../src/lib/monitor/tui/terminal-session.js'
import {createScreenTerminal} from '../support/screen-terminal.js'

afterEach(() => {
  vi.useRealTimers()
})

function openSession() {
  const terminal = createScreenTerminal(20, 4)
  const calls: string[] = []
  const session = openTerminalSession({
    ...terminal,
    stop: () => calls.push('stop'),
    onResize: ({columns, rows}) => calls.push(`${columns}x${rows}`),
  })
  return {terminal, calls, session}
}

test('while suspended the shell has its screen, and frames wait', async () => {
  const {terminal, calls, session} = openSession()
  session.paint('one')

  session.suspend()
  session.paint('two')

  expect(calls).toEqual(['stop'])
  expect(await terminal.isAlternate()).toBe(false)
  expect((await terminal.screen())[0]).toBe('$ sandbox')
  expect(await terminal.modes()).toEqual({wraps: true, cursorShown: true})
  expect(terminal.rawModes).toEqual([false])
  terminal.signals.emit('SIGCONT')
  expect(await terminal.isAlternate()).toBe(true)
  expect((await terminal.screen())[0]).toBe('two')
  expect(terminal.rawModes).toEqual([false, false, true])
  session.close()
})

test('a stop that nobody takes is undone: the screen comes back', async () => {
  const {terminal, session} = openSession()
  session.paint('one')
  await terminal.screen()
  vi.useFakeTimers({toFake: ['setTimeout']})

  terminal.signals.emit('SIGTSTP')
  await vi.runAllTimersAsync()
  vi.useRealTimers()

  expect(await terminal.isAlternate()).toBe(true)
  expect((await terminal.screen())[0]).toBe('one')
  expect(terminal.signals.listenerCount('SIGTSTP')).toBe(1)
  session.close()
})

test('closed while suspended, nothing is left to come back', async () => {
  const {terminal, session} = openSession()
  await terminal.screen()
  vi.useFakeTimers({toFake: ['setTimeout']})

  session.suspend()
  session.close()
  await vi.runAllTimersAsync()
  vi.useRealTimers()

  expect(await terminal.isAlternate()).toBe(false)
  expect(terminal.signals.eventNames()).toEqual([])
  expect(terminal.written().match(/\?1049l/g)).toHaveLength(1)
})

test('a frame of fewer and of shorter lines leaves nothing of the one before', async () => {
  const {terminal, session} = openSession()

  session.paint(`${'x'.repeat(20)}\nlonger line\nthird`)
  session.paint(`${'y'.repeat(20)}\nshort`)

  expect(await terminal.screen()).toEqual(['y'.repeat(20), 'short', '', ''])
  session.close()
})

test('a frame taller than the terminal is cut, not scrolled', async () => {
  const {terminal, session} = openSession()

  session.paint('1\n2\n3\n4\n5\n6')

  expect(await terminal.screen()).toEqual(['1', '2', '3', '4'])
  session.close()
})

test('what garbled the screen is drawn over on request', async () => {
  const {terminal, session} = openSession()
  session.paint('one\ntwo')
  terminal.stdout.write('\u001B[2;1Hgarbage')

  session.repaint()

  expect((await terminal.screen()).slice(0, 2)).toEqual(['one', 'two'])
  session.close()
})

test('nothing of a frame is left on the alternate screen when it is left', () => {
  const {terminal, session} = openSession()
  session.paint('one')
  session.close()

  // tmux moves what is there into the scrollback where the terminal has grown meanwhile.
  const last = terminal.written().split('one').at(-1) ?? ''
  expect(last.replaceAll('\u001B[', ' ')).toMatch(/ H 2J .* \?1049l$/)
})
