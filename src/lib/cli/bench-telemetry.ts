import type {CellEndNote, RunSummary, TelemetrySummary} from '../bench/metrics/summary.schema.js'
import type {RunFollower} from '../bench/run/follower.js'
import type {RunWriter} from '../bench/runs/run-store.js'
import type {TelemetryRow} from '../bench/telemetry/ports.js'
import type {PreparedLane} from './bench-prepare.js'
import type {BenchOrder} from './bench-words.js'

const EVERY_MS = 500

/** What is sampled beside a run, from when it is opened until it is stopped. */
export interface BenchTelemetry {
  stop(): Promise<void>
  /** Over the steady windows of the cells whose targets are servers of one's own. */
  summary(run: RunSummary, ends: readonly CellEndNote[]): readonly TelemetrySummary[]
}

const NOTHING: BenchTelemetry = {stop: async () => undefined, summary: () => []}

/** Samples the GPUs that were named, and the metrics of the servers under load; nothing where there is neither. */
export async function openBenchTelemetry(
  {gpuHosts}: BenchOrder,
  lanes: readonly PreparedLane[],
  writer: RunWriter,
  follower: RunFollower,
): Promise<BenchTelemetry> {
  const servers = await Promise.all(
    lanes.flatMap(({lane, secret, target}) =>
      target.kind === 'openai'
        ? [
            secret().then((known) => ({
              baseUrl: target.baseUrl,
              caPem: lane.caPem,
              insecure: lane.insecure,
              ...keyOf(known),
            })),
          ]
        : [],
    ),
  )
  if (gpuHosts.length === 0 && servers.length === 0) return NOTHING
  const [{followTelemetry, openTelemetry}, {summariseTelemetry}] = await Promise.all([
    import('../bench/telemetry/open-telemetry.js'),
    import('../bench/telemetry/summarise-telemetry.js'),
  ])
  const over = new AbortController()
  const samplers = await openTelemetry({gpuHosts, servers}, over.signal)
  const rows: TelemetryRow[] = []
  const writing: Promise<void>[] = []
  const following = followTelemetry(samplers, EVERY_MS, over.signal, (row) => {
    rows.push(row)
    follower.telemetry(row)
    const {atMs, ...told} = row
    writing.push(writer.telemetry([{...told, values: {...row.values}, atEpochMs: performance.timeOrigin + atMs}]))
  })
  return {
    async stop() {
      over.abort()
      await following
      await Promise.all(writing.splice(0))
    },
    summary(run, ends) {
      const local = run.cells.filter(({target}) => ['openai', 'ollama'].includes(run.targets[target]?.kind ?? ''))
      const begin = (cell: number) => (ends.find((end) => end.cell === cell)?.t0EpochMs ?? 0) - performance.timeOrigin
      const windows = local.map(({cell, window}) => ({
        fromMs: begin(cell) + window.fromMs,
        toMs: begin(cell) + window.toMs,
      }))
      return summariseTelemetry(samplers, {
        rows,
        windows,
        t0Ms: Math.min(...local.map(({cell}) => begin(cell)), Number.POSITIVE_INFINITY),
        outputTokens: local.reduce((sum, {tokens}) => sum + tokens.output, 0),
      })
    },
  }
}

function keyOf(known: {readonly kind: string; readonly token?: string}) {
  return known.token === undefined ? {} : {headers: {authorization: `Bearer ${known.token}`}}
}
