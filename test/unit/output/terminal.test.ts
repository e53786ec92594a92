import {expect, test} from 'vitest'
import {describeTerminal} from '../../../src/lib/output/terminal.js'

const TTY = {isTTY: true, columns: 120}

test.each([
  ['a terminal', TTY, {}, {}, {width: 120, color: true, interactive: true}],
  ['a pipe', {}, {COLUMNS: '60'}, {}, {width: Number.POSITIVE_INFINITY, color: false, interactive: false}],
  ['a terminal with NO_COLOR', TTY, {NO_COLOR: '1'}, {}, {color: false}],
  ['a terminal with an empty NO_COLOR', TTY, {NO_COLOR: ''}, {}, {color: true}],
  ['a terminal with --no-color', TTY, {FORCE_COLOR: '1'}, {color: false}, {color: false}],
  ['a dumb terminal', TTY, {TERM: 'dumb'}, {}, {color: false}],
  ['a pipe with FORCE_COLOR', {}, {FORCE_COLOR: '1'}, {}, {color: true, interactive: false}],
  ['a terminal without columns', {isTTY: true, columns: 0}, {}, {}, {width: 80}],
  ['a terminal without columns, and COLUMNS', {isTTY: true}, {COLUMNS: '60'}, {}, {width: 60}],
  ['a terminal of the C locale', TTY, {LANG: 'C'}, {}, {unicode: false}],
  ['a terminal of a UTF-8 locale', TTY, {LANG: 'C', LC_ALL: 'en_US.UTF-8'}, {}, {unicode: true}],
])('%s', (_, stream, env, options, expected) => {
  expect(describeTerminal(stream, env, options)).toMatchObject(expected)
})
