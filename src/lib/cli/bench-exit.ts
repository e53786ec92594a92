import type {RunSummary} from '../bench/metrics/summary.schema.js'
import {EXIT} from '../core/errors.js'

/**
 * What a run exits with: a gate or an interruption as they are, else 5 when nothing was answered, and 6 when it is not
 * whole, or nothing was answered by one of its targets.
 */
export function runExitCode({cells, ended}: RunSummary, settled: number | string | undefined | null): number {
  const code = typeof settled === 'number' ? settled : EXIT.ok
  if (code !== EXIT.ok) return code
  const targets = new Map<number, boolean>()
  for (const {counts, target} of cells) targets.set(target, targets.get(target) === true || counts.ok > 0)
  const answered = [...targets.values()]
  if (answered.length > 0 && !answered.includes(true)) return EXIT.service
  return ended === 'partial' || answered.includes(false) ? EXIT.partial : EXIT.ok
}
