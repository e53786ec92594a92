import type {Answer} from '../core/answer.schema.js'
import {usageError} from '../core/errors.js'
import {toJson, toNdjson} from './json.js'
import type {RenderOptions} from './render-options.js'
import type {Terminal} from './terminal.js'
import type {View} from './view.js'

const COMMON = ['table', 'json', 'ndjson', 'csv', 'markdown'] as const
type Format = (typeof COMMON)[number]

/** The answer as text, in the format asked for; labelled when a sandbox gave it. Empty when there is nothing to say. */
export async function renderAnswer<Result extends Answer, Row extends object>(
  result: Result,
  view: View<Result, Row>,
  {format, query, terminal}: RenderOptions,
): Promise<string> {
  const extra = view.extra && Object.hasOwn(view.extra, format) ? view.extra[format] : undefined
  if (extra && query === undefined) return extra(result)
  if (extra && !isCommon(format)) throw queryWithExtra(format)
  if (!isCommon(format)) throw unknownFormat(format, Object.keys(view.extra ?? {}))
  if (query !== undefined) {
    const {renderQuery} = await import('./render-query.js')
    return renderQuery(result, {format, query, terminal})
  }
  const {simulated} = result
  switch (format) {
    case 'json':
      return toJson(result, 2)
    case 'ndjson':
      return toNdjson(view.rows(result), simulated)
    case 'csv': {
      const {renderCsv} = await import('./csv.js')
      return renderCsv(view.rows(result), view.columns(result), {simulated})
    }
    case 'markdown': {
      const {renderMarkdown} = await import('./markdown.js')
      return renderMarkdown(view.rows(result), view.columns(result), {simulated})
    }
    case 'table':
      return renderText(result, view, terminal)
  }
}

async function renderText<Result extends Answer, Row extends object>(
  result: Result,
  view: View<Result, Row>,
  terminal: Terminal,
): Promise<string> {
  const text = view.text ? await view.text(result, terminal) : await renderRows(result, view, terminal)
  if (!result.simulated || view.labelsItself) return text
  const [{simulatedLine}, {wrapText}] = await Promise.all([import('./simulated.js'), import('./wrap.js')])
  return [...wrapText(simulatedLine(terminal), terminal.width), text].join('\n')
}

/** The table of a view without a text of its own; its footer is for people, so that a pipe gets the table alone. */
async function renderRows<Result extends Answer, Row extends object>(
  result: Result,
  view: View<Result, Row>,
  terminal: Terminal,
): Promise<string> {
  const rows = view.rows(result)
  if (rows.length === 0) return view.empty ?? 'Nothing found.'
  const {renderTable} = await import('./table.js')
  const table = await renderTable(rows, view.columns(result), terminal)
  if (!view.footer || !terminal.interactive) return table
  const {wrapText} = await import('./wrap.js')
  const lines = view.footer(result, terminal).split('\n')
  return [table, '', ...lines.flatMap((line) => wrapText(line, terminal.width))].join('\n')
}

function isCommon(format: string): format is Format {
  return (COMMON as readonly string[]).includes(format)
}

function unknownFormat(format: string, extra: readonly string[]) {
  return usageError('UNKNOWN_FORMAT', `This answer cannot be printed as ${format}.`, {
    hint: `Formats: ${[...new Set([...COMMON, ...extra])].join(', ')}`,
  })
}

function queryWithExtra(format: string) {
  return usageError('QUERY_NOT_APPLICABLE', `--query does not work with --output ${format}.`, {
    hint: 'Use it with json, ndjson, csv, markdown or table.',
  })
}
