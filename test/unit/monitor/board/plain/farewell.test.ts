import {expect, test} from 'vitest'
import {failureText, farewell} from '../../../../../src/lib/monitor/board/plain/farewell.js'
import {job, jobsRead, liveBoard, reduceLive, watching} from '../../../../support/live-board.js'

const board = liveBoard([jobsRead([job('a'), job('b')])])

test.each([
  [board, undefined, /^Watched 1 Region of account \d{12} for 1m 20s\. At the end: 2 jobs running\.$/],
  [board, 'night.ndjson', /Recorded: bedrockctl monitor --replay night\.ndjson$/],
  [
    reduceLive(liveBoard([]), watching([], {account: null, regions: [], simulated: true})),
    undefined,
    /^Watched nothing yet for 1m 20s, simulated\.$/,
  ],
] as const)('what stays of the board says whose it was and how it stood', (state, record, line) => {
  expect(farewell(state, 80_000, record)).toMatch(line)
})

test('a view that failed is told as the bug that it is, with --debug where it failed', () => {
  const error = Object.assign(new TypeError('no rows'), {stack: 'TypeError: no rows\n    at quotas-view.js:1'})

  expect(failureText({view: 'quotas', error}, false)).toBe(
    'The view quotas failed: TypeError: no rows\nThis is a bug in bedrockctl. Run it again with --debug and report the output.',
  )
  expect(failureText({view: 'quotas', error}, true)).toContain('at quotas-view.js:1')
})
