import {escapeHtml} from '../escape-html.js'
import {cleanCell} from '../paint-codes.js'
import {widthOf, wrapText} from '../wrap.js'

/** What no XML document may hold, escaped or not. */
const NOT_XML = /[\p{Surrogate}\uFFFE\uFFFF]/gu

/** Text from outside as one line of XML, in elements and quoted attributes alike. */
export function escapeXml(text: string): string {
  return escapeHtml(cleanCell(text, false)).replace(NOT_XML, '')
}

/** The mean width of a character of the fonts that charts are set in, as a part of their size; a little generous. */
const CHARACTER = 0.56

/** How wide a text will be at most, about; nothing measures text where a chart is made. */
export function textWidth(text: string, size: number): number {
  return widthOf(text) * size * CHARACTER
}

/** Lines no wider than `width`, about; not escaped yet. */
export function textLines(text: string, size: number, width: number): readonly string[] {
  return wrapText(cleanCell(text, false), Math.max(4, Math.floor(width / (size * CHARACTER))))
}

/** A coordinate: a tenth of a pixel is finer than any screen. */
export function px(value: number): string {
  return String(Math.round(value * 10) / 10)
}
