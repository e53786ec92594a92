import {paint} from './style.js'
import type {Terminal} from './terminal.js'

/** Said with every answer that a sandbox gave. */
export const SIMULATED = 'answered by the embedded sandbox, not by AWS'

/** The label as one line for people. */
export function simulatedLine(terminal: Terminal): string {
  return `${paint('warn', 'simulated', terminal)}  ${SIMULATED}`
}
