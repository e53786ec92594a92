import {writeFile} from 'node:fs/promises'
import type {RunSummary} from '../bench/metrics/summary.schema.js'
import type {RunStore} from '../bench/runs/run-store.js'
import {usageError} from '../core/errors.js'
import type {BenchOrder} from './bench-words.js'

/** What decides the exit code of a run, as flags. */
export interface GateFlags {
  readonly baseline?: string | undefined
  readonly 'max-regression'?: string | undefined
  readonly junit?: string | undefined
}

interface KeptGateFlags extends GateFlags {
  readonly assert?: readonly string[] | undefined
}

/** Refuses before the run what could not be judged after it. */
export async function readGates({asserts, targets}: BenchOrder, flags: GateFlags): Promise<void> {
  // A server that names its own model is called after it once it has answered.
  const isNamed = targets.every(({target}) => target.kind !== 'openai' || target.model !== undefined)
  await readKeptGates({...flags, assert: asserts}, isNamed ? targets.map(({name}) => name) : undefined)
}

/** The same of a run that is yet to be read or joined; its targets are not known. */
export async function readKeptGates(flags: KeptGateFlags, names?: readonly string[]): Promise<void> {
  const [{parseAssertions}, {readMaxRegression}] = await Promise.all([
    import('../bench/compare/assertions.js'),
    import('../bench/compare/baseline.js'),
  ])
  const asserts = flags.assert ?? []
  const asked = asserts.flatMap((text) => /^([^<>=]+):/.exec(text.trim())?.[1] ?? [])
  parseAssertions(asserts, names ?? asked)
  readMaxRegression(flags['max-regression'])
  if (flags.baseline !== undefined) await readBaseline(flags.baseline, undefined)
}

/** The summary with what was asked of the run. */
export async function judgeRun(
  summary: RunSummary,
  {asserts}: Pick<BenchOrder, 'asserts'>,
  flags: GateFlags,
  store: RunStore,
): Promise<RunSummary> {
  const [{gateRun}, {readMaxRegression}] = await Promise.all([
    import('../bench/compare/gate-run.js'),
    import('../bench/compare/baseline.js'),
  ])
  const baseline = flags.baseline === undefined ? undefined : await readBaseline(flags.baseline, store, summary.id)
  return gateRun(summary, {asserts, baseline, maxRegression: readMaxRegression(flags['max-regression'])})
}

/**
 * A run that is kept, held to what is asked of it now; what was asked of it when it was made decides no exit code again.
 * JUnit is written where it is asked for.
 */
export async function judgeKept(kept: RunSummary, flags: KeptGateFlags, store: RunStore): Promise<RunSummary> {
  const {assert: asserts = []} = flags
  const {gate: _, ...summary} = kept
  const judged = await judgeRun(summary, {asserts}, flags, store)
  if (flags.junit !== undefined) await writeJunit(flags.junit, judged)
  return judged
}

/** `latest` is the run before this one. */
async function readBaseline(reference: string, opened: RunStore | undefined, own?: string): Promise<RunSummary> {
  const [{openRuns}, {summaryOfRun}] = await Promise.all([
    import('./open-runs.js'),
    import('../bench/runs/summary-of-run.js'),
  ])
  const store = opened ?? (await openRuns()).store
  const before =
    reference === 'latest' && own !== undefined ? (await store.list()).find(({id}) => id !== own)?.id : reference
  return summaryOfRun(await store.open(before ?? reference))
}

export async function writeJunit(file: string, summary: RunSummary): Promise<void> {
  const {renderRunJunit} = await import('../bench/compare/render-junit.js')
  await writeFile(file, renderRunJunit(summary)).catch((cause: unknown) => {
    throw usageError('JUNIT_UNWRITABLE', `${file} cannot be written; the run is kept as ${summary.id}.`, {
      why: cause instanceof Error ? cause.message : undefined,
      hint: 'Name another file with --junit.',
      cause,
    })
  })
}
