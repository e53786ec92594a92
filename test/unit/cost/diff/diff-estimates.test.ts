import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {headline} from '../../../../src/lib/cost/diff/change-words.js'
import {diffEstimates} from '../../../../src/lib/cost/diff/diff-estimates.js'
import {parseLimits} from '../../../../src/lib/cost/diff/parse-limits.js'
import {estimateCase, type ShortPrice} from '../../../support/cost-case.js'

const NOVA = 'amazon.nova-lite-v1:0'
const MICRO = 'amazon.nova-micro-v1:0'
const PRICES: readonly ShortPrice[] = [
  {modelId: NOVA, amount: {input: 1, output: 10}},
  {modelId: NOVA, tier: 'batch', amount: {input: 0.5, output: 5}, asOf: '2026-09-01'},
  {modelId: NOVA, region: 'eu-west-3', currency: 'EUR', amount: {input: 7, output: 70}, routing: null},
  {modelId: MICRO, amount: {input: 0.1, output: 1}},
]

/** A thousand requests a month: $1 for a thousand input tokens each, $1 for a hundred output tokens. */
function chat(changes: object = {}): object {
  return {
    name: 'chat',
    kind: 'inference',
    model: NOVA,
    requests: 1000,
    inputTokens: 1000,
    outputTokens: 100,
    ...changes,
  }
}

function diffed(
  before: readonly object[],
  after: readonly object[],
  limits: {readonly monthly?: readonly string[]; readonly increase?: readonly string[]} = {},
) {
  return diffEstimates(
    {file: 'before.yaml', estimate: estimateCase(before, PRICES)},
    {file: 'after.yaml', estimate: estimateCase(after, PRICES)},
    parseLimits(limits.monthly ?? [], limits.increase ?? []),
  )
}

describe('a comparison of workloads', () => {
  test('knows them by their names: added, removed, changed and unchanged', () => {
    const {workloads} = diffed(
      [chat(), chat({name: 'old'}), chat({name: 'same'})],
      [chat({name: 'new'}), chat({name: 'same'}), chat({requests: 2000})],
    )

    expect(workloads.map(({change, name}) => [name, change])).toEqual([
      ['new', 'added'],
      ['same', 'unchanged'],
      ['chat', 'changed'],
      ['old', 'removed'],
    ])
  })

  test('tells what each costs before and after, and all together', () => {
    const {month, workloads, year} = diffed([chat()], [chat({requests: 1500})])

    const amounts = {currency: 'USD', before: 2, after: 3, difference: 1, percent: 50}
    expect(workloads[0]?.month).toEqual([amounts])
    expect(month).toEqual([amounts])
    expect(year).toEqual([{...amounts, before: 24, after: 36, difference: 12}])
  })

  test('has no percentage of nothing', () => {
    expect(diffed([], [chat()]).month).toEqual([{currency: 'USD', before: 0, after: 2, difference: 2, percent: null}])
  })

  test('keeps currencies apart and says that they differ', () => {
    const {month, notes} = diffed([chat()], [chat({region: 'eu-west-3'})])

    expect(month.map(({after, before, currency}) => [currency, before, after])).toEqual([
      ['EUR', 0, 14],
      ['USD', 2, 0],
    ])
    expect(notes).toContainEqual(expect.stringContaining('USD before, EUR after (no exchange rate is applied)'))
  })

  test('sees a growth that leaves the month as it was', () => {
    const {month, workloads, year} = diffed([chat()], [chat({growth: '10%'})])

    expect(workloads[0]?.change).toBe('changed')
    expect(month[0]?.difference).toBe(0)
    expect(year[0]?.difference).toBeGreaterThan(0)
  })

  test('says that prices are of different dates', () => {
    expect(diffed([chat()], [chat({tier: 'batch'})]).notes).toEqual([
      'dates of prices: 2026-11-01 before, 2026-09-01 after (the same book, other entries of it)',
    ])
  })

  test('turned around is its opposite', () => {
    const file = fc.uniqueArray(
      fc.record({
        name: fc.constantFrom('a', 'b', 'c', 'd'),
        requests: fc.nat(1_000_000),
        model: fc.constantFrom(NOVA, MICRO),
      }),
      {selector: ({name}) => name},
    )

    fc.assert(
      fc.property(file, file, (before, after) => {
        const [one, other] = [before, after].map((workloads) => workloads.map((workload) => chat(workload)))
        const there = diffed(one ?? [], other ?? [])
        const back = diffed(other ?? [], one ?? [])
        expect(back.month.map(({difference}) => difference)).toEqual(there.month.map(({difference}) => 0 - difference))
        expect(there.month.reduce((sum, {difference}) => sum + difference, 0)).toBeCloseTo(
          there.workloads.flatMap(({lines}) => lines).reduce((sum, {difference}) => sum + (difference ?? 0), 0),
          6,
        )
      }),
      {numRuns: 50},
    )
  })
})

describe('the lines of a workload', () => {
  test('of another model are changed, not removed and added', () => {
    const {workloads} = diffed([chat()], [chat({model: MICRO})])

    expect(
      workloads[0]?.lines.map(({after, before, change, difference}) => [
        before?.modelId,
        after?.modelId,
        change,
        difference,
      ]),
    ).toEqual([
      [NOVA, MICRO, 'changed', -0.9],
      [NOVA, MICRO, 'changed', -0.9],
    ])
  })

  test('that are as before are unchanged beside others', () => {
    const {workloads} = diffed([chat()], [chat({outputTokens: 200})])

    expect(workloads[0]?.lines.map(({change}) => change)).toEqual(['unchanged', 'changed'])
  })

  test('that come with a guardrail are added, and have no difference without a price', () => {
    const {unread, workloads} = diffed([chat()], [chat({guardrails: {policies: ['content']}})])

    expect(workloads[0]?.complete).toBe(false)
    expect(workloads[0]?.lines.map(({change, difference}) => [change, difference])).toEqual([
      ['unchanged', 0],
      ['unchanged', 0],
      ['added', null],
    ])
    expect(unread).toHaveLength(1)
  })
})

describe('limits', () => {
  test('hold for every month of a year that grows, not for the first alone', () => {
    const grown = chat({growth: 1})
    const month = diffed([chat()], [grown], {monthly: ['1000']})
    const increase = diffed([chat()], [grown], {increase: ['10%']})

    expect(month.gate?.failures).toEqual(['month 12 of the year comes to $4,096.00, $3,096.00 over $1,000.00'])
    expect(increase.gate?.failures).toEqual(['+$4,094.00 (+204,700 %) in month 12 of the year is more than 10 %'])
    expect(diffed([grown], [grown], {monthly: ['4096'], increase: ['0']}).gate?.passed).toBe(true)
    expect(headline(month)).toBe('no change a month, +$8,166.00 (+34,025 %) in the first year')
  })

  const guarded = {guardrails: {policies: ['content']}}

  test.each([
    ['no limit', [chat()], [chat()], {}, undefined],
    ['a month at its limit', [], [chat()], {monthly: ['2']}, true],
    ['a month above it', [], [chat()], {monthly: ['1.99']}, false],
    ['a month in another currency than its limit', [], [chat({region: 'eu-west-3'})], {monthly: ['100']}, false],
    [
      'a month within limits of both currencies',
      [],
      [chat(), chat({name: 'b', region: 'eu-west-3'})],
      {monthly: ['2', '14 EUR']},
      true,
    ],
    ['a month of which a part has no price', [], [chat(guarded)], {monthly: ['100']}, false],
    ['a month whose part without a price is gone', [chat(guarded)], [chat()], {monthly: ['100']}, true],
    ['an increase at its percentage', [chat()], [chat({requests: 1100})], {increase: ['10%']}, true],
    ['an increase above it', [chat()], [chat({requests: 1101})], {increase: ['10%']}, false],
    ['an increase at its amount', [chat()], [chat({requests: 1500})], {increase: ['1']}, true],
    [
      'an increase above its amount, within its percentage',
      [chat()],
      [chat({requests: 1501})],
      {increase: ['1', '80%']},
      false,
    ],
    ['an increase in a currency without a limit', [], [chat({region: 'eu-west-3'})], {increase: ['100']}, false],
    ['a percentage of nothing', [], [chat()], {increase: ['500%']}, false],
    ['a decrease', [chat()], [chat({requests: 10})], {increase: ['0']}, true],
    [
      'a part without a price that is as before',
      [chat(guarded)],
      [chat({...guarded, outputTokens: 110})],
      {increase: ['10%']},
      true,
    ],
    ['a part without a price that came', [chat()], [chat(guarded)], {increase: ['90%']}, false],
    [
      'a part without a price that grew',
      [chat(guarded)],
      [chat({...guarded, requests: 1001})],
      {increase: ['90%']},
      false,
    ],
    [
      'a part without a price that shrank',
      [chat(guarded)],
      [chat({...guarded, requests: 999})],
      {increase: ['0%']},
      true,
    ],
  ] as const)('%s', (_, before, after, limits, passed) => {
    const {gate} = diffed(before, after, limits)

    expect(gate?.passed).toBe(passed)
    expect((gate?.failures.length ?? 0) === 0).toBe(passed !== false)
  })

  test('that fail say by how much', () => {
    const {gate} = diffed([chat()], [chat({requests: 2000})], {monthly: ['3'], increase: ['50%', '1']})

    expect(gate).toEqual({
      requirement: 'a month of at most $3.00; at most 50 % more a month; at most $1.00 more a month',
      passed: false,
      failures: [
        'a month comes to $4.00, $1.00 over $3.00',
        '+$2.00 (+100.0 %) a month is more than 50 %',
        '+$2.00 (+100.0 %) a month is more than $1.00',
      ],
    })
  })
})
