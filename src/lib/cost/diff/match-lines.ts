import {type Decimal, decimal, toNumber} from '../../core/decimal.js'
import type {EstimateLine} from '../estimate/estimate.schema.js'
import type {LineChange} from './cost-diff.schema.js'

type Line = EstimateLine
type Pair = readonly [before: Line | null, after: Line | null]

/**
 * The lines of a workload before and after, side by side. A line that only changed its model, Region, route or tier is
 * one change and no removal beside an addition.
 */
export function matchLines(before: readonly Line[], after: readonly Line[]): readonly LineChange[] {
  const same = pairUp(before, after, identityOf)
  const moved = pairUp(same.before, same.after, roleOf)
  const found = new Map([...same.pairs, ...moved.pairs].map((pair) => [pair[1], pair]))
  const kept = after.map((line): Pair => found.get(line) ?? [null, line])
  return [...kept, ...moved.before.map((line): Pair => [line, null])].map(toChange)
}

/** What a line is, and who does it from where: everything but how much and at which price. */
export function identityOf(line: Line): string {
  return JSON.stringify([roleOf(line), line.modelId, line.variant, line.region, line.route, line.tier])
}

/** What a line is of its workload, whoever does it. */
function roleOf({component, kind, meter, period}: Line): string {
  return JSON.stringify([component, meter, kind, period])
}

interface PairedUp {
  readonly pairs: readonly (readonly [Line, Line])[]
  /** What found no partner. */
  readonly before: readonly Line[]
  readonly after: readonly Line[]
}

/** Partners are those with the same key, the first with the first. */
function pairUp(before: readonly Line[], after: readonly Line[], keyOf: (line: Line) => string): PairedUp {
  const waiting = new Map<string, Line[]>()
  for (const line of before) waiting.set(keyOf(line), [...(waiting.get(keyOf(line)) ?? []), line])
  const pairs: [Line, Line][] = []
  const alone: Line[] = []
  for (const line of after) {
    const partner = waiting.get(keyOf(line))?.shift()
    if (partner) pairs.push([partner, line])
    else alone.push(line)
  }
  return {pairs, before: before.filter((line) => waiting.get(keyOf(line))?.includes(line)), after: alone}
}

function toChange([before, after]: Pair): LineChange {
  const change =
    before === null ? 'added' : after === null ? 'removed' : isSame(before, after) ? 'unchanged' : 'changed'
  return {change, before, after, ...differenceOf(before, after)}
}

/** The same use at the same price; the words of its note do not count. */
function isSame(before: Line, after: Line): boolean {
  const essence = (line: Line): string =>
    JSON.stringify([identityOf(line), line.quantity, line.price?.amount, line.month, line.once])
  return essence(before) === essence(after)
}

function differenceOf(before: Line | null, after: Line | null): Pick<LineChange, 'currency' | 'difference'> {
  const sides = [before, after].filter((line) => line !== null)
  const currencies = new Set(sides.flatMap(({price}) => (price === null ? [] : [price.currency])))
  const [only] = currencies
  if (only === undefined || currencies.size > 1) return {currency: null, difference: null}
  if (sides.some(({month}) => month === null)) return {currency: only, difference: null}
  return {currency: only, difference: toNumber(costOf(after).minus(costOf(before)))}
}

/** Of a month or once: a line is one or the other. */
function costOf(line: Line | null): Decimal {
  return decimal(line?.month ?? 0).plus(line?.once ?? 0)
}
