import {readdirSync, readFileSync} from 'node:fs'
import {describe, expect, test} from 'vitest'
import {estimateCase, type ShortPrice} from '../../../support/cost-case.js'

interface CostCase {
  readonly name: string
  /** How one gets there by hand. */
  readonly arithmetic: string
  readonly workload: object
  readonly region?: string
  /** [component, meter or kind of token, quantity, cost in the month or once]; null: no price. */
  readonly lines: readonly (readonly [string, string, number, number | null])[]
  readonly month: number
  readonly once?: number
  readonly year?: number
}

interface CostCases {
  readonly prices: readonly ShortPrice[]
  readonly cases: readonly CostCase[]
}

const folder = new URL('../../../cases/cost/', import.meta.url)

// Every dimension by hand: prices stand in the file, so that they never move with the bundle.
for (const file of readdirSync(folder).sort()) {
  const {cases, prices} = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as CostCases
  describe(file.replace('.json', ''), () => {
    test.each(cases)('$name', ({lines, month, once, region, workload, year}) => {
      const result = estimateCase([workload], prices, region)

      const [only] = result.workloads
      expect(only?.lines.map((line) => [line.component, what(line), line.quantity, costOf(line)])).toEqual(lines)
      expect(result.month).toEqual([{currency: 'USD', amount: month}])
      if (once !== undefined) expect(result.once).toEqual([{currency: 'USD', amount: once}])
      if (year !== undefined) expect(result.year).toEqual([{currency: 'USD', amount: year}])
    })
  })
}

const what = ({kind, meter}: {readonly kind: string; readonly meter: string}) => (kind === 'unit' ? meter : kind)

const costOf = ({month, once}: {readonly month: number | null; readonly once: number | null}) =>
  month === null || once === null ? null : month + once
