import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {betaQuantile} from '../../../src/lib/bench/metrics/beta.js'
import {CellSamples} from '../../../src/lib/bench/metrics/cell-samples.js'
import {concurrencyOf} from '../../../src/lib/bench/metrics/concurrency.js'
import {SLICES} from '../../../src/lib/bench/metrics/dispersion.js'
import {distributionOf, distributionOfGaps} from '../../../src/lib/bench/metrics/distribution.js'
import {PERCENTILES, quantile} from '../../../src/lib/bench/metrics/percentiles.js'
import {summarise} from '../../../src/lib/bench/metrics/summarise.js'
import type {CellSummary, RunHead, RunSummary} from '../../../src/lib/bench/metrics/summary.schema.js'
import {runSummarySchema} from '../../../src/lib/bench/metrics/summary.schema.js'
import {cellSeries, cumulative} from '../../../src/lib/bench/report/cell-series.js'
import {SAMPLE_FLAGS, type SampleColumns} from '../../../src/lib/bench/samples/columns.js'
import {type GapHistogram, GapRecorder, mergeGaps} from '../../../src/lib/bench/samples/gaps.js'
import {runExitCode} from '../../../src/lib/cli/bench-exit.js'
import {seededRandom} from '../../../src/lib/sandbox/world/random.js'
import {columnsOf, makeCellHead, makeEnd, makeHead, makeSamples, makeTarget} from '../../support/bench-samples.js'

async function* given<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items
}

const FINISHED = {ended: 'complete', endedWhy: null, endedAt: '2026-11-21T19:10:00.000Z'} as const

async function summaryOf(
  columns: readonly SampleColumns[],
  {gaps = new Map<number, GapHistogram>(), head = makeHead()}: {gaps?: Map<number, GapHistogram>; head?: RunHead} = {},
): Promise<RunSummary> {
  const ends = [...new Set(columns.map(({cell}) => cell))].map((cell) => makeEnd(cell))
  return summarise({head, samples: given(columns), gaps, ends, ...FINISHED})
}

const only = ({cells: [cell]}: RunSummary): CellSummary => {
  if (cell === undefined) throw new Error('there is no cell')
  return cell
}

const everyOther = (count: number) => Uint8Array.from({length: count}, (_, at) => Math.floor((at * SLICES) / count))

describe('percentiles', () => {
  test('are those of the sorted samples, linear between two', () => {
    const values = fc.array(fc.double({min: 0, max: 1e6, noNaN: true}), {minLength: 1, maxLength: 200})
    fc.assert(
      fc.property(values, (list) => {
        const found = distributionOf(Float64Array.from(list), everyOther(list.length))
        const sorted = [...list].sort((a, b) => a - b)

        for (const [key, share] of PERCENTILES) {
          const place = (sorted.length - 1) * share
          const [low, high] = [sorted[Math.floor(place)] ?? 0, sorted[Math.ceil(place)] ?? 0]
          const value = found?.p[key]?.value ?? Number.NaN
          expect(value).toBeCloseTo(low + (place - Math.floor(place)) * (high - low), 6)
          expect(found?.p[key]?.low ?? value).toBeLessThanOrEqual(found?.p[key]?.high ?? value)
        }
        expect(found).toMatchObject({n: list.length, min: sorted[0], max: sorted.at(-1), exact: true})
      }),
      {numRuns: 30},
    )
    expect(quantile([1, 2, 3, 4], 0.5)).toBe(2.5)
    expect(distributionOf(new Float64Array(0), new Uint8Array(0))).toBeNull()
  })

  test('have intervals that hold the true value in 95 of 100 runs, and in no fewer where samples resemble each other', () => {
    const covered = {independent: 0, alike: 0, few: 0, mean: 0}
    const runs = 120
    for (let run = 0; run < runs; run += 1) {
      const random = seededRandom(run + 7)
      const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
      let level = 0
      const alike = Float64Array.from({length: 1000}, () => {
        level = 0.9 * level + Math.sqrt(1 - 0.81) * normal()
        return level
      })
      const independent = alike.map(() => normal())
      const holds = (values: Float64Array) => {
        const {p, meanInterval} = distributionOf(values, everyOther(values.length)) ?? {p: {}, meanInterval: null}
        const {low, high} = p['50'] ?? {}
        return [(low ?? 1) <= 0 && (high ?? -1) >= 0, (meanInterval?.low ?? 1) <= 0 && (meanInterval?.high ?? -1) >= 0]
      }
      const [median, mean] = holds(independent)
      covered.independent += Number(median)
      covered.mean += Number(mean)
      covered.alike += Number(holds(alike)[0])
      covered.few += Number(holds(independent.slice(0, 40))[0])
    }

    expect(covered.independent / runs).toBeGreaterThan(0.91)
    expect(covered.independent / runs).toBeLessThan(1)
    expect(covered.mean / runs).toBeGreaterThan(0.91)
    expect(covered.few / runs).toBeGreaterThan(0.88)
    expect(covered.alike / runs).toBeGreaterThan(0.84)
  })

  test.each([
    [0.025, 990, 11, 0.98169],
    [0.975, 990, 11, 0.9945],
    [0.025, 1, 1, 0.025],
    [0.975, 500, 501, 0.53042],
    [0.025, 5000, 5000, 0.4902],
  ])('the %f quantile of Beta(%i, %i) is %f', (share, a, b, value) => {
    expect(betaQuantile(share, a, b)).toBeCloseTo(value, 4)
  })

  test('of gaps are as near as their buckets, and the mean is exact', () => {
    fc.assert(
      fc.property(fc.array(fc.double({min: 0.001, max: 5000, noNaN: true}), {minLength: 2, maxLength: 200}), (list) => {
        const recorder = new GapRecorder()
        for (const ms of list) recorder.add(ms)
        const sorted = [...list].sort((a, b) => a - b)

        const found = distributionOfGaps(recorder.histogram())

        expect(found?.mean).toBeCloseTo(list.reduce((sum, ms) => sum + ms, 0) / list.length, 4)
        for (const [key, share] of PERCENTILES) {
          const exact = sorted[Math.floor((sorted.length - 1) * share)] ?? 0
          expect(Math.abs((found?.p[key]?.value ?? 0) / exact - 1)).toBeLessThan(0.0004)
        }
        expect(found).toMatchObject({min: sorted[0], max: sorted.at(-1), exact: false})
      }),
    )
  })
})

describe('concurrency', () => {
  test('at its peak is that of the busiest moment, an end making room for a send', () => {
    const request = fc.record({sent: fc.integer({min: 0, max: 60}), takes: fc.integer({min: 0, max: 40})})
    fc.assert(
      fc.property(fc.array(request, {minLength: 1, maxLength: 60}), (requests) => {
        const samples = new CellSamples()
        samples.add(
          columnsOf(
            0,
            requests.map(({sent, takes}, k) => ({k, sent, end: sent + takes})),
          ),
        )
        const inFlight = requests.map(
          ({sent: at}) =>
            requests.filter(({sent, takes}) => sent <= at && (sent + takes > at || (takes === 0 && sent === at)))
              .length,
        )
        const zeros = requests.filter(({takes}) => takes === 0).length

        const {mean, peak} = concurrencyOf(samples, {fromMs: 0, toMs: 100})

        expect(peak).toBeLessThanOrEqual(Math.max(...inFlight))
        expect(peak).toBeGreaterThanOrEqual(Math.max(...inFlight) - zeros)
        expect(mean).toBeCloseTo(requests.reduce((sum, {takes}) => sum + takes, 0) / 100, 9)
      }),
    )
  })
})

describe('what is drawn of a cell', () => {
  test('tells every request once, and no more points than can be seen', async () => {
    const {columns} = makeSamples({requests: 3000, failEvery: 10, warmUp: 100})
    const {errorsOverTime, lengthMs, ttft, ttftCloud, ttftOverTime} = await cellSeries(0, given([columns]), false)
    const answered = columns.error.filter((error) => error === 0).length
    const points = cumulative(ttft)
    const failures = [...errorsOverTime].map(([name, rates]) => [name, rates.reduce((sum, {y}) => sum + y, 0)])

    expect(points.length).toBeLessThan(250)
    expect(
      points.every(({x, y}, at) => at === 0 || (x >= (points[at - 1]?.x ?? 0) && y > (points[at - 1]?.y ?? 0))),
    ).toBe(true)
    expect([points[0], points.at(-1)]).toEqual([
      {x: ttft[0], y: 0},
      {x: ttft.at(-1), y: 1},
    ])
    expect(ttftOverTime.reduce((sum, {n}) => sum + n, 0)).toBe(answered)
    expect(ttftOverTime.every(({p50, p99}) => p50 <= p99)).toBe(true)
    expect(ttftCloud.length).toBeLessThanOrEqual(700)
    expect(Math.max(...ttftCloud.map(({y}) => y))).toBeCloseTo(ttft.at(-1) ?? 0, 9)
    expect(failures).toEqual([['throttled', expect.closeTo(((3000 - answered) * 1000) / (lengthMs / 24), 6)]])
  })

  test('is empty where nothing was sent', async () => {
    const {errorsOverTime, ttft, ttftOverTime} = await cellSeries(0, given([]), true)

    expect([cumulative(ttft), ttftOverTime, [...errorsOverTime]]).toEqual([[], [], []])
  })
})

describe('the summary of a run', () => {
  test('has the throughput, rates and latencies that went in', async () => {
    const {columns, gaps} = makeSamples({requests: 5000, warmUp: 500, failEvery: 100})
    const summary = await summaryOf([columns], {gaps: new Map([[0, gaps]])})
    const cell = only(summary)

    expect(runSummarySchema.parse(summary)).toEqual(summary)
    expect(cell.counts).toMatchObject({sent: 5000, ok: 4455, bad: 45, warmUp: 500, errors: {throttled: 45}})
    expect(cell.rate.achieved).toBeCloseTo(50, -0.5)
    expect(cell.rate.cv).toBeCloseTo(1, 1)
    expect(cell.ttft?.p['50']?.value).toBeCloseTo(200, -1)
    expect(cell.tpot?.mean).toBeCloseTo(20, 0)
    expect(cell.icl?.mean).toBeCloseTo(cell.tpot?.mean ?? 0, 0)
    expect(cell.fromSchedule?.ttft?.mean).toBeCloseTo((cell.ttft?.mean ?? 0) + 0.1, 1)
    expect(cell.throughput.outputTokensPerSecond).toBeCloseTo(0.99 * 64 * (cell.rate.achieved ?? 0), -2)
    expect(cell.throughput.interval.requestsPerSecond?.low).toBeLessThan(cell.throughput.requestsPerSecond)
    expect(cell.concurrency.mean).toBeCloseTo((cell.rate.achieved ?? 0) * 1.46, -0.5)
    expect(cell.tokens).toMatchObject({output: 4455 * 64, cacheRead: null, perEvent: 1, askedOut: 4455 * 64})
  })

  test('is the same whatever shard and segment a request came in', async () => {
    const whole = makeSamples({requests: 400, warmUp: 20, failEvery: 13})
    const shards = [2, 0, 1].map((index) =>
      makeSamples({requests: 400, warmUp: 20, failEvery: 13, shard: {index, of: 3}}),
    )

    const merged = await summaryOf(
      shards.map(({columns}) => columns),
      {
        gaps: new Map([[0, mergeGaps(shards.map(({gaps}) => gaps))]]),
      },
    )

    expect(merged).toEqual(await summaryOf([whole.columns], {gaps: new Map([[0, whole.gaps]])}))
  })

  test('counts as good what met every objective, failures as bad, and what we cancelled as neither', async () => {
    const asked = {sched: 0, status: 200, output: 2, events: 2}
    const columns = columnsOf(0, [
      {...asked, k: 0, sent: 0, first: 100, last: 120, end: 121},
      {...asked, k: 1, sent: 1, first: 301, last: 320, end: 321},
      {...asked, k: 2, sent: 2, first: 102, last: 182, end: 183},
      {...asked, k: 3, sent: 3, end: 53, status: 429, error: 1, output: -1, events: 0},
      {...asked, k: 4, sent: 4, flags: 8},
      {...asked, k: 5, sent: 5, first: 105, last: 105, end: 106, output: 1, events: 1},
    ])
    const head = makeHead({slo: {ttftMs: 200, tpotMs: 50, e2eMs: null, name: null}})

    const {counts, goodput} = only(await summaryOf([columns], {head}))

    expect(goodput).toMatchObject({good: 2, bad: 3, attainment: 0.4})
    expect(counts).toMatchObject({ok: 4, bad: 1, cancelled: 1})
  })

  test.each([
    ['concurrency', 2],
    ['rate', 1],
  ] as const)('holds objectives at a %s against the same latencies as its headline', async (kind, good) => {
    const rows = [
      {k: 0, sched: 0, sent: 0, first: 100, last: 120, end: 121},
      {k: 1, sched: 10, sent: 150, first: 250, last: 270, end: 271},
    ].map((row) => ({...row, status: 200, output: 2, events: 2}))
    const slo = {ttftMs: 200, tpotMs: null, e2eMs: null, name: null}
    const head = makeHead({slo, cells: [makeCellHead(0, 0, {level: {kind, value: 2, text: '2'}})]})

    expect(only(await summaryOf([columnsOf(0, rows)], {head})).goodput).toMatchObject({good, bad: 2 - good})
  })

  test('prices tokens in decimals, and GPUs by the hour', async () => {
    const usdPerMillion = {input: '0.3', output: '1.5', cacheRead: null, cacheWrite: null}
    const rates = {basis: 'a model, on demand', source: 'the price list', date: '2026-11-20', usdPerMillion}
    const {columns} = makeSamples({requests: 1000})
    const bedrock = makeHead({targets: [makeTarget('a', {rates})]})
    const gpu = makeHead({targets: [makeTarget('a', {gpuHourly: {usd: 3.6, gpus: 1}})]})

    const priced = only(await summaryOf([columns], {head: bedrock}))
    const byTheHour = only(await summaryOf([columns], {head: gpu}))

    expect(priced.price).toMatchObject({usd: 0.126, perMillionOutput: 1.96875, blended3to1: 0.6})
    expect(byTheHour.price?.perMillionOutput).toBeCloseTo(1000 / byTheHour.throughput.outputTokensPerSecond, 6)
    const slo = {ttftMs: 1e6, tpotMs: null, e2eMs: null, name: null}
    const good = only(await summaryOf([columns], {head: {...gpu, slo}})).price
    expect(good?.perMillionGood).toBeCloseTo(good?.perMillionOutput ?? 0, 9)
    expect(only(await summaryOf([columns])).priceAbsent).toContain('--gpu-hourly')
  })

  test('spreads tokens of an answer over its time, so that an edge of the window cuts it', async () => {
    const head = makeHead({cells: [makeCellHead(0, 0, {level: {kind: 'rate', value: 2, text: '2/s'}})]})
    const rows = [
      {k: 0, sched: 0, sent: 0, first: 0, last: 1000, end: 1000, output: 100, phase: 0},
      {k: 1, sched: 0, sent: 0, first: 0, last: 1000, end: 1000, output: 100, phase: 0},
      {k: 2, sched: 1000, sent: 1000, first: 1000, last: 3000, end: 3000, output: 100, phase: 0},
      {k: 3, sched: 2000, sent: 2000, first: 2000, last: 2000, end: 2000, output: 1, phase: 0},
    ]

    const {throughput, window} = only(await summaryOf([columnsOf(0, rows)], {head}))

    expect(window).toEqual({fromMs: 0, toMs: 2000, steady: true})
    expect(throughput.outputTokensPerSecond).toBeCloseTo((200 + 50 + 1) / 2, 6)
    expect(throughput.whole.outputTokensPerSecond).toBeCloseTo(301 / 3, 6)
  })

  test('counts every answer over the whole run, also the last', async () => {
    const times = fc.tuple(fc.double({min: 0, max: 100, noNaN: true}), fc.double({min: 1, max: 1e5, noNaN: true}))
    await fc.assert(
      fc.asyncProperty(times, async ([from, took]) => {
        const rows = [0, 1].map((k) => ({
          k,
          sent: from,
          first: from + took,
          last: from + took,
          end: from + took,
          phase: 0,
        }))

        const {throughput, wholeMs} = only(await summaryOf([columnsOf(0, rows)]))

        expect((throughput.whole.requestsPerSecond * wholeMs) / 1000).toBeCloseTo(2, 9)
      }),
      {numRuns: 40},
    )
  })

  test('rates bursts by their period', async () => {
    const rows = Array.from({length: 40}, (_, k) => {
      const sched = Math.floor(k / 10) * 250
      return {k, sched, sent: sched + 1 + k / 100, phase: 0}
    })
    const head = makeHead({cells: [makeCellHead(0, 0, {level: {kind: 'rate', value: 40, text: '40/s'}})]})

    const {rate} = only(await summaryOf([columnsOf(0, rows)], {head}))

    expect(rate.due).toBe(40)
    expect(rate.achieved).toBeCloseTo(40, 1)
  })

  test('does not count what was cancelled as done', async () => {
    const rows = [0, 1, 2].map((k) => ({
      ...{k, sent: 0, first: 10, last: 900, end: 1000, phase: 0},
      flags: k === 0 ? SAMPLE_FLAGS.cancelled : 0,
    }))

    expect(only(await summaryOf([columnsOf(0, rows)])).throughput.whole.requestsPerSecond).toBeCloseTo(2, 6)
  })

  test('counts what users do from when all of them are at it', async () => {
    const users = 10
    const head = makeHead({cells: [makeCellHead(0, 0, {level: {kind: 'concurrency', value: users, text: '10 users'}})]})
    const rows = Array.from({length: 80}, (_, k) => {
      const sent = Math.floor(k / users) * 1000 + (k % users) * 100
      return {k, sent, first: sent + 200, last: sent + 1000, end: sent + 1000, output: 9, phase: k < 4 ? 1 : 0}
    })

    const {throughput, window, concurrency} = only(await summaryOf([columnsOf(0, rows)], {head}))

    expect(window).toEqual({fromMs: 1000, toMs: 7900, steady: true})
    expect(throughput.requestsPerSecond).toBeCloseTo(70 / 6.9, 6)
    expect(concurrency.mean).toBeCloseTo(users, 6)
  })

  test.each<[string, Parameters<typeof makeSamples>[0], string, string]>([
    ['few samples', {requests: 200}, 'FEW_SAMPLES', 'usable-with-warnings'],
    ['throttled requests', {requests: 2000, failEvery: 20}, 'THROTTLED', 'usable-with-warnings'],
    ['many failures', {requests: 2000, failEvery: 3, error: 6}, 'ERRORS', 'not-usable'],
    ['a storm of throttling', {requests: 2000, failEvery: 2}, 'THROTTLED', 'not-usable'],
    ['nothing but failures', {requests: 50, failEvery: 1, error: 9}, 'NOTHING_ANSWERED', 'not-usable'],
    ['a warm-up alone', {requests: 40, warmUp: 40}, 'ONLY_WARM_UP', 'not-usable'],
    ['no fault', {requests: 2000}, '', 'usable'],
  ])('says of %s what it is worth', async (_, made, code, kind) => {
    const {columns} = makeSamples(made)

    const {verdict} = await summaryOf([columns])

    expect(verdict.reasons.map((reason) => reason.code)).toEqual(code === '' ? [] : expect.arrayContaining([code]))
    expect(verdict.kind).toBe(kind)
  })

  test('blames neither machine nor server for what arrivals at random make of few requests', async () => {
    const codes = await Promise.all(
      Array.from({length: 40}, async (_, seed) => {
        const {columns} = makeSamples({requests: 30, perSecond: 5, seed: seed + 1, warmUp: 3})
        const level = {kind: 'rate', value: 5, text: '5/s Poisson'} as const
        const {cells, verdict} = await summaryOf([columns], {head: makeHead({cells: [makeCellHead(0, 0, {level})]})})
        expect(Math.abs((cells[0]?.rate.achieved ?? 0) / (cells[0]?.rate.due ?? 0) - 1)).toBeLessThan(0.001)
        return verdict.reasons.map(({code}) => code)
      }),
    )

    expect([...new Set(codes.flat())]).toEqual(['FEW_SAMPLES'])
  })

  test.each([
    [12, true],
    [17, true],
    [25, false],
  ])('says that a queue grew where one server answers %i a second of 20', async (perSecond, isSaturated) => {
    let free = 0
    const rows = Array.from({length: 600}, (_, k) => {
      const sent = k * 50
      free = Math.max(free, sent) + 1000 / perSecond
      return {k, sched: sent, sent, first: free - 5, last: free, end: free, output: 9, events: 9, phase: k < 60 ? 1 : 0}
    })
    const level = {kind: 'rate', value: 20, text: '20/s constant'} as const

    const {verdict} = await summaryOf([columnsOf(0, rows)], {head: makeHead({cells: [makeCellHead(0, 0, {level})]})})

    expect(verdict.reasons.some(({code}) => code === 'SATURATED')).toBe(isSaturated)
  })

  test('says that this machine did not keep up where sends were late, and calls that cell unusable', async () => {
    const {columns} = makeSamples({requests: 2000})
    for (let row = 0; row < columns.rows; row += 1) columns.sched[row] = (columns.sched[row] ?? 0) - 40

    const {selfCheck, verdict} = await summaryOf([columns])

    expect(selfCheck.clientBound).toBe(true)
    expect(selfCheck.reasons.join()).toContain('ms late at p99')
    expect(verdict.kind).toBe('not-usable')
  })

  test.each([
    ['of few samples only as far as it is sure', 90, 0, ['FEW_SAMPLES']],
    ['of new connections as theirs', 1500, 2, ['NEW_CONNECTIONS']],
  ])('blames late sends %s', async (_, requests, flags, codes) => {
    const {columns} = makeSamples({requests})
    for (let row = 0; row < columns.rows; row += flags === 0 ? columns.rows : 20) {
      columns.sched[row] = (columns.sched[row] ?? 0) - 40
      columns.flags[row] = flags
    }

    const {selfCheck, verdict} = await summaryOf([columns])

    expect(selfCheck.clientBound).toBe(false)
    expect(verdict.reasons.map(({code}) => code)).toEqual(codes)
  })

  test('counts the failures of a warm-up that was all there was', async () => {
    const rows = [0, 1, 2].map((k) => ({k, sent: k, end: k + 5, phase: 1, error: 8}))

    const {cells, verdict} = await summaryOf([columnsOf(0, rows)])

    expect(cells[0]?.counts).toMatchObject({sent: 3, ok: 0, bad: 3, warmUp: 3, errors: {auth: 3}})
    expect(verdict.reasons.map(({code}) => code)).toContain('NOTHING_ANSWERED')
  })

  test('does not take answers without a token for quick ones', async () => {
    const {columns} = makeSamples({requests: 2000})
    for (let row = 0; row < columns.rows; row += 2) {
      columns.first[row] = columns.last[row] = Number.NaN
      columns.events[row] = columns.output[row] = 0
    }

    const {verdict} = await summaryOf([columns])

    expect(verdict.kind).toBe('not-usable')
    expect(verdict.reasons.find(({code}) => code === 'NO_TOKENS')?.text).toContain('50 % of answers had no token')
  })

  test('says that it began too late, where it did', async () => {
    const {columns} = makeSamples({requests: 2000})
    const ends = [{...makeEnd(0), lateMs: 7000}]

    const {verdict} = await summarise({
      ...{head: makeHead(), samples: given([columns]), gaps: new Map(), ends},
      ...FINISHED,
    })

    expect(verdict).toMatchObject({kind: 'not-usable', reasons: [{code: 'LATE_START'}]})
  })

  test.each([
    ['all targets answered', [5, 5], 'complete', undefined, 0],
    ['one target never answered', [5, 0], 'complete', undefined, 6],
    ['no target answered', [0, 0], 'complete', undefined, 5],
    ['it is partial', [5, 5], 'partial', undefined, 6],
    ['a gate failed', [5, 0], 'complete', 3, 3],
  ] as const)('where %s, %o answers end in the exit code', (_, answers, ended, settled, code) => {
    const cells = answers.map((ok, target) => ({target, counts: {ok}}))

    expect(runExitCode({cells, ended} as unknown as RunSummary, settled)).toBe(code)
  })

  test('of a run without a sample says so', async () => {
    const {cells, verdict} = await summaryOf([])

    expect(cells).toEqual([])
    expect(verdict).toMatchObject({kind: 'not-usable', reasons: [{code: 'NOTHING_MEASURED'}]})
  })
})
