import {sanitise} from '../core/text.js'
import type {Terminal} from './terminal.js'
import type {Column} from './view.js'

/** The value of a cell as a machine wants it: empty for unknown, lists joined by a space. */
export function machineText<Row>(column: Column<Row>, row: Row): string {
  const value = column.value(row)
  if (value === null || value === undefined) return ''
  return sanitise(typeof value === 'object' ? value.join(' ') : String(value))
}

/** The value of a cell as a person wants it: the column's own text, else the value, with `?` for unknown. */
export function personText<Row>(column: Column<Row>, row: Row, terminal: Terminal): string {
  if (column.text) return column.text(row, terminal)
  const value = column.value(row)
  if (value === null || value === undefined) return '?'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return typeof value === 'object' ? value.join(' ') : String(value)
}
