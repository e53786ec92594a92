import stringWidth from 'string-width'
import {sanitise} from '../core/text.js'

const segmenter = new Intl.Segmenter()
/** Characters that each take one column and are no part of another: the common case, told without segmenting. */
const PLAIN =
  /^[\x20-\x7E\u00A1-\u00A8\u00AA-\u00AC\u00AF-\u02FF\u2010-\u2027\u2030-\u203B\u203D-\u2048\u204A-\u205E\u20A0-\u20C0\u2190-\u2193\u2500-\u259F\u2800-\u28FF]*$/

/** Columns that a text takes. */
export function widthOf(text: string): number {
  return PLAIN.test(text) ? text.length : stringWidth(text)
}

/** True where terminals agree how wide the text is: no emoji, no wide or joined characters. */
export function isPlain(text: string): boolean {
  return PLAIN.test(text)
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

/** At most `width` columns, cut in the middle: of long ids the beginning and the end tell most. */
export function cutMiddle(text: string, width: number, mark = '…'): string {
  const line = clean(text)
  if (widthOf(line) <= width) return line
  const room = width - widthOf(mark)
  if (room < 2) return cut(line, width, mark)
  const end = endOf(line, Math.floor(room / 2))
  return cut(line, width - widthOf(mark) - widthOf(end), '') + mark + end
}

/** At most `width` columns, cut at the beginning, which the mark then stands for. */
export function cutStart(text: string, width: number, mark = '…'): string {
  const line = clean(text)
  return widthOf(line) <= width ? line : mark + endOf(line, width - widthOf(mark))
}

/** As much of the end as there are columns for. */
function endOf(line: string, width: number): string {
  const segments = PLAIN.test(line) ? [...line] : [...segmenter.segment(line)].map(({segment}) => segment)
  let end = ''
  let columns = 0
  for (const segment of segments.toReversed()) {
    columns += widthOf(segment)
    if (columns > width) break
    end = segment + end
  }
  return end
}

/** `global.anthropic.claude-sonnet-4-5-20250929-v1:0`: geography, vendor, model, and what tells one release from another. */
const MODEL_ID = /^((?:[a-z]{2,6}\.)?)([a-z0-9]+\.)([a-z][a-z0-9.-]*?)((?:-\d{8})?(?:-v?\d+:\d+(?::\S+)?)?)$/

/**
 * At most `width` columns of an id. Of a model's id the release goes first, then the vendor, as the name tells most; others
 * are cut in the middle.
 */
export function cutId(text: string, width: number, mark = '…'): string {
  const line = clean(text)
  const [, geography = '', vendor = '', name = '', release = ''] = MODEL_ID.exec(line) ?? []
  if (name === '' || widthOf(line) <= width) return cutMiddle(line, width, mark)
  const end = release === '' ? '' : mark
  const shorter = [`${geography}${vendor}${name}${end}`, `${geography}${mark}${name}${end}`]
  return shorter.find((one) => widthOf(one) <= width) ?? cut(`${mark}${name}${end}`, width, mark)
}

/** Exactly `width` columns: cut, or filled with spaces. */
export function toWidth(text: string, width: number, options: {align?: 'left' | 'right'; mark?: string} = {}): string {
  const line = cut(text, Math.max(0, width), options.mark)
  const space = ' '.repeat(Math.max(0, width - widthOf(line)))
  return options.align === 'right' ? space + line : line + space
}
