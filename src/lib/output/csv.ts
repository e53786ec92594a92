import {sanitise} from '../core/text.js'
import {machineText} from './cells.js'
import type {Column} from './view.js'

/**
 * RFC 4180 with line feeds: a header of column keys, then one record a row. Text that a spreadsheet would run as a
 * formula gets a leading apostrophe; numbers stay as they are. Simulated rows carry a last column that says so.
 */
export function renderCsv<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  {simulated}: {readonly simulated: boolean},
): string {
  const header = [...columns.map((column) => quote(neutralise(column.key))), ...(simulated ? ['simulated'] : [])]
  const records = rows.map((row) => {
    const cells = columns.map((column) => {
      const text = machineText(column, row)
      return quote(typeof column.value(row) === 'number' ? text : neutralise(text))
    })
    return [...cells, ...(simulated ? ['true'] : [])].join(',')
  })
  return `${[header.join(','), ...records].join('\n')}\n`
}

/** Text from outside as a cell of CSV: without control characters, no formula, in quotation marks where it needs them. */
export function csvText(text: string): string {
  return quote(neutralise(sanitise(text)))
}

/** https://owasp.org/www-community/attacks/CSV_Injection */
function neutralise(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
}

function quote(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
