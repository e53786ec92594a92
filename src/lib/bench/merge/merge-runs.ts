import {usageError} from '../../core/errors.js'
import {firstLines, plural} from '../../core/text.js'
import {summarise} from '../metrics/summarise.js'
import type {CellEndNote, CellHead, Reason, RunHead, RunSummary, ShardNote} from '../metrics/summary.schema.js'
import {missingShards} from '../metrics/verdict.js'
import type {Run, RunStore} from '../runs/run-store.js'
import {NO_GAPS} from '../samples/gaps.js'
import {mergeTelemetry} from './merge-telemetry.js'

const TOLD = 12
/** Shards that began further apart were not one load. */
const TOGETHER_MS = 1000

type Shard = Run & {readonly head: RunHead}

/**
 * Joins the shards of one run to a run of its own, sample by sample: what was one plan gives the numbers of one
 * machine. Shards of different plans are refused with what differs; those that are missing are named in the verdict.
 */
export async function mergeRuns(
  runs: readonly Run[],
  {id, store}: {readonly store: RunStore; readonly id: string},
): Promise<RunSummary> {
  const shards = inOrder(runs)
  const [first] = shards
  if (first === undefined) throw refused(['There is no shard.'])
  const cells = await cellsOf(shards)
  const {index: _, ...note} = first.head.shard
  const head: RunHead = {
    ...first.head,
    id,
    startedAt: shards.map((one) => one.head.startedAt).toSorted()[0] ?? first.head.startedAt,
    simulated: shards.some((one) => one.head.simulated),
    shard: {...note, index: 0, of: 1, host: null},
    cells,
  }
  const writer = await store.create(head)
  const ends = await copyShards(shards, writer)
  await writer.abandon()
  const run = await store.open(id)
  const notes = await Promise.all(shards.map(noteOf))
  const missing = missingShards(notes)
  const cut = shards.filter(({summary}) => summary?.ended !== 'complete')
  const summary = await summarise({
    head,
    samples: run.samples(),
    gaps: await run.gaps(),
    ends,
    ended: missing.length > 0 || cut.length > 0 ? 'partial' : 'complete',
    endedWhy: whyPartial(missing, cut),
    endedAt:
      shards
        .map((one) => one.summary?.endedAt ?? one.changedAt)
        .toSorted()
        .at(-1) ?? head.startedAt,
    shards: notes,
    telemetry: mergeTelemetry(
      shards.map(({head: {shard}, summary: of}) => ({host: shard.host, telemetry: of?.telemetry ?? []})),
    ),
    search: null,
    reasons: togetherReasons(ends, cells),
  })
  await store.keep(summary)
  return summary
}

async function copyShards(shards: readonly Shard[], writer: Awaited<ReturnType<RunStore['create']>>) {
  const all: CellEndNote[] = []
  for (const shard of shards) {
    for await (const segment of shard.samples()) await writer.samples(segment)
    const gaps = new Map(await shard.gaps())
    for (const end of await shard.ends()) {
      const own = {...end, shard: shard.head.shard.index}
      all.push(own)
      // The histogram of a shard is of all its ends: it goes with the first.
      await writer.cellEnded(own, gaps.get(end.cell) ?? NO_GAPS)
      gaps.delete(end.cell)
    }
    for await (const row of shard.telemetry()) await writer.telemetry([row])
  }
  return all
}

async function cellsOf(shards: readonly Shard[]): Promise<readonly CellHead[]> {
  const cells = new Map<number, CellHead>()
  for (const shard of shards) for (const cell of await shard.cells()) cells.set(cell.cell, cell)
  return [...cells.values()].sort((a, b) => a.cell - b.cell)
}

async function noteOf({ends, head}: Shard): Promise<ShardNote> {
  return {...head.shard, lateMs: Math.max(head.shard.lateMs, ...(await ends()).map(({lateMs}) => lateMs))}
}

/** By their numbers; refused with all that keeps them from being one run. */
function inOrder(runs: readonly Run[]): readonly Shard[] {
  const heads = runs.flatMap((run) => (run.head === undefined ? [] : [{...run, head: run.head}]))
  const without = runs.filter(({head}) => head === undefined).map(({place}) => `${place}: it has no samples.`)
  const [first] = heads
  const problems = first === undefined ? [] : heads.slice(1).flatMap((one) => differences(first, one))
  const seen = new Map<number, string>()
  const twice = heads.flatMap(({head, place}) => {
    const before = seen.get(head.shard.index)
    seen.set(head.shard.index, place)
    return before === undefined ? [] : [`${place} and ${before} are both shard ${head.shard.index}.`]
  })
  const whole = heads.filter(({head}) => head.shard.of === 1).map(({place}) => `${place}: it was not split.`)
  const wrong = [...without, ...whole, ...problems, ...(problems.length === 0 ? twice : [])]
  if (wrong.length > 0) throw refused(wrong)
  return heads.toSorted((a, b) => a.head.shard.index - b.head.shard.index)
}

function differences(first: Shard, other: Shard): readonly string[] {
  const of = ({head}: Shard): Readonly<Record<string, string>> => ({
    plan: head.planDigest,
    seed: String(head.seed),
    'number of shards': String(head.shard.of),
    version: head.tool,
    data: head.data,
    targets: head.targets.map(({address}) => address).join(', '),
    objectives: JSON.stringify(head.slo),
  })
  const [one, two] = [of(first), of(other)]
  return Object.entries(one).flatMap(([what, value]) =>
    two[what] === value ? [] : [`${other.place}: ${what} is ${two[what]}, not ${value} as of ${first.place}.`],
  )
}

function whyPartial(missing: readonly number[], cut: readonly Shard[]): string | null {
  const parts = [
    ...(missing.length > 0 ? [`${plural(missing.length, 'shard')} missing (${missing.join(', ')})`] : []),
    ...(cut.length > 0 ? [`shards that did not end: ${cut.map(({head}) => head.shard.index).join(', ')}`] : []),
  ]
  return parts.length === 0 ? null : parts.join('; ')
}

/** Times count from t0 of each machine: where those are apart, rate and concurrency are of a load that never was. */
function togetherReasons(ends: readonly CellEndNote[], cells: readonly CellHead[]): readonly Reason[] {
  return cells.flatMap(({cell, label, target}) => {
    const starts = ends.filter((end) => end.cell === cell).map(({t0EpochMs}) => t0EpochMs)
    const apart = Math.max(...starts) - Math.min(...starts)
    if (starts.length < 2 || apart <= TOGETHER_MS) return []
    const text = `${label}: its shards began ${(apart / 1000).toFixed(1)} s apart, by their clocks.`
    const hint = 'Start shards with one --start-at, late enough for all of them.'
    return [{code: 'SHARDS_APART', severity: 'warning', target, cell, text, hint}]
  })
}

function refused(problems: readonly string[]) {
  return usageError('SHARDS_DIFFER', 'These are not the shards of one run.', {
    why: firstLines(problems, TOLD),
    hint: 'Give the folders that bench run --shard i/N made of one plan.',
  })
}
