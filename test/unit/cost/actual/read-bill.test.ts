import {expect, test} from 'vitest'
import {BedrockctlError} from '../../../../src/lib/core/errors.js'
import type {BillQuery, BillRow, BillSource} from '../../../../src/lib/cost/actual/ports.js'
import {type BillInput, readBill} from '../../../../src/lib/cost/actual/read-bill.js'
import {windowOf} from './build-actual.js'

const names = {byName: () => undefined, byId: () => undefined}
const {signal} = new AbortController()
const denied = (action: string) =>
  new BedrockctlError('ACCESS_DENIED', `${action} is denied`, {fault: 'access', action})

const row = (keys: readonly string[], amount = '1', from = '2026-11-10'): BillRow => ({
  from,
  keys,
  amount,
  currency: 'USD',
  quantity: '2',
  unit: '1K tokens',
})

/** Answers by the keys of the groups; everything asked is kept. */
function aSource(over: Partial<BillSource> = {}) {
  const asked: string[] = []
  const answers: Readonly<Record<string, readonly BillRow[]>> = {
    'SERVICE USAGE_TYPE': [row(['Amazon Bedrock', 'USE1-a']), row(['Amazon Bedrock', 'EU-b'])],
    'REGION USAGE_TYPE': [row(['us-east-1', 'USE1-a'])],
    RECORD_TYPE: [row(['Usage'], '9'), row(['Credit'], '-3')],
    team: [row(['claims'], '5'), row([''], '4')],
  }
  const source: BillSource = {
    bedrockServices: async () => ['Amazon Bedrock'],
    rows: async ({groupBy}: BillQuery) => {
      const keys = groupBy.map(({key}) => key).join(' ')
      asked.push(keys)
      return answers[keys] ?? []
    },
    forecast: async () => ({amount: '7', currency: 'USD', low: '6', high: '8'}),
    activeTags: async () => ['team'],
    requests: () => asked.length,
    ...over,
  }
  return {source, asked}
}

const input: BillInput = {
  window: windowOf('30d'),
  account: '111122223333',
  regions: [],
  chooseTag: (active) => active?.[0],
}

test('lines get the Region that a usage type has, or none where it was not told', async () => {
  const {bill} = await readBill(input, aSource().source, names, signal)

  expect(bill?.lines.map(({region, usageType}) => [usageType, region])).toEqual([
    ['USE1-a', 'us-east-1'],
    ['EU-b', null],
  ])
  expect(bill).toMatchObject({tag: 'team', forecast: {amount: '7'}, activeTags: ['team']})
  expect(bill?.adjustments.map(({amount, recordType}) => [recordType, amount.toString()])).toEqual([['Credit', '-3']])
  expect(bill?.tagged?.map(({amount, value}) => [value, amount.toString()])).toEqual([
    ['claims', '5'],
    ['', '4'],
  ])
})

test('each request is charged: where costs are denied, no more of them are asked for', async () => {
  const asked: string[] = []
  const rows = async ({groupBy}: BillQuery) => {
    asked.push(groupBy.map(({key}) => key).join(' '))
    throw denied('ce:GetCostAndUsage')
  }
  const {bill, unread} = await readBill(input, aSource({rows}).source, names, signal)

  expect(bill).toBeUndefined()
  expect(asked).toEqual(['SERVICE USAGE_TYPE'])
  expect(unread).toMatchObject([{region: 'global', action: 'ce:GetCostAndUsage', code: 'ACCESS_DENIED'}])
})

test('no service of Bedrock on the bill is a bill without lines', async () => {
  const {asked, source} = aSource({bedrockServices: async () => []})
  const {bill, unread} = await readBill(input, source, names, signal)

  expect(bill).toMatchObject({services: [], lines: []})
  expect([asked, unread]).toEqual([[], []])
})

test('that tags cannot be listed matters only where the answer is by one', async () => {
  const activeTags = async () => {
    throw denied('ce:ListCostAllocationTags')
  }
  const without = await readBill({...input, chooseTag: () => undefined}, aSource({activeTags}).source, names, signal)
  const by = await readBill({...input, chooseTag: () => 'team'}, aSource({activeTags}).source, names, signal)

  expect([without.unread, without.bill?.activeTags]).toEqual([[], null])
  expect(by.unread).toMatchObject([{action: 'ce:ListCostAllocationTags'}])
})

test('days that end before today ask for no forecast', async () => {
  const {bill} = await readBill({...input, window: windowOf('30d', '2026-11-20')}, aSource().source, names, signal)

  expect(bill?.forecast).toBeUndefined()
})

test('an interruption is not something unread', async () => {
  const stopped = new BedrockctlError('INTERRUPTED', 'stopped', {fault: 'internal'})
  const bedrockServices = async () => {
    throw stopped
  }

  await expect(readBill(input, aSource({bedrockServices}).source, names, signal)).rejects.toBe(stopped)
})

test('lines of one Region need no request that says where they are', async () => {
  const {source, asked} = aSource()
  const {bill} = await readBill({...input, regions: ['eu-west-1']}, source, names, signal)

  expect(asked).toEqual(['SERVICE USAGE_TYPE', 'RECORD_TYPE', 'team'])
  expect(bill?.lines.map(({region}) => region)).toEqual(['eu-west-1', 'eu-west-1'])
})
