import * as fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {openCatalog} from '../../../../src/lib/catalog/open-catalog.js'
import {type Decimal, decimal} from '../../../../src/lib/core/decimal.js'
import {type BreakEvenInput, breakEven} from '../../../../src/lib/cost/breakeven/break-even.js'
import type {BreakEvenResult} from '../../../../src/lib/cost/breakeven/breakeven.schema.js'
import {breakEvenSchema} from '../../../../src/lib/cost/breakeven/breakeven.schema.js'
import type {CapacityTerms} from '../../../../src/lib/cost/breakeven/cost-option.js'
import {bookOf, monthOf, readWorkload, type ShortPrice} from '../../../support/cost-case.js'

const catalog = await openCatalog()
const MODEL = 'amazon.nova-lite-v1:0'
const unit = (variant: string, amount: number): ShortPrice => ({
  ...{modelId: MODEL, meter: 'model-unit-hour', tier: 'provisioned', variant},
  amount: {unit: amount},
})
/** A request of 1,000 + 100 tokens costs $0.0014 on demand and $0.0007 in a batch; a unit costs $1,460 a month. */
const PRICES: readonly ShortPrice[] = [
  {modelId: MODEL, amount: {input: 1, output: 4}},
  {modelId: MODEL, tier: 'batch', amount: {input: 0.5, output: 2}},
  unit('no-commitment', 2),
  unit('6-month', 1),
  {modelId: MODEL, meter: 'reserved-input-tpm', tier: 'reserved', variant: '1-month', amount: {unit: 0.04}},
  {modelId: MODEL, meter: 'reserved-output-tpm', tier: 'reserved', variant: '1-month', amount: {unit: 0.2}},
  {modelId: 'custom-model-import', meter: 'custom-model-unit-minute', variant: 'v1.0', amount: {unit: 0.05}},
  {modelId: 'custom-model-import', meter: 'custom-model-unit-storage', amount: {unit: 2}},
]
const CHAT = {kind: 'inference', model: MODEL, requests: '300/hour', inputTokens: 1000, outputTokens: 100}
const NOTHING: CapacityTerms = {
  utilisation: decimal('0.5'),
  peakFactor: decimal(1),
  tokensPerMinutePerUnit: undefined,
  imported: undefined,
  selfHosted: undefined,
}

interface Asked {
  readonly workload?: object
  readonly prices?: readonly ShortPrice[]
  readonly terms?: Partial<CapacityTerms>
  readonly from?: Decimal
  readonly to?: Decimal
}

function ask({from, prices = PRICES, terms = {}, to, workload = {}}: Asked = {}): BreakEvenResult {
  const input: BreakEvenInput = {
    workload: readWorkload({...CHAT, ...workload}) as BreakEvenInput['workload'],
    region: 'us-east-1',
    terms: {...NOTHING, ...terms},
    from,
    to,
    by: 'requests',
    prices: {kind: 'bundle', asOf: '2026-11-01', why: null},
    simulated: false,
  }
  return breakEven(input, {catalog, book: bookOf(prices)})
}

const between = ({crossings}: BreakEvenResult, ...ids: readonly string[]) =>
  crossings
    .filter(({cheaperAbove, cheaperBelow}) => ids.includes(cheaperAbove) && ids.includes(cheaperBelow))
    .map(({cheaperAbove, kind, month, requestsPerHour}) => ({requestsPerHour, month: month.amount, cheaperAbove, kind}))

const optionOf = ({options}: BreakEvenResult, id: string) => options.find((option) => option.id === id)

describe('capacity by the unit', () => {
  test('a unit whose throughput is not known is a floor, and its crossing is not certain', () => {
    const result = ask()

    expect(optionOf(result, 'provisioned-no-commitment')?.floor).toContain('--tokens-per-minute-per-unit')
    // $1,460 a month at $0.0014 a request.
    expect(between(result, 'on-demand', 'provisioned-no-commitment')).toEqual([
      {
        requestsPerHour: expect.closeTo(1428.571_428_57, 6),
        month: 1460,
        cheaperAbove: 'provisioned-no-commitment',
        kind: 'meet',
      },
    ])
    const certain = result.crossings.filter((crossing) => crossing.certain).flatMap(({cheaperAbove}) => cheaperAbove)
    expect(new Set(certain)).toEqual(new Set(['reserved-1-month']))
    expect(result.cheapest.flatMap(({ranges}) => ranges.map(({option}) => option))).not.toContain(
      'provisioned-no-commitment',
    )
  })

  test('whole units are met and stepped over in turn, up to the peak of the load', () => {
    // One unit serves 55,000 tokens a minute: 50 requests a minute, 3,000 an hour; half of it at twice the mean.
    const terms = {tokensPerMinutePerUnit: decimal(55_000), peakFactor: decimal(2)}

    const result = ask({terms, from: decimal(730), to: decimal(730 * 6000)})

    // 1,500 requests an hour cost $1,533 on demand and one unit $1,460.
    expect(between(result, 'on-demand', 'provisioned-no-commitment')).toEqual([
      {
        requestsPerHour: expect.closeTo(1428.571_43, 4),
        month: 1460,
        cheaperAbove: 'provisioned-no-commitment',
        kind: 'meet',
      },
      {requestsPerHour: 1500, month: 1533, cheaperAbove: 'on-demand', kind: 'step'},
      {
        requestsPerHour: expect.closeTo(2857.142_86, 4),
        month: 2920,
        cheaperAbove: 'provisioned-no-commitment',
        kind: 'meet',
      },
      {requestsPerHour: 3000, month: 3066, cheaperAbove: 'on-demand', kind: 'step'},
      {
        requestsPerHour: expect.closeTo(4285.714_29, 4),
        month: 4380,
        cheaperAbove: 'provisioned-no-commitment',
        kind: 'meet',
      },
      {requestsPerHour: 4500, month: 4599, cheaperAbove: 'on-demand', kind: 'step'},
      {
        requestsPerHour: expect.closeTo(5714.285_71, 4),
        month: 5840,
        cheaperAbove: 'provisioned-no-commitment',
        kind: 'meet',
      },
    ])
    expect(optionOf(result, 'provisioned-no-commitment')?.filled?.amount).toBeCloseTo(1460 / (1500 * 730 * 0.0011), 6)
  })

  test('a commitment is told with what it costs at the least', () => {
    const result = ask()

    expect(optionOf(result, 'provisioned-6-month')).toMatchObject({commitmentMonths: 6, committed: {amount: 4380}})
    expect(optionOf(result, 'provisioned-no-commitment')).toMatchObject({commitmentMonths: 0, committed: null})
  })

  test('reserved tokens are flat up to their least amount, then rise with what is needed more', () => {
    const result = ask({from: decimal(730), to: decimal(730 * 60_000)})

    const reserved = optionOf(result, 'reserved-1-month')
    // 100 × 0.04 × 730 + 10 × 0.2 × 730 = 4,380; 100,000 input tokens a minute are 6,000 requests an hour.
    expect(reserved?.points).toEqual([
      {requestsPerHour: 1, month: 4380},
      {requestsPerHour: 6000, month: 4380},
      {requestsPerHour: 60_000, month: 43_800},
    ])
    expect(between(result, 'on-demand', 'reserved-1-month')).toMatchObject([
      {cheaperAbove: 'reserved-1-month', month: 4380},
    ])
  })

  test('an imported model is billed by windows in which a request falls, and stays another model', () => {
    const imported = {unitsPerCopy: decimal(1), version: 'v1.0', requestsPerHourPerCopy: decimal(5000)} as const

    const result = ask({terms: {imported}, from: decimal(730), to: decimal(730 * 4000)})

    const option = optionOf(result, 'imported')
    // At one request an hour 1 − e^(−1/12) of the windows: 43,800 minutes × $0.05 × 0.0799556 + $2.
    expect(option?.points[0]?.month).toBeCloseTo(2190 * (1 - Math.exp(-1 / 12)) + 2, 6)
    expect(option?.points.at(-1)?.month).toBeCloseTo(2192, 6)
    expect(option?.otherModel).toBe(true)
    const [crossing] = between(result, 'on-demand', 'imported')
    expect(crossing?.month).toBeCloseTo((crossing?.requestsPerHour ?? 0) * 730 * 0.0014, 6)
  })

  test('GPUs come in whole copies of the model', () => {
    const selfHosted = {gpuHourly: decimal(2), currency: 'USD', tokensPerSecond: decimal(1100), gpusPerCopy: decimal(2)}

    const result = ask({terms: {selfHosted}, from: decimal(730), to: decimal(730 * 10_000)})

    // 2 GPUs × 1,100 tokens/s at 50 % are one request a second: 3,600 an hour for $2,920.
    expect(optionOf(result, 'self-hosted')?.points).toEqual([
      {requestsPerHour: 1, month: 2920},
      {requestsPerHour: 3600, month: 2920},
      {requestsPerHour: 3600, month: 5840},
      {requestsPerHour: 7200, month: 5840},
      {requestsPerHour: 7200, month: 8760},
      {requestsPerHour: 10_000, month: 8760},
    ])
  })
})

describe('what is said', () => {
  test('batch costs less at every volume, and is told apart from what a person can wait for', () => {
    const result = ask()

    expect(result.neverCross).toContainEqual({option: 'batch', cheaper: 'batch', scope: 'every-volume', certain: true})
    expect(result.cheapest.map(({latency}) => latency)).toEqual(['interactive', 'batch'])
    expect(optionOf(result, 'batch')?.latency).toBe('batch')
  })

  test('capacity that is dearer even when it is filled is dearer at every volume', () => {
    const terms = {tokensPerMinutePerUnit: decimal(22_000)}

    const result = ask({terms})

    expect(result.neverCross).toContainEqual({
      ...{option: 'provisioned-no-commitment', cheaper: 'on-demand'},
      ...{scope: 'every-volume', certain: true},
    })
  })

  test('what has no known price is named with the reason, and with what is sold', () => {
    const {notPriced} = ask()

    expect(notPriced).toContainEqual({
      ...{id: 'flex', name: 'Flex'},
      why: 'no price is known for input and output tokens (flex) in us-east-1; it is sold there as standard, batch',
    })
    expect(notPriced.find(({id}) => id === 'provisioned-1-month')?.why).toContain(
      'it is sold there as no-commitment, 6-month',
    )
    expect(notPriced.find(({id}) => id === 'self-hosted')?.why).toContain('--gpu-hourly')
  })

  test('a price in another currency is not compared', () => {
    const prices = PRICES.map((price) => (price.tier === 'batch' ? {...price, currency: 'CNY'} : price))

    const {notPriced, options} = ask({prices})

    expect(notPriced.find(({id}) => id === 'batch')?.why).toBe('priced in CNY, which is not compared with USD')
    expect(options.map(({id}) => id)).not.toContain('batch')
  })

  test('a workload whose own tier has no price is refused', () => {
    expect(() => ask({workload: {tier: 'priority'}})).toThrow(
      expect.objectContaining({code: 'NOT_PRICED', exitCode: 2}),
    )
    expect(() => ask({workload: {requests: 0}})).toThrow(expect.objectContaining({code: 'WORKLOAD_WITHOUT_COST'}))
  })

  test('a range of which one end is given reaches well beyond it', () => {
    const below = ask({to: decimal(730)}).range
    const above = ask({from: decimal(730 * 1e6)}).range

    expect([below.from.requestsPerHour, below.to.requestsPerHour]).toEqual([0.05, 1])
    expect([above.from.requestsPerHour, above.to.requestsPerHour]).toEqual([1e6, 2e7])
  })

  test('a range of our own choosing never has more steps than can be compared', () => {
    const {range} = ask({workload: {requests: '300k/hour'}, terms: {tokensPerMinutePerUnit: decimal(1100)}})

    expect(range.from.requestsPerHour).toBeLessThan(300_000)
    expect(range.to.requestsPerHour).toBeGreaterThan(300_000)
  })

  test('capacity that comes to as much as on demand when it is filled is told to cost no less', () => {
    // 0.72 each for a million tokens; 50,000 a minute for $2.16 an hour are as much.
    const prices = [{modelId: MODEL, amount: {input: 0.72, output: 0.72}}, unit('no-commitment', 2.16)]

    const result = ask({prices, terms: {tokensPerMinutePerUnit: decimal(50_000)}})

    expect(result.crossings).toEqual([])
    expect(result.neverCross).toEqual([
      {option: 'provisioned-no-commitment', cheaper: 'on-demand', scope: 'every-volume', certain: true},
    ])
  })

  test('a range with more steps than can be compared is refused', () => {
    const terms = {tokensPerMinutePerUnit: decimal(100)}

    expect(() => ask({terms, to: decimal(1e12)})).toThrow(expect.objectContaining({code: 'TOO_MANY_STEPS'}))
  })

  test('a cached prefix that is found more often as the volume grows bends the line', () => {
    const prices = PRICES.map((price) =>
      price.meter === undefined ? {...price, amount: {...price.amount, cacheRead: 0.1, cacheWrite: 1.25}} : price,
    )

    const result = ask({
      prices,
      workload: {cache: {share: '80%', ttl: '5m'}},
      from: decimal(73),
      to: decimal(730 * 100),
    })

    const [first, ...rest] = optionOf(result, 'on-demand')?.points ?? []
    const perRequest = (point = first) => (point?.month ?? 0) / (point?.requestsPerHour ?? 1)
    expect(rest.length).toBeGreaterThan(50)
    expect(perRequest(rest.at(-1))).toBeLessThan(perRequest() * 0.7)
  })
})

const anyTerms = fc.record({
  peakFactor: fc.integer({min: 1, max: 5}).map((factor) => decimal(factor)),
  utilisation: fc.integer({min: 20, max: 100}).map((share) => decimal(share).div(100)),
  tokensPerMinutePerUnit: fc.option(
    fc.integer({min: 5000, max: 500_000}).map((rate) => decimal(rate)),
    {nil: undefined},
  ),
  imported: fc.option(
    fc.record({
      unitsPerCopy: fc.integer({min: 1, max: 8}).map((units) => decimal(units)),
      version: fc.constant('v1.0' as const),
      requestsPerHourPerCopy: fc.option(
        fc.integer({min: 500, max: 9000}).map((rate) => decimal(rate)),
        {nil: undefined},
      ),
    }),
    {nil: undefined},
  ),
  selfHosted: fc.option(
    fc.record({
      gpuHourly: fc.integer({min: 50, max: 900}).map((cents) => decimal(cents).div(100)),
      currency: fc.constant('USD'),
      tokensPerSecond: fc.option(
        fc.integer({min: 100, max: 5000}).map((rate) => decimal(rate)),
        {nil: undefined},
      ),
      gpusPerCopy: fc.integer({min: 1, max: 8}).map((gpus) => decimal(gpus)),
    }),
    {nil: undefined},
  ),
})

test('whatever is known of capacity: costs never fall with the volume, ranges join, and the answer fits its schema', async () => {
  await fc.assert(
    fc.asyncProperty(anyTerms, fc.integer({min: 1, max: 5000}), async (terms, perHour) => {
      const result = ask({terms, workload: {requests: `${perHour}/hour`}})

      expect(breakEvenSchema.safeParse(result).error).toBeUndefined()
      for (const {points} of result.options) {
        for (const [index, point] of points.entries()) {
          const before = points[index - 1]
          if (!before) continue
          expect(point.requestsPerHour).toBeGreaterThanOrEqual(before.requestsPerHour)
          expect(point.month).toBeGreaterThanOrEqual(before.month - 1e-6)
        }
      }
      for (const {ranges} of result.cheapest) {
        expect(ranges[0]?.from).toEqual(result.range.from)
        expect(ranges.at(-1)?.to).toEqual(result.range.to)
        for (const [index, range] of ranges.slice(1).entries()) expect(range.from).toEqual(ranges[index]?.to)
      }
      const floors = result.options.filter(({floor}) => floor !== null).map(({id}) => id)
      const named = result.cheapest.flatMap(({ranges}) => ranges.map(({option}) => option))
      expect(named.filter((id) => floors.includes(id))).toEqual([])
    }),
    {numRuns: 15},
  )
})

test('on demand the line is what an estimate of that volume says', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({min: 1, max: 10_000}), async (perHour) => {
      const result = ask({workload: {requests: `${perHour}/hour`}})

      const month = monthOf([{...CHAT, requests: `${perHour}/hour`}], PRICES)
      expect(optionOf(result, 'on-demand')?.atLoad.amount).toBeCloseTo(month.toNumber(), 6)
    }),
    {numRuns: 20},
  )
})
