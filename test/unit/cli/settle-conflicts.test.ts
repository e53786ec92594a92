import {expect, test} from 'vitest'
import {settleConflicts} from '../../../src/lib/cli/settle-conflicts.js'

test('flags that do not conflict stay as they are', () => {
  expect(settleConflicts({json: false, output: 'csv', sandbox: 'demo'}, new Set())).toEqual({
    json: false,
    output: 'csv',
    sandbox: 'demo',
  })
})

test('the typed flag beats the one from the environment', () => {
  expect(settleConflicts({sandbox: 'demo', offline: true}, new Set(['sandbox']))).toEqual({
    sandbox: 'demo',
    offline: false,
  })
  expect(settleConflicts({sandbox: 'demo', 'endpoint-url': 'http://x'}, new Set(['endpoint-url']))).toEqual({
    sandbox: undefined,
    'endpoint-url': 'http://x',
  })
})

test.each([
  [['sandbox', 'offline'], 'Leave one of them out.'],
  [[], 'Unset BEDROCKCTL_SANDBOX or BEDROCKCTL_OFFLINE.'],
])('two of equal standing are a usage error: typed %j', (typed, hint) => {
  expect(() => settleConflicts({sandbox: 'demo', offline: true}, new Set(typed))).toThrowError(
    expect.objectContaining({code: 'CONFLICTING_FLAGS', exitCode: 2, hint}),
  )
})
