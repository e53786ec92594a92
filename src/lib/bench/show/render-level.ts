import {cleanCell} from '../../output/paint-codes.js'
import {paint} from '../../output/style.js'
import type {Terminal} from '../../output/terminal.js'
import {shorten, widthOf} from '../../output/wrap.js'
import type {CellSummary, RunSummary} from '../metrics/summary.schema.js'
import {type CellFact, cellFacts} from './cell-words.js'

const GAP = 3
const INDENT = 2
const WIDEST_NAME = 30

/** Cells of one level, in the order of their targets, repeats of a target in theirs. */
export interface Level {
  readonly label: string
  readonly cells: readonly CellSummary[]
}

/** The levels of a run in the order in which they began. */
export function levelsOf({cells}: Pick<RunSummary, 'cells'>): readonly Level[] {
  const labels = [...new Set(cells.map(({label}) => label))]
  return labels.map((label) => ({
    label,
    cells: cells
      .filter((cell) => cell.label === label)
      .toSorted((left, right) => left.target - right.target || left.block - right.block),
  }))
}

/** One column a target, as many beside each other as fit; the rest below, under the same labels. */
export function levelTable(level: Level, summary: Pick<RunSummary, 'targets'>, terminal: Terminal): string {
  const targets = [...new Set(level.cells.map(({target}) => target))]
  const columns = targets.map((target) => {
    const cells = level.cells.filter((cell) => cell.target === target)
    const name = cleanCell(summary.targets[target]?.name ?? `target ${target}`, false)
    return {
      name: shorten(name, WIDEST_NAME, terminal.unicode ? '…' : '..'),
      facts: cellFacts(cells, terminal.unicode),
    }
  })
  const labels = labelsOf(columns.map(({facts}) => facts))
  const gutter = INDENT + Math.max(...labels.map(({label}) => widthOf(label))) + GAP
  const groups = grouped(
    columns.map((column) => fitted(column, terminal.width - gutter)),
    terminal.width - gutter,
  )
  return groups
    .map((group) => {
      const title = shorten(cleanCell(level.label, false), gutter - 1, terminal.unicode ? '…' : '..')
      const texts = group.map(({facts}) => columnTexts(facts, labels))
      const widths = group.map(({name}, at) => Math.max(widthOf(name), ...(texts[at] ?? []).map(widthOf)))
      const line = (head: string, cells: readonly string[]) =>
        `${head}${' '.repeat(Math.max(1, gutter - widthOf(head)))}${cells.map((cell, at) => pad(cell, widths[at] ?? 0)).join(' '.repeat(GAP))}`.trimEnd()
      const head = paint(
        'strong',
        line(
          title,
          group.map(({name}) => name),
        ),
        terminal,
      )
      const body = labels.flatMap(({label, opens}, row) => [
        ...(opens && row > 0 ? [''] : []),
        line(
          `${' '.repeat(INDENT)}${label}`,
          texts.map((cells) => cells[row] ?? ''),
        ),
      ])
      return [head, ...body].join('\n')
    })
    .join('\n\n')
}

interface Label {
  readonly label: string
  readonly opens: boolean
}

/** Every label that some cell has a number for, each at its place. */
function labelsOf(columns: readonly (readonly CellFact[])[]): readonly Label[] {
  const labels: Label[] = []
  for (const facts of columns) {
    let at = 0
    for (const {label, opens, value} of facts) {
      const known = labels.findIndex((one) => one.label === label)
      if (known >= 0) at = known + 1
      else if (value !== undefined) labels.splice(at++, 0, {label, opens: opens === true})
    }
  }
  return labels
}

/** Numbers end at the same column, and what goes with them begins at the same one. */
function columnTexts(facts: readonly CellFact[], labels: readonly Label[]): readonly string[] {
  const known = new Map(facts.map((fact) => [fact.label, fact]))
  const widest = Math.max(...facts.map(({value}) => widthOf(value ?? '-')))
  return labels.map(({label}) => {
    const fact = known.get(label)
    const value = fact?.value ?? '-'
    return `${' '.repeat(widest - widthOf(value))}${value}${fact?.more ? ` ${fact.more}` : ''}`
  })
}

interface Column {
  readonly name: string
  readonly facts: readonly CellFact[]
}

/** Where not even one column has room, what goes with a number is left out. */
function fitted(column: Column, room: number): Column {
  const values = valueWidth(column)
  return {
    ...column,
    facts: column.facts.map((fact) => (values + 1 + widthOf(fact.more) > room ? {...fact, more: ''} : fact)),
  }
}

function valueWidth({facts}: Column): number {
  return Math.max(...facts.map(({value}) => widthOf(value ?? '-')))
}

function grouped(columns: readonly Column[], room: number): readonly (readonly Column[])[] {
  const groups: Column[][] = []
  let used = 0
  for (const column of columns) {
    const values = valueWidth(column)
    const own = Math.max(widthOf(column.name), ...column.facts.map(({more}) => values + 1 + widthOf(more))) + GAP
    if (groups.length === 0 || used + own - GAP > room) {
      groups.push([])
      used = 0
    }
    groups.at(-1)?.push(column)
    used += own
  }
  return groups
}

function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)))
}
