import type {RunFollower} from '../bench/run/follower.js'
import type {LiveNote} from '../bench/runs/live-note.schema.js'
import type {BenchEvent, BenchState} from '../monitor/bench/state.js'

export interface LiveNotes {
  /** Tells the follower that it was opened with, and keeps note. */
  readonly follower: RunFollower
  /** Says it now, as it is said once a second. */
  write(): Promise<void>
  close(): Promise<void>
}

const EVERY_MS = 1000
const NO_SCREEN = {columns: 80, rows: 24}
/** Of less than that nothing can be foretold. */
const LEAST_SHARE = 0.02

/** Says once a second in the folder of a run how it goes, for who looks on: `monitor`. */
export async function openLiveNotes(folder: string, follower: RunFollower): Promise<LiveNotes> {
  const [{initialBenchState, reduceBench}, {liveProgress, numbersOf}, {removeLiveNote, writeLiveNote}, wire, devices] =
    await Promise.all([
      import('../monitor/bench/state.js'),
      import('../monitor/bench/live-rows.js'),
      import('../bench/runs/live-note.js'),
      import('../bench/wire/answer.js'),
      import('../bench/telemetry/ports.js'),
    ])
  const names = {errors: wire.ERROR_CLASSES, units: devices.TELEMETRY_UNITS}
  let state = initialBenchState(Date.now(), NO_SCREEN, names)
  const take = (event: BenchEvent) => {
    state = reduceBench(state, event)
  }
  let writing: Promise<void> | undefined
  const write = (): Promise<void> => {
    const numbers = numbersOf(state.current === undefined ? undefined : state.cells.get(state.current))
    writing ??= writeLiveNote(folder, noteOf(state, numbers, liveProgress(state), Date.now())).finally(() => {
      writing = undefined
    })
    return writing
  }
  const timer = setInterval(write, EVERY_MS)
  timer.unref()
  return {
    write,
    follower: {
      begin(outlook) {
        take({type: 'began', outlook})
        follower.begin(outlook)
      },
      phase(text) {
        take({type: 'phase', text})
        follower.phase(text)
      },
      cell(cell) {
        take({type: 'cell', cell})
        follower.cell(cell)
      },
      tick(tick, spent) {
        take({type: 'tick', tick, usd: spent.usd})
        follower.tick(tick, spent)
      },
      telemetry: (row) => follower.telemetry(row),
      end(cell, ended) {
        take({type: 'ended', cell, ended: {ended: ended.ended, why: ended.why}})
        follower.end(cell, ended)
      },
    },
    async close() {
      clearInterval(timer)
      await writing
      await removeLiveNote(folder)
    },
  }
}

type Numbers = ReturnType<typeof import('../monitor/bench/live-rows.js').numbersOf>
type Progress = ReturnType<typeof import('../monitor/bench/live-rows.js').liveProgress>

function noteOf(state: BenchState, numbers: Numbers, {done, share}: Progress, atMs: number): LiveNote {
  const {cells, current, outlook, phase, spent, startedAtMs} = state
  const announced = outlook?.cells ?? []
  const at = announced.findIndex(({cell}) => cell === current)
  const one = announced[at]
  const requests = outlook?.estimate.requests ?? 0
  return {
    schemaVersion: 1,
    atMs,
    phase: phase ?? null,
    cell: one
      ? {target: outlook?.targets[one.target] ?? '', label: one.label, number: at + 1, of: announced.length}
      : null,
    done,
    failed: [...cells.values()].reduce((sum, {ticks}) => sum + failedOf(ticks.at(-1)), 0),
    asked: requests > 0 ? Math.round(requests) : null,
    inFlight: numbers.inFlight ?? null,
    perSecond: numbers.rate ?? null,
    tokensPerSecond: numbers.tokensPerSecond ?? null,
    ttftP50: numbers.ttftP50 ?? null,
    ttftP99: numbers.ttftP99 ?? null,
    leftMs: leftMs(outlook?.estimate.seconds, share, atMs - startedAtMs),
    usd: spent ?? null,
  }
}

function failedOf(tick: {readonly done: number; readonly ok: number} | undefined): number {
  return tick === undefined ? 0 : tick.done - tick.ok
}

/** By how much is done, else by what was estimated before it began. */
function leftMs(seconds: number | undefined, share: number | undefined, elapsedMs: number): number | null {
  if (share !== undefined && share >= LEAST_SHARE) return Math.round((elapsedMs * (1 - share)) / share)
  return seconds === undefined ? null : Math.max(0, Math.round(seconds * 1000 - elapsedMs))
}
