import {describe, expect, test} from 'vitest'
import {planCapacity} from '../../../../src/lib/capacity/plan/plan-capacity.js'
import type {PlanQuestion} from '../../../../src/lib/capacity/plan/plan-question.js'
import {decimal} from '../../../../src/lib/core/decimal.js'
import {exampleQuestion, exampleRates, minuteOf, threeLevels} from '../../../support/capacity-case.js'

const plan = (change: Partial<PlanQuestion> = {}) => planCapacity(exampleQuestion(change))

describe('the worked example', () => {
  test('is best with one unit, $4.80 an hour below the same service on demand', () => {
    const {best, keeps, saves} = plan()

    expect({best, keeps, saves}).toEqual({best: 'hybrid-no-commitment', keeps: true, saves: 4.8})
  })

  test('compares all on demand, with a higher quota, one unit beside it, and units alone', () => {
    expect(plan().options.map(({id, throttled, cost, units}) => [id, units, throttled, cost?.total])).toEqual([
      ['on-demand', null, 500, 15],
      ['on-demand-raised', null, 0, 18],
      ['hybrid-no-commitment', 1, 0, 13.2],
      ['all-provisioned-no-commitment', 3, 0, 18],
    ])
  })

  test('says which quota would be enough', () => {
    expect(plan().options[1]?.needs).toEqual({tokensPerMinute: 300_000, requestsPerMinute: 150})
  })

  test('says which unit pays for itself', () => {
    expect(plan().marginal).toEqual([
      {unit: 1, requests: 1800, worthHourly: 10.8, pays: true},
      {unit: 2, requests: 700, worthHourly: 4.2, pays: false},
      {unit: 3, requests: 500, worthHourly: 3, pays: false},
    ])
  })

  test('tells where another number of units is best', () => {
    const cases = plan().sensitivity.map((one) => [one.case, one.throttledToday, one.bestUnits, one.total, one.changes])

    expect(cases).toEqual([
      ['traffic × 0.8', 200, 1, 10.2, false],
      ['traffic × 1.2', 800, 2, 16.8, true],
      ['output counts 1×', 0, 1, 13.2, false],
      ['output counts 10×', 840, 2, 15, true],
      ['output counts 15×', 1200, 2, 15, true],
      ['requests take 12 s', 500, 1, 13.2, false],
      ['requests take 60 s', 500, 1, 13.2, false],
      ['a unit serves × 0.5', 500, 2, 19.2, true],
      ['a unit serves × 1.5', 500, 1, 10.5, false],
    ])
  })

  test('sums the traffic up', () => {
    expect(plan().traffic).toMatchObject({
      ...{minutes: 60, requests: 3000, busiest: 150},
      perRequest: {input: 1000, output: 200, cacheRead: 0, cacheWrite: 0, maxTokens: 400},
    })
  })
})

test('where units serve half, raising the quota is cheaper than any of them', () => {
  const {best, options} = plan({unitTokens: 30_000})

  expect(best).toBe('on-demand-raised')
  expect(options.find(({kind}) => kind === 'hybrid')).toMatchObject({units: 2, throttled: 0, cost: {total: 19.2}})
})

test('where nothing is throttled, all on demand needs no higher quota', () => {
  const {best, options, saves} = plan({
    limits: {...exampleQuestion().limits, tokensPerMinute: {value: 1e6, source: 's', asOf: ''}},
    unitTokens: 20_000,
  })

  expect({best, saves}).toEqual({best: 'on-demand', saves: 0})
  expect(options.map(({kind}) => kind)).not.toContain('raise-quota')
})

describe('what is not known', () => {
  test('of a unit leaves the throttles of today, and what to ask for', () => {
    const {best, findings, options, sweep} = plan({unitTokens: null})

    expect(sweep).toMatchObject([{units: 0, throttled: 500}])
    expect(options.map(({id}) => id)).toEqual(['on-demand', 'on-demand-raised'])
    expect(best).toBe('on-demand-raised')
    expect(findings.join()).toContain('--tokens-per-minute-per-unit')
  })

  test('of the quota leaves throttles unknown, never none', () => {
    const {best, options, sweep} = plan({limits: {...exampleQuestion().limits, tokensPerMinute: null}})

    expect(sweep.map(({throttled}) => throttled)).toEqual([null, null, null, 0])
    expect(options[0]).toMatchObject({id: 'on-demand', throttled: null})
    expect(best).toBe('all-provisioned-no-commitment')
  })

  test('of the price of a unit leaves its plans without one', () => {
    const [offer] = exampleQuestion().unitOffers
    const {best, sweep} = plan({unitOffers: offer ? [{...offer, hourly: null, why: 'no price is known'}] : []})

    expect(sweep.map(({cost}) => cost?.total ?? null)).toEqual([15, null, null, null])
    expect(best).toBe('on-demand-raised')
  })

  test('of the price of a kind of token is told', () => {
    const {output: _, ...rates} = exampleRates()
    const {best, findings} = plan({rates, unitTokens: null})

    expect(best).toBeNull()
    expect(findings.join()).toContain('output tokens')
  })
})

describe('a commitment', () => {
  const offers = exampleQuestion().unitOffers.concat({
    id: '6-month',
    name: '6 months',
    commitmentMonths: 6,
    hourly: decimal(3),
    source: 'made up',
    why: null,
  })

  test('is told with what its whole term costs, and not recommended unasked', () => {
    const {best, options} = plan({unitOffers: offers})
    const six = options.find(({id}) => id === 'hybrid-6-month')

    expect(best).toBe('hybrid-no-commitment')
    expect(six).toMatchObject({units: 2, commitmentMonths: 6, committed: {amount: 26280}, cost: {total: 9}})
  })

  test('is recommended where it may be made', () => {
    expect(plan({unitOffers: offers, maxCommitmentMonths: 6}).best).toMatch(/-6-month$/)
  })

  test('is what is swept where units are sold no other way', () => {
    expect(plan({unitOffers: offers.slice(1)}).unit.sweptAt).toBe('6-month')
  })
})

describe('a reservation', () => {
  const reservedOffers = [
    {
      id: '1-month',
      name: 'Reserved, 1 month',
      commitmentMonths: 1,
      inputHourly: decimal('0.06'),
      outputHourly: decimal('0.3'),
    },
  ]

  test('is sized to the traffic from the least that is sold on', () => {
    const {options} = plan({reservedOffers, leastReserved: {input: 100_000, output: 10_000}, maxCommitmentMonths: 1})
    const reserved = options.find(({kind}) => kind === 'reserved')

    // 100,000 and 12,000 tokens take 60 requests a minute: 6 + 3.60 an hour, and 90 of each peak go on demand.
    expect(reserved).toMatchObject({
      reserved: {input: 100_000, output: 12_000},
      ...{units: null, throttled: 0, onDemand: 900, commitmentMonths: 1},
      cost: {capacity: 9.6, tokens: 5.4, total: 15},
      committed: {amount: 7008},
    })
  })

  test('is no option where it is not sold', () => {
    expect(plan().options.some(({kind}) => kind === 'reserved')).toBe(false)
  })
})

test('requests that can never start are a finding', () => {
  const minutes = threeLevels().map((one) => ({...one, maxTokens: 250_000 * one.requests}))
  const {findings} = plan({traffic: {...exampleQuestion().traffic, minutes}})

  expect(findings[0]).toContain('60 minutes')
})

test('no traffic is refused', () => {
  const traffic = {...exampleQuestion().traffic, minutes: [minuteOf(0)]}

  expect(() => plan({traffic})).toThrow(expect.objectContaining({code: 'NO_TRAFFIC', exitCode: 2}))
})

test('units alone may leave some minutes to throttles', () => {
  const alone = plan({cover: 5 / 6}).options.find(({kind}) => kind === 'all-provisioned')

  expect(alone).toMatchObject({units: 2, throttled: 500, cost: {total: 12}})
})
