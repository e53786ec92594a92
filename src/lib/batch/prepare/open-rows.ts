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
  let template: Template | undefined
  const accept = (columns: readonly string[] | undefined): readonly string[] => {
    template = templateOf(file, settings, columns)
    const named = namedColumns(template, settings)
    if (columns) refuseUnknownColumns(named, columns)
    return named
  }
  const source = await open(file, format, accept, signal)
  return {source, template}
}

type Accept = (columns: readonly string[] | undefined) => readonly string[]

function open(file: string, format: RowFormat, accept: Accept, signal: AbortSignal): Promise<RowSource> {
  switch (format) {
    case 'csv':
      return readCsv(inputBytes(file, signal), inputName(file), ',', accept)
    case 'tsv':
      return readCsv(inputBytes(file, signal), inputName(file), '\t', accept)
    case 'parquet':
      // Only what is named is read.
      return readParquet(file, accept, signal)
    default:
      accept(undefined)
      return Promise.resolve(readJsonLines(inputBytes(file, signal)))
  }
}

function templateOf(file: string, {template}: PromptSettings, columns: readonly string[] | undefined): Template {
  if (template !== undefined) return parseTemplate(template, columns)
  if (columns?.includes(PROMPT_COLUMN) === false) throw noTemplate(file, columns)
  return parseTemplate(`{{${PROMPT_COLUMN}}}`, columns)
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
