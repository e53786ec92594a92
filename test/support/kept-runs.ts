import {mkdtemp, rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {summarise} from '../../src/lib/bench/metrics/summarise.js'
import type {RunHead, RunSummary} from '../../src/lib/bench/metrics/summary.schema.js'
import {createRunStore} from '../../src/lib/bench/runs/folder-store.js'
import type {RunStore} from '../../src/lib/bench/runs/run-store.js'
import {type MadeCell, makeEnd, makeHead, makeSamples} from './bench-samples.js'

/** A state folder of a test's own; call `remove` when it is done with. */
export interface KeptRuns {
  readonly folder: string
  readonly store: RunStore
  readonly env: {readonly BEDROCKCTL_STATE_DIR: string}
  remove(): Promise<void>
}

export async function keepRuns(): Promise<KeptRuns> {
  const folder = await mkdtemp(join(tmpdir(), 'kept-runs-'))
  return {
    folder,
    store: createRunStore(folder),
    env: {BEDROCKCTL_STATE_DIR: folder},
    remove: () => rm(folder, {recursive: true}),
  }
}

/** Keeps a run of generated samples, a cell each, as `bench run` would; without an end as one that was killed. */
export async function keepRun(
  store: RunStore,
  over: Partial<RunHead>,
  cells: readonly MadeCell[],
  {finish = true, shard = 0}: {readonly finish?: boolean; readonly shard?: number} = {},
): Promise<string> {
  const head = makeHead(over)
  const writer = await store.create(head)
  for (const made of cells) {
    const {columns, gaps} = makeSamples(made)
    await writer.samples(columns)
    await writer.cellEnded(makeEnd(made.cell ?? 0, {shard}), gaps)
  }
  if (finish) await writer.finish(await summaryNow(store, head))
  else await writer.abandon()
  return writer.place
}

async function summaryNow(store: RunStore, head: RunHead): Promise<RunSummary> {
  const run = await store.open(head.id)
  const facts = {head, samples: run.samples(), gaps: await run.gaps(), ends: await run.ends()}
  return summarise({...facts, ended: 'complete', endedWhy: null, endedAt: '2026-11-21T19:05:00.000Z'})
}
