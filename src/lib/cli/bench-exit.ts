import type {RunSummary} from '../bench/metrics/summary.schema.js'
import {EXIT} from '../core/errors.js'

/** What a run exits with: a gate or an interruption as they are, else 5 when nothing was answered and 6 when it is not whole. */
export function runExitCode({cells, ended}: RunSummary, settled: number | string | undefined | null): number {
  const code = typeof settled === 'number' ? settled : EXIT.ok
  if (code !== EXIT.ok) return code
  if (cells.length > 0 && cells.every(({counts}) => counts.ok === 0)) return EXIT.service
  return ended === 'partial' ? EXIT.partial : EXIT.ok
}
