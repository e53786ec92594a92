import {formatMoney} from '../output/money.js'
import {type Meaning, paint} from '../output/style.js'
import type {Terminal} from '../output/terminal.js'
import {wrapText} from '../output/wrap.js'

const MEANING: Readonly<Record<string, Meaning>> = {
  Active: 'good',
  InService: 'good',
  Loaded: 'good',
  Unloaded: 'faint',
  Failed: 'bad',
}

/** `InService`, in the colour of what it means; a state of a newer service as it is. */
export function stateWord(state: string, terminal: Terminal): string {
  const meaning = MEANING[state]
  return meaning === undefined ? state : paint(meaning, state, terminal)
}

interface Money {
  readonly amount: number
  readonly currency: string
}

/** `$52.32 an hour`, or that no price is known. */
export function hourlyWords(hourly: Money | null): string {
  return hourly === null ? 'no price is known' : `${formatMoney(hourly.amount, hourly.currency)} an hour`
}

const LABEL = 11

/** `label      text`, wrapped below itself. */
export function labelled(label: string, text: string, terminal: Terminal, meaning?: Meaning): readonly string[] {
  const word = meaning === undefined ? label : paint(meaning, label, terminal)
  return wrapText(text, Math.max(20, terminal.width - LABEL)).map((part, index) =>
    index === 0 ? `${word}${' '.repeat(Math.max(1, LABEL - label.length))}${part}` : `${' '.repeat(LABEL)}${part}`,
  )
}
