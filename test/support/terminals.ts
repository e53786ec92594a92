import type {Terminal} from '../../src/lib/output/terminal.js'

/** A pipe: nothing is wrapped, dropped or coloured. */
export const PIPE: Terminal = {width: Number.POSITIVE_INFINITY, color: false, interactive: false, unicode: true}

/** A terminal of this width. */
export function terminalOf(width: number, options: Partial<Terminal> = {}): Terminal {
  return {width, color: false, interactive: true, unicode: true, ...options}
}
