import {styleText} from 'node:util'
import type {Terminal} from '../terminal.js'

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const COLORS = ['cyan', 'yellow', 'green', 'magenta', 'blue', 'red'] as const

/** A chart does not draw more lines than there are marks. */
export const MOST_SERIES = LETTERS.length

/** The letter of a line, on it and in the legend: colours repeat, and some readers see none. Digits are for crossings. */
export function markOf(index: number): string {
  return LETTERS[index] ?? ''
}

/** What belongs to a line in its colour, its letters in bold. */
export function paintSeries(index: number, text: string, {color}: Terminal): string {
  if (!color) return text
  const hue = COLORS[index % COLORS.length] ?? 'cyan'
  return styleText(LETTERS.includes(text) ? ['bold', hue] : hue, text, {validateStream: false})
}
