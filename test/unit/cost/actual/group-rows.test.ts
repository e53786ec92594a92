import {expect, test} from 'vitest'
import {decimal} from '../../../../src/lib/core/decimal.js'
import {groupRows, type RowsInput} from '../../../../src/lib/cost/actual/group-rows.js'
import {billedLine, billOf, MODEL, REGION, target, usedLine, windowOf} from './build-actual.js'

const {shown} = windowOf('2026-11-01')
const usd = (amount: number) => [{currency: 'USD', amount}]
const rows = (over: Partial<RowsInput>) =>
  groupRows({by: 'model', tag: undefined, used: null, bill: null, shown, ...over}).map(({key, metrics, billed}) => [
    key,
    metrics,
    billed,
  ])
const guardrails = billedLine('2026-11-10', {charge: {is: 'other', what: 'Guardrails'}, amount: decimal(1)})
const used = [usedLine(['2026-11-10', '2026-10-31'])]

test('by model: counted and billed side by side, what is no model under what it is, days outside left out', () => {
  const odd = billedLine('2026-11-10', {charge: {is: 'undecoded'}, amount: decimal(2)})
  const bill = billOf([billedLine('2026-11-11'), billedLine('2026-10-31'), guardrails, odd])

  expect(rows({used, bill})).toEqual([
    [MODEL, usd(3), usd(3)],
    ['(not decoded)', null, usd(2)],
    ['(Guardrails)', null, usd(1)],
  ])
})

test('a model that only one of the two knows has zero, or nothing, on the other side', () => {
  expect(rows({used, bill: billOf([])})).toEqual([[MODEL, usd(3), []]])
  expect(rows({used})).toEqual([[MODEL, usd(3), null]])
})

test('what is not billed by tokens has no billed amount of its own', () => {
  const imported = [
    usedLine(['2026-11-10'], {called: 'arn:x/own', rate: null, target: target({modelId: null, kind: 'imported'})}),
  ]

  expect(rows({used: imported, bill: billOf([])})).toEqual([['own (imported)', null, null]])
})

test('by Region, tier and profile', () => {
  const bill = billOf([billedLine('2026-11-10'), {...guardrails, region: null}])

  expect(rows({by: 'region', used, bill})).toEqual([
    [REGION, usd(3), usd(3)],
    ['(not told apart)', null, usd(1)],
  ])
  expect(rows({by: 'tier', used, bill})[0]).toEqual(['standard', usd(3), usd(3)])
  expect(rows({by: 'profile', used, bill})).toEqual([
    ['(not told apart)', null, usd(4)],
    [`eu.${MODEL}`, usd(3), null],
  ])
})

test('by tag: ids of AWS are without it, tags that were not read are not told apart', () => {
  const tagged = [
    {value: 'claims', amount: decimal(7), currency: 'USD'},
    {value: '', amount: decimal(5), currency: 'USD'},
  ]
  const lines = [
    usedLine(['2026-11-10'], {target: target({tags: {team: 'claims'}})}),
    usedLine(['2026-11-10'], {target: target({tags: null})}),
    usedLine(['2026-11-10'], {target: target({tags: undefined})}),
  ]

  expect(rows({by: 'tag', tag: 'team', used: lines, bill: billOf([], {tagged})})).toEqual([
    ['claims', usd(3), usd(7)],
    ['(without)', usd(3), usd(5)],
    ['(not told apart)', usd(3), null],
  ])
})

test('by principal nothing is counted: CloudWatch does not know who called', () => {
  const tagged = [{value: 'anna', amount: decimal(7), currency: 'USD'}]

  expect(rows({by: 'principal', tag: 'iamPrincipal/owner', used, bill: billOf([], {tagged})})).toEqual([
    ['anna', null, usd(7)],
  ])
})

test('two currencies stand side by side', () => {
  const bill = billOf([billedLine('2026-11-10'), billedLine('2026-11-10', {currency: 'CNY'})])

  expect(rows({bill})).toEqual([[MODEL, null, [{currency: 'CNY', amount: 3}, ...usd(3)]]])
})
