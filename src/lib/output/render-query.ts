import {sanitise} from '../core/text.js'
import {toJson, toNdjson} from './json.js'
import {applyQuery, columnsOf, isRecord, scalarOf} from './query.js'
import type {RenderOptions} from './render-options.js'

/**
 * What `--query` left of the answer. Its shape is the caller's, so the simulated label has no place inside JSON or
 * plain values: the command puts it on stderr instead.
 */
export async function renderQuery(
  result: {readonly simulated: boolean},
  {format, query, terminal}: RenderOptions & {readonly query: string},
): Promise<string> {
  const found = await applyQuery(result, query)
  const items: readonly unknown[] = Array.isArray(found) ? found : [found]
  switch (format) {
    case 'ndjson':
      return toNdjson(items, result.simulated)
    case 'csv': {
      const records = asRecords(items)
      const {renderCsv} = await import('./csv.js')
      return renderCsv(records, columnsOf(records), {simulated: result.simulated})
    }
    case 'markdown': {
      const records = asRecords(items)
      const {renderMarkdown} = await import('./markdown.js')
      return renderMarkdown(records, columnsOf(records), {simulated: result.simulated})
    }
    case 'table': {
      if (items.length === 0 || !items.every(isRecord)) return items.map(plainLine).join('\n')
      const {renderTable} = await import('./table.js')
      return renderTable(items, columnsOf(items), terminal)
    }
    default:
      return toJson(found, 2)
  }
}

/** Scalars become records of one column, so that every list has a table. */
function asRecords(items: readonly unknown[]): readonly object[] {
  return items.map((item) => (isRecord(item) ? item : {value: item}))
}

function plainLine(item: unknown): string {
  const value = scalarOf(item)
  return sanitise(value === null ? 'null' : Array.isArray(value) ? value.join(' ') : String(value))
}
