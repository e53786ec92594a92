import {plural, sanitise} from '../core/text.js'
import {paint} from '../output/style.js'
import type {Terminal} from '../output/terminal.js'
import type {Column, View} from '../output/view.js'
import {wrapText} from '../output/wrap.js'
import type {Readiness, ReadinessAnswer, ReadinessGate} from './readiness.schema.js'

const COLUMNS: readonly Column<ReadinessGate>[] = [
  {key: 'gate', title: 'GATE', value: ({id}) => id},
  {key: 'answer', title: 'ANSWER', value: ({answer}) => answer},
  {key: 'owner', title: 'OWNER', value: ({owner, role}) => owner ?? role},
  {key: 'effort', title: 'EFFORT', value: ({effort}) => effort ?? ''},
  {key: 'actions', title: 'ACTIONS', value: ({actions}) => actions.length, align: 'right'},
  {key: 'unknown', title: 'UNKNOWN', value: ({unknown}) => unknown.length, align: 'right'},
  {key: 'question', title: 'QUESTION', value: ({question}) => question, weight: 1},
  {key: 'evidence', title: 'EVIDENCE', value: ({evidence}) => evidence.join('; '), weight: 2},
]

/** One page: the answer, then a gate at a time with what it rests on and what is to be done. */
export const readinessView: View<Readiness, ReadinessGate> = {
  rows: ({gates}) => gates,
  columns: () => COLUMNS,
  text: renderReadiness,
}

const MARKS = {
  READY: ['good', '✓'],
  READY_WITH_ACTIONS: ['warn', '!'],
  NOT_READY: ['bad', '✗'],
  INSUFFICIENT_DATA: ['warn', '?'],
  NOT_APPLICABLE: ['faint', '-'],
} as const

const PLAIN_MARKS: Readonly<Record<ReadinessAnswer, string>> = {
  READY: '+',
  READY_WITH_ACTIONS: '!',
  NOT_READY: 'x',
  INSUFFICIENT_DATA: '?',
  NOT_APPLICABLE: '-',
}

/** As many lines a gate; the rest is a number. */
const SHOWN = 2
const INDENT = '     '

function renderReadiness(readiness: Readiness, terminal: Terminal): string {
  const {account, regions, answer, gates, project} = readiness
  const where = regions.length > 4 ? plural(regions.length, 'Region') : regions.join(', ')
  const counts = (['NOT_READY', 'INSUFFICIENT_DATA', 'READY_WITH_ACTIONS', 'READY'] as const)
    .map((one) => [gates.filter((gate) => gate.answer === one).length, words(one)] as const)
    .filter(([count]) => count > 0)
    .map(([count, said]) => `${count} ${said}`)
  return [
    ...wrapText(`${words(answer).toUpperCase()}  account ${sanitise(account)}, ${sanitise(where)}`, terminal.width).map(
      (line) => paint('strong', line, terminal),
    ),
    ...wrapText(`${plural(gates.length, 'gate')}: ${counts.join(', ')}`, terminal.width),
    ...(project === null
      ? wrapText('Nothing is declared: write bedrockctl.yaml to have the plan judged.', terminal.width)
      : []),
    '',
    ...gates.flatMap((gate) => renderGate(gate, terminal)),
    ...nextLines(readiness, terminal),
  ].join('\n')
}

/** Where the whole of it is, unless there is nothing to do. */
function nextLines({gates}: Readiness, {width}: Terminal): readonly string[] {
  const isOpen = gates.some(({actions, unknown}) => actions.length > 0 || unknown.length > 0)
  if (!isOpen) return []
  return ['', ...wrapText('Next  every action with its evidence and commands: bedrockctl audit run', width)]
}

function words(answer: ReadinessAnswer): string {
  return answer.toLowerCase().replaceAll('_', ' ')
}

function renderGate(
  {question, answer, evidence, actions, unknown, owner, role, effort}: ReadinessGate,
  terminal: Terminal,
) {
  const [color, mark] = MARKS[answer]
  const who = `${sanitise(owner ?? role)}${effort === null ? '' : `, ${effort}`}`
  const line = (text: string) =>
    text === '' ? [] : wrapText(sanitise(text), terminal.width - INDENT.length).map((one) => `${INDENT}${one}`)
  const arrow = terminal.unicode ? '→' : '->'
  const [first = '', ...others] = wrapText(question, terminal.width - INDENT.length)
  const todo = actions.map(
    ({what, where, check}) => `${arrow} ${what}${where === undefined ? '' : ` (${check}: ${where})`}`,
  )
  return [
    `  ${paint(color, terminal.unicode ? mark : PLAIN_MARKS[answer], terminal)}  ${paint('strong', first, terminal)}`,
    ...others.map((more) => `${INDENT}${paint('strong', more, terminal)}`),
    ...line(`${words(answer)}  ${who}`),
    ...(evidence.length > SHOWN
      ? line(`${evidence.slice(0, SHOWN).join('; ')}; and ${evidence.length - SHOWN} more`)
      : line(evidence.join('; '))),
    ...todo.slice(0, SHOWN).flatMap(line),
    ...(todo.length > SHOWN ? line(`  and ${plural(todo.length - SHOWN, 'more action')}`) : []),
    ...unknown.slice(0, SHOWN).flatMap((one) => line(`? ${one}`)),
    ...(unknown.length > SHOWN ? line(`  and ${unknown.length - SHOWN} more unknown`) : []),
  ]
}
