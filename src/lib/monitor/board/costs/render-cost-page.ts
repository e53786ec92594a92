import {wrapText} from '../../../output/wrap.js'
import type {SpanLine} from '../../span.js'
import type {BoardPage, Room} from '../view.js'
import type {CostLine} from './cost-lines.js'

/** Names and values of one line, and the commands that tell more of it. */
export function renderCostPage(
  {name}: CostLine,
  facts: readonly (readonly [name: string, value: string])[],
  commands: readonly string[],
  {columns}: Room,
): BoardPage {
  const width = Math.max(...facts.map(([fact]) => fact.length))
  const room = Math.max(20, columns - width - 2)
  const lines = facts.flatMap(([fact, value]) =>
    wrapText(value, room).map(
      (text, at): SpanLine => [{text: `${(at === 0 ? fact : '').padEnd(width)}  `, tone: 'faint'}, {text}],
    ),
  )
  const wrapped = commands.flatMap((text) => wrapText(text, columns).map((line): SpanLine => [{text: line}]))
  return {title: name, lines: [...lines, [], ...wrapped]}
}
