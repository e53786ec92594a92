import {plural, sizeWords} from '../../core/text.js'
import {paint} from '../../output/style.js'
import type {Terminal} from '../../output/terminal.js'
import type {Column, View} from '../../output/view.js'
import {wrapText} from '../../output/wrap.js'
import type {PrepareResult, RowProblemGroup} from './prepare.schema.js'

const COLUMNS: readonly Column<RowProblemGroup>[] = [
  {key: 'severity', title: 'SEVERITY', value: ({severity}) => severity},
  {key: 'code', title: 'CODE', value: ({code}) => code},
  {key: 'path', title: 'PATH', value: ({path}) => path},
  {key: 'count', title: 'COUNT', value: ({count}) => count, align: 'right'},
  {key: 'rows', title: 'ROWS', value: ({rows}) => rows.map(({row}) => String(row))},
  {key: 'text', title: 'TEXT', value: ({text}) => text},
]

const INDENT = '         '

/** What became of the rows, what is wrong with which, and what comes next. */
export const prepareView: View<PrepareResult, RowProblemGroup> = {
  rows: ({problems}) => problems,
  columns: () => COLUMNS,
  text: (result, terminal) =>
    [
      ...headLines(result),
      ...result.problems.flatMap((group) => problemLines(group, terminal)),
      ...endLines(result),
    ].join('\n'),
}

function headLines({
  bytes,
  family,
  images,
  maxOutputTokens,
  modelId,
  records,
  rejected,
  rows,
}: PrepareResult): string[] {
  const made = `${number(records)} of ${number(rows)} ${rows === 1 ? 'row' : 'rows'}`
  const left = rejected === 0 ? '' : `, ${number(rejected)} rejected`
  const model = modelId === null ? '' : ` for ${modelId}`
  return [
    `prepared ${made}${left}, ${sizeWords(bytes)}`,
    `bodies   ${family}${model}`,
    ...(images > 0 ? [`images   ${number(images)}`] : []),
    ...(maxOutputTokens === null ? [] : [`output   at most ${number(maxOutputTokens)} tokens`]),
  ]
}

function problemLines({code, count, path, rows, severity, text}: RowProblemGroup, terminal: Terminal): string[] {
  const tone = severity === 'error' ? 'bad' : 'warn'
  const first = rows.map(({row}) => number(row)).join(' ')
  const place = path === null ? '' : `  ${path}`
  const where = `${plural(count, 'time')}, first in ${rows.length === 1 ? 'row' : 'rows'} ${first}`
  return [
    `${paint(tone, severity.padEnd(7), terminal)}  ${code}${place}`,
    ...wrapText(text, Math.max(40, terminal.width - INDENT.length)).map((line) => `${INDENT}${line}`),
    `${INDENT}${where}`,
  ]
}

function endLines({api, modelId, out, rejected, rejects, rows}: PrepareResult): string[] {
  const file = rejects === null ? [] : [`rejects  ${rejects}`]
  if (out === null) {
    if (rejected > 0 && rejects === null) {
      return ['nothing written: mend the rows, or put them aside with --rejects FILE']
    }
    return [...file, rows === 0 ? 'nothing written: the file has no rows' : 'nothing written']
  }
  const kind = api === 'Converse' ? ' --api converse' : ''
  return [
    `saved    ${out}`,
    ...file,
    `next     bedrockctl batch check ${out}${modelId === null ? '' : ` --model ${modelId}`}${kind}`,
  ]
}

function number(value: number): string {
  return value.toLocaleString('en-US')
}
