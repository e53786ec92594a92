import {expect, test} from 'vitest'
import {isScreenWanted, type ScreenChoice} from '../../../src/lib/monitor/screen-wanted.js'

const PERSON: ScreenChoice = {
  stdin: {isTTY: true, setRawMode: () => undefined},
  stdout: {isTTY: true},
  env: {TERM: 'xterm-256color'},
  plain: false,
}

test('a person at a terminal gets a screen', () => {
  expect(isScreenWanted(PERSON)).toBe(true)
  expect(isScreenWanted({...PERSON, env: {CI: 'false', TERM: 'xterm'}})).toBe(true)
})

test.each<readonly [string, Partial<ScreenChoice>]>([
  ['plain lines were asked for', {plain: true}],
  ['stdout is a pipe', {stdout: {}}],
  ['stdin is a pipe', {stdin: {}}],
  ['stdin cannot tell single keys', {stdin: {isTTY: true}}],
  ['the terminal cannot draw', {env: {TERM: 'dumb'}}],
  ['it runs in CI', {env: {CI: 'true', TERM: 'xterm'}}],
  ['it runs in a CI that says 1', {env: {CI: '1', TERM: 'xterm'}}],
  ['a screen reader is announced', {env: {INK_SCREEN_READER: 'true', TERM: 'xterm'}}],
])('no screen when %s', (_, change) => {
  expect(isScreenWanted({...PERSON, ...change})).toBe(false)
})
