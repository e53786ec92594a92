import {sanitise} from '../../core/text.js'
import {formatCount, formatMoney} from '../../output/money.js'
import type {BreakEvenCrossing, BreakEvenOption, BreakEvenResult, BreakEvenVolume} from './breakeven.schema.js'

type By = BreakEvenResult['by']

/** What volumes are counted in. */
export const UNIT: Readonly<Record<By, string>> = {requests: 'requests/hour', tokens: 'tokens/month'}

export const WAIT: Readonly<Record<BreakEvenOption['latency'], string>> = {
  interactive: 'at once',
  flexible: 'may be delayed',
  batch: 'within a day',
}

/** `1,096` or `2.8 B`, in the unit of the answer. */
export function volumeNumber({requestsPerHour, tokensPerMonth}: BreakEvenVolume, by: By): string {
  if (by === 'tokens') return formatCount(tokensPerMonth)
  return requestsPerHour >= 1e6 ? formatCount(requestsPerHour) : countWords(requestsPerHour)
}

/** `1,096 requests/hour`. */
export function volumeWords(volume: BreakEvenVolume, by: By): string {
  return `${volumeNumber(volume, by)} ${UNIT[by]}`
}

/** To three digits at least; whole where there are as many before the point. */
function countWords(count: number): string {
  if (count >= 100) return count.toLocaleString('en-US', {maximumFractionDigits: 0})
  return count.toLocaleString('en-US', {maximumSignificantDigits: 3})
}

/** The name that the workload was given, else that of its model. */
export function titleOf({workload: {modelName, modelId, name}}: BreakEvenResult): string {
  return sanitise(name === modelId ? modelName : name)
}

export function nameOf(id: string, {notPriced, options}: BreakEvenResult): string {
  return [...options, ...notPriced].find((option) => option.id === id)?.name ?? id
}

function lineNameOf(id: string, {options}: BreakEvenResult): string {
  const option = options.find((one) => one.id === id)
  return option ? lineName(option) : id
}

/** As `nameOf`, with what a reader must know beside a line: that it is a floor, or another model. */
export function lineName({floor, name, otherModel}: BreakEvenOption): string {
  const notes = [...(floor === null ? [] : ['at least']), ...(otherModel ? ['another model'] : [])]
  return notes.length === 0 ? name : `${name} (${notes.join(', ')})`
}

/** `Reserved, 1 month costs less than On-demand above 1,096 requests/hour, $13,213.00 a month`. */
export function crossingWords(crossing: BreakEvenCrossing, result: BreakEvenResult): string {
  const below = nameOf(crossing.cheaperBelow, result)
  const above = nameOf(crossing.cheaperAbove, result)
  const may = crossing.certain ? 'costs' : 'may cost'
  const month = formatMoney(crossing.month.amount, crossing.month.currency)
  return `${above} ${may} less than ${below} above ${volumeWords(crossing, result.by)}, ${month} a month`
}

/** What is to say of an option that does not cross the baseline. */
export function neverWords(never: BreakEvenResult['neverCross'][number], result: BreakEvenResult): string {
  const [option, baseline] = [never.option, result.baseline].map((id) => result.options.find((one) => one.id === id))
  if (!option || !baseline) return ''
  const where = never.scope === 'every-volume' ? 'at every volume' : 'in the whole range'
  const filled = filledWords(option, baseline)
  if (never.cheaper === baseline.id) {
    const any = never.scope === 'every-volume' ? 'at any volume' : 'anywhere in the range'
    return `${option.name} costs no less than ${baseline.name} ${any}${filled}.`
  }
  if (never.certain) return `${option.name} costs less than ${baseline.name} ${where}${filled}.`
  return `${option.name}: its least cost is below ${baseline.name} in the whole range; what it serves is not known.`
}

/** `: as full as assumed, it comes to $1.81 per 1M tokens, On-demand to $0.72`. */
function filledWords({filled, latency}: BreakEvenOption, baseline: BreakEvenOption): string {
  if (filled === null || baseline.filled === null || latency !== 'interactive') return ''
  const [own, other] = [filled, baseline.filled].map(({amount, currency}) => formatMoney(amount, currency))
  return `: as full as assumed, it comes to ${own} per 1M tokens, ${baseline.name} to ${other}`
}

/** `none`, or what has to be paid for at least: `6 months, at least $79,278.00`. */
export function commitmentWords({commitmentMonths, committed}: BreakEvenOption): string {
  if (committed === null) return 'none'
  const months = commitmentMonths === 1 ? '1 month' : `${commitmentMonths} months`
  return `${months}, ${formatMoney(committed.amount, committed.currency)} or more`
}

type Ranges = BreakEvenResult['cheapest'][number]['ranges']

/** More ranges than this alternate, as steps do; the first few and the last tell it. */
const MOST_RANGES = 6
const FIRST_RANGES = 4

/** Each range in words with what is cheapest in it: `20 to 1,096 requests/hour`. */
export function rangeLines(ranges: Ranges, result: BreakEvenResult): readonly (readonly [string, string])[] {
  const lines = ranges.map((range) => [rangeWords(range, result.by), lineNameOf(range.option, result)] as const)
  if (lines.length <= MOST_RANGES) return lines
  const [from, to] = [ranges[FIRST_RANGES]?.from, ranges.at(-1)?.from]
  const between = from && to ? rangeWords({from, to}, result.by) : ''
  const options = [...new Set(lines.slice(FIRST_RANGES, -1).map(([, name]) => name))]
  return [...lines.slice(0, FIRST_RANGES), [between, `${options.join(' and ')} in turn`], ...lines.slice(-1)]
}

function rangeWords({from, to}: Pick<Ranges[number], 'from' | 'to'>, by: By): string {
  return `${volumeNumber(from, by)} to ${volumeWords(to, by)}`
}

/** As many crossings have their number in a chart; more would hide the lines. */
const MOST_CROSSINGS = 12

/** The crossings that change a decision: those that are numbered, the first of them, and how many there are in all. */
export function numberedCrossings({crossings}: BreakEvenResult): {
  readonly shown: readonly BreakEvenCrossing[]
  readonly all: readonly BreakEvenCrossing[]
} {
  const all = crossings.filter(({number}) => number !== null)
  return {all, shown: all.slice(0, MOST_CROSSINGS)}
}

export const CHOICE_WORDS: Readonly<Record<BreakEvenOption['latency'], string>> = {
  interactive: 'Cheapest where a person waits',
  flexible: 'Cheapest where answers may be delayed',
  batch: 'Cheapest where answers may take a day',
}

/** `Priority, Flex: why`; options that lack a price for the same reason stand together. */
export function unpricedLines(notPriced: BreakEvenResult['notPriced']): readonly string[] {
  return alike(notPriced.map(({name, why}) => [name, why]))
}

/** `Reserved, 1 month; Reserved, 3 months: note`: what makes a cost a floor, and what else is to be known of options. */
export function noteLines({options}: BreakEvenResult): readonly string[] {
  return alike(
    options.flatMap(({floor, name, notes}) =>
      [...(floor === null ? [] : [`at least ${floor}`]), ...notes].map((note) => [name, note] as const),
    ),
  )
}

function alike(pairs: readonly (readonly [name: string, text: string])[]): readonly string[] {
  const names = new Map<string, string[]>()
  for (const [name, text] of pairs) names.set(text, [...(names.get(text) ?? []), name])
  return [...names].map(([text, options]) => `${options.join('; ')}: ${text}`)
}

/** What 1M tokens cost by an option that is filled; `varies` with the volume, `?` where that is not known. */
export function filledMoney({filled, floor}: BreakEvenOption): string {
  return filled === null ? (floor === null ? 'varies' : '?') : formatMoney(filled.amount, filled.currency)
}
