import type {RunSummary} from '../bench/metrics/summary.schema.js'

/** The summaries of runs that were kept, by what `bench show` takes. */
export async function openMeasured(references: readonly string[]): Promise<readonly RunSummary[]> {
  const [{openRuns}, {summaryOfRun}] = await Promise.all([
    import('./open-runs.js'),
    import('../bench/runs/summary-of-run.js'),
  ])
  const {store} = await openRuns()
  return Promise.all(references.map(async (reference) => summaryOfRun(await store.open(reference))))
}
