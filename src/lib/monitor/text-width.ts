import stringWidth from 'string-width'
import {sanitise} from '../core/text.js'

const segmenter = new Intl.Segmenter()
const PLAIN = /^[\x20-\x7E]*$/

/** Columns that a text takes. */
export function widthOf(text: string): number {
  return PLAIN.test(text) ? text.length : stringWidth(text)
}

/** The text on one line, without control characters. */
export function clean(text: string): string {
  return PLAIN.test(text) ? text : sanitise(text.replace(/\s*[\r\n\t\u2028\u2029]+\s*/g, ' '))
}

/** One line without control characters, at most `width` columns; what is cut ends with the mark. */
export function cut(text: string, width: number, mark = '…'): string {
  const line = clean(text)
  if (widthOf(line) <= width) return line
  const room = width - widthOf(mark)
  if (room < 0) return ''
  if (PLAIN.test(line)) return line.slice(0, room) + mark
  let kept = ''
  let columns = 0
  for (const {segment} of segmenter.segment(line)) {
    columns += widthOf(segment)
    if (columns > room) break
    kept += segment
  }
  return kept + mark
}

/** Exactly `width` columns: cut, or filled with spaces. */
export function toWidth(text: string, width: number, options: {align?: 'left' | 'right'; mark?: string} = {}): string {
  const line = cut(text, Math.max(0, width), options.mark)
  const space = ' '.repeat(Math.max(0, width - widthOf(line)))
  return options.align === 'right' ? space + line : line + space
}
