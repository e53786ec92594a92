import {formatMoney} from '../../output/money.js'
import type {CellSummary, Distribution, PercentileKey} from '../metrics/summary.schema.js'
import {intervalText, numberText, shareText} from './number-words.js'

/** One thing to say of a cell: a number, with how sure it is or what goes with it. */
export interface CellFact {
  readonly label: string
  /** Undefined where nothing is known of it. */
  readonly value: string | undefined
  /** Interval, share, or what the number is of. */
  readonly more: string
  /** Begins another group of numbers. */
  readonly opens?: boolean
}

type Shown = readonly (readonly [PercentileKey, withInterval: boolean])[]

const HEADLINE: Shown = [
  ['50', true],
  ['90', false],
  ['99', true],
]
/** A p99 of fewer answers than these rests on fewer than ten of them: it says how many there were. */
const ENOUGH = 1000
const SHORT: Shown = [
  ['50', true],
  ['99', true],
]

/** Repeats told one by one; of more, the least and the most. */
const MOST_TOLD = 3

/**
 * What is told of the cells of one target at one level, in the order in which it is asked; the same facts of every
 * target, so that they line up. Counts of repeats are added; what cannot be added is told of each: `409 / 402`.
 */
export function cellFacts(cells: readonly CellSummary[], unicode: boolean): readonly CellFact[] {
  const [first, ...rest] = cells.map((cell) => measuredFacts(cell, unicode))
  const joined = rest.length === 0 ? (first ?? []) : joinFacts([first ?? [], ...rest], unicode)
  return [...countFacts(cells), ...joined]
}

function joinFacts(repeats: readonly (readonly CellFact[])[], unicode: boolean): readonly CellFact[] {
  const labels = [...new Set(repeats.flatMap((facts) => facts.map(({label}) => label)))]
  return labels.map((label) => {
    const own = repeats.map((facts) => facts.find((one) => one.label === label))
    const values = own.map((one) => one?.value ?? '-')
    const opens = own.some((one) => one?.opens === true)
    const notes = new Set(own.map((one) => one?.more ?? ''))
    // An interval is of one repeat: beside a value of all of them it would say too much.
    const more = notes.size === 1 ? (own[0]?.more ?? '') : ''
    if (new Set(values).size === 1) return {...fact(label, own[0]?.value, more), opens}
    const size = (text: string) => Number(text.replaceAll(/[^0-9.]/g, ''))
    const ordered = values.toSorted((left, right) => size(left) - size(right))
    const between = `${ordered[0]}${unicode ? '–' : '-'}${ordered.at(-1)}`
    return {...fact(label, values.length > MOST_TOLD ? between : values.join(' / '), ''), opens}
  })
}

function measuredFacts(cell: CellSummary, unicode: boolean): readonly CellFact[] {
  const {fromSchedule} = cell
  return [
    ...rateFacts(cell, unicode),
    ...(fromSchedule
      ? [
          ...percentileFacts('TTFT', fromSchedule.ttft, HEADLINE, unicode),
          ...percentileFacts('TTFT from send', cell.ttft, SHORT, unicode, false),
        ]
      : percentileFacts('TTFT', cell.ttft, HEADLINE, unicode)),
    ...visibleFacts(cell, unicode),
    ...percentileFacts('TPOT', cell.tpot, SHORT, unicode),
    ...percentileFacts('ICL', cell.icl, [['99', false]], unicode, false),
    ...percentileFacts('E2E', fromSchedule ? fromSchedule.e2e : cell.e2e, SHORT, unicode),
    ...tokenFacts(cell),
    ...goodputFacts(cell, unicode),
    ...priceFacts(cell),
  ]
}

/** Time to the first visible token, where thinking made it another. */
function visibleFacts({ttft, ttfv}: CellSummary, unicode: boolean): readonly CellFact[] {
  const [any, visible] = [ttft?.p['50']?.value, ttfv?.p['50']?.value]
  if (any === undefined || visible === undefined || visible <= any * 1.02) return []
  return percentileFacts('TTFV', ttfv, SHORT, unicode, false)
}

function countFacts(cells: readonly CellSummary[]): readonly CellFact[] {
  const sum = (of: (counts: CellSummary['counts']) => number) => cells.reduce((all, {counts}) => all + of(counts), 0)
  const ok = sum((counts) => counts.ok)
  const bad = sum((counts) => counts.bad)
  const more = (label: string, count: number, note: string) =>
    count > 0 ? [fact(label, count.toLocaleString('en-US'), note)] : []
  return [
    fact('answered', ok.toLocaleString('en-US'), `of ${(ok + bad).toLocaleString('en-US')}`),
    fact('failed', bad.toLocaleString('en-US'), bad === 0 ? '' : shareText(bad / (ok + bad))),
    ...more(
      'retried',
      sum((counts) => counts.retried),
      '',
    ),
    ...more(
      'cancelled',
      sum((counts) => counts.cancelled),
      'by us, in no number',
    ),
  ]
}

function rateFacts({concurrency, perUser, rate, throughput}: CellSummary, unicode: boolean): readonly CellFact[] {
  const {interval} = throughput
  const between = (value: number, at: {low: number; high: number} | null) =>
    at ? intervalText(value, at.low, at.high, unicode) : ''
  const due = rate.due === null ? '' : `, due ${numberText(rate.due)}`
  const asked = rate.asked === null ? '' : `asked ${numberText(rate.asked)}${due}`
  return [
    fact(
      'requests/s',
      numberText(throughput.requestsPerSecond),
      between(throughput.requestsPerSecond, interval.requestsPerSecond),
      true,
    ),
    ...(rate.asked === null
      ? []
      : [fact('sent/s', rate.achieved === null ? undefined : numberText(rate.achieved), asked)]),
    fact(
      'output tokens/s',
      numberText(throughput.outputTokensPerSecond),
      between(throughput.outputTokensPerSecond, interval.outputTokensPerSecond),
    ),
    fact('tokens/s a user', perUser ? numberText(perUser.tokensPerSecondP50) : undefined, perUser ? 'median' : ''),
    fact(
      'in flight',
      concurrency.mean === null ? undefined : numberText(concurrency.mean),
      peakWords(concurrency.peak),
    ),
  ]
}

function peakWords(peak: number | null): string {
  return peak === null ? '' : `peak ${peak.toLocaleString('en-US')}`
}

function percentileFacts(
  name: string,
  distribution: Distribution | null,
  shown: Shown,
  unicode: boolean,
  opens = true,
): readonly CellFact[] {
  return shown.map(([key, withInterval], index) => {
    const at = distribution?.p[key]
    const sure = withInterval && at && at.low !== null && at.high !== null
    const few = distribution && key === '99' && distribution.n < ENOUGH ? `n=${distribution.n}` : ''
    const more = [sure ? intervalText(at.value, at.low, at.high, unicode) : '', few]
    return fact(
      `${name} p${key} ms`,
      at ? numberText(at.value) : undefined,
      more.filter((text) => text !== '').join(' '),
      opens && index === 0,
    )
  })
}

function tokenFacts({counts: {ok}, tokens}: CellSummary): readonly CellFact[] {
  if (ok === 0) return []
  const each = (sum: number) => numberText(sum / ok)
  const asked = (sum: number | null, of: number) =>
    sum === null || sum === 0 || Math.abs(sum - of) / sum < 0.005 ? '' : `asked ${each(sum)}`
  return [
    fact('tokens in, each', each(tokens.input), asked(tokens.askedIn, tokens.input), true),
    fact('tokens out, each', each(tokens.output), asked(tokens.askedOut, tokens.output)),
    ...(tokens.cacheRead === null || tokens.cacheRead === 0
      ? []
      : [fact('read from cache', each(tokens.cacheRead), 'tokens each')]),
  ]
}

function goodputFacts({goodput}: CellSummary, unicode: boolean): readonly CellFact[] {
  if (goodput === null) return []
  const {attainment, attainmentInterval} = goodput
  const sure = attainmentInterval
    ? intervalText(attainmentInterval.low * 100, attainmentInterval.low * 100, attainmentInterval.high * 100, unicode)
    : ''
  return [
    fact('goodput/s', numberText(goodput.requestsPerSecond), '', true),
    fact('met all objectives', attainment === null ? undefined : shareText(attainment), sure),
  ]
}

function priceFacts({goodput, price}: CellSummary): readonly CellFact[] {
  if (price === null) return []
  const money = (amount: number | null) => (amount === null ? undefined : formatMoney(amount, 'USD'))
  return [
    fact('per 1M output', money(price.perMillionOutput), '', true),
    fact('per 1M in and out', money(price.perMillionTotal), ''),
    ...(goodput === null ? [] : [fact('per 1M good output', money(price.perMillionGood), '')]),
  ]
}

function fact(label: string, value: string | undefined, more: string, opens = false): CellFact {
  return {label, value, more, ...(opens && {opens})}
}
