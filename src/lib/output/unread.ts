import type {Unread} from '../core/answer.schema.js'
import {plural} from '../core/text.js'
import {paint} from './style.js'
import type {Terminal} from './terminal.js'

/** As many Regions with one cause get a line each; more share one. */
const LISTED = 4

/** What could not be read, for stderr: a line for each cause, with the Regions, the calls it cost and what to do. */
export function describeUnread(unread: readonly Unread[], terminal: Terminal): string {
  const regions = regionsOf(unread).length
  const head = `${paint('warn', 'partial', terminal)}  ${plural(unread.length, 'call')} in ${plural(regions, 'Region')} could not be read:`
  return [head, ...groupBy(unread, ({code}) => code).flatMap(causeLines)].join('\n')
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
  const also = others.length === 0 ? '' : ` (also ${others.map(({action}) => action).join(', ')})`
  return [`         ${first.region}  ${first.reason}${also}`, ...hintOf(first)]
}

const hintOf = ({hint}: Unread): string[] => (hint === undefined ? [] : [`           ${hint}`])

const regionsOf = (unread: readonly Unread[]): readonly string[] => [...new Set(unread.map(({region}) => region))]

function groupBy(unread: readonly Unread[], keyOf: (entry: Unread) => string): readonly (readonly Unread[])[] {
  const groups = new Map<string, Unread[]>()
  for (const entry of unread) groups.set(keyOf(entry), [...(groups.get(keyOf(entry)) ?? []), entry])
  return [...groups.values()]
}
