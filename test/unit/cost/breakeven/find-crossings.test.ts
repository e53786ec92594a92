import * as fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {type Decimal, decimal} from '../../../../src/lib/core/decimal.js'
import {cheapestRanges} from '../../../../src/lib/cost/breakeven/cheapest-ranges.js'
import {
  bentCurve,
  type CostCurve,
  costAt,
  kinkedCurve,
  lineCurve,
  steppedCurve,
} from '../../../../src/lib/cost/breakeven/cost-curve.js'
import {findCrossings} from '../../../../src/lib/cost/breakeven/find-crossings.js'

const perRequest = (cost: number) => lineCurve(decimal(0), decimal(cost))
const units = (capacity: number, cost: number, each = 0) =>
  steppedCurve({
    capacity: decimal(capacity),
    formula: (count) => ({straight: true, at: (volume) => count.times(cost).plus(volume.times(each))}),
  })

function crossingsOf(first: CostCurve, second: CostCurve, from: number, to: number) {
  return findCrossings(first, second, decimal(from), decimal(to)).map(({amount, cheaperBelow, kind, volume}) => ({
    volume: volume.toNumber(),
    amount: amount.toNumber(),
    cheaperBelow,
    kind,
  }))
}

describe('two curves', () => {
  test('a price a request meets a fee where it has paid for it', () => {
    expect(crossingsOf(perRequest(0.01), lineCurve(decimal(50), decimal(0)), 1, 100_000)).toEqual([
      {volume: 5000, amount: 50, cheaperBelow: 'first', kind: 'meet'},
    ])
  })

  test('whole units cross a price a request again and again, until they stay below', () => {
    // 1,000 requests cost 10; a unit of 8 serves 1,000: 8 is met at 800, the second unit (16) is stepped to at 1,000.
    expect(crossingsOf(perRequest(0.01), units(1000, 8), 1, 10_000)).toEqual([
      {volume: 800, amount: 8, cheaperBelow: 'first', kind: 'meet'},
      {volume: 1000, amount: 10, cheaperBelow: 'second', kind: 'step'},
      {volume: 1600, amount: 16, cheaperBelow: 'first', kind: 'meet'},
      {volume: 2000, amount: 20, cheaperBelow: 'second', kind: 'step'},
      {volume: 2400, amount: 24, cheaperBelow: 'first', kind: 'meet'},
      {volume: 3000, amount: 30, cheaperBelow: 'second', kind: 'step'},
      {volume: 3200, amount: 32, cheaperBelow: 'first', kind: 'meet'},
    ])
  })

  test('touching is not crossing', () => {
    expect(crossingsOf(perRequest(0.01), units(1000, 10), 1, 10_000)).toEqual([])
    expect(crossingsOf(perRequest(0.01), perRequest(0.01), 1, 10_000)).toEqual([])
  })

  test('lines that run together for a while cross where they first were equal', () => {
    const flat = kinkedCurve([decimal(100), decimal(200)], (volume) => {
      if (volume.lte(100)) return decimal(100)
      return volume.lte(200) ? volume : volume.minus(200).times(3).plus(200)
    })

    expect(crossingsOf(perRequest(1), flat, 1, 1000)).toEqual([])
    expect(crossingsOf(flat, lineCurve(decimal(150), decimal(0)), 1, 1000)).toEqual([
      {volume: 150, amount: 150, cheaperBelow: 'first', kind: 'meet'},
    ])
  })

  test('what a division leaves over is neither a crossing nor keeps two steps apart', () => {
    const each = decimal('0.00072')
    const filled = steppedCurve({
      capacity: decimal(1080).div(each).div(7).times(7),
      formula: (count) => ({straight: true, at: () => count.times(1080)}),
    })
    const third = steppedCurve({
      capacity: decimal(1_500_000).div(7).times(7),
      formula: (count) => ({straight: true, at: () => count.times(1080)}),
    })

    expect(findCrossings(lineCurve(decimal(0), each), filled, decimal(1), decimal(1e7))).toEqual([])
    expect(findCrossings(filled, third, decimal(1), decimal(1e7))).toEqual([])
  })

  test('a bent curve is crossed to a fraction of a request', () => {
    const bent = bentCurve((volume) => decimal(100 * (1 - Math.exp(-volume.toNumber() / 1000))))

    const [crossing] = crossingsOf(perRequest(0.05), bent, 1, 10_000)

    expect(crossing?.volume).toBeCloseTo(1593.624_26, 4)
    expect(crossing?.cheaperBelow).toBe('first')
  })

  test('a line that dips under a bent curve for a while crosses it twice', () => {
    const bent = bentCurve((volume) => decimal(100 * (1 - Math.exp(-volume.toNumber() / 1000))))
    // The tangent at 1,000 requests, a thousandth of a cent lower.
    const tangent = lineCurve(
      decimal((100 * (1 - 2 / Math.E) - 0.000_01).toFixed(12)),
      decimal((0.1 / Math.E).toFixed(15)),
    )

    const found = crossingsOf(bent, tangent, 1, 10_000)

    expect(found.map(({cheaperBelow}) => cheaperBelow)).toEqual(['first', 'second'])
    expect(found.every(({volume}) => Math.abs(volume - 1000) < 2)).toBe(true)
  })

  test('the cheapest of three changes where two of them cross below the third', () => {
    const curves = [
      ['on-demand', perRequest(0.01)],
      ['one', lineCurve(decimal(50), decimal(0))],
      ['never', lineCurve(decimal(90), decimal(0))],
    ] as const
    const changes = [5000, 9000].map((volume) => decimal(volume))

    const ranges = cheapestRanges(curves, changes, decimal(10), decimal(20_000))

    expect(ranges.map(({from, id, to}) => [from.toNumber(), to.toNumber(), id])).toEqual([
      [10, 5000, 'on-demand'],
      [5000, 20_000, 'one'],
    ])
  })

  test('the cheapest of two that run together is the one that stays, and not the one that leaves', () => {
    const curves = [
      ['by two', units(2000, 20)],
      ['by one', units(1000, 10)],
    ] as const
    const steps = curves.flatMap(([, curve]) => curve.breaks(decimal(10), decimal(4000)))

    const ranges = cheapestRanges(curves, steps, decimal(10), decimal(4000))

    expect(ranges.map(({from, id, to}) => [from.toNumber(), to.toNumber(), id])).toEqual([[10, 4000, 'by one']])
  })
})

const money = fc.integer({min: 1, max: 100_000}).map((cents) => cents / 100)
const capacity = fc.integer({min: 400, max: 5000})
const anyCurve: fc.Arbitrary<CostCurve> = fc.oneof(
  money.map((cost) => perRequest(cost / 100)),
  fc.tuple(money, money).map(([month, each]) => lineCurve(decimal(month), decimal(each).div(1000))),
  fc.tuple(capacity, money, money).map(([size, cost, each]) => units(size, cost, each / 1000)),
  fc.tuple(capacity, money).map(([size, cost]) => {
    const active = (volume: Decimal) => decimal(1 - Math.exp(-volume.toNumber() / 500))
    return steppedCurve({
      capacity: decimal(size),
      formula: (count) => ({straight: false, at: (volume) => count.times(cost).times(active(volume))}),
    })
  }),
)
const FROM = decimal(1)
const TO = decimal(20_000)
const HAIR = decimal('0.000001')
const CENT = decimal('0.01')

test('at a crossing both cost the same to a cent, or a step straddles it', async () => {
  await fc.assert(
    fc.asyncProperty(anyCurve, anyCurve, async (first, second) => {
      for (const {amount, cheaperBelow, kind, volume} of findCrossings(first, second, FROM, TO)) {
        const [low, high] = cheaperBelow === 'first' ? [first, second] : [second, first]
        if (kind === 'meet') {
          // They may be the same from a step on: just above it.
          const isSame = [volume, volume.plus(HAIR)].some((at) =>
            [low, high].every((curve) => costAt(curve, at).minus(amount).abs().lte(CENT)),
          )
          expect(isSame).toBe(true)
        } else {
          expect(costAt(low, volume).lte(costAt(high, volume))).toBe(true)
          expect(costAt(low, volume.plus(HAIR)).gt(costAt(high, volume.plus(HAIR)))).toBe(true)
        }
      }
    }),
  )
})

test('whoever is asked first, the crossings are the same', async () => {
  await fc.assert(
    fc.asyncProperty(anyCurve, anyCurve, async (first, second) => {
      const there = findCrossings(first, second, FROM, TO)
      const back = findCrossings(second, first, FROM, TO)

      expect(back.map(({volume}) => volume.toFixed(6))).toEqual(there.map(({volume}) => volume.toFixed(6)))
      expect(back.map(({cheaperBelow}) => cheaperBelow)).toEqual(
        there.map(({cheaperBelow}) => (cheaperBelow === 'first' ? 'second' : 'first')),
      )
    }),
  )
})

test('between two crossings the one named is never the dearer', async () => {
  await fc.assert(
    fc.asyncProperty(anyCurve, anyCurve, fc.double({min: 1, max: 20_000, noNaN: true}), async (first, second, at) => {
      const volume = decimal(at)
      const crossings = findCrossings(first, second, FROM, TO)
      const next = crossings.find((crossing) => crossing.volume.gte(volume))
      const last = crossings.findLast((crossing) => crossing.volume.lt(volume))
      const named = next?.cheaperBelow ?? (last?.cheaperBelow === 'first' ? 'second' : last && 'first')
      if (named === undefined) return

      const [cheap, dear] = named === 'first' ? [first, second] : [second, first]
      expect(costAt(cheap, volume).minus(costAt(dear, volume)).toNumber()).toBeLessThan(0.01)
    }),
  )
})
