import type {CellEndNote, RunSummary, TelemetrySummary} from '../bench/metrics/summary.schema.js'
import type {RunFollower} from '../bench/run/follower.js'
import type {RunWriter} from '../bench/runs/run-store.js'
import type {TelemetryRow, TelemetrySampler} from '../bench/telemetry/ports.js'
import type {HostLoad} from '../bench/telemetry/whose-load.js'
import type {PreparedLane} from './bench-prepare.js'
import type {BenchOrder} from './bench-words.js'

const EVERY_MS = 500

/** What is sampled beside a run, from when it is opened until it is stopped. */
export interface BenchTelemetry {
  stop(): Promise<void>
  /** Each over the steady windows of the cells that it was under the load of. */
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
  const [{followTelemetry, openTelemetry}, {summariseTelemetry}, {loadOfHost}, {hostname}] = await Promise.all([
    import('../bench/telemetry/open-telemetry.js'),
    import('../bench/telemetry/summarise-telemetry.js'),
    import('../bench/telemetry/whose-load.js'),
    import('node:os'),
  ])
  const hosts = [...new Set(gpuHosts)]
  const own = lanes.flatMap(({target}, place) => serverOf(target, place))
  const loadOf = (sampler: TelemetrySampler, place: number): HostLoad => {
    const host = hosts[place]
    if (host !== undefined) return loadOfHost(host, hosts, own, [hostname().toLowerCase()])
    const [device] = sampler.devices()
    return {targets: own.filter(({address}) => address === device?.device).map(({target}) => target), known: true}
  }
  const over = new AbortController()
  const samplers = await openTelemetry({gpuHosts: hosts, servers}, over.signal)
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
      const begin = (cell: number) => (ends.find((end) => end.cell === cell)?.t0EpochMs ?? 0) - performance.timeOrigin
      const t0Ms = Math.min(...run.cells.map(({cell}) => begin(cell)), Number.POSITIVE_INFINITY)
      return samplers.flatMap((sampler, place) => {
        const {known, targets} = loadOf(sampler, place)
        const cells = run.cells.filter(({target}) => targets.includes(target))
        const windows = cells.map(({cell, window}) => ({
          fromMs: begin(cell) + window.fromMs,
          toMs: begin(cell) + window.toMs,
        }))
        const outputTokens = known ? cells.reduce((sum, cell) => sum + tokensIn(cell), 0) : 0
        const told = summariseTelemetry([sampler], {rows, windows, t0Ms, outputTokens})
        return known ? told : told.map((one) => ({...one, notes: [...one.notes, NOBODYS]}))
      })
    },
  }
}

const NOBODYS = 'no energy a token: its name does not tell which of the servers under load it is'

/** A server of one's own, as GPUs and its metrics are found by. */
function serverOf(target: PreparedLane['target'], place: number) {
  if (target.kind !== 'openai' && target.kind !== 'ollama') return []
  const {host, hostname} = new URL(target.kind === 'openai' ? target.baseUrl : target.url)
  return [{target: place, host: hostname, address: host}]
}

/** Output tokens that came in the window: those of answers that reach beyond it in part. */
function tokensIn({throughput, window}: RunSummary['cells'][number]): number {
  return (throughput.outputTokensPerSecond * (window.toMs - window.fromMs)) / 1000
}

function keyOf(known: {readonly kind: string; readonly token?: string}) {
  return known.token === undefined ? {} : {headers: {authorization: `Bearer ${known.token}`}}
}
