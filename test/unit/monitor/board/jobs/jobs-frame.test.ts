import {expect, test} from 'vitest'
import {jobsTable} from '../../../../../src/lib/monitor/board/jobs/jobs-table.js'
import {fittedColumns, ROW_SIGNS} from '../../../../../src/lib/monitor/board/table.js'
import {lineWidth} from '../../../../../src/lib/monitor/tui/paint-line.js'
import {headingLine, rowLine} from '../../../../../src/lib/monitor/tui/table-lines.js'
import {aJob, boardOf, NOW} from '../../../../support/board-jobs.js'

const ROWS = [
  aJob({kind: 'group', name: 'reviews', done: 812_331, total: 1_204_331, failed: 12, etaMs: 3_600_000}),
  aJob({
    kind: 'customization',
    name: 'tone',
    at: 'training',
    unit: 'steps',
    done: 40,
    total: 100,
    failed: null,
    cost: null,
  }),
  aJob({kind: 'import', name: 'import-house-llama', unit: null, done: null, failed: null, total: null, etaMs: null}),
  aJob({name: 'night-labels', live: false, state: 'Completed', tone: 'good', done: 2397, endedAtMs: NOW}),
]

/** The table as the screen shows it, trailing spaces off. */
function frame(columns: number, look = {color: false, unicode: true}): readonly string[] {
  const table = jobsTable(boardOf({'us-east-1': ROWS}))
  const fitted = fittedColumns(table.columns, table.rows, columns - ROW_SIGNS)
  const lines = [
    headingLine(fitted, table.sortedBy, {look, width: columns}),
    ...table.rows.map((row) => rowLine(row, fitted, {isSelected: false, isMarked: false}, {look, width: columns})),
  ]
  for (const line of lines) expect(lineWidth(line)).toBeLessThanOrEqual(columns)
  return lines.map((spans) =>
    spans
      .map(({text}) => text)
      .join('')
      .trimEnd(),
  )
}

test('at 80 columns a job is told by name, state, progress, failures, time left and cost', () => {
  expect(frame(80)).toMatchInlineSnapshot(`
    [
      "  KIND    NAME                STATE       PROGRESS   FAILED     LEFT        COST",
      "  tuning  tone                training    40 %            -  ~4m 00s           ?",
      "  group   reviews             InProgress  67 %           12  ~1h 00m  $1.20-4.80",
      "  import  import-house-llama  InProgress  -               -        -  $1.20-4.80",
      "  batch   night-labels        Completed   99 %            3        -  $1.20-4.80",
    ]
  `)
})

test('at 160 columns all is told', () => {
  expect(frame(160)).toMatchInlineSnapshot(`
    [
      "  KIND    NAME                STATE       MODEL                  PROGRESS            DONE         OF  FAILED     LEFT        COST      AGE  REGION",
      "  tuning  tone                training    amazon.nova-lite-v1:0  ███░░░░░░  40 %       40        100       -  ~4m 00s           ?  10m 00s  us-east-1",
      "  group   reviews             InProgress  amazon.nova-lite-v1:0  ██████░░░  67 %  812,331  1,204,331      12  ~1h 00m  $1.20-4.80  10m 00s  us-east-1",
      "  import  import-house-llama  InProgress  amazon.nova-lite-v1:0  -                      -          -       -        -  $1.20-4.80  10m 00s  us-east-1",
      "  batch   night-labels        Completed   amazon.nova-lite-v1:0  ████████░  99 %    2,397      2,400       3        -  $1.20-4.80  10m 00s  us-east-1",
    ]
  `)
})

test('bars are of ASCII where only that is safe', () => {
  expect(frame(160, {color: false, unicode: false}).join('\n')).toMatch(/#+\.+ {2}40 %/)
})
