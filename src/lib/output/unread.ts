import type {Unread} from '../core/answer.schema.js'
import {plural} from '../core/text.js'
import {paint} from './style.js'
import type {Terminal} from './terminal.js'

/** What could not be read, for stderr: a line for each Region and cause, the calls it cost, and what to do. */
export function describeUnread(unread: readonly Unread[], terminal: Terminal): string {
  const groups = new Map<string, Unread[]>()
  for (const entry of unread) {
    const key = `${entry.region} ${entry.code}`
    groups.set(key, [...(groups.get(key) ?? []), entry])
  }
  const regions = new Set(unread.map(({region}) => region)).size
  const head = `${paint('warn', 'partial', terminal)}  ${plural(unread.length, 'call')} in ${plural(regions, 'Region')} could not be read:`
  return [head, ...[...groups.values()].flatMap(groupLines)].join('\n')
}

function groupLines(group: readonly Unread[]): string[] {
  const [first] = group
  if (!first) return []
  const others = group.slice(1).map(({action}) => action)
  const also = others.length === 0 ? '' : ` (also ${others.join(', ')})`
  return [
    `         ${first.region}  ${first.reason}${also}`,
    ...(first.hint === undefined ? [] : [`           ${first.hint}`]),
  ]
}
