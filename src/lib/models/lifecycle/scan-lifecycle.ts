import type {Gate} from '../../core/answer.schema.js'
import {byUrgency, type LifecyclePorts} from './assess-lifecycle.js'
import {createJudge} from './judge-mention.js'
import type {LifecycleResult, Scan, ScanFinding} from './lifecycle.schema.js'
import {scanSources} from './scan-sources.js'

export type ScanThreshold = 'error' | 'warning' | 'never'

export interface ScanLifecycleInput {
  readonly folders: readonly string[]
  readonly regions: readonly string[]
  /** An end of life that comes within so many days is an error, not a warning. */
  readonly withinDays: number | undefined
  readonly failOn: ScanThreshold
  /** Today. */
  readonly at: Date
}

/** What sources say about models: which they name, where, and what is wrong with that. */
export async function scanLifecycle(
  {folders, regions, withinDays, failOn, at}: ScanLifecycleInput,
  {catalog, readOffers, simulated}: Omit<LifecyclePorts, 'references'>,
  {signal, onProgress}: {readonly signal: AbortSignal; readonly onProgress?: (read: number) => void},
): Promise<LifecycleResult> {
  const {offers, unread} = await readOffers(regions)
  const judge = createJudge({catalog, offers, at}, withinDays)
  const scan = await scanSources(folders, judge, {signal, ...(onProgress ? {onProgress} : {})})
  const ids = [...new Set(scan.uses.map(({modelId}) => modelId))]
  return {
    schemaVersion: 1,
    simulated: simulated(),
    unread,
    on: at.toISOString().slice(0, 10),
    regions,
    withinDays: withinDays ?? null,
    models: ids.map((id) => judge.lifecycleOf(id)).sort(byUrgency),
    scan,
    ...(failOn === 'never' ? {} : {gate: gateFor(scan, failOn)}),
  }
}

/** Files that could not be read are told, and fail nothing: what they hold is not known. */
function gateFor({findings}: Scan, failOn: Exclude<ScanThreshold, 'never'>): Gate {
  const counted = findings.filter(({severity}) => severity === 'error' || severity === failOn)
  return {
    requirement: failOn === 'error' ? 'no error in the sources' : 'no error or warning in the sources',
    passed: counted.length === 0,
    failures: counted.map(describeFinding),
  }
}

/** `src/app.py:12:9 anthropic.claude-v2: end of life: calls fail`. */
export function describeFinding({file, line, column, text, message}: ScanFinding): string {
  return `${file}:${line}:${column} ${text}: ${message}`
}
