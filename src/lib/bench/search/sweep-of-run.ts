import type {RunSummary} from '../metrics/summary.schema.js'
import {toldReasons} from '../show/run-words.js'
import type {BenchSweep} from './bench-sweep.schema.js'
import {type LatencyName, sweepPoints} from './pareto.js'

/** What a run of several levels comes to: a point for each target and level, and which of them nothing beats. */
export function sweepOfRun(summary: RunSummary, latency: LatencyName): BenchSweep {
  const {ended, id, simulated, unread, verdict} = summary
  return {
    schemaVersion: 1,
    simulated,
    unread,
    run: id,
    ended,
    verdict: verdict.kind,
    latency,
    points: sweepPoints(summary, latency),
    reasons: toldReasons(summary).map(({text}) => text),
  }
}
