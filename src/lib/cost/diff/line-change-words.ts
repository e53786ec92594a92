import {manyOf} from '../../core/text.js'
import {formatCount} from '../../output/money.js'
import {lineWords, priceWords} from '../cost-words.js'
import type {EstimateLine} from '../estimate/estimate.schema.js'
import {signedMoney} from './change-words.js'
import type {LineChange} from './cost-diff.schema.js'

/** A line that changed, for people. */
export interface LineChangeWords {
  /** `answer: output`. */
  readonly what: string
  /** What of it is another: `120.0 M → 240.0 M tokens`, `in-region → global`. */
  readonly how: string
  /** `+$4.10`, or why there is no such number. */
  readonly difference: string
}

/** Says of a line what it is, and of a change only what is another. */
export function lineChangeWords({after, before, currency, difference}: LineChange, arrow: string): LineChangeWords {
  const line = after ?? before
  return {
    what: line === null ? '' : `${line.component}: ${lineWords(line)}${line.period === 'once' ? ' (once)' : ''}`,
    how: before !== null && after !== null ? differing(before, after, arrow) : line === null ? '' : wholeLine(line),
    difference: difference === null || currency === null ? untold(before, after) : signedMoney(difference, currency),
  }
}

function untold(before: EstimateLine | null, after: EstimateLine | null): string {
  return [before, after].some((line) => line !== null && line.price === null) ? 'no price' : 'other currency'
}

function wholeLine(line: EstimateLine): string {
  const {quantity} = line
  return [
    subjectOf(line)
      .filter((word) => word !== '')
      .join(' '),
    `${formatCount(quantity)} ${unitOf(line)}`,
    priceWords(line.price),
  ].join(', ')
}

function differing(before: EstimateLine, after: EstimateLine, arrow: string): string {
  const was = subjectOf(before)
  const moved = subjectOf(after).flatMap((word, index) => movedWords(was[index] ?? '', word, arrow))
  const unit = unitOf(after)
  const sameUnit = before.unit === after.unit
  const quantity = movedWords(
    sameUnit ? formatCount(before.quantity) : `${formatCount(before.quantity)} ${unitOf(before)}`,
    `${formatCount(after.quantity)}${sameUnit ? '' : ` ${unit}`}`,
    arrow,
  ).map((words) => (sameUnit ? `${words} ${unit}` : words))
  return [...moved, ...quantity, ...movedWords(priceWords(before.price), priceWords(after.price), arrow)].join(', ')
}

function movedWords(before: string, after: string, arrow: string): readonly string[] {
  return before === after ? [] : [`${before || 'none'} ${arrow} ${after || 'none'}`]
}

/** Who answers, from where and how. */
function subjectOf({modelId, region, route, tier, variant}: EstimateLine): readonly string[] {
  return [modelId, region, route ?? '', tier, variant ?? '']
}

function unitOf({quantity, unit}: EstimateLine): string {
  return quantity === 1 ? unit : manyOf(unit)
}
