import {cleanCell} from '../../output/paint-codes.js'
import type {Terminal} from '../../output/terminal.js'
import {wrapText} from '../../output/wrap.js'

/** A sentence from outside on one line, without what a terminal would obey; on a terminal it ends after `longest` columns. */
export function prose(text: string, longest: number, terminal: Terminal): string {
  const line = cleanCell(text, false)
  if (!Number.isFinite(terminal.width)) return line
  // So much is never shown: the rest of a very long text is not worth measuring.
  const near = line.slice(0, longest * 8)
  const [head = '', ...rest] = wrapText(near, longest)
  return rest.length === 0 && near.length === line.length ? line : `${head}${terminal.unicode ? '…' : '...'}`
}
