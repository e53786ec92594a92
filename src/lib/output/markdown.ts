import {sanitise} from '../core/text.js'
import {personText} from './cells.js'
import {SIMULATED} from './simulated.js'
import type {Terminal} from './terminal.js'
import type {Column} from './view.js'

const PAGE: Terminal = {width: Number.POSITIVE_INFINITY, color: false, interactive: false, unicode: true}

/** A GitHub table of the rows; text from outside cannot leave its cell nor become markup. */
export function renderMarkdown<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  {simulated}: {readonly simulated: boolean},
): string {
  const label = simulated ? [`> simulated: ${SIMULATED}`, ''] : []
  if (columns.length === 0) return `${[...label, 'Nothing matches.'].join('\n')}\n`
  const head = columns.map((column) => escapeMarkdown(column.title))
  const rule = columns.map((column) => (column.align === 'right' ? '---:' : '---'))
  const body = rows.map((row) => columns.map((column) => escapeMarkdown(personText(column, row, PAGE))))
  const lines = [head, rule, ...body].map((cells) => `| ${cells.join(' | ')} |`)
  return `${[...label, ...lines].join('\n')}\n`
}

/** What GitHub makes links of after all markup is read: mentions, numbers of issues, addresses. */
const LINKING = /@|#(?=\d)|\bgh-(?=\d)|:(?=\/\/)|\bwww(?=\.)/gi

/** One line of literal text inside a table cell: nobody is mentioned by it, and nothing is linked. */
export function escapeMarkdown(text: string): string {
  return sanitise(text.replace(/[\r\n\t\u2028\u2029]+/g, ' '))
    .replace(/[\\`*_[\]|~]/g, '\\$&')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(LINKING, '$&&#8203;')
}
