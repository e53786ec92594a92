import {expect, test} from 'vitest'
import {describeOrigin} from '../../../src/lib/output/describe-origin.js'
import {PIPE, terminalOf} from '../../support/terminals.js'

const ASKED = new Date(2026, 10, 20, 9, 5).toISOString()

test('a live read is short on a terminal, with local time', () => {
  const origin = {kind: 'live', region: 'eu-central-1', asOf: ASKED, source: 'bedrock:ListFoundationModels'} as const

  expect(describeOrigin(origin, terminalOf(80))).toBe('live, eu-central-1, 09:05')
})

test('a live read is ISO 8601 off a terminal', () => {
  const origin = {kind: 'live', region: 'eu-central-1', asOf: '2026-11-20T08:05:00Z', source: 's'} as const

  expect(describeOrigin(origin, PIPE)).toBe('live, eu-central-1, 2026-11-20T08:05:00Z')
})

test('a cache says when it was written, in UTC', () => {
  const origin = {kind: 'cache', asOf: '2026-11-20T18:02:33Z', source: 's'} as const

  expect(describeOrigin(origin, terminalOf(80))).toBe('cache of 2026-11-20 18:02 UTC')
  expect(describeOrigin(origin, PIPE)).toBe('cache of 2026-11-20T18:02:33Z')
})

test('the bundled catalog says its date', () => {
  const origin = {kind: 'bundle', asOf: '2026-11-21', source: 's'} as const

  expect(describeOrigin(origin, terminalOf(80))).toBe('bundled catalog of 2026-11-21')
})

test('a time that cannot be read is shown as it is', () => {
  expect(describeOrigin({kind: 'cache', asOf: 'yesterday', source: 's'}, terminalOf(80))).toBe('cache of yesterday')
})
