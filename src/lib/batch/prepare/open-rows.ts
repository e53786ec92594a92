import {usageError} from '../../core/errors.js'
import {inputBytes, inputName, refuseNoFile} from './input-bytes.js'
import type {PromptSettings} from './prepare-input.js'
import {readCsv} from './read-csv.js'
import {readJsonLines, readOpenAiLines} from './read-json-lines.js'
import {readParquet} from './read-parquet.js'
import type {FaultyRow, ParsedLine, Row, RowFormat, RowSource} from './rows.js'
import {refuseUnknownColumns} from './settle-settings.js'
import {parseTemplate, type Template} from './template.js'

/** Of what a prompt is made where no template says it. */
const PROMPT_COLUMN = 'prompt'

export interface OpenedRows {
  readonly source: RowSource<Row | FaultyRow | ParsedLine>
  /** Undefined for lines that hold their prompts. */
  readonly template: Template | undefined
}

/** Opens the input, and holds the columns that are named against those it has. */
export async function openRows(
  file: string,
  format: RowFormat,
  settings: PromptSettings,
  signal: AbortSignal,
): Promise<OpenedRows> {
  await refuseNoFile(file)
  if (format === 'openai-batch') return {source: readOpenAiLines(inputBytes(file, signal)), template: undefined}
  const source = await open(file, format, settings, signal)
  const text =
    settings.template ?? (source.columns?.includes(PROMPT_COLUMN) === false ? undefined : `{{${PROMPT_COLUMN}}}`)
  if (text === undefined) throw noTemplate(file, source.columns ?? [])
  const template = parseTemplate(text, source.columns)
  if (source.columns) refuseUnknownColumns(namedColumns(template, settings), source.columns)
  return {source, template}
}

function open(file: string, format: RowFormat, settings: PromptSettings, signal: AbortSignal): Promise<RowSource> {
  switch (format) {
    case 'csv':
      return readCsv(inputBytes(file, signal), inputName(file), ',')
    case 'tsv':
      return readCsv(inputBytes(file, signal), inputName(file), '\t')
    case 'parquet':
      return readParquet(file, (columns) => neededColumns(columns, settings), signal)
    default:
      return Promise.resolve(readJsonLines(inputBytes(file, signal)))
  }
}

/** Of a Parquet file only what is named is read. */
function neededColumns(columns: readonly string[], settings: PromptSettings): readonly string[] {
  const template = parseTemplate(settings.template ?? `{{${PROMPT_COLUMN}}}`, columns)
  const named = namedColumns(template, settings)
  return columns.filter((column) => named.includes(column))
}

function namedColumns({columns}: Template, {idColumn, imageColumns}: PromptSettings): readonly string[] {
  return [...new Set([...columns, ...imageColumns, ...(idColumn === undefined ? [] : [idColumn])])]
}

function noTemplate(file: string, columns: readonly string[]): Error {
  const [first = 'text'] = columns
  return usageError('TEMPLATE_MISSING', `What a prompt of ${inputName(file)} is made of is not said.`, {
    why: 'There is no column "prompt".',
    hint: `Say it with a template: --template '{{${first}}}'`,
  })
}
