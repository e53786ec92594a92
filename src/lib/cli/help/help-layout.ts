import {paint} from '../../output/style.js'
import type {Terminal} from '../../output/terminal.js'
import {widthOf, wrapText} from '../../output/wrap.js'

const INDENT = '  '
const NARROWEST = 40
const WIDEST = 110
const OFF_TERMINAL = 80

/** Columns that help is set in: the terminal's, within what reads well; 80 when piped. */
export function helpWidth(terminal: Terminal): number {
  return terminal.interactive ? Math.min(Math.max(terminal.width, NARROWEST), WIDEST) : OFF_TERMINAL
}

/** A heading and its lines; `undefined` without lines. */
export function section(title: string, lines: readonly string[], terminal: Terminal): string | undefined {
  if (lines.length === 0) return undefined
  const heading = wrapText(title, helpWidth(terminal)).map((line) => paint('strong', line, terminal))
  return [...heading, ...lines].join('\n')
}

/** Running text, indented. */
export function paragraph(text: string, terminal: Terminal): string[] {
  return text
    .split('\n')
    .flatMap((line) => wrapText(line, helpWidth(terminal) - INDENT.length).map((part) => INDENT + part))
}

/**
 * Names with their explanations beside them. A name that leaves too little room for its explanation gets a line of
 * its own.
 */
export function definitions(entries: readonly (readonly [string, string])[], terminal: Terminal): string[] {
  const width = helpWidth(terminal)
  const limit = Math.floor(width * 0.45)
  const fitting = entries.map(([name]) => widthOf(name)).filter((size) => size <= limit)
  const left = Math.max(0, ...fitting)
  const blank = ' '.repeat(INDENT.length + left + 2)
  return entries.flatMap(([name, text]) => {
    const explained = wrapText(text, width - blank.length)
    const head = INDENT + paint('id', name, terminal)
    if (widthOf(name) > left) return [head, ...explained.map((line) => blank + line)]
    const [first = '', ...rest] = explained
    return [
      `${head}${' '.repeat(left - widthOf(name) + 2)}${first}`.trimEnd(),
      ...rest.map((line) => (blank + line).trimEnd()),
    ]
  })
}

/** Short items side by side, two spaces apart; none is broken. */
export function flow(items: readonly string[], terminal: Terminal, indent = INDENT): string[] {
  const width = helpWidth(terminal)
  const lines: string[] = []
  for (const item of items) {
    const line = lines.at(-1)
    if (line !== undefined && widthOf(line) + 2 + widthOf(item) <= width) lines[lines.length - 1] = `${line}  ${item}`
    else lines.push(indent + item)
  }
  return lines
}

/** The sections that have something to say, one blank line apart. */
export function page(parts: readonly (string | undefined)[]): string {
  return `${parts.filter((part) => part !== undefined).join('\n\n')}\n`
}
