import {paint} from '../../output/style.js'
import type {Terminal} from '../../output/terminal.js'
import type {Column, View} from '../../output/view.js'
import {wrapText} from '../../output/wrap.js'
import type {BenchMetrics, Definition} from './definitions.schema.js'

const COLUMNS: readonly Column<Definition>[] = [
  {key: 'metric', title: 'Metric', value: ({metric}) => metric},
  {key: 'unit', title: 'Unit', value: ({unit}) => unit},
  {key: 'title', title: 'Title', value: ({title}) => title},
  {key: 'text', title: 'Meaning', value: ({text}) => text},
]

/** A definition a paragraph. */
export const definitionsView: View<BenchMetrics, Definition> = {
  rows: ({definitions}) => definitions,
  columns: () => COLUMNS,
  text: renderDefinitions,
}

const WIDEST = 100
const INDENT = '  '

function renderDefinitions({definitions}: BenchMetrics, terminal: Terminal): string {
  const width = Math.min(terminal.width, WIDEST) - INDENT.length
  return definitions
    .map(({text, title, unit}) =>
      [
        `${paint('strong', title, terminal)}${unit === '' ? '' : paint('faint', ` (${unit})`, terminal)}`,
        ...wrapText(plainSigns(text, terminal), width).map((line) => `${INDENT}${line}`),
      ].join('\n'),
    )
    .join('\n\n')
}

const ASCII: Readonly<Record<string, string>> = {'−': '-', '÷': '/'}

function plainSigns(text: string, {unicode}: Terminal): string {
  return unicode ? text : text.replace(/[−÷]/g, (sign) => ASCII[sign] ?? sign)
}
