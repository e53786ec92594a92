// A process that sends one cell of load by the engine of the program: client job as JSON in the first argument, report on stdout.
import {openLoadEngine} from '../../../src/lib/bench/load/engine.js'
import type {PromptBook} from '../../../src/lib/bench/load/load.js'
import type {SampleColumns} from '../../../src/lib/bench/samples/columns.js'
import {type GapHistogram, gapOfBucket} from '../../../src/lib/bench/samples/gaps.js'
import type {LanePlan, Secret} from '../../../src/lib/bench/wire/lane.js'
import {machineMs} from '../../../test/support/truth-server/clock.js'
import {bodyOf, type ClientJob, type ClientReport, NONCE, ROW} from './client-job.js'
import {RowFile} from './row-file.js'

const job: ClientJob = JSON.parse(process.argv[2] ?? '{}')
const rows = new RowFile()
const book = promptBook(job)
const engine = openLoadEngine({workers: 1, script: new URL('load-worker.js', import.meta.url)})
const never = new AbortController().signal
const before = process.cpuUsage()
const end = await engine.run(
  {
    cell: 0,
    lane: laneOf(job),
    level: job.level,
    seed: 1,
    requests: job.durationMs === undefined ? job.requests : undefined,
    durationMs: job.durationMs,
    warmUp: {requests: 0},
    drainMs: 20_000,
    maxInFlight: 20_000,
    retries: 0,
    shard: {index: 0, of: 1},
    startAtEpochMs: undefined,
    expectedE2eMs: job.expectedE2eMs,
    book,
    saveTexts: false,
  },
  {
    secret: async () => secretOf(job),
    onTick: () => undefined,
    onSamples: (segment) => rows.write(flatten(segment)),
    drain: never,
    drop: never,
  },
)
const cpu = process.cpuUsage(before)
await engine.close()
rows.close()
const report: ClientReport = {
  t0: machineMs(end.t0EpochMs - performance.timeOrigin),
  ended: end.ended,
  cpuMs: (cpu.user + cpu.system) / 1000,
  rssMb: process.resourceUsage().maxRSS / 1024,
  gaps: {count: end.gaps.count, sumMs: end.gaps.sumMs, p50Ms: gapAt(end.gaps, 0.5), p99Ms: gapAt(end.gaps, 0.99)},
  failures: end.failures.map(({error, status, detail, count}) => `${count} × ${error} ${status} ${detail}`),
  busyShare: end.selfCheck.busyShare,
  file: rows.path,
}
process.stdout.write(JSON.stringify(report))

function promptBook({bodies: count, ...body}: ClientJob): PromptBook {
  const bodies = Array.from({length: count}, (_, k) => Buffer.from(bodyOf(body, k)))
  const starts = new Float64Array(count + 1)
  for (const [k, one] of bodies.entries()) starts[k + 1] = (starts[k] ?? 0) + one.length
  const bytes = new SharedArrayBuffer(starts[count] ?? 0)
  const all = Buffer.from(bytes)
  for (const [k, one] of bodies.entries()) one.copy(all, starts[k])
  return {
    bytes,
    starts,
    nonceAt: Int32Array.from(bodies, (one) => one.indexOf(NONCE)),
    wantedIn: new Uint32Array(count),
    wantedOut: new Uint32Array(count).fill(body.maxTokens),
    sessions: undefined,
  }
}

function laneOf({dialect, path, port, signed}: ClientJob): LanePlan {
  return {
    name: dialect,
    dialect,
    origin: {tls: false, host: '127.0.0.1', port},
    path,
    headers: [['content-type', 'application/json']],
    auth: signed ? {kind: 'sigv4', service: 'bedrock', region: 'us-east-1'} : {kind: 'none'},
    caPem: undefined,
    insecure: false,
    proxy: undefined,
    timeouts: {connectMs: 10_000, ttftMs: 30_000, idleMs: 30_000, requestMs: 60_000},
  }
}

function secretOf({signed}: ClientJob): Secret {
  if (!signed) return {kind: 'none'}
  const keys = {accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY'}
  return {kind: 'keys', ...keys, sessionToken: undefined, expiresAtMs: undefined}
}

function flatten(columns: SampleColumns): Float64Array {
  const flat = new Float64Array(columns.rows * ROW.length)
  for (const [column, name] of ROW.entries()) {
    const values = columns[name]
    for (let row = 0; row < columns.rows; row += 1) flat[row * ROW.length + column] = values[row] ?? Number.NaN
  }
  return flat
}

function gapAt({count, indexes, counts}: GapHistogram, share: number): number {
  let left = share * count
  const place = counts.findIndex((held) => {
    left -= held
    return left <= 0
  })
  return gapOfBucket(indexes[place] ?? 0)
}
