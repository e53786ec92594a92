import {createHash, randomInt} from 'node:crypto'
import {cpus, hostname, release, type as systemName, totalmem} from 'node:os'
import type {CellHead, RunHead, TargetHead} from '../bench/metrics/summary.schema.js'
import type {RunData} from '../bench/run/prepare-data.js'
import type {PreparedLane} from './bench-prepare.js'
import type {FoundRates} from './bench-rates.js'
import type {BenchOrder} from './bench-words.js'

interface HeadFacts {
  readonly order: BenchOrder
  readonly lanes: readonly PreparedLane[]
  readonly rates: readonly FoundRates[]
  readonly cells: readonly CellHead[]
  readonly data: Pick<RunData, 'prompts'>
  readonly simulated: boolean
  readonly toolVersion: string
  readonly now: Date
}

/** All that is known of a run before its first request. */
export async function makeHead(facts: HeadFacts): Promise<RunHead> {
  const {cells, data, lanes, now, order, rates, simulated, toolVersion} = facts
  const [{makeRunId}, {targetAddress}, {dataWords}, {ASSUMED_FIT}] = await Promise.all([
    import('../bench/runs/run-id.js'),
    import('../bench/target/name-targets.js'),
    import('../bench/data/data-plan.js'),
    import('../bench/data/synthetic.js'),
  ])
  const {plan} = order
  const addresses = lanes.map(({target}) => targetAddress(target))
  // Of what is asked for, not of what a calibration made of it: the same command has the same prompts.
  const prompts = digest(...data.prompts(ASSUMED_FIT).prompts).slice(0, DIGEST)
  const replayed = plan.levels.flatMap((level) => (level.kind === 'replay' ? [level.file] : []))
  return {
    schemaVersion: 1,
    id: makeRunId(now, () => randomInt(2 ** 32) / 2 ** 32),
    name: plan.name,
    startedAt: now.toISOString(),
    simulated,
    tool: `bedrockctl ${toolVersion}`,
    planDigest: digest({...plan, name: null, shard: null, startAtEpochMs: null, targets: addresses}).slice(0, DIGEST),
    seed: plan.seed,
    environment: {
      node: process.version,
      os: `${systemName()} ${release()} ${process.arch}`,
      cpuModel: cpus()[0]?.model.trim() ?? 'unknown',
      cpus: cpus().length,
      memoryBytes: totalmem(),
    },
    data: `${replayed[0] ?? dataWords(plan.data)}, prompts ${prompts}`,
    slo: plan.slo,
    exclusions: [
      'opening connections',
      'one request to each target before the load',
      ...lanes.flatMap(({notes}) => notes),
    ],
    shard: {...plan.shard, host: hostname(), clockOffsetMs: null, clockUncertaintyMs: null, lateMs: 0},
    targets: lanes.map((lane, index) => targetHead(lane, rates[index], addresses[index] ?? '', order)),
    cells: [...cells],
    plan: {...plan, targets: addresses, asserts: order.asserts},
  }
}

/** Characters of a digest that are shown: of plans and prompts nobody makes two alike by chance. */
const DIGEST = 16

function digest(...values: readonly unknown[]): string {
  const hash = createHash('sha256')
  for (const value of values) hash.update(JSON.stringify(value))
  return hash.digest('hex')
}

function targetHead(
  {e2eMs: _, made: __, name, server, target}: PreparedLane,
  found: FoundRates | undefined,
  address: string,
  {gpuHourly, plan}: BenchOrder,
): TargetHead {
  const isOwn = target.kind === 'openai' || target.kind === 'ollama'
  const model =
    target.kind === 'bedrock' ? target.modelId : isOwn ? (target.model ?? server.models[0] ?? '') : target.arn
  const of = target.kind === 'bedrock' ? target : {tier: 'default', latency: 'standard'}
  return {
    name,
    address,
    kind: target.kind,
    model,
    region: isOwn ? null : (target.region ?? null),
    api: isOwn ? (target.kind === 'openai' ? 'chat' : 'ollama') : target.api,
    tier: of.tier,
    latency: of.latency,
    transport: plan.transport,
    server: {software: server.software, version: server.version},
    gpuHourly: isOwn && gpuHourly !== undefined ? {usd: gpuHourly.usd, gpus: gpuHourly.gpus} : null,
    rates: found?.rates ?? null,
    ratesAbsent: found?.absent ?? null,
  }
}
