import type {Unread} from '../core/answer.schema.js'
import {firstLines, plural} from '../core/text.js'
import {paint} from './style.js'
import type {Terminal} from './terminal.js'

/** As many Regions with one cause get a line each; more share one. */
const LISTED = 4

/** The code of what no list has a price for; it is no call that failed. */
const NO_PRICE = 'NO_PRICE'
/** As many lines without a price are told; the rest is a number. */
const UNPRICED = 6

/** What could not be read, for stderr: a line for each cause, with the Regions, the calls it cost and what to do. */
export function describeUnread(unread: readonly Unread[], terminal: Terminal): string {
  const partial = paint('warn', 'partial', terminal)
  const calls = unread.filter(({code}) => code !== NO_PRICE)
  const reasons = unread.flatMap(({code, reason}) => (code === NO_PRICE ? [reason] : []))
  const regions = plural(regionsOf(calls).length, 'Region')
  return [
    ...(calls.length === 0 ? [] : [`${partial}  ${plural(calls.length, 'call')} in ${regions} could not be read:`]),
    ...groupBy(calls, ({code}) => code).flatMap(causeLines),
    ...(reasons.length === 0 ? [] : [`${partial}  ${plural(reasons.length, 'price')} not known:`]),
    ...firstLines([...new Set(reasons)], UNPRICED)
      .split('\n')
      .flatMap((line) => (line === '' ? [] : [`         ${line}`])),
  ].join('\n')
}

function causeLines(group: readonly Unread[]): string[] {
  const [first] = group
  const regions = regionsOf(group)
  if (!first) return []
  if (first.code === 'INTERRUPTED')
    return [`         interrupted before ${plural(regions.length, 'Region')} answered: ${regions.join(' ')}`]
  if (regions.length > LISTED)
    return [
      `         ${plural(regions.length, 'Region')} like this one: ${first.reason}`,
      `           ${regions.join(' ')}`,
      ...hintOf(first),
    ]
  return groupBy(group, ({region}) => region).flatMap(regionLines)
}

function regionLines(group: readonly Unread[]): string[] {
  const [first, ...others] = group
  if (!first) return []
  const more = [...new Set(others.map(({action}) => action))].filter((action) => action !== first.action)
  const also = more.length === 0 ? '' : ` (also ${more.join(', ')})`
  return [`         ${first.region}  ${first.reason}${also}`, ...hintOf(first)]
}

const hintOf = ({hint}: Unread): string[] => (hint === undefined ? [] : [`           ${hint}`])

const regionsOf = (unread: readonly Unread[]): readonly string[] => [...new Set(unread.map(({region}) => region))]

function groupBy(unread: readonly Unread[], keyOf: (entry: Unread) => string): readonly (readonly Unread[])[] {
  const groups = new Map<string, Unread[]>()
  for (const entry of unread) groups.set(keyOf(entry), [...(groups.get(keyOf(entry)) ?? []), entry])
  return [...groups.values()]
}
