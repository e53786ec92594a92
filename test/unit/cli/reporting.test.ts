import {expect, test} from 'vitest'
import {readReporting} from '../../../src/lib/cli/reporting.js'

test.each([
  [['--json'], 'json'],
  [['-o', 'json'], 'json'],
  [['-ojson'], 'json'],
  [['-o=ndjson'], 'ndjson'],
  [['--output', 'ndjson'], 'ndjson'],
  [['--output=json', '--output=csv'], 'text'],
  [['--', '--json'], 'text'],
  [['-o'], 'text'],
  [[], 'text'],
])('%j asks for %s', (argv, format) => {
  expect(readReporting(argv, {}).format).toBe(format)
})

test('the environment decides where no word does', () => {
  expect(readReporting([], {BEDROCKCTL_OUTPUT: 'json'}).format).toBe('json')
  expect(readReporting(['-o', 'table'], {BEDROCKCTL_OUTPUT: 'json'}).format).toBe('text')
})

test.each([
  ['1', true],
  ['TRUE', true],
  ['0', false],
  ['false', false],
  ['', false],
])('BEDROCKCTL_DEBUG=%j is %j', (value, debug) => {
  expect(readReporting([], {BEDROCKCTL_DEBUG: value}).debug).toBe(debug)
})

test('colour is refused by --no-color, not after --', () => {
  expect(readReporting(['--no-color'], {}).color).toBe(false)
  expect(readReporting(['--', '--no-color'], {}).color).toBe(true)
})
