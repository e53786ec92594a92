import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {type InFlight, type MeasuredCell, queueGrows} from '../../../src/lib/bench/search/judge-level.js'
import {nextStep, outcomeSoFar, type SearchOutcome, type SearchPlan} from '../../../src/lib/bench/search/search-max.js'
import {cellOf, dice, distributionOf} from '../../support/bench-summary.js'

const RATE: SearchPlan = {objective: 'max-rate', from: 1, most: 10_000, attainment: 0.99}
const USERS: SearchPlan = {objective: 'max-concurrency', from: 1, most: 4096, attainment: 0.99}

type Measure = (level: number, nth: number) => MeasuredCell

interface Searched {
  readonly outcome: SearchOutcome
  readonly cells: readonly MeasuredCell[]
}

function search(plan: SearchPlan, measure: Measure): Searched {
  const cells: MeasuredCell[] = []
  for (;;) {
    const step = nextStep(plan, cells)
    if (step.kind === 'done') return {outcome: step.outcome, cells}
    cells.push(measure(step.level, cells.length))
  }
}

interface Told {
  readonly good?: number
  readonly all?: number
  readonly answered?: number
  readonly tokens?: number
  readonly inFlight?: readonly InFlight[]
  readonly clientBound?: string | undefined
}

const base = cellOf()

/** A cell that says so much, and nothing else of interest. */
function cell(plan: SearchPlan, level: number, told: Told = {}): MeasuredCell {
  const {all = 1000, good = all, answered = level, clientBound, inFlight = [], tokens = level * 100} = told
  const rate = plan.objective === 'max-rate'
  return {
    level,
    inFlight,
    clientBound,
    summary: {
      ...base,
      level: {kind: rate ? 'rate' : 'concurrency', value: level, text: String(level)},
      window: {fromMs: 0, toMs: 10_000, steady: true},
      counts: {...base.counts, sent: all, ok: all, bad: 0},
      rate: {asked: rate ? level : null, due: null, achieved: level, cv: null},
      throughput: {...base.throughput, requestsPerSecond: answered, outputTokensPerSecond: tokens},
      goodput: {
        requestsPerSecond: (answered * good) / all,
        outputTokensPerSecond: 0,
        attainment: good / all,
        attainmentInterval: null,
        good,
        bad: all - good,
      },
    },
  }
}

/** A server that is good up to a level, and not a step further. */
const cliff =
  (plan: SearchPlan, limit: number): Measure =>
  (level) =>
    cell(plan, level, {good: level <= limit ? 1000 : 500})

/** A queue before `servers`, each of which takes an exponential time; good: answered within the bound. */
function queueServer(plan: SearchPlan, servers: number, meanMs: number, boundMs: number, seed: number): Measure {
  return (level, nth) => {
    const roll = dice(seed * 1000 + nth)
    const exponential = (mean: number) => -mean * Math.log(1 - roll())
    const free = new Float64Array(servers)
    const spans: [from: number, to: number][] = []
    let now = 0
    const requests = 2500
    for (let k = 0; k < requests; k++) {
      now += exponential(1000 / level)
      const next = free.indexOf(Math.min(...free))
      const start = Math.max(now, free[next] ?? 0)
      const end = start + exponential(meanMs)
      free[next] = end
      spans.push([now, end])
    }
    const steady = spans.slice(300)
    const from = steady[0]?.[0] ?? 0
    const good = steady.filter(([sent, end]) => end - sent <= boundMs).length
    const answered = spans.filter(([, end]) => end > from && end <= now).length
    const ticks = Array.from({length: 80}, (_, index) => from + ((now - from) * index) / 79)
    const told = cell(plan, level, {
      all: steady.length,
      good,
      answered: (answered * 1000) / (now - from),
      inFlight: ticks.map((atMs) => ({atMs, count: spans.filter(([sent, end]) => sent <= atMs && end > atMs).length})),
    })
    return {...told, summary: {...told.summary, window: {fromMs: from, toMs: now, steady: true}}}
  }
}

describe('a search for the highest level', () => {
  test.each([
    [RATE, 0.4],
    [RATE, 1],
    [RATE, 37.5],
    [RATE, 991],
    [USERS, 1],
    [USERS, 7],
    [USERS, 100],
    [USERS, 1500],
  ])('%j finds a limit of %d to 5 % or one user, and confirms it', (plan, limit) => {
    const {cells, outcome} = search(plan, cliff(plan, limit))

    const {best, interval} = outcome
    expect(best).not.toBeNull()
    expect(best).toBeLessThanOrEqual(limit)
    expect(interval?.[0]).toBe(best)
    expect(interval?.[1]).toBeGreaterThan(limit)
    const step = plan === USERS ? 1 : 0
    expect((interval?.[1] ?? 0) - (best ?? 0)).toBeLessThanOrEqual(Math.max(step, 0.0501 * (best ?? 0)))
    expect(cells.filter(({level}) => level === best)).toHaveLength(3)
    expect(outcome.why).toContain('50 % of the requests are good, 99 % are asked for')
  })

  test('ends, and lies in its own interval, whatever limit there is and wherever it begins', () => {
    fc.assert(
      fc.property(
        fc.double({min: 0.05, max: 5000, noNaN: true}),
        fc.double({min: 0.1, max: 3000, noNaN: true}),
        fc.boolean(),
        (limit, from, rate) => {
          const plan = {...(rate ? RATE : USERS), from}
          const {cells, outcome} = search(plan, cliff(plan, limit))
          expect(cells.length).toBeLessThan(60)
          if (outcome.best !== null) expect(outcome.best).toBeLessThanOrEqual(limit)
          if (outcome.interval) expect(outcome.interval[1]).toBeGreaterThan(limit)
        },
      ),
      {numRuns: 200},
    )
  })

  test('of a queue before four servers stops where answers get late, not where they stop coming', () => {
    // M/M/4 with 100 ms saturates at 40/s; 99 % within 600 ms hold up to about 31/s.
    const bests = [1, 2, 3].map((seed) => search(RATE, queueServer(RATE, 4, 100, 600, seed)).outcome.best ?? 0)

    const mean = bests.reduce((sum, best) => sum + best, 0) / bests.length
    expect(mean).toBeGreaterThan(24)
    expect(mean).toBeLessThan(36)
    expect(Math.max(...bests)).toBeLessThan(39)
  })

  test('without objectives stops where the queue grows', () => {
    const measure = queueServer(RATE, 4, 100, Number.POSITIVE_INFINITY, 7)

    const {outcome} = search({...RATE, from: 8}, measure)

    expect(outcome.best).toBeGreaterThan(28)
    expect(outcome.best).toBeLessThan(44)
    expect(outcome.why).toMatch(/queue grows|are answered of/)
  })

  test('a bad moment at a low level does not end it, and a lucky one does not pass', () => {
    const seen = new Set<number>()
    const {outcome} = search(RATE, (level) => {
      const first = !seen.has(level)
      seen.add(level)
      if (first && level === 16) return cell(RATE, level, {good: 985})
      return cell(RATE, level, {good: level <= 50 || (first && level < 70) ? 1000 : 700})
    })

    expect(outcome.best).toBeGreaterThan(47)
    expect(outcome.best).toBeLessThanOrEqual(50)
  })

  test('takes answers that last as long as half a cell for no queue, nor one queue of two cells', () => {
    const slow: Measure = (level, nth) => {
      const inFlight = Array.from({length: 150}, (_, tick) => ({
        atMs: tick * 200,
        count: Math.min(tick * 0.2, 15) * level * (nth % 3 === 0 && tick > 100 ? tick / 100 : 1),
      }))
      const told = cell(RATE, level, {good: level > 100 ? 500 : 1000, answered: level / 2, inFlight})
      const e2e = distributionOf([15_000])
      return {
        ...told,
        summary: {...told.summary, e2e, fromSchedule: null, window: {fromMs: 3000, toMs: 30_000, steady: true}},
      }
    }

    expect(search(RATE, slow).outcome.best).toBeGreaterThan(95)
  })

  test('what held twice and fails when it is confirmed has failed', () => {
    const seen = new Map<number, number>()
    const {outcome} = search(USERS, (level) => {
      const nth = (seen.get(level) ?? 0) + 1
      seen.set(level, nth)
      return cell(USERS, level, {good: level > 20 || (level > 16 && nth > 2) ? 100 : 1000})
    })

    expect(outcome.best).toBe(16)
    expect(outcome.interval).toEqual([16, 17])
  })

  test.each([
    ['where the level holds', (level: number) => level <= 65, [64, 66], ''],
    ['where it fails', (level: number) => level > 65, null, ', but sends are 40 ms late'],
  ])('with a client that is late %s claims no more than that shows', (_, isLate, interval, but) => {
    const {outcome} = search(RATE, (level) =>
      cell(RATE, level, {
        good: level > 65 ? 500 : 1000,
        clientBound: isLate(level) ? 'sends are 40 ms late' : undefined,
      }),
    )

    expect(outcome).toMatchObject({best: 64, interval})
    expect(outcome.why).toMatch(
      new RegExp(`did not hold: 50 % of the requests are good, 99 % are asked for${but}$`, 'u'),
    )
  })

  test('stops where more users bring no more throughput', () => {
    const {outcome} = search(USERS, (level) => cell(USERS, level, {tokens: Math.min(level, 24) * 100}))

    expect(outcome).toMatchObject({best: 64, interval: null, why: '64 users bring no more throughput than 32'})
  })

  test.each([RATE, USERS])('%j: a server that answers nothing has no level', (plan) => {
    const {cells, outcome} = search(plan, (level) => cell(plan, level, {all: 0, answered: 0}))

    expect(outcome).toMatchObject({best: null, interval: null})
    expect(outcome.why).toContain('nothing was answered')
    expect(cells.length).toBeLessThan(20)
  })

  test('that is broken off tells what held so far', () => {
    const cells = [1, 1, 2, 2, 4].map((level) => cell(USERS, level))

    expect(outcomeSoFar(USERS, cells, 'interrupted')).toEqual({
      best: 2,
      unit: 'users',
      interval: null,
      why: 'interrupted',
    })
  })
})

describe('a queue', () => {
  const readings = (count: (share: number, index: number) => number) =>
    Array.from({length: 80}, (_, index) => ({atMs: index * 200, count: count(index / 79, index)}))
  const roll = dice(5)

  test.each([
    ['grows', readings((share) => 10 + 90 * share), 50, true],
    ['grows with noise', readings((share) => 10 + 60 * share + 20 * roll()), 50, true],
    ['is steady', readings(() => 40), 50, false],
    ['is noisy', readings(() => 40 + 30 * roll()), 50, false],
    ['grows by a request', readings((share) => 100 + share), 50, false],
    ['grows by less than chance would', readings((share) => 2 + 8 * share), 50, false],
    ['shrinks', readings((share) => 100 - 90 * share), 50, false],
    ['is not known', [], 50, false],
  ])('that %s', (_, told, perSecond, grows) => {
    expect(queueGrows(told, perSecond)).toBe(grows)
  })
})
