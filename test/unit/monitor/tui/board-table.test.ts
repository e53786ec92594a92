import {expect, test} from 'vitest'
import type {Trouble} from '../../../../src/lib/monitor/board/reading.schema.js'
import {lastCrumb} from '../../../../src/lib/monitor/board/ui/shown.js'
import {tableLines} from '../../../../src/lib/monitor/tui/board-table.js'
import {BOARD_NOW, boardAfter, EVENTS_VIEW, SUBJECT} from '../../../support/board-stage.js'

const NOT_LET_IN: Trouble = {
  ...{kind: 'denied', code: 'CREDENTIALS_INVALID', message: 'AWS does not accept the credentials.'},
  ...{action: null, hint: null},
}
const NOT_ENABLED: Trouble = {...NOT_LET_IN, kind: 'absent', code: 'REGION_NOT_ENABLED'}

test('a view of Regions that could not be read is not said to be empty for one that is not enabled', () => {
  const when = {atMs: BOARD_NOW, nextAtMs: undefined}
  const state = boardAfter([
    {
      type: 'watching',
      subject: {...SUBJECT, regions: ['us-east-1']},
      feeds: [
        ['traffic', 'us-east-1'],
        ['traffic', 'af-south-1'],
        ['quotas', 'us-east-1'],
      ],
    },
    {type: 'failed', topic: 'traffic', place: 'us-east-1', trouble: NOT_LET_IN, ...when},
    {type: 'failed', topic: 'traffic', place: 'af-south-1', trouble: NOT_ENABLED, ...when},
  ])
  const view = {...EVENTS_VIEW, topics: ['traffic', 'quotas']} as const

  const lines = tableLines(state, view, lastCrumb(state.ui), {look: {color: false, unicode: true}, rows: 10})

  expect(lines.flat().map(({text}) => text.trim())).toContain(
    'Not known: it could not be read, as the line below says.',
  )
})
