import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {judgeAssertions, parseAssertions} from '../../../src/lib/bench/compare/assertions.js'
import {judgeBaseline, readMaxRegression} from '../../../src/lib/bench/compare/baseline.js'
import {compareRuns} from '../../../src/lib/bench/compare/compare-runs.js'
import {gateRun} from '../../../src/lib/bench/compare/gate-run.js'
import {differenceOf, MEASURE_KEYS, meanOfRepeats} from '../../../src/lib/bench/compare/measure.js'
import {renderRunJunit} from '../../../src/lib/bench/compare/render-junit.js'
import {summarise} from '../../../src/lib/bench/metrics/summarise.js'
import type {RunHead, RunSummary} from '../../../src/lib/bench/metrics/summary.schema.js'
import {seededRandom} from '../../../src/lib/sandbox/world/random.js'
import {type MadeCell, makeCellHead, makeEnd, makeHead, makeSamples, makeTarget} from '../../support/bench-samples.js'

async function runOf(cells: readonly MadeCell[], over: Partial<RunHead> = {}): Promise<RunSummary> {
  const made = cells.map(makeSamples)
  const head = makeHead({slo: {ttftMs: 400, tpotMs: null, e2eMs: null, name: null}, ...over})
  const samples = (async function* () {
    for (const {columns} of made) yield columns
  })()
  const gaps = new Map(made.map((one) => [one.columns.cell, one.gaps]))
  const ends = made.map(({columns}) => makeEnd(columns.cell))
  return summarise({head, samples, gaps, ends, ended: 'complete', endedWhy: null, endedAt: head.startedAt})
}

const TWO = {
  targets: [makeTarget('local'), makeTarget('nova:1')],
  cells: [makeCellHead(0), makeCellHead(1, 1)],
}

test('an assertion tells the interval that holds its bound, from zero where that is its end', async () => {
  const run = await runOf([{requests: 20}])
  const parsed = parseAssertions(
    ['errors<1%'],
    run.targets.map(({name}) => name),
  )

  expect(judgeAssertions(parsed, run)[0]?.note).toMatch(/^the 95 % interval, 0 to \d\d?\.\d+ %, holds the bound$/)
})

describe('an assertion', () => {
  let two: Promise<RunSummary> | undefined

  test.each<[string, boolean, string | null]>([
    ['local:ttft.p50<300ms', true, null],
    ['local:ttft.p50 < 0.3s', true, null],
    ['ttft.p50>=300', false, null],
    ['local:ttft.p99<1s', true, null],
    ['nova:1:ttft.p50>380', true, null],
    ['ttft.p99.9<10s', true, null],
    ['errors<=5%', true, null],
    ['errors<0.5%', true, null],
    ['goodput.attainment>=99%', false, null],
    ['local:goodput.attainment>0.9', true, null],
    ['throughput>100/s', false, null],
    ['tokens>1', true, null],
    ['icl.mean<=30ms', true, null],
    ['usd<5', false, 'it was not measured everywhere'],
  ])('%s holds: %s', async (text, met, note) => {
    two ??= runOf([{requests: 2000}, {cell: 1, requests: 2000, ttftMs: 500, seed: 2}], TWO)
    const run = await two
    const parsed = parseAssertions(
      [text],
      run.targets.map(({name}) => name),
    )

    const [result] = judgeAssertions(parsed, run)

    expect(result).toMatchObject({met, note})
  })

  test('is judged by the worst of its cells, and says when the interval holds the bound', async () => {
    const run = await runOf([{requests: 1000}, {cell: 1, requests: 1000, ttftMs: 300, seed: 2}], TWO)
    const worst = run.cells[1]?.fromSchedule?.ttft?.p['50']?.value ?? 0
    const bound = (worst * 1.0001).toFixed(4)

    const [result] = judgeAssertions(parseAssertions([`ttft.p50<${bound}`], []), run)

    expect(result?.value).toBe(worst)
    expect(result).toMatchObject({met: true, note: expect.stringContaining('holds the bound')})
  })

  test('that is wrong is told with all others that are', () => {
    const wrong = ['ttft.p98<5', 'ttft', 'ttft.p99<5/s', 'claude:errors<1%', 'tfft.p99<5', 'errors<1ms', 'usd~5']
    try {
      parseAssertions(['ttft.p99<5', ...wrong], ['nova'])
      expect.unreachable()
    } catch (error) {
      const {why} = error as {why: string}
      for (const text of wrong) expect(why).toContain(`${text}: `)
      expect(why.split('\n')).toHaveLength(wrong.length)
      expect(why).toContain('there is ttft.p99')
    }
  })

  test('can be written of every measure there is', () => {
    expect(
      parseAssertions(
        MEASURE_KEYS.map((key) => `${key}<1`),
        [],
      ),
    ).toHaveLength(MEASURE_KEYS.length)
  })
})

describe('the difference of two numbers', () => {
  test('has an interval that holds none in 95 of 100 pairs that have none', () => {
    const random = seededRandom(3)
    const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
    let held = 0
    for (let pair = 0; pair < 2000; pair += 1) {
      const [one, two] = [normal(), 3 * normal()]
      const difference = differenceOf(
        {value: one, low: one - 1.96, high: one + 1.96},
        {value: two, low: two - 5.88, high: two + 5.88},
      )
      held += Number((difference.low ?? 1) <= 0 && (difference.high ?? -1) >= 0)
    }

    expect(held / 2000).toBeGreaterThan(0.935)
    expect(held / 2000).toBeLessThan(0.965)
  })

  test('of repeats is no more certain than they are alike', () => {
    const value = fc.double({min: 0, max: 1000, noNaN: true})
    fc.assert(
      fc.property(fc.array(value, {minLength: 2, maxLength: 5}), (values) => {
        const {high, low} = meanOfRepeats(values.map((one) => ({value: one, low: one, high: one}))) ?? {}

        expect((high ?? 0) - (low ?? 0)).toBeGreaterThanOrEqual(Math.max(...values) - Math.min(...values) - 1e-9)
      }),
    )
    expect(meanOfRepeats([])).toBeUndefined()
  })
})

test('a comparison with its like finds a difference in 5 of 100, and one that is there', async () => {
  const found = {alike: 0, slower: 0}
  for (let pair = 0; pair < 10; pair += 1) {
    const one = await runOf([{requests: 500, seed: pair * 2 + 1}])
    const differs = async (over: Partial<MadeCell>) =>
      compareRuns([one, await runOf([{requests: 500, seed: pair * 2 + 2, ...over}])]).rows.some(
        ({verdict}) => verdict === 'better' || verdict === 'worse',
      )
    found.alike += Number(await differs({}))
    found.slower += Number(await differs({ttftMs: 220}))
  }

  expect(found.alike).toBeLessThanOrEqual(1)
  expect(found.slower).toBeGreaterThanOrEqual(9)
})

test('a name there is no measure of is answered with those there are', () => {
  const why = (text: string) => {
    try {
      return parseAssertions([text], [])
    } catch (error) {
      return (error as {why: string}).why
    }
  }

  expect(why('ttft<5')).toContain('there is ttft.p50, ttft.p95, ttft.p99, ttft.mean, ttft.max.')
  expect(why('xyzzy<5')).toContain('there is ttft.p99, ttfv.p99, tpot.p99, icl.p99')
  expect(why('xyzzy<5')).toContain('goodput, goodput.tokens, goodput.attainment, throughput, tokens, errors, usd')
})

describe('a baseline', () => {
  test('is held by a run that is as it was, and not by one that is slower', async () => {
    const before = await runOf([{requests: 2000}])
    const alike = await runOf([{requests: 2000, seed: 9}], {id: '20261122-190000-abcd'})
    const slower = await runOf([{requests: 2000, seed: 9, ttftMs: 240}], {id: '20261122-190000-abcd'})
    const failed = (run: RunSummary, share: number) =>
      judgeBaseline(run, before, share).flatMap(({met, text}) => (met ? [] : [text]))

    expect(failed(alike, 0.1)).toEqual([])
    expect(failed(slower, 0.1).join()).toContain('ttft.p50 worse than the baseline by at most 10 %')
    expect(failed(slower, 0.5)).toEqual([])
    expect(failed(await runOf([{requests: 2000, failEvery: 20}]), 0.5).join()).toContain('errors worse')
  })

  test('of other data, objectives or targets is refused with what differs', async () => {
    const run = await runOf([{requests: 50}])
    const refused = (other: RunSummary) => () => judgeBaseline(run, other, 0.1)

    expect(refused(await runOf([{requests: 50}], {data: 'other', slo: null}))).toThrowError(
      expect.objectContaining({
        code: 'RUNS_NOT_COMPARABLE',
        why: expect.stringMatching(/data: other.*\nobjectives: none/),
      }),
    )
    expect(refused(await runOf([{requests: 50, tokens: 40}]))).toThrowError(
      expect.objectContaining({why: expect.stringMatching(/^output tokens a request of \S+, .*: 40.0 against /)}),
    )
    expect(refused(await runOf([{requests: 50}], {targets: [makeTarget('other')]}))).toThrowError(
      expect.objectContaining({why: 'they have no target and level in common'}),
    )
  })

  test.each([
    ['10%', 0.1],
    ['0.25', 0.25],
    [undefined, 0.1],
  ])('takes --max-regression %s', (text, share) => {
    expect(readMaxRegression(text)).toBe(share)
    expect(() => readMaxRegression('a lot')).toThrowError(/is no share/)
  })
})

test('what was asked of a run decides its gate, and is a case each in JUnit', async () => {
  const run = await runOf([{requests: 2000}])

  const gated = gateRun(run, {asserts: ['ttft.p50<1', 'errors<1%'], baseline: run, maxRegression: 0.1})
  const junit = renderRunJunit(gated)

  expect(gated.gate).toMatchObject({passed: false, failures: [expect.stringContaining('ttft.p50<1')]})
  expect(gated.asserts).toHaveLength(12)
  expect(junit).toMatch(/tests="13" failures="1" errors="0"/)
  expect(junit).toContain('name="ttft.p50&lt;1"')
  expect(gateRun(run, {asserts: [], baseline: undefined, maxRegression: 0.1})).toBe(run)
})

test('numbers that cannot be used pass no gate', async () => {
  const run = await runOf([{cell: 0, requests: 200}])
  const reason = {
    code: 'CLIENT_BOUND',
    severity: 'error',
    target: 0,
    cell: 0,
    text: 'it was late.',
    hint: null,
  } as const
  const unusable: RunSummary = {...run, verdict: {kind: 'not-usable', reasons: [reason]}}
  const gates = {asserts: ['errors<1%'], baseline: undefined, maxRegression: 0.1}

  expect(gateRun(run, gates).gate).toMatchObject({passed: true})
  expect(gateRun(unusable, gates).gate).toMatchObject({
    passed: false,
    failures: ['the run cannot be used: it was late.'],
  })
})
