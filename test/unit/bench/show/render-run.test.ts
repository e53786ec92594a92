import * as fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {runText, runView} from '../../../../src/lib/bench/show/render-run.js'
import {renderAnswer} from '../../../../src/lib/output/render-answer.js'
import {widthOf} from '../../../../src/lib/output/wrap.js'
import {cellOf, distributionOf, latencies, summaryOf, targetOf} from '../../../support/bench-summary.js'
import {PIPE, terminalOf} from '../../../support/terminals.js'

const sweep = [1, 8, 16, 64].flatMap((users, index) =>
  [0, 1].map((target) => cellOf({cell: 2 * index + target, target, label: `${users} users`})),
)

test('whether the numbers can be used comes before any number, with the next step', async () => {
  const lines = (await runText(summaryOf(), terminalOf(80))).split('\n')

  expect(lines.slice(0, 5)).toEqual([
    '4,205 requests to nova-lite, llama-8b in 5m 28s',
    'USABLE WITH WARNINGS',
    '  warning  nova-lite, 64 users: 0.2 % were throttled: it measures the quota.',
    '           Ask for less than the quota.',
    '',
  ])
})

test('levels that cannot be used are named with the verdict', async () => {
  const late = {code: 'CLIENT_BOUND', severity: 'error', target: 0, cell: 0, text: 'late', hint: null} as const
  const verdict = {kind: 'usable-with-warnings', reasons: [late]} as const

  const text = await runText(summaryOf({verdict}), PIPE)

  expect(text).toContain('USABLE WITH WARNINGS, BUT NOT AT nova-lite 64 users')
})

test('targets of a level stand side by side, numbers and their intervals in line', async () => {
  const text = await runText(summaryOf(), terminalOf(80))

  expect(text).toContain('64 users               nova-lite              llama-8b\n')
  expect(text).toMatch(/^ {2}answered {14}2,000 of 2,005 {9}2,000 of 2,000$/m)
  expect(text).toMatch(/^ {2}requests\/s {13}40\.0 \[39\.1–40\.8\] {8}200 \[196–204\]$/m)
  expect(text).toMatch(/^ {2}per 1M output {9}\$0\.48 {22}-$/m)
})

test('repeats of a level are told one by one, and their counts together', async () => {
  const cells = [0, 1].map((block) => cellOf({cell: block, block}))

  const text = await runText(summaryOf({cells}), terminalOf(80))

  expect(text).toContain('4,000 of 4,010')
  expect(text).toMatch(/^ {2}TTFT p50 ms +\d+ \/ \d+$/m)
  expect(text).toContain('a / b: repeats')
})

test('an open loop is told from the moment a request was due, and from sending beside it', async () => {
  const fromSchedule = {ttft: distributionOf(latencies(2000, 900, 3)), e2e: distributionOf(latencies(2000, 3000, 4))}
  const rate = {asked: 20, due: 20, achieved: 20.01, cv: 1}

  const text = await runText(summaryOf({cells: [cellOf({fromSchedule, rate})]}), terminalOf(80))

  expect(text).toMatch(/TTFT p50 ms +9\d\d /)
  expect(text).toMatch(/TTFT from send p50 ms +4\d\d /)
  expect(text).toMatch(/sent\/s +20\.0 asked 20\.0/)
  expect(text).toContain('TTFT and E2E from the moment a request was due')
})

test('a p99 of few answers says how few', async () => {
  const few = distributionOf(latencies(120, 400, 1))

  const text = await runText(summaryOf({cells: [cellOf({ttft: few})]}), terminalOf(80))

  expect(text).toMatch(/TTFT p99 ms .* n=120$/m)
  expect(text).not.toMatch(/TPOT p99 ms .* n=/)
})

test('a pipe gets every target side by side, however wide that is', async () => {
  expect(await runText(summaryOf(), PIPE)).toMatch(/^64 users +nova-lite +llama-8b$/m)
})

test('many levels are one table, without the columns that only files need', async () => {
  const text = await runText(summaryOf({cells: sweep}), terminalOf(80))

  expect(text).toMatch(/^16 users {2}llama-8b +5 /m)
  expect(await runText(summaryOf({cells: sweep}), PIPE)).toMatch(/^16 users +llama-8b +2,000 +5 /m)
  expect(text).not.toMatch(/Left out to fit:[^.]*started-at/)
})

test('a run that measured nothing, or stopped early, says so', async () => {
  const partial = {
    code: 'PARTIAL',
    severity: 'warning',
    target: null,
    cell: null,
    text: 'It is partial.',
    hint: null,
  } as const
  const verdict = {kind: 'usable-with-warnings', reasons: [partial]} as const

  const text = await runText(summaryOf({cells: [], ended: 'partial', endedWhy: '--max-usd was reached', verdict}), PIPE)

  expect(text).toContain('Nothing was measured.')
  expect(text).toContain('partial: --max-usd was reached')
  expect(text).not.toContain('It is partial.')
})

test('what a search found comes before what it measured', async () => {
  const found = {target: 0, unit: 'requests/s', best: 58, interval: null, why: '60/s did not hold', cells: []}

  const text = await runText(summaryOf({search: {targets: [found]} as never}), PIPE)

  expect(text).toMatch(/USABLE[\s\S]*found .*58 requests\/s, 60\/s did not hold[\s\S]*answered/)
})

test('what several devices took is added up', async () => {
  const [device] = summaryOf().telemetry.filter(({joules}) => joules !== null)
  const two =
    device === undefined
      ? []
      : [0, 1].map((place) => ({...device, device: String(place), joules: 1500, joulesPerOutputToken: 2}))

  const text = await runText(summaryOf({telemetry: two}), PIPE)

  expect(text).toContain('energy   2 devices: 3.00 kJ, 4.00 J a token')
})

test('assertions say PASS and FAIL with what was measured', async () => {
  const asserts = [
    {text: 'ttft.p99<500', met: false, value: 935.2, bound: 500, unit: 'ms', note: null},
    {text: 'errors<1%', met: true, value: 0.2, bound: 1, unit: '%', note: 'of 2,005'},
  ]

  const text = await runText(summaryOf({asserts}), PIPE)

  expect(text).toMatch(/FAIL {5}ttft\.p99<500: 935\.2 ms/)
  expect(text).toMatch(/PASS {5}errors<1%: 0\.2 % \(of 2,005\)/)
})

describe.each([40, 60, 80, 160])('at %d columns', (width) => {
  test.each([
    ['one level', summaryOf()],
    ['many levels', summaryOf({cells: sweep})],
  ])('no line is wider than the terminal: %s', async (_, summary) => {
    const text = await runText(summary, terminalOf(width, {unicode: width !== 60}))

    expect(text.split('\n').filter((line) => widthOf(line) > width)).toEqual([])
  })
})

test('without unicode nothing but ASCII is written', async () => {
  const text = await runText(summaryOf({targets: summaryOf().targets, data: 'plain'}), terminalOf(80, {unicode: false}))

  expect(text).toMatch(/^[\x20-\x7E\n]*$/)
})

test('no text of a server reaches the terminal as a control sequence', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({unit: 'binary', maxLength: 30}), async (word) => {
      const hostile = `\u001B]0;x\u0007${word}`
      const cells = [cellOf({label: hostile, failures: [{error: hostile, status: 500, detail: hostile, count: 1}]})]
      const targets = [targetOf({name: hostile})]
      const reasons = [{code: 'x', severity: 'error', target: 0, cell: 0, text: hostile, hint: hostile} as const]

      const text = await runText(
        summaryOf({cells, targets, data: hostile, name: hostile, verdict: {kind: 'not-usable', reasons}}),
        terminalOf(80),
      )

      // biome-ignore lint/suspicious/noControlCharactersInRegex: none of them may be there.
      expect(text.replaceAll('\n', '')).not.toMatch(/[\u0000-\u001F\u007F-\u009F]/)
    }),
    {numRuns: 15},
  )
})

test.each(['json', 'ndjson', 'csv', 'markdown'])(
  '%s has a record a cell with numbers to compute with',
  async (format) => {
    const targets = [targetOf({name: '=cmd|calc'}), targetOf({name: 'llama|8b'})]

    const text = await renderAnswer(summaryOf({targets}), runView, {format, query: undefined, terminal: PIPE})

    const seen = {
      json: () => expect(JSON.parse(text).cells).toHaveLength(2),
      ndjson: () =>
        expect(
          text
            .trim()
            .split('\n')
            .map((line) => JSON.parse(line).targetName),
        ).toEqual(['=cmd|calc', 'llama|8b']),
      csv: () => {
        expect(text.split('\n')[0]).toMatch(/^level,target,block,ok,failed,requests-per-second,.*,errors,started-at$/)
        expect(text.split('\n')[1]).toMatch(/^64 users,'=cmd\|calc,1,2000,5,40,5120,/)
      },
      markdown: () => expect(text).toContain('| 64 users | llama\\|8b |'),
    }
    seen[format as keyof typeof seen]()
  },
)
