import {randomInt} from 'node:crypto'
import {createRequire} from 'node:module'
import {Worker} from 'node:worker_threads'
import {keepHeapSmall, letHeapGrow} from '../../core/small-heap.js'
import {CellWatch} from './cell-watch.js'
import type {CellEnd, CellFollower, CellJob, LoadEngine} from './load.js'
import {LoadThread} from './load-thread.js'

/** What a thread throws away it throws away at once: collected often, it takes little memory and short pauses. */
const YOUNG = {maxYoungGenerationSizeMb: 8}

export interface EngineOptions {
  /** Threads; a cell is split over them as over shards. */
  readonly workers: number
  /** The bundle of a load thread, where it is not the program's. */
  readonly script?: string | URL
}

/** Starts the threads of the load path. They end when it is closed. */
export function openLoadEngine({workers, script}: EngineOptions): LoadEngine {
  const entry = script ?? createRequire(import.meta.url).resolve('#bench-worker')
  // Loaders of this process are none of a thread's business: its bundle needs nothing.
  const start = (): Worker => new Worker(entry, {resourceLimits: YOUNG, execArgv: []}).once('online', keepHeapSmall)
  const threads = Array.from({length: workers}, () => new LoadThread(start()))
  const expected = new Map<string, number>()
  return {
    async run(job: CellJob, follower: CellFollower): Promise<CellEnd> {
      const known = expected.get(job.lane.name)
      const watch = new CellWatch(
        {...job, expectedE2eMs: job.expectedE2eMs ?? known},
        {threads, follower, salt: randomInt(2 ** 31)},
      )
      const end = await watch.run()
      if (watch.meanE2eMs > 0) expected.set(job.lane.name, watch.meanE2eMs)
      return end
    },
    async close(): Promise<void> {
      await Promise.all(threads.map((thread) => thread.end()))
      letHeapGrow()
    },
  }
}
