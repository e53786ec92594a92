import {describe, expect, test} from 'vitest'
import type {BoardCapacity} from '../../../../../src/lib/monitor/board/capacity/capacity.schema.js'
import {costLines, costTotals} from '../../../../../src/lib/monitor/board/costs/cost-lines.js'
import type {CostRow} from '../../../../../src/lib/monitor/board/costs/costs.schema.js'
import {costsView} from '../../../../../src/lib/monitor/board/costs/costs-view.js'
import type {TrafficRow} from '../../../../../src/lib/monitor/board/data.js'
import type {RatePrice} from '../../../../../src/lib/monitor/board/prices/prices.schema.js'
import {initialBoardState} from '../../../../../src/lib/monitor/board/reduce.js'
import type {BoardState} from '../../../../../src/lib/monitor/board/state.js'
import {costRow, lastMinutes, NOW, ratePrice, trafficRow} from '../../../../support/board-money.js'
import {SUBJECT} from '../../../../support/board-stage.js'

const REGION = 'us-east-1'
const ROOM = {columns: 80, rows: 24, color: false, unicode: true}

interface Read {
  readonly traffic?: readonly TrafficRow[]
  readonly prices?: readonly RatePrice[]
  readonly costs?: readonly CostRow[]
  readonly capacity?: readonly Partial<BoardCapacity>[]
}

function stateOf({capacity, costs, prices, traffic = []}: Read): BoardState {
  const state = initialBoardState({subject: SUBJECT, nowMs: NOW, intervalMs: 30_000, size: {columns: 80, rows: 24}})
  const kept = <Row>(rows: readonly Row[] | undefined) =>
    new Map(rows === undefined ? [] : [[REGION, {atMs: NOW, rows}] as const])
  return {
    ...state,
    data: {
      ...state.data,
      traffic: new Map(traffic.map((row, at) => [String(at), row])),
      prices: kept(prices),
      costs: kept(costs),
      capacity: kept(capacity as readonly BoardCapacity[] | undefined),
    },
  }
}

function shown(state: BoardState): readonly (readonly string[])[] {
  return costsView
    .table(state)
    .rows.map(({cells}) => ['name', 'kind', 'hour', 'today', 'month', 'forecast'].map((key) => cells[key]?.text ?? ''))
}

function headOf(state: BoardState): readonly string[] {
  return (costsView.head?.(state, ROOM) ?? []).map((line) => line.map(({text}) => text).join(''))
}

const CALLED = 'us.anthropic.claude-sonnet-4-6'
const units = {kind: 'provisioned', arn: 'arn:units', name: 'units', region: REGION, billing: 'by the hour'} as const
const idle = {...units, arn: 'arn:idle', name: 'asleep', idle: true, idleWhy: 'not called for 30 days'} as const
const hour = (amount: number, currency = 'USD') => ({hourly: {amount, currency}})

describe('the table', () => {
  test('has capacity that nobody calls first, then what costs most an hour, then budgets', () => {
    const state = stateOf({
      traffic: [trafficRow()],
      prices: [ratePrice()],
      costs: [
        costRow(),
        costRow({source: 'budget', name: 'monthly', today: null, monthToDate: '600', forecast: '900', limit: '500'}),
      ],
      capacity: [
        {...units, idle: false, ...hour(6)},
        {...idle, ...hour(0.1)},
      ],
    })

    expect(shown(state)).toEqual([
      ['asleep', 'IDLE', '$0.10', '-', '-', '-'],
      ['units', 'capacity', '$6.00', '-', '-', '-'],
      [CALLED, 'calls', '$0.59', '$1.00', '$20.00', '$30.00'],
      ['monthly', 'budget', '-', '?', '$600', '$900'],
    ])
    expect(costLines(stateOf({capacity: [{...idle, hourly: null}]})).map(({kind}) => kind)).toEqual(['idle'])
    expect(costsView.table(state).rows.map(({cells}) => cells['month']?.tone)).toEqual([
      undefined,
      undefined,
      undefined,
      'bad',
    ])
  })

  test('tells tiers apart', () => {
    const served = lastMinutes({input: 400, output: 100, cacheRead: 0, cacheWrite: 0})
    const state = stateOf({
      traffic: [trafficRow(), trafficRow({tier: 'flex', minutes: served})],
      prices: [ratePrice(), ratePrice({tier: 'flex', input: '1.5', output: '7.5'})],
    })

    expect(shown(state).map((row) => row.slice(0, 3))).toEqual([
      [CALLED, 'calls', '$0.42'],
      [CALLED, 'flex', '$0.08'],
    ])
  })

  test('a price that is missing is named, and what is known is at least', () => {
    const state = stateOf({traffic: [trafficRow()], prices: [ratePrice({output: null, why: 'not sold so'})]})
    const [row] = costsView.table(state).rows

    expect(row?.cells['hour']).toMatchObject({text: '>$0.31', tone: 'warn'})
    expect(row?.cells['note']?.text).toBe('not known: price of output tokens: not sold so')
    expect(headOf(state)[0]).toContain('now >$0.31/h ($')
    expect(headOf(state)[0]).toContain('1 not priced')
  })

  test('why a price is missing is told once, though the month lacks it too', () => {
    const why = 'not sold so'
    const state = stateOf({
      traffic: [trafficRow()],
      prices: [ratePrice({input: null, output: null, why})],
      costs: [costRow({today: null, monthToDate: null, forecast: null, note: why})],
    })

    expect(costLines(state).map(({notes}) => notes)).toEqual([
      [`not known: price of input tokens, output tokens: ${why}`],
    ])
  })

  test('nothing that is not known reads as nothing', () => {
    const state = stateOf({traffic: [trafficRow()], prices: []})

    expect(shown(state)).toEqual([[CALLED, 'calls', '?', '?', '?', '?']])
    expect(headOf(state)[1]).toBe('today and this month: not known yet')
    expect(headOf(stateOf({capacity: [{...idle, hourly: null}]}))[0]).toBe('now ?  1 not priced')
  })

  test('a month without calls that was read is none that is not known', () => {
    const capacity = [{...units, idle: false, ...hour(6)}]
    const monthOf = (read: Read) => headOf({...stateOf(read), subject: {...SUBJECT, regions: [REGION]}})[1]

    expect(monthOf({costs: [], capacity})).toBe('nothing was called this month')
    expect(monthOf({capacity})).toBe('today and this month: not known yet')
  })

  test('calls of bought capacity have no line: the capacity has', () => {
    const about = {kind: 'provisioned', model: null} as const

    expect(shown(stateOf({traffic: [trafficRow({about})], prices: []}))).toEqual([])
  })

  test('a resource of the account goes by its name, and its ARN is what is copied', () => {
    const modelId = 'arn:aws:bedrock:us-east-1:1:application-inference-profile/a'
    const row = trafficRow({modelId, about: {kind: 'application-profile', name: 'checkout'}})
    const [line] = costsView.table(stateOf({traffic: [row], prices: [ratePrice({modelId})]})).rows

    expect([line?.cells['name']?.text, line?.id]).toEqual(['checkout', modelId])
  })
})

describe('sums', () => {
  test('are by currency, with what is idle, what is kept, and a month of 730 such hours', () => {
    const state = stateOf({
      traffic: [trafficRow(), trafficRow({modelId: 'cn', key: 'cn'})],
      prices: [ratePrice(), ratePrice({modelId: 'cn', currency: 'CNY'})],
      costs: [costRow(), costRow({name: 'cn', currency: 'CNY', monthToDate: '7'})],
      capacity: [
        {...units, idle: false, ...hour(6)},
        {...idle, ...hour(0.1)},
      ],
    })
    const totals = costTotals(costLines(state)).map((total) => [
      total.currency,
      ...[total.perHour, total.perMonth, total.capacityPerHour, total.idlePerHour].map((one) => one.toFixed()),
      total.monthToDate.toFixed(),
    ])

    expect(totals).toEqual([
      ['CNY', '0.585', '427.05', '0', '0', '7'],
      ['USD', '6.685', '4880.05', '6.1', '0.1', '20'],
    ])
  })

  test('leave out budgets and bills, which say the same again', () => {
    const costs = [
      costRow(),
      costRow({source: 'bill', name: 'Amazon Bedrock'}),
      costRow({source: 'budget', name: 'monthly', limit: '5'}),
    ]
    const [total] = costTotals(costLines(stateOf({costs})))

    expect([total?.monthToDate.toFixed(), total?.forecast.toFixed()]).toEqual(['20', '30'])
  })

  test('a deployment is billed by its calls: it is not unknown', () => {
    const capacity = [{...units, kind: 'deployment', hourly: null} as const]
    const [total] = costTotals(costLines(stateOf({capacity})))

    expect(total?.unknown.now).toBe(0)
    expect(costTotals(costLines(stateOf({capacity: [{...units, hourly: null}]})))[0]?.unknown.now).toBe(1)
  })
})

test('capacity leads to where it can be looked at and deleted', () => {
  const [row] = costsView.table(stateOf({capacity: [{...idle, ...hour(0.1)}]})).rows

  expect(row?.leadsTo).toEqual({view: 'capacity', filter: 'asleep'})
})

test('a line says what its amounts take for granted', () => {
  const state = stateOf({traffic: [trafficRow()], prices: [ratePrice()], costs: [costRow()]})
  const [row] = costsView.table(state).rows
  const facts = costsView.describe(state, row?.key ?? '') ?? []

  expect(facts.filter(([name]) => name === 'assumed').map(([, value]) => value)).toEqual([
    'now: the mean of the 5 minutes until 11:59 UTC',
    'cache writes are those of five minutes: no metric tells those of an hour',
    'forecast: made up',
  ])
  expect(facts).toContainEqual(['a month of such hours (730)', '$427'])
})
