import {HOURS_PER_MONTH} from '../../../core/quantity.js'
import {plural} from '../../../core/text.js'
import {formatMoney} from '../../../output/money.js'
import type {Span, SpanLine, Tone} from '../../span.js'
import type {BoardFacts} from '../state.js'
import type {BoardCapacity} from './capacity.schema.js'

const TONES: Readonly<Record<string, Tone>> = {
  ...{Active: 'good', InService: 'good', Loaded: 'good', Unloaded: 'faint', Failed: 'bad'},
  ...{Creating: 'warn', Updating: 'warn'},
}

/** What a state means; nothing of one that is not known. */
export function stateTone(state: string): Tone | undefined {
  return TONES[state]
}

/** `$52.32`; of what is billed by the token that, and where no price is known that. */
export function hourlyWord({hourly, kind}: Pick<BoardCapacity, 'hourly' | 'kind'>): string {
  if (hourly) return formatMoney(hourly.amount, hourly.currency)
  return kind === 'deployment' ? 'by token' : '?'
}

/** `2 units`, `1 copy`, `? copies`. */
export function sizeWord({copies, kind, units}: Pick<BoardCapacity, 'copies' | 'kind' | 'units'>): string {
  if (units !== null) return plural(units, 'unit')
  if (kind !== 'imported') return '-'
  return copies === null ? '? copies' : plural(copies, 'copy')
}

/** `2026-12-24`, `none`, `-`. */
export function untilWord({commitment, commitmentEndsAt}: BoardCapacity): string {
  return commitmentEndsAt?.slice(0, 10) ?? (commitment === 'none' ? 'none' : '-')
}

/** Tokens a minute over the last day: their mean, or what 95 of 100 minutes do not exceed. */
export function loadWord({load}: Pick<BoardCapacity, 'load'>, which: 'mean' | 'busiest' = 'mean'): string {
  return load === null ? '?' : Math.round(load[which]).toLocaleString('en-US')
}

/** What all of it costs an hour and a month, and what of that nobody calls. */
export function capacityHead({data}: BoardFacts): readonly SpanLine[] {
  const rows = [...data.capacity.values()].flatMap((kept) => kept.rows)
  if (rows.length === 0) return []
  const idle = rows.filter((row) => row.idle === true)
  const unpriced = rows.filter(({hourly, kind}) => hourly === null && kind !== 'deployment').length
  const unknown = rows.filter((row) => row.idle === null).length
  const gaps = [...new Set(rows.flatMap((row) => row.gaps))]
  const idleSum = hourlySums(idle).join(' and ')
  const spans: readonly Span[] = [
    {text: sumWords(rows) ?? 'no price is known', tone: 'strong'},
    {text: `  ${plural(rows.length, 'thing')}`},
    {text: '   '},
    idle.length === 0
      ? {text: 'none is known to be idle', tone: 'good'}
      : {text: `idle: ${idle.length}${idleSum === '' ? '' : `, ${idleSum}`}`, tone: 'warn'},
    ...(unknown > 0 ? [{text: `, ${unknown} not known`, tone: 'faint' as const}] : []),
    ...(unpriced > 0 ? [{text: `   no price: ${unpriced}`, tone: 'warn' as const}] : []),
  ]
  return [spans, ...gaps.slice(0, 2).map((gap): SpanLine => [{text: `not read: ${gap}`, tone: 'warn'}])]
}

/** `$52.32/h ($38,194 a month)`, one a currency; undefined where nothing has a price. */
export function sumWords(rows: readonly Pick<BoardCapacity, 'hourly'>[]): string | undefined {
  const words = [...sumsOf(rows)].map(
    ([currency, sum]) => `${formatMoney(sum, currency)}/h (${wholeMoney(sum * HOURS_PER_MONTH, currency)} a month)`,
  )
  return words.length === 0 ? undefined : words.join(' and ')
}

function hourlySums(rows: readonly Pick<BoardCapacity, 'hourly'>[]): readonly string[] {
  return [...sumsOf(rows)].map(([currency, sum]) => `${formatMoney(sum, currency)}/h`)
}

/** By currency. */
function sumsOf(rows: readonly Pick<BoardCapacity, 'hourly'>[]): ReadonlyMap<string, number> {
  const sums = new Map<string, number>()
  for (const {hourly} of rows) {
    if (hourly) sums.set(hourly.currency, (sums.get(hourly.currency) ?? 0) + hourly.amount)
  }
  return sums
}

/** Without cents. */
function wholeMoney(amount: number, currency: string): string {
  return formatMoney(Math.round(amount), currency).replace(/\.00$/, '')
}
