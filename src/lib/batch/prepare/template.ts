import type {Row} from './rows.js'

interface Placeholder {
  readonly column: string
  /** `{{column?}}`: a row may have no value there. */
  readonly optional: boolean
}

/** A text with places for columns, `{{column}}`. Nothing in it, or in a value, is evaluated. */
export interface Template {
  readonly columns: readonly string[]
  /** The text of a row; columns that the row has no value for are told. */
  fill(row: Row, onMissing: (column: string) => void): string
}

const PLACEHOLDER = /\{\{([^{}\n]+)\}\}/g

/** `known` decides whether a question mark is part of a name. */
export function parseTemplate(text: string, known: readonly string[] | undefined): Template {
  const parts: (string | Placeholder)[] = []
  let end = 0
  for (const match of text.matchAll(PLACEHOLDER)) {
    parts.push(text.slice(end, match.index), placeholderOf(match[1] ?? '', known))
    end = match.index + match[0].length
  }
  parts.push(text.slice(end))
  const columns = parts.flatMap((part) => (typeof part === 'string' ? [] : [part.column]))
  return {
    columns: [...new Set(columns)],
    fill: (row, onMissing) =>
      parts.map((part) => (typeof part === 'string' ? part : valueIn(row, part, onMissing))).join(''),
  }
}

function placeholderOf(inner: string, known: readonly string[] | undefined): Placeholder {
  const name = inner.trim()
  const optional = name.endsWith('?') && known?.includes(name) !== true
  return {column: optional ? name.slice(0, -1).trim() : name, optional}
}

/** An empty value is none: CSV knows no other. */
function valueIn(row: Row, {column, optional}: Placeholder, onMissing: (column: string) => void): string {
  const value = row.get(column) ?? ''
  if (value === '' && !optional) onMissing(column)
  return value
}
