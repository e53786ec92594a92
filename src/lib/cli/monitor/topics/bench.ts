import {join} from 'node:path'
import type {BenchRunRow} from '../../../bench/list/bench-list.schema.js'
import type {CellSummary, RunSummary} from '../../../bench/metrics/summary.schema.js'
import type {LiveNote} from '../../../bench/runs/live-note.schema.js'
import type {Run, RunStore} from '../../../bench/runs/run-store.js'
import {BedrockctlError} from '../../../core/errors.js'
import type {BenchLevel, BenchRow} from '../../../monitor/board/bench/bench.schema.js'
import type {TopicReader} from '../../../monitor/board/ports.js'
import type {MonitorDoor} from '../door.js'
import {fileMark} from '../file-mark.js'

/** So many runs are shown, the newest. */
const MOST = 50

interface Known {
  /** Of what its files were then. */
  readonly mark: string
  readonly row: BenchRow
}

/** The runs of this machine, newest first; one that goes on as it says itself. Runs that ended are read once. */
export function benchReader({stateFolder}: Pick<MonitorDoor, 'stateFolder'>): TopicReader<'bench'> {
  const root = join(stateFolder, 'bench')
  let known = new Map<string, Known>()
  return {
    topic: 'bench',
    scope: 'account',
    everyMs: 0,
    async look({nowMs}) {
      const [{createRunStore, idsOf}, {readLiveNote}] = await Promise.all([
        import('../../../bench/runs/folder-store.js'),
        import('../../../bench/runs/live-note.js'),
      ])
      const store = createRunStore(stateFolder)
      const ids = (await idsOf(root)).slice(0, MOST)
      const rows = await Promise.all(
        ids.map(async (id) => {
          const folder = join(root, id)
          const {ended, mark} = await markOf(folder)
          const note = ended ? undefined : await readLiveNote(folder, nowMs)
          const before = known.get(id)
          if (note === undefined && before?.mark === mark) return {id, mark, row: before.row}
          return {id, mark: note === undefined ? mark : '', row: await readRow(store, id, note)}
        }),
      )
      known = new Map(rows.map(({id, mark, row}) => [id, {mark, row}]))
      return {rows: rows.map(({row}) => row), metrics: 0}
    },
  }
}

/** Another mark as soon as a file of the run was written; a run that has a summary has ended. */
async function markOf(folder: string): Promise<{readonly mark: string; readonly ended: boolean}> {
  const files = ['plan.json', 'summary.json', 'samples.bcol'].map((name) => join(folder, name))
  const marks = await Promise.all(files.map(fileMark))
  return {mark: marks.map((mark) => mark ?? '-').join(' '), ended: marks[1] !== undefined}
}

async function readRow(store: RunStore, id: string, note: LiveNote | undefined): Promise<BenchRow> {
  const {rowOf} = await import('../../../bench/list/list-runs.js')
  try {
    const {head, place, summary} = await store.open(id)
    return toRow(rowOf({id, place, bytes: 0, head, summary, problem: undefined}), {head, summary}, note)
  } catch (problem) {
    if (!(problem instanceof BedrockctlError)) throw problem
    const kept = {id, place: '', bytes: 0, head: undefined, summary: undefined, problem: problem.message}
    return toRow(rowOf(kept), kept, undefined)
  }
}

function toRow(
  listed: BenchRunRow,
  {head, summary}: Pick<Run, 'head' | 'summary'>,
  note: LiveNote | undefined,
): BenchRow {
  const {id, name, problem, simulated, startedAt, targets, verdict} = listed
  const started = Date.parse(startedAt ?? '')
  const base = {
    ...{id, name: name ?? '', simulated, targets: [...targets], verdict: problem ?? verdict},
    startedAtMs: Number.isNaN(started) ? null : started,
    facts: factsOf(head ?? summary, summary),
  }
  if (summary === undefined && note !== undefined) return {...base, ...liveFacts(note)}
  const {failed, requests, state, usd} = listed
  const levels = (summary?.cells ?? []).map((cell) => levelOf(cell, summary))
  const shown = headline(levels)
  return {
    ...{...base, state, live: false, requests, failed, asked: null, leftMs: null, usd},
    endedAtMs: summary === undefined ? null : Date.parse(summary.endedAt),
    ...numbersOf(shown),
    numbersOf: levels.length > 1 && shown ? `${shown.target}, ${shown.label}` : null,
    levels,
  }
}

function liveFacts(note: LiveNote) {
  const {asked, done, failed, leftMs, usd} = note
  return {
    ...{state: 'running', live: true, requests: done, failed, asked, leftMs, usd, endedAtMs: null, levels: []},
    ...numbersOf(note),
    numbersOf: cellWords(note),
  }
}

type Measured = Pick<BenchRow, 'perSecond' | 'tokensPerSecond' | 'ttftP50' | 'ttftP99'>

function numbersOf(from: Measured | undefined): Measured {
  const {perSecond = null, tokensPerSecond = null, ttftP50 = null, ttftP99 = null} = from ?? {}
  return {perSecond, tokensPerSecond, ttftP50, ttftP99}
}

/** The level that gave the most tokens stands for its run. */
function headline(levels: readonly BenchLevel[]): BenchLevel | undefined {
  return levels.toSorted((a, b) => (b.tokensPerSecond ?? 0) - (a.tokensPerSecond ?? 0))[0]
}

/** As `bench show` has it: of an open loop the times are from when a request was due. */
function levelOf(
  {counts, ended, fromSchedule, label, target, throughput, ttft}: CellSummary,
  run: RunSummary | undefined,
) {
  const times = (fromSchedule?.ttft ?? ttft)?.p
  return {
    ...{target: run?.targets[target]?.name ?? '', label, ended, requests: counts.sent, failed: counts.bad},
    perSecond: throughput.requestsPerSecond,
    tokensPerSecond: throughput.outputTokensPerSecond,
    ttftP50: times?.['50']?.value ?? null,
    ttftP99: times?.['99']?.value ?? null,
  }
}

function cellWords({cell, phase}: LiveNote): string | null {
  if (phase !== null) return phase
  return cell === null ? null : `${cell.target}, ${cell.label} (${cell.number} of ${cell.of})`
}

type Told = {readonly tool: string; readonly data: string; readonly seed: number} | undefined

function factsOf(known: Told, summary: RunSummary | undefined): BenchRow['facts'] {
  return [
    ...(known === undefined
      ? []
      : ([
          ['Data', known.data],
          ['Seed', String(known.seed)],
          ['Made by', known.tool],
        ] as const)),
    ...(summary === undefined
      ? []
      : summary.verdict.reasons.map(({severity, text}): readonly [string, string] => [severity, text])),
    ...(summary?.endedWhy ? [['Ended', summary.endedWhy] as const] : []),
  ].map(([name, value]): [string, string] => [name, value])
}
