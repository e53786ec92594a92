import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {decimal} from '../../../../src/lib/core/decimal.js'
import {type ReconcileInput, reconcile} from '../../../../src/lib/cost/actual/reconcile.js'
import {billedLine, bookOf, MODEL, REGION, rate, tokenCharge, usedLine, windowOf} from './build-actual.js'

const input = (over: Partial<ReconcileInput>): ReconcileInput => ({
  used: [],
  billed: [],
  window: windowOf('2026-11-01'),
  regions: [REGION],
  book: bookOf({input: 3, cacheWrite: 4, cacheWrite1h: 6}),
  ...over,
})

const only = (over: Partial<ReconcileInput>) => reconcile(input(over))[0]

describe('a difference is taken apart as far as the numbers tell', () => {
  test('none where what was counted was billed', () => {
    const same = only({used: [usedLine(['2026-11-10'])], billed: [billedLine('2026-11-10')]})

    expect(same).toMatchObject({modelId: MODEL, region: REGION, difference: 0, reasons: [], unexplained: 0})
  })

  test('what the bill does not have yet of the last two days is delay', () => {
    const used = [usedLine(['2026-11-19', '2026-11-20', '2026-11-21'])]

    expect(only({used, billed: [billedLine('2026-11-19')]})).toMatchObject({
      difference: -6,
      reasons: [{kind: 'delay', amount: -6}],
      unexplained: 0,
    })
  })

  test('a model that complete days do not bill at all is not late', () => {
    const used = [usedLine(['2026-11-10', '2026-11-20'])]

    expect(only({used})).toMatchObject({difference: -6, reasons: [], unexplained: -6})
  })

  test('the parts make up the difference to the last digit, and crumbs are not unexplained', () => {
    const amount = {amount: decimal('3.0000000004')}
    const noise = only({used: [usedLine(['2026-11-10'])], billed: [billedLine('2026-11-10', amount)]})
    const crumbs = only({
      used: [usedLine(['2026-11-10'])],
      billed: [
        billedLine('2026-11-10', {amount: decimal('3.004')}),
        billedLine('2026-11-10', {amount: decimal('0.004'), unit: 'N/A'}),
      ],
    })

    expect(noise).toMatchObject({reasons: [], unexplained: 0, rounding: 0.0000000004})
    expect(crumbs).toMatchObject({
      difference: 0.008,
      reasons: [
        {kind: 'price', amount: 0.004},
        {kind: 'no-price', amount: 0.004},
      ],
      unexplained: 0,
      rounding: 0,
    })
  })

  test('what was not billed of an older day is unexplained', () => {
    const used = [usedLine(['2026-11-18', '2026-11-19'])]

    expect(only({used, billed: [billedLine('2026-11-18')]})).toMatchObject({reasons: [], unexplained: -3})
  })

  test('another price for as many tokens is the price', () => {
    const billed = [billedLine('2026-11-10', {amount: decimal('2.4')})]

    expect(only({used: [usedLine(['2026-11-10'])], billed})).toMatchObject({
      difference: -0.6,
      reasons: [{kind: 'price', amount: -0.6}],
      unexplained: 0,
    })
  })

  test('batch tokens are beside the metrics', () => {
    const batch = billedLine('2026-11-10', {charge: tokenCharge({tier: 'batch'}), amount: decimal('1.5')})

    expect(only({used: [usedLine(['2026-11-10'])], billed: [billedLine('2026-11-10'), batch]})).toMatchObject({
      difference: 1.5,
      reasons: [{kind: 'batch', amount: 1.5}],
      unexplained: 0,
    })
  })

  test('cache writes of an hour are told from those of five minutes by the bill alone', () => {
    const used = [usedLine(['2026-11-10'], {kind: 'cacheWrite', rate: rate(4)})]
    const billed = [billedLine('2026-11-10', {charge: tokenCharge({kind: 'cacheWrite1h'}), amount: decimal(6)})]

    expect(only({used, billed})).toMatchObject({difference: 2, reasons: [{kind: 'meter', amount: 2}], unexplained: 0})
  })

  test('a billed meter that the book has no price for says so', () => {
    const odd = billedLine('2026-11-10', {charge: tokenCharge({tier: 'flex'}), amount: decimal('1.2')})

    expect(only({used: [usedLine(['2026-11-10'])], billed: [billedLine('2026-11-10'), odd]})).toMatchObject({
      reasons: [{kind: 'no-price', amount: 1.2}],
      unexplained: 0,
    })
  })

  test('cache of mantle is on the bill alone', () => {
    const charge = tokenCharge({routing: 'mantle', kind: 'cacheRead'})
    const book = bookOf({input: 3, cacheRead: 0.3}, {routing: 'mantle'})
    const billed = [billedLine('2026-11-10', {charge, amount: decimal('0.3')})]

    expect(only({used: [usedLine(['2026-11-10'])], billed, book})?.reasons).toMatchObject([
      {kind: 'mantle-cache', amount: 0.3},
    ])
  })

  test('a Region whose CloudWatch was not read, and use too long ago for it to list, are told as such', () => {
    const elsewhere = [billedLine('2026-11-10', {region: 'us-east-1'})]

    expect(only({billed: elsewhere})?.reasons).toMatchObject([{kind: 'region-unread', amount: 3}])
    expect(only({billed: [billedLine('2026-11-02')]})?.reasons).toMatchObject([{kind: 'not-listed', amount: 3}])
    expect(only({billed: [billedLine('2026-11-15')]})).toMatchObject({reasons: [], unexplained: 3})
  })
})

test('units say how many tokens they are; one that does not leaves the amount without a price', () => {
  const thousands = {service: 'Amazon Bedrock', unit: '1K tokens', quantity: decimal(1000)}
  const used = [usedLine(['2026-11-10'])]

  expect(only({used, billed: [billedLine('2026-11-10', thousands)]})?.difference).toBe(0)
  expect(only({used, billed: [billedLine('2026-11-10', {...thousands, unit: 'N/A'})]})?.reasons).toMatchObject([
    {kind: 'no-price', amount: 3},
  ])
})

test('amounts of two currencies have no difference', () => {
  const billed = [billedLine('2026-11-10', {currency: 'CNY'})]

  expect(reconcile(input({used: [usedLine(['2026-11-10'])], billed}))).toEqual([])
})

test('reasons and what is unexplained always add up to the difference', () => {
  const days = ['2026-11-12', '2026-11-15', '2026-11-19', '2026-11-20', '2026-11-21']
  const day = fc.constantFrom(...days)
  const cents = fc.integer({min: 0, max: 5_000_000})
  const charge = fc.record({
    kind: fc.constantFrom('input' as const, 'cacheWrite' as const, 'cacheWrite1h' as const, 'output' as const),
    tier: fc.constantFrom('standard', 'batch', 'flex'),
  })
  const counted = fc.record({day, tokens: cents, kind: fc.constantFrom('input' as const, 'cacheWrite' as const)})
  const billed = fc.record({day, charge, amount: cents, quantity: cents})

  fc.assert(
    fc.property(fc.array(counted, {maxLength: 6}), fc.array(billed, {maxLength: 6}), (used, bill) => {
      const [found] = reconcile(
        input({
          used: used.map(({day: on, tokens, kind}) =>
            usedLine([], {kind, rate: rate(kind === 'input' ? 3 : 4), days: new Map([[on, decimal(tokens)]])}),
          ),
          billed: bill.map((one) =>
            billedLine(one.day, {
              charge: tokenCharge(one.charge),
              amount: decimal(one.amount).div(1_000_000),
              quantity: decimal(one.quantity).div(1_000_000),
            }),
          ),
        }),
      )
      if (!found) return
      const sum = found.reasons.reduce((total, {amount}) => total + amount, found.unexplained)
      expect(Math.abs(sum - found.difference)).toBeLessThan(0.0051)
    }),
  )
})
