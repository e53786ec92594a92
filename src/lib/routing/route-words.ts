import {paint} from '../output/style.js'
import type {Terminal} from '../output/terminal.js'
import {wrapText} from '../output/wrap.js'

export const KIND_WORDS: Readonly<Record<string, string>> = {
  'in-region': 'In-Region',
  geo: 'Geographic',
  global: 'Global',
  mantle: 'Mantle',
}

export const footnoteMark = (terminal: Terminal) => (terminal.unicode ? '°' : '*')

/** Any Region of a partition, in words. */
export function anyRegion(partition: string): string {
  return partition === 'aws' ? 'any commercial Region' : `any Region of ${partition}`
}

const LABEL_WIDTH = 13
const INDENT = '  '

/** Paragraphs beside a label, wrapped to the terminal; lines after the first of a paragraph hang by two. */
export function beside(label: string, paragraphs: readonly string[], terminal: Terminal): readonly string[] {
  const width = Math.max(20, terminal.width - LABEL_WIDTH - INDENT.length * 2)
  return paragraphs
    .flatMap((text) => wrapParagraph(text, width))
    .map((line, index) => {
      const lead = index === 0 ? paint('faint', label.padEnd(LABEL_WIDTH), terminal) : ' '.repeat(LABEL_WIDTH)
      return `${INDENT}${lead}${line}`
    })
}

/** Leading spaces stay: they set resources off from the words about them. */
function wrapParagraph(text: string, width: number): readonly string[] {
  const lead = /^ */.exec(text)?.[0] ?? ''
  return wrapText(text.slice(lead.length), width - lead.length).map(
    (line, index) => `${lead}${index === 0 ? '' : INDENT}${line}`,
  )
}
