import {formatPrice} from '../output/money.js'
import {type Meaning, paint} from '../output/style.js'
import type {Terminal} from '../output/terminal.js'
import {wrapText} from '../output/wrap.js'
import type {UnitCost} from './imports.schema.js'

const MEANING: Readonly<Record<string, Meaning>> = {Completed: 'good', Deleted: 'faint', Failed: 'bad'}

/** `Completed`, in the colour of what it means; a state of a newer service as it is. */
export function stateWord(state: string, terminal: Terminal): string {
  const meaning = MEANING[state]
  return meaning === undefined ? state : paint(meaning, state, terminal)
}

/** A moment as a person reads it, and in full for a machine. */
export function whenWord(iso: string, terminal: Terminal): string {
  return terminal.interactive ? `${iso.slice(0, 16).replace('T', ' ')} UTC` : iso
}

export function converseWord(converse: boolean | null): string {
  return converse === null ? '?' : converse ? 'yes' : 'no'
}

/** What a copy costs while it is called and the model while it is kept, in lines; every amount with its unit. */
export function costLines(cost: UnitCost): readonly string[] {
  const {currency, perHour, perWindow, source, storagePerMonth, unitsPerCopy, version} = cost
  const money = (amount: number | null) => (amount === null ? 'an unknown price' : formatPrice(amount, currency))
  const what = unitsPerCopy === null ? 'for each Custom Model Unit' : `for a copy of ${unitsPerCopy} Custom Model Units`
  const dated = cost.asOf === '' || source.includes(cost.asOf.slice(0, 10)) ? '' : ` of ${cost.asOf.slice(0, 10)}`
  return [
    `${money(perWindow)} ${what} (${version}) and each 5 minutes with a call, ${money(perHour)} an hour of them; nothing while idle`,
    `${money(storagePerMonth)} a month for as long as the model is kept${unitsPerCopy === null ? ', for each unit' : ''}`,
    `prices: ${source}${dated}`,
  ]
}

const LABEL = 11

/** `label      text`, wrapped below itself. */
export function labelled(label: string, text: string, terminal: Terminal, meaning?: Meaning): readonly string[] {
  const word = meaning === undefined ? label : paint(meaning, label, terminal)
  return wrapText(text, Math.max(20, terminal.width - LABEL)).map((part, index) =>
    index === 0 ? `${word}${' '.repeat(Math.max(1, LABEL - label.length))}${part}` : `${' '.repeat(LABEL)}${part}`,
  )
}

/** Not wrapped: a command is there to be copied. */
export function nextLines(next: readonly string[], terminal: Terminal): readonly string[] {
  return next.map((command, index) => `${(index === 0 ? 'next' : '').padEnd(LABEL)}${paint('id', command, terminal)}`)
}
