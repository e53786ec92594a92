import type {CellSummary, Distribution, PercentileKey, RunSummary} from '../../src/lib/bench/metrics/summary.schema.js'

const KEYS: readonly PercentileKey[] = ['1', '5', '10', '25', '50', '75', '90', '95', '99', '99.9']

/** Numbers from 0 to 1, the same every time. */
export function dice(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296
    return state / 4_294_967_296
  }
}

/** Latencies with a tail, as servers have them. */
export function latencies(count: number, median: number, seed: number): number[] {
  const roll = dice(seed)
  const normal = () => Math.sqrt(-2 * Math.log(1 - roll())) * Math.cos(2 * Math.PI * roll())
  return Array.from({length: count}, () => median * Math.exp(0.35 * normal()))
}

/** What is said of values in a summary; intervals are wide of the mark, but around their value. */
export function distributionOf(values: readonly number[], changes: Partial<Distribution> = {}): Distribution {
  const ordered = values.toSorted((left, right) => left - right)
  const at = (share: number) => ordered[Math.round(share * (ordered.length - 1))] ?? 0
  const mean = ordered.reduce((sum, value) => sum + value, 0) / ordered.length
  const p = Object.fromEntries(
    KEYS.map((key) => {
      const value = at(Number(key) / 100)
      return [key, {value, low: value * 0.96, high: value * 1.05}]
    }),
  )
  return {
    n: ordered.length,
    mean,
    meanInterval: {low: mean * 0.98, high: mean * 1.02},
    deviation: mean * 0.3,
    min: at(0),
    max: at(1),
    p,
    exact: true,
    warnings: [],
    ...changes,
  }
}

/** One cell that went well: 64 users, 2,000 answers. */
export function cellOf(changes: Partial<CellSummary> = {}, speed = 1): CellSummary {
  const cell = changes.cell ?? 0
  const spread = (median: number, seed: number) => distributionOf(latencies(2000, median * speed, seed + cell))
  return {
    cell,
    target: 0,
    block: 0,
    label: '64 users',
    level: {kind: 'concurrency', value: 64, text: '64 users'},
    ended: 'complete',
    startedAt: '2026-11-21T19:03:12.000Z',
    window: {fromMs: 10_000, toMs: 60_000, steady: true},
    wholeMs: 62_500,
    counts: {
      sent: 2105,
      ok: 2000,
      bad: 5,
      cancelled: 0,
      retried: 0,
      warmUp: 100,
      errors: {throttled: 4, reset_midstream: 1},
    },
    failures: [
      {error: 'throttled', status: 429, detail: 'Too many tokens, please wait before trying again.', count: 4},
      {error: 'reset_midstream', status: 200, detail: 'connection reset after 31 events', count: 1},
    ],
    rate: {asked: null, due: null, achieved: 40 / speed, cv: null},
    concurrency: {asked: 64, mean: 63.4, peak: 64},
    ttft: spread(410, 1),
    ttfv: null,
    tpot: spread(9.8, 2),
    icl: {...spread(19.6, 3), exact: false},
    e2e: spread(1620, 4),
    fromSchedule: null,
    lag: distributionOf(latencies(2000, 0.2, 5)),
    close: distributionOf(latencies(2000, 0.4, 6)),
    serverMs: spread(1590, 4),
    perUser: {tokensPerSecondP50: 102 / speed},
    tokens: {
      input: 1_024_000,
      output: 256_000,
      cacheRead: 0,
      cacheWrite: null,
      reasoning: null,
      estimatedRows: 0,
      perEvent: 2,
      askedIn: 1_024_000,
      askedOut: 256_000,
    },
    throughput: {
      requestsPerSecond: 40 / speed,
      outputTokensPerSecond: 5120 / speed,
      inputTokensPerSecond: 20_480 / speed,
      whole: {requestsPerSecond: 33 / speed, outputTokensPerSecond: 4220 / speed},
      interval: {
        requestsPerSecond: {low: 39.1 / speed, high: 40.8 / speed},
        outputTokensPerSecond: {low: 5010 / speed, high: 5230 / speed},
      },
    },
    goodput: {
      requestsPerSecond: 31 / speed,
      outputTokensPerSecond: 3968 / speed,
      attainment: 0.775,
      attainmentInterval: {low: 0.756, high: 0.793},
      good: 1554,
      bad: 451,
    },
    price: {
      usd: 0.123,
      perMillionOutput: 0.48,
      perMillionTotal: 0.096,
      blended3to1: 0.105,
      perMillionGood: 0.62,
      basis: 'Nova Lite, standard tier, eu-central-1',
      source: 'Price List',
      date: '2026-11-20',
      lines: [
        {meter: 'input tokens', quantity: 1_024_000, unit: 'tokens', usd: 0.0614},
        {meter: 'output tokens', quantity: 256_000, unit: 'tokens', usd: 0.0614},
      ],
    },
    priceAbsent: null,
    coalescedFraction: 0.002,
    ...changes,
  }
}

/** A run of one level against Bedrock and a server of one's own, with a GPU beside it. */
export function summaryOf(changes: Partial<RunSummary> = {}): RunSummary {
  return {
    schemaVersion: 1,
    simulated: false,
    unread: [],
    id: '20261121-190312-kqzw',
    name: 'nova against llama',
    startedAt: '2026-11-21T19:03:12.000Z',
    endedAt: '2026-11-21T19:08:40.000Z',
    ended: 'complete',
    endedWhy: null,
    tool: 'bedrockctl 0.1.0',
    planDigest: 'sha256:6f1c2a',
    seed: 7,
    environment: {node: '20.20.2', os: 'linux 6.8 x64', cpuModel: 'Xeon', cpus: 2, memoryBytes: 8e9},
    shards: [{index: 0, of: 1, host: null, clockOffsetMs: null, clockUncertaintyMs: null, lateMs: 0}],
    imported: null,
    data: 'synthetic, 512 ± 64 tokens in, 128 out (sha256:91bc)',
    slo: {ttftMs: 500, tpotMs: 40, e2eMs: null, name: null},
    targets: [
      targetOf({name: 'nova-lite', address: 'bedrock:eu.amazon.nova-lite-v1:0@eu-central-1'}),
      targetOf({
        name: 'llama-8b',
        address: 'openai:http://127.0.0.1:8000/v1#llama-3.1-8b',
        kind: 'openai',
        model: 'llama-3.1-8b',
        region: null,
        api: 'chat',
        server: {software: 'vLLM', version: '0.11.2'},
        gpuHourly: {usd: 3.2, gpus: 1},
        servedTier: {},
        servedModel: {'llama-3.1-8b': 2105},
      }),
    ],
    cells: [
      cellOf(),
      cellOf(
        {
          cell: 1,
          target: 1,
          counts: {sent: 2100, ok: 2000, bad: 0, cancelled: 0, retried: 0, warmUp: 100, errors: {}},
          failures: [],
          price: null,
          priceAbsent: 'no price an hour was given',
        },
        0.2,
      ),
    ],
    search: null,
    telemetry: [
      {
        source: 'nvidia-smi',
        device: '0',
        name: 'NVIDIA H200',
        facts: ['driver 570.86.15', 'power limit 700 W'],
        absent: null,
        notes: [],
        lanes: [
          {metric: 'utilization', unit: '%', mean: 91, p50: 97, p95: 100, max: 100, n: 120},
          {metric: 'power', unit: 'W', mean: 512, p50: 530, p95: 610, max: 655, n: 120},
        ],
        joules: 25_600,
        joulesPerOutputToken: 0.1,
        idleWatts: 118,
        throttledShare: 0,
        throttledBy: [],
      },
    ],
    selfCheck: {
      loopLagP99Ms: 1.2,
      loopLagMaxMs: 7.5,
      busyShare: 0.41,
      cpuMsPerRequest: 0.6,
      lagP99Ms: 0.9,
      coalescedFraction: 0.002,
      workers: 1,
      clientBound: false,
      reasons: [],
    },
    verdict: {
      kind: 'usable-with-warnings',
      reasons: [
        {
          code: 'throttled',
          severity: 'warning',
          target: 0,
          cell: 0,
          text: '64 users: 0.2 % were throttled: it measures the quota.',
          hint: 'Ask for less than the quota.',
        },
      ],
    },
    asserts: [],
    exclusions: ['network of the GPU host', 'idle time of the GPU'],
    ...changes,
  }
}

export function targetOf(changes: Partial<RunSummary['targets'][number]> = {}): RunSummary['targets'][number] {
  return {
    name: 'nova-lite',
    address: 'bedrock:eu.amazon.nova-lite-v1:0@eu-central-1',
    kind: 'bedrock',
    model: 'eu.amazon.nova-lite-v1:0',
    region: 'eu-central-1',
    api: 'converse',
    tier: 'default',
    latency: 'standard',
    transport: 'raw',
    server: {software: null, version: null},
    gpuHourly: null,
    servedTier: {default: 2001},
    servedLatency: {},
    servedModel: {},
    ...changes,
  }
}
