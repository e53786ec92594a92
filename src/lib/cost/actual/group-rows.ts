import {type Decimal, sumOf, toNumber} from '../../core/decimal.js'
import type {ActualRow, By} from './actual.schema.js'
import {type Coin, purseOf, toMoney} from './money.js'
import type {DayRange} from './ports.js'
import {amountOf, tokensOf, type UsedLine} from './price-tokens.js'
import type {Bill, BilledLine} from './read-bill.js'
import {isWithin} from './window.js'

export interface RowsInput {
  readonly by: By
  /** The key as profiles carry it. */
  readonly tag: string | undefined
  /** null: CloudWatch was not read. */
  readonly used: readonly UsedLine[] | null
  readonly bill: Bill | null
  readonly shown: DayRange
}

/** What has no value of the tag, and what nobody can tell. */
export const WITHOUT = '(without)'
const NOT_TOLD = '(not told apart)'

/** The spend of the days shown by what the caller asks; the greatest first. */
export function groupRows({by, tag, used, bill, shown}: RowsInput): readonly ActualRow[] {
  const rows = new Map<string, {name: string | null; used: UsedLine[]; billed: Coin[] | null}>()
  const rowOf = (key: string) => {
    const row = rows.get(key) ?? {name: null, used: [], billed: bill && !isBlind(by) ? [] : null}
    rows.set(key, row)
    return row
  }
  for (const line of used ?? []) {
    const key = usedKey(line, by, tag)
    if (key === undefined) continue
    const row = rowOf(key)
    row.used.push(line)
    if (by === 'profile') row.name = line.target.name
  }
  for (const {key, coin} of bill ? billedCoins(bill, by, shown) : []) {
    const row = rowOf(key)
    row.billed = [...(row.billed ?? []), coin]
  }
  return [...rows]
    .map(([key, {name, used: lines, billed}]) => toRow(key, name, {lines, billed, counted: used !== null}, shown))
    .filter(({tokens, metrics, billed}) => (tokens ?? 0) > 0 || !isNothing(metrics) || !isNothing(billed))
    .sort((one, other) => size(other) - size(one) || (one.key < other.key ? -1 : 1))
}

/** Bills do not know which profile was called. */
function isBlind(by: By): boolean {
  return by === 'profile'
}

function usedKey({called, region, target, tier}: UsedLine, by: By, tag: string | undefined): string | undefined {
  switch (by) {
    case 'model':
      return target.modelId ?? `${called.replace(/^.*[:/]/, '')} (${target.kind})`
    case 'region':
      return region
    case 'tier':
      return tier
    case 'profile':
      return called
    case 'tag':
      return target.tags === undefined ? NOT_TOLD : (target.tags?.[tag ?? ''] ?? WITHOUT)
    case 'principal':
      // CloudWatch does not know who called.
      return undefined
  }
}

interface KeyedCoin {
  readonly key: string
  readonly coin: Coin
}

function billedCoins(bill: Bill, by: By, shown: DayRange): readonly KeyedCoin[] {
  if (by === 'tag' || by === 'principal') {
    return (bill.tagged ?? []).map(({value, ...coin}) => ({key: value === '' ? WITHOUT : value, coin}))
  }
  return bill.lines
    .filter(({day}) => isWithin(day, shown))
    .map((line) => ({key: billedKey(line, by), coin: {currency: line.currency, amount: line.amount}}))
}

function billedKey({charge, region}: BilledLine, by: By): string {
  if (by === 'region') return region ?? NOT_TOLD
  if (by === 'profile') return NOT_TOLD
  if (charge.is === 'other') return `(${charge.what})`
  if (charge.is === 'undecoded') return '(not decoded)'
  if (by === 'tier') return charge.tier
  return charge.modelId ?? `${charge.name} (not in the catalog)`
}

interface RowParts {
  readonly lines: readonly UsedLine[]
  readonly billed: readonly Coin[] | null
  readonly counted: boolean
}

function toRow(key: string, name: string | null, {lines, billed, counted}: RowParts, shown: DayRange): ActualRow {
  const keep = (day: string) => isWithin(day, shown)
  const coins = lines.flatMap((line) => {
    const amount = amountOf(line, keep)
    return line.rate && amount ? [{currency: line.rate.currency, amount}] : []
  })
  const tokens: Decimal = sumOf(lines.map((line) => tokensOf(line, keep)))
  const isPriced = lines.some(({rate}) => rate !== null)
  const isToldApart = key !== NOT_TOLD && (lines.length === 0 || isPriced)
  return {
    key,
    name,
    tokens: counted && lines.length > 0 ? toNumber(tokens) : null,
    metrics: counted && isPriced ? toMoney(purseOf(coins)) : null,
    // What is not billed by tokens stands on the bill under another name, and what is not told apart is in other rows.
    billed: billed && (billed.length > 0 || isToldApart) ? toMoney(purseOf(billed)) : null,
  }
}

function isNothing(purse: ActualRow['billed']): boolean {
  return (purse ?? []).every(({amount}) => amount === 0)
}

function size({billed, metrics}: ActualRow): number {
  const sum = (purse: ActualRow['billed']) => (purse ?? []).reduce((total, {amount}) => total + amount, 0)
  return Math.max(sum(billed), sum(metrics))
}
