import type {SampleColumns} from '../samples/columns.js'
import type {GapHistogram} from '../samples/gaps.js'
import {NO_GAPS} from '../samples/gaps.js'
import {CellSamples, readCellSamples} from './cell-samples.js'
import {queueGrew} from './queue.js'
import {checkSelf} from './self-check.js'
import {notSettled} from './settled.js'
import {distribution, summariseCell} from './summarise-cell.js'
import type {CellEndNote, CellHead, Reason, RunHead, RunSummary} from './summary.schema.js'
import {judgeRun} from './verdict.js'

/** All that a run left behind, and what was found beside it. */
export interface RunFacts {
  readonly head: RunHead
  /** All cells, those of a search too; the head's when absent. */
  readonly cells?: readonly CellHead[] | undefined
  readonly samples: AsyncIterable<SampleColumns>
  readonly gaps: ReadonlyMap<number, GapHistogram>
  readonly ends: readonly CellEndNote[]
  readonly ended: RunSummary['ended']
  readonly endedWhy: string | null
  readonly endedAt: string
  readonly telemetry?: RunSummary['telemetry'] | undefined
  readonly search?: RunSummary['search'] | undefined
  /** The head's own when absent. */
  readonly shards?: RunSummary['shards'] | undefined
  readonly imported?: RunSummary['imported'] | undefined
  readonly reasons?: readonly Reason[] | undefined
}

/** The summary of a run, of its samples alone: the same whether they came from one machine or were put together. */
export async function summarise(facts: RunFacts): Promise<RunSummary> {
  const {ends, head} = facts
  const samples = await readCellSamples(facts.samples)
  const known = facts.cells ?? head.cells
  const checked = known.flatMap((cell) => {
    const of = samples.get(cell.cell)
    const target = head.targets[cell.target]
    const own = ends.filter((end) => end.cell === cell.cell)
    if (target === undefined || (of === undefined && own.length === 0)) return []
    const gaps = facts.gaps.get(cell.cell) ?? NO_GAPS
    const taken = of ?? new CellSamples()
    const summary = summariseCell({head: cell, target, samples: taken, gaps, ends: own, slo: head.slo})
    const lagOnOpen = distribution(taken, summary.window, 'lagOnOpen')
    return [
      {
        summary,
        lagOnOpen,
        ends: own,
        unsettled: notSettled(summary, taken),
        queued: queueGrew(summary, taken),
        absurd: absurdUsage(cell, taken),
      },
    ]
  })
  const {check, connecting, reasons} = checkSelf(checked)
  const {cells: _, plan: __, shard, targets, ...rest} = head
  const run = {
    ...rest,
    unread: [],
    endedAt: facts.endedAt,
    ended: facts.ended,
    endedWhy: facts.endedWhy,
    shards: facts.shards ?? [{...shard, lateMs: Math.max(0, shard.lateMs, ...ends.map(({lateMs}) => lateMs))}],
    imported: facts.imported ?? null,
    targets: targets.map(({rates: _rates, ratesAbsent: _absent, ...target}, place) => {
      const cells = new Set(known.filter((cell) => cell.target === place).map(({cell}) => cell))
      const served = ends.filter(({cell}) => cells.has(cell)).map((end) => end.served)
      return {
        ...target,
        servedTier: addUp(served.map(({tier}) => tier)),
        servedLatency: addUp(served.map(({latency}) => latency)),
        servedModel: addUp(served.map(({model}) => model)),
      }
    }),
    cells: checked.map(({summary}) => summary),
    search: facts.search ?? null,
    telemetry: facts.telemetry ?? [],
    selfCheck: check,
    asserts: [],
  }
  const found = checked.flatMap(({absurd, queued, unsettled}) => [...queued, ...unsettled, ...absurd])
  return {...run, verdict: judgeRun(run, [...(facts.reasons ?? []), ...reasons, ...connecting, ...found])}
}

function absurdUsage({cell, label, target}: CellHead, {absurd}: CellSamples): Reason[] {
  if (absurd === 0) return []
  const text = `${label}: ${absurd} answers counted tokens that cannot be; events were counted in their place.`
  return [{code: 'USAGE_ABSURD', severity: 'warning', target, cell, text, hint: null}]
}

function addUp(records: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const sums: Record<string, number> = {}
  for (const [name, count] of records.flatMap((record) => Object.entries(record)))
    sums[name] = (sums[name] ?? 0) + count
  return sums
}
