import type {Size} from '../size.js'
import {isPlain, widthOf} from '../text-width.js'

const ESC = '\u001B['
/** Terminals that know synchronised output show what lies between these at once; others ignore them. */
const BEGIN = `${ESC}?2026h`
const END = `${ESC}?2026l`

/**
 * Puts whole frames on the alternate screen, writing only the lines that changed. Ink's own way of writing erases
 * upwards from the cursor, leaves garbage when the terminal shrinks, and clears a full screen, scrollback and all.
 */
export class FramePainter {
  readonly #write: (text: string) => void
  readonly #size: () => Size
  #frame: string | undefined
  /** The lines on the screen; `undefined` when it is not known what is there. */
  #lines: readonly string[] | undefined

  constructor(write: (text: string) => void, size: () => Size) {
    this.#write = write
    this.#size = size
  }

  /** True when something else may have written to the screen since the last frame. */
  get isStale(): boolean {
    return this.#lines === undefined
  }

  /** The next frame is written as a whole. */
  forget(): void {
    this.#lines = undefined
  }

  paint(frame: string): void {
    this.#frame = frame
    const {columns, rows} = this.#size()
    const lines = frame.split('\n').slice(0, rows)
    const before = this.#lines ?? []
    let text = this.#lines ? '' : `${ESC}2J`
    for (let row = 0; row < Math.max(lines.length, before.length); row += 1) {
      const line = lines[row] ?? ''
      if (line !== (before[row] ?? '')) text += `${ESC}${row + 1};1H${erasing(line, columns)}`
    }
    this.#lines = lines
    if (text !== '') this.#write(`${BEGIN}${text}${END}`)
  }

  /** Writes the last frame again. */
  repaint(): void {
    this.forget()
    if (this.#frame !== undefined) this.paint(this.#frame)
  }
}

/** The line, and nothing left of the one that stood there. */
function erasing(line: string, columns: number): string {
  const text = line.replace(STYLE, '')
  // Not every terminal has it as wide as it is taken for here: what is erased before cannot shine through after it.
  if (!isPlain(text)) return `${ESC}2K${line}${ESC}0m`
  // After a line of full width the cursor still stands on its last column: erasing would take that away.
  return `${line}${ESC}0m${widthOf(text) < columns ? `${ESC}K` : ''}`
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences are what this looks for.
const STYLE = /\u001B\[[\d;]*[mG]/g
