import {summarise} from '../metrics/summarise.js'
import type {CellHead, CellSummary, RunHead, RunSummary} from '../metrics/summary.schema.js'
import type {RunStore} from '../runs/run-store.js'
import {columnsOfRows, type ImportedCell, type ImportedResult, type ToldCell} from './imported.js'

export interface ImportFrame {
  readonly store: RunStore
  readonly id: string
  readonly name: string | null
  readonly tool: string
  readonly digest: string
  readonly now: Date
}

/** Keeps the results of another tool as a run: of its requests where it has them, else as the file has its numbers. */
export async function importRun(result: ImportedResult, frame: ImportFrame): Promise<RunSummary> {
  const head = headOf(result, frame)
  const hasSamples = result.cells.every(({told}) => told === undefined)
  const imported = {tool: result.tool, version: result.version, hasSamples, notes: [...result.notes]}
  const ended = {ended: 'complete', endedWhy: null, endedAt: endOf(head, result)} as const
  if (!hasSamples) {
    const empty = await summarise({head, cells: [], samples: nothing(), gaps: new Map(), ends: [], imported, ...ended})
    const cells = result.cells.flatMap(({told}, at) => {
      const cell = head.cells[at]
      return told === undefined || cell === undefined ? [] : [toldCell(cell, told)]
    })
    const reasons = empty.verdict.reasons.filter(({code}) => code !== 'NOTHING_MEASURED')
    const summary: RunSummary = {...empty, cells, verdict: {kind: 'usable-with-warnings', reasons}}
    await frame.store.keep(summary)
    return summary
  }
  const writer = await frame.store.create(head)
  for (const [cell, {rows}] of result.cells.entries()) await writer.samples(columnsOfRows(cell, rows))
  await writer.abandon()
  const run = await frame.store.open(frame.id)
  const gaps = new Map(result.cells.map((one, cell) => [cell, one.gaps]))
  const made = await summarise({head, samples: run.samples(), gaps, ends: [], imported, ...ended})
  const cells = made.cells.map(asTold)
  const reasons = made.verdict.reasons.filter(({code}) => code !== 'CELL_CUT')
  const selfCheck = {...made.selfCheck, lagP99Ms: cells.every(({lag}) => lag === null) ? null : made.selfCheck.lagP99Ms}
  const summary: RunSummary = {
    ...made,
    cells,
    selfCheck: {...selfCheck, coalescedFraction: null},
    verdict: {...made.verdict, reasons},
  }
  await frame.store.keep(summary)
  return summary
}

/** What no file tells is not told to be well: events that shared a read, and how late sends were where none was. */
function asTold(cell: CellSummary): CellSummary {
  return {...cell, ended: 'complete', coalescedFraction: null, lag: cell.lag?.max === 0 ? null : cell.lag}
}

function endOf({startedAt}: RunHead, {cells}: ImportedResult): string {
  const lengths = cells.map(({rows, told}) =>
    told === undefined
      ? rows.reduce((most, {end = 0, last = 0}) => Math.max(most, end, last), 0)
      : (told.seconds ?? 0) * 1000,
  )
  const ms = Date.parse(startedAt) + lengths.reduce((sum, length) => sum + length, 0)
  return Number.isFinite(ms) && Math.abs(ms) < 8e15 ? new Date(ms).toISOString() : startedAt
}

function headOf(result: ImportedResult, {digest, id, name, now, tool}: ImportFrame): RunHead {
  return {
    schemaVersion: 1,
    simulated: false,
    id,
    name,
    startedAt: result.startedAt ?? now.toISOString(),
    tool,
    planDigest: digest,
    seed: 0,
    environment: {node: '', os: '', cpuModel: 'unknown', cpus: 0, memoryBytes: 0},
    data: `as ${result.tool} had it`,
    slo: null,
    exclusions: [],
    shard: {index: 0, of: 1, host: null, clockOffsetMs: null, clockUncertaintyMs: null, lateMs: 0},
    targets: [
      {
        name: result.model,
        address: result.model,
        kind: 'openai',
        model: result.model,
        region: null,
        api: 'unknown',
        tier: 'default',
        latency: 'standard',
        transport: 'raw',
        server: {software: null, version: null},
        gpuHourly: null,
        rates: null,
        ratesAbsent: 'Results of other tools have no price.',
      },
    ],
    cells: result.cells.map(cellHead),
    plan: null,
  }
}

function cellHead({level}: ImportedCell, cell: number): CellHead {
  return {cell, target: 0, block: 0, label: level.text, level, judgeCv: null}
}

/** A cell of which only the file's own numbers are known. */
function toldCell(head: CellHead, told: ToldCell): CellSummary {
  const wholeMs = (told.seconds ?? 0) * 1000
  const rates = {
    requestsPerSecond: told.requestsPerSecond ?? 0,
    outputTokensPerSecond: told.outputTokensPerSecond ?? 0,
  }
  const isRate = head.level.kind === 'rate'
  const median = told.tpot?.p['50']?.value ?? 0
  return {
    ...{cell: head.cell, target: head.target, block: 0, label: head.label, level: head.level},
    ended: 'complete',
    startedAt: null,
    window: {fromMs: 0, toMs: wholeMs, steady: false},
    wholeMs,
    counts: {sent: told.ok + told.bad, ok: told.ok, bad: told.bad, cancelled: 0, retried: 0, warmUp: 0, errors: {}},
    failures: [],
    rate: {asked: isRate ? head.level.value : null, due: null, achieved: told.requestsPerSecond ?? null, cv: null},
    concurrency: {asked: isRate ? null : head.level.value, mean: null, peak: null},
    ...{ttft: told.ttft, ttfv: null, tpot: told.tpot, icl: told.icl, e2e: told.e2e},
    ...{fromSchedule: null, lag: null, close: null, serverMs: null},
    perUser: median > 0 ? {tokensPerSecondP50: 1000 / median} : null,
    tokens: {
      ...{input: told.inputTokens ?? 0, output: told.outputTokens ?? 0, estimatedRows: 0},
      ...{cacheRead: null, cacheWrite: null, reasoning: null, perEvent: null, askedIn: null, askedOut: null},
    },
    throughput: {
      ...rates,
      inputTokensPerSecond: told.inputTokens !== undefined && told.seconds ? told.inputTokens / told.seconds : 0,
      whole: rates,
      interval: {requestsPerSecond: null, outputTokensPerSecond: null},
    },
    ...{goodput: null, price: null, priceAbsent: 'Results of other tools have no price.', coalescedFraction: null},
  }
}

async function* nothing(): AsyncGenerator<never> {}
