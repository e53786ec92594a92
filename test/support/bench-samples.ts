import type {CellEndNote, CellHead, RunHead, TargetHead} from '../../src/lib/bench/metrics/summary.schema.js'
import {allocateColumns, type SampleColumns} from '../../src/lib/bench/samples/columns.js'
import type {GapHistogram} from '../../src/lib/bench/samples/gaps.js'
import {GapRecorder} from '../../src/lib/bench/samples/gaps.js'
import {seededRandom} from '../../src/lib/sandbox/world/random.js'

export interface MadeCell {
  readonly cell?: number
  readonly requests: number
  readonly seed?: number
  /** Median; log-normal with a spread of 0.3. */
  readonly ttftMs?: number
  readonly tpotMs?: number
  readonly tokens?: number
  readonly perSecond?: number
  /** Every so-manieth fails with this class. */
  readonly failEvery?: number
  readonly error?: number
  readonly warmUp?: number
  /** Only k with k mod of = index. */
  readonly shard?: {readonly index: number; readonly of: number}
}

type Row = Readonly<Partial<Record<Exclude<keyof SampleColumns, 'cell' | 'rows'>, number>>>

/** Samples of an open-loop cell as an engine would tell them: a pure function of what it is given. */
export function makeSamples(made: MadeCell): {readonly columns: SampleColumns; readonly gaps: GapHistogram} {
  const {cell = 0, requests, perSecond = 50, seed = 1, shard = {index: 0, of: 1}} = made
  const random = seededRandom(seed)
  const gaps = new GapRecorder()
  const rows: Row[] = []
  let sched = 0
  for (let k = 0; k < requests; k += 1) {
    sched += (-Math.log(1 - random()) * 1000) / perSecond
    const row = drawRow(made, k, sched, random)
    if (k % shard.of !== shard.index) continue
    rows.push(row)
    for (let event = 1; event < (row.events ?? 0); event += 1) gaps.add(row.gapMax ?? 0)
  }
  return {columns: columnsOf(cell, rows), gaps: gaps.histogram()}
}

/** Columns of rows; what a row does not say is not reported, or has not happened. */
export function columnsOf(cell: number, rows: readonly Row[]): SampleColumns {
  const columns = allocateColumns(cell, rows.length)
  for (const [name, column] of Object.entries(columns)) {
    if (typeof column === 'number') continue
    const absent = column instanceof Float64Array ? Number.NaN : column instanceof Int32Array ? -1 : 0
    for (const [at, row] of rows.entries()) column[at] = row[name as keyof Row] ?? absent
  }
  return columns
}

function drawRow(made: MadeCell, k: number, sched: number, random: () => number): Row {
  const {ttftMs = 200, tpotMs = 20, tokens = 64, failEvery = 0, error = 1, warmUp = 0} = made
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  const sent = sched + random() * 0.2
  const ttft = ttftMs * Math.exp(0.3 * normal)
  const gap = tpotMs * (0.8 + 0.4 * random())
  const asked = {k, sched, sent, wantedIn: 100, wantedOut: tokens, session: k, phase: k < warmUp ? 1 : 0}
  const headers = sent + ttft * 0.5
  if (failEvery > 0 && k % failEvery === failEvery - 1) {
    return {...asked, headers, end: sent + ttft, status: 429, error}
  }
  const first = sent + ttft
  const last = first + gap * (tokens - 1)
  const told = {input: 100, output: tokens, events: tokens, gapMax: gap, status: 200, finish: 2}
  return {...asked, ...told, headers, first, visible: first, last, end: last + 1}
}

export function makeCellHead(cell: number, target = 0, over: Partial<CellHead> = {}): CellHead {
  const level = {kind: 'rate', value: 50, text: '50/s Poisson'} as const
  return {cell, target, block: 0, label: '50/s Poisson', level, judgeCv: 1, ...over}
}

export function makeTarget(name: string, over: Partial<TargetHead> = {}): TargetHead {
  return {
    name,
    address: `openai:http://127.0.0.1:8000/v1#${name}`,
    kind: 'openai',
    model: name,
    region: null,
    api: 'chat',
    tier: 'default',
    latency: 'standard',
    transport: 'raw',
    server: {software: 'vLLM', version: '0.12.0'},
    gpuHourly: null,
    rates: null,
    ratesAbsent: 'It is not Bedrock, and --gpu-hourly is not given.',
    ...over,
  }
}

export function makeHead(over: Partial<RunHead> = {}): RunHead {
  return {
    schemaVersion: 1,
    simulated: false,
    id: '20261121-190000-abcd',
    name: null,
    startedAt: '2026-11-21T19:00:00.000Z',
    tool: 'bedrockctl 1.0.0',
    planDigest: 'd1',
    seed: 1,
    environment: {node: 'v20.20.2', os: 'linux 6.1', cpuModel: 'made up', cpus: 2, memoryBytes: 8e9},
    data: 'synthetic, 100 tokens in, 64 out',
    slo: null,
    exclusions: [],
    shard: {index: 0, of: 1, host: null, clockOffsetMs: null, clockUncertaintyMs: null, lateMs: 0},
    targets: [makeTarget('local')],
    cells: [makeCellHead(0)],
    plan: {},
    ...over,
  }
}

export function makeEnd(cell: number, over: Partial<CellEndNote> = {}): CellEndNote {
  return {
    cell,
    shard: 0,
    ended: 'complete',
    why: null,
    t0EpochMs: Date.parse('2026-11-21T19:00:01.000Z'),
    lateMs: 0,
    selfCheck: {loopLagP99Ms: 1, loopLagMaxMs: 3, busyShare: 0.2, cpuMs: 500, workers: 1, maxInFlightReached: false},
    served: {tier: {}, latency: {}, model: {}},
    failures: [],
    ...over,
  }
}
