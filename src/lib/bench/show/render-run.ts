import {cleanCell} from '../../output/paint-codes.js'
import {paint} from '../../output/style.js'
import {renderTable} from '../../output/table.js'
import type {Terminal} from '../../output/terminal.js'
import type {View} from '../../output/view.js'
import {wrapText} from '../../output/wrap.js'
import type {RunSummary} from '../metrics/summary.schema.js'
import {type CellRow, cellColumns, cellRows} from './render-cells.js'
import {levelsOf, levelTable} from './render-level.js'
import {assertLines, factLines, failureLines, foundLines, originLines, verdictLines} from './render-run-lines.js'
import {objectiveWords, scopeWords} from './run-words.js'

/** More levels than these are told in one table, a line each. */
const MOST_LEVELS = 3
/** Columns with a higher weight are for files. */
const LIGHT = 8

/** A run: whether it can be used, what was measured, what went wrong, what it cost; a record a cell for machines. */
export const runView: View<RunSummary, CellRow> = {
  rows: cellRows,
  columns: ({cells}) => cellColumns(cells),
  text: runText,
}

/** A run as a person reads it; within the width of the terminal. */
export async function runText(summary: RunSummary, terminal: Terminal): Promise<string> {
  const wrap = (text: string) => wrapText(cleanCell(text, false), terminal.width)
  const objectives = objectiveWords(summary)
  const blocks: readonly (readonly string[])[] = [
    [
      ...wrap(scopeWords(summary)).map((line) => paint('strong', line, terminal)),
      ...verdictLines(summary, terminal),
      ...foundLines(summary, terminal),
      ...assertLines(summary, terminal),
    ],
    ...(await levelBlocks(summary, terminal)),
    headed('Failures', failureLines(summary, terminal), terminal),
    [...(objectives ? wrap(`Objectives: ${objectives}.`) : []), ...wrap(basisWords(summary))],
    factLines(summary, terminal),
    originLines(summary, terminal),
    terminal.interactive ? nextLines(summary, terminal) : [],
  ]
  const text = blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')
  return terminal.unicode ? text : text.replace(/[×≤–]/g, (sign) => ASCII[sign] ?? sign)
}

/** Signs of ours where only ASCII is safe; names from outside stay as they are. */
const ASCII: Readonly<Record<string, string>> = {'×': 'x', '≤': '<=', '–': '-'}

async function levelBlocks(summary: RunSummary, terminal: Terminal): Promise<readonly (readonly string[])[]> {
  const levels = levelsOf(summary)
  if (levels.length === 0) return [['Nothing was measured.']]
  if (levels.length <= MOST_LEVELS) return levels.map((level) => [levelTable(level, summary, terminal)])
  const columns = cellColumns(summary.cells).filter(({weight}) => (weight ?? 0) <= LIGHT)
  return [[await renderTable(cellRows(summary), columns, terminal)]]
}

/** What the latencies are of, since two tools that say TTFT rarely mean the same. */
function basisWords(summary: RunSummary): string {
  const {cells, imported} = summary
  if (imported) return `Latencies as ${imported.tool} defines them.`
  const open = cells.some(({fromSchedule}) => fromSchedule !== null)
  const many = levelsOf(summary).length > MOST_LEVELS
  const due = many ? '* from the moment a request was due' : 'TTFT and E2E from the moment a request was due'
  return [
    open ? `${due}, waiting in the client included` : 'Latencies from the moment of sending',
    '; [95 % interval]',
    cells.some(({block}) => block > 0) && !many ? '; a / b: repeats, with the other targets between them' : '',
    '. Definitions: bedrockctl bench metrics',
  ].join('')
}

function headed(title: string, lines: readonly string[], terminal: Terminal): readonly string[] {
  return lines.length === 0 ? [] : [paint('strong', title, terminal), ...lines]
}

function nextLines({id}: RunSummary, terminal: Terminal): readonly string[] {
  const text = `Charts: bedrockctl bench report ${id} -o html --out report.html`
  return wrapText(text, terminal.width).map((line) => paint('faint', line, terminal))
}
