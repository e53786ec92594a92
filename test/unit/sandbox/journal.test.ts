import {expect, test} from 'vitest'
import {Journal, type JournalEntry} from '../../../src/lib/sandbox/journal.js'

const entry = (requestId: string): JournalEntry => ({
  requestId,
  at: '2026-01-01T00:00:00.000Z',
  http: 'GET /',
  httpVersion: '1.1',
  auth: 'none',
  signature: 'unchecked',
  status: 200,
  ms: 1,
  userAgent: undefined,
})

test('the oldest entries make room', () => {
  const journal = new Journal({capacity: 2})
  for (const id of ['a', 'b', 'c']) journal.add(entry(id))

  expect(journal.entries.map(({requestId}) => requestId)).toEqual(['b', 'c'])
})
