import {styleText} from 'node:util'
import type {Terminal} from './terminal.js'

type Paint = Parameters<typeof styleText>[0]

/** Meaning → colour, in one place. Colour never carries meaning alone: the words do. */
const MEANING = {
  good: 'green',
  bad: 'red',
  warn: 'yellow',
  strong: 'bold',
  faint: 'dim',
  id: 'cyan',
} as const satisfies Record<string, Paint>

export type Meaning = keyof typeof MEANING

/** The text in the colour of its meaning, or plain where the terminal has no colour. */
export function paint(meaning: Meaning, text: string, terminal: Terminal): string {
  return terminal.color && text !== '' ? styleText(MEANING[meaning], text, {validateStream: false}) : text
}
