import type {LoadEngine} from '../bench/load/load.js'
import type {CellHead, RunHead, RunSummary, SearchResult} from '../bench/metrics/summary.schema.js'
import type {PlannedCell} from '../bench/plan/expand-cells.js'
import type {RunFollower} from '../bench/run/follower.js'
import type {RunData} from '../bench/run/prepare-data.js'
import type {CellRunner} from '../bench/run/run-cells.js'
import type {RunStore, RunWriter} from '../bench/runs/run-store.js'
import type {SearchPlan} from '../bench/search/search-max.js'
import {openLiveNotes} from './bench-live.js'
import type {PreparedLane} from './bench-prepare.js'
import type {FoundRates} from './bench-rates.js'
import {type BenchTelemetry, openBenchTelemetry} from './bench-telemetry.js'
import type {BenchOrder} from './bench-words.js'

/** What a run works with once its targets have answered. */
export interface MeasureInput {
  readonly order: BenchOrder
  readonly lanes: readonly PreparedLane[]
  readonly rates: readonly FoundRates[]
  readonly cells: readonly PlannedCell[]
  readonly data: RunData
  /** In place of the cells: levels that are found one by one. */
  readonly search: SearchPlan | undefined
  readonly simulated: boolean
  readonly toolVersion: string
}

export interface MeasurePorts {
  readonly engine: LoadEngine
  readonly store: RunStore
  readonly follower: RunFollower
  /** First Ctrl-C: nothing new is sent. */
  readonly drain: AbortSignal
  /** Second: nothing is waited for. */
  readonly drop: AbortSignal
  /** Adds what was asked of the run. */
  readonly judge: (summary: RunSummary) => Promise<RunSummary>
}

/** Runs all cells, keeps what they measured as it comes, and summarises it. */
export async function measureBench(input: MeasureInput, given: MeasurePorts): Promise<RunSummary> {
  const [{cellHeads}, {estimateRun}, {meanTokens}, {SpendWatch}, {CellRunner: Runner}, {makeHead}] = await Promise.all([
    import('../bench/run/describe-cells.js'),
    import('../bench/run/estimate.js'),
    import('../bench/run/prepare-data.js'),
    import('../bench/run/spend.js'),
    import('../bench/run/run-cells.js'),
    import('./bench-head.js'),
  ])
  const {cells, data, lanes, order, rates} = input
  const {plan} = order
  const priced = rates.map((one) => one.rates ?? undefined)
  const prompts = lanes.flatMap(({made}) => made.prompts)
  const largest = {
    input: prompts.reduce((most, {wantedIn}) => Math.max(most, wantedIn), 0),
    output: prompts.reduce((most, {wantedOut}) => Math.max(most, wantedOut), 0),
  }
  const spend = new SpendWatch(priced, largest)
  const heads = input.search === undefined ? cellHeads(cells) : []
  const head = await makeHead({...input, cells: heads, now: new Date()})
  const writer = await given.store.create(head)
  const live = await openLiveNotes(writer.place, given.follower)
  const ports = {...given, follower: live.follower}
  const runner = new Runner(
    {plan, lanes, trace: data.trace, maxUsd: plan.maxUsd ?? undefined},
    {...ports, spend, writer},
  )
  const outlooks = lanes.map(({e2eMs}, index) => ({rates: priced[index], e2eMs}))
  const [first] = lanes
  const tokens = first === undefined ? {input: 0, output: 0} : meanTokens(first.made)
  const {requests, seconds, usd} = estimateRun(cells, outlooks, tokens, data.trace?.length)
  const outlook = {
    targets: lanes.map(({name}) => name),
    cells: cells.map(({block, cell, label, target}) => ({block, cell, label, target})),
    // How many cells a search takes is not known.
    estimate:
      input.search === undefined
        ? {requests: requests ?? 0, seconds: seconds ?? undefined, usd: usd ?? undefined}
        : {requests: 0, seconds: undefined, usd: undefined},
  }
  ports.follower.begin(outlook)
  const telemetry = await openBenchTelemetry(order, lanes, writer, ports.follower)
  const found: CellHead[] = []
  const announce = async (cell: PlannedCell) => {
    const one = cellHeads([cell])
    found.push(...one)
    await writer.addCells(one)
    ports.follower.begin({...outlook, cells: found})
  }
  try {
    const {search} = input
    const searched = search && (await searching({search, plan, head, runner, announce}))
    for (const cell of search === undefined ? cells : []) {
      if (runner.isOver) break
      await runner.run(cell)
    }
    await telemetry.stop()
    const summary = await close(
      {head, heads: search === undefined ? heads : found, runner, telemetry, writer, search: searched},
      ports,
    )
    await live.close()
    return summary
  } catch (error) {
    await telemetry.stop()
    await live.close()
    await writer.abandon()
    throw error
  }
}

interface Measured {
  readonly head: RunHead
  readonly heads: readonly CellHead[]
  readonly runner: CellRunner
  readonly telemetry: BenchTelemetry
  readonly writer: RunWriter
  readonly search: SearchResult | undefined
}

/** Loaded where a search is asked for. */
async function searching(input: Parameters<typeof import('./bench-search.js').searchLevels>[0]): Promise<SearchResult> {
  const {searchLevels} = await import('./bench-search.js')
  return searchLevels(input)
}

async function close(
  {head, heads, runner, search, telemetry, writer}: Measured,
  {drain, judge, store}: MeasurePorts,
): Promise<RunSummary> {
  const {summarise} = await import('../bench/metrics/summarise.js')
  const run = await store.open(writer.place)
  const [gaps, ends] = await Promise.all([run.gaps(), run.ends()])
  const why = runner.partial ?? (drain.aborted ? 'interrupted' : undefined)
  const summary = await summarise({
    head,
    cells: heads,
    samples: run.samples(),
    gaps,
    ends,
    ended: why === undefined ? 'complete' : 'partial',
    endedWhy: why ?? null,
    endedAt: new Date().toISOString(),
    search: search ?? null,
  })
  const whole = await judge({...summary, telemetry: [...telemetry.summary(summary, ends)]})
  await writer.finish(whole)
  return whole
}
