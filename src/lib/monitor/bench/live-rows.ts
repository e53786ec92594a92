import type {AnnouncedCell} from '../../bench/run/follower.js'
import type {BenchState, LiveCell} from './state.js'

/** What a target does now, or did last: numbers, undefined where there is none yet. */
export interface LiveRow {
  readonly target: string
  readonly label: string
  readonly state: 'waiting' | 'running' | 'done' | 'stopped'
  readonly answered: number
  readonly failed: number
  /** Of the last ten seconds, a second. */
  readonly rate: number | undefined
  readonly tokensPerSecond: number | undefined
  readonly inFlight: number | undefined
  readonly ttftP50: number | undefined
  readonly ttftP99: number | undefined
  readonly tpotP50: number | undefined
  readonly tpotP99: number | undefined
  /** The latest send of the last ten seconds. */
  readonly lagMs: number | undefined
  readonly pace: readonly number[]
  readonly cellsDone: number
  readonly cells: number
}

/** A row a target, in the order of the plan: its cell that runs, or else the last that ran. */
export function liveRows(state: BenchState): readonly LiveRow[] {
  const {cells: announced = [], targets = []} = state.outlook ?? {}
  return targets.map((target, index) => {
    const own = announced.filter((cell) => cell.target === index)
    const shown = own.find(({cell}) => cell === state.current) ?? own.findLast(({cell}) => state.cells.has(cell))
    const live = shown && state.cells.get(shown.cell)
    return {
      target,
      label: shown?.label ?? '',
      state: stateOf(shown, live, state.current),
      ...numbersOf(live),
      cellsDone: own.filter(({cell}) => state.cells.get(cell)?.ended !== undefined).length,
      cells: own.length,
    }
  })
}

/** How often each class of failure came, over all cells; the most frequent first. */
export function liveErrors({
  cells,
  names,
}: Pick<BenchState, 'cells' | 'names'>): readonly (readonly [error: string, count: number])[] {
  const lasts = [...cells.values()].flatMap(({ticks}) => ticks.at(-1) ?? [])
  return names.errors
    .map((error, at) => [error, at === 0 ? 0 : lasts.reduce((sum, {errors}) => sum + (errors[at] ?? 0), 0)] as const)
    .filter(([, count]) => count > 0)
    .toSorted(([, left], [, right]) => right - left)
}

/** Whether cells are added as the run goes on, so that nobody knows how many there will be. */
export function isSearch({outlook}: Pick<BenchState, 'outlook'>): boolean {
  return outlook !== undefined && outlook.estimate.requests === 0 && outlook.estimate.seconds === undefined
}

/** Which repeat of its level and target a cell is; undefined where it is the only one. */
export function repeatOf(
  {outlook}: Pick<BenchState, 'outlook'>,
  {label, target, cell}: AnnouncedCell,
): number | undefined {
  const alike = (outlook?.cells ?? []).filter((one) => one.label === label && one.target === target)
  return alike.length > 1 ? alike.findIndex((one) => one.cell === cell) + 1 : undefined
}

/** Requests done of all that were asked for, from 0 to 1, and how many; no share where nobody knows how many there will be. */
export function liveProgress(state: BenchState): {readonly done: number; readonly share: number | undefined} {
  const done = [...state.cells.values()].reduce((sum, {ticks}) => sum + (ticks.at(-1)?.done ?? 0), 0)
  const cells = state.outlook?.cells ?? []
  const estimate = state.outlook?.estimate
  if (cells.length === 0 || isSearch(state)) return {done, share: undefined}
  const ended = cells.filter(({cell}) => state.cells.get(cell)?.ended !== undefined).length
  // Cells that ended count as whole, however few answers they came to: they will not go on.
  const asked = (estimate?.requests ?? 0) / cells.length
  const running = state.current === undefined ? undefined : state.cells.get(state.current)
  const part = running && !running.ended && asked > 0 ? Math.min(0.99, (running.ticks.at(-1)?.done ?? 0) / asked) : 0
  return {done, share: Math.min(1, (ended + part) / cells.length)}
}

function stateOf(
  shown: AnnouncedCell | undefined,
  live: LiveCell | undefined,
  current: number | undefined,
): LiveRow['state'] {
  if (shown === undefined) return 'waiting'
  if (live?.ended) return live.ended.ended === 'complete' ? 'done' : 'stopped'
  return shown.cell === current ? 'running' : 'waiting'
}

/** What the ticks of a cell come to. */
export function numbersOf(
  live: LiveCell | undefined,
): Omit<LiveRow, 'target' | 'label' | 'state' | 'cells' | 'cellsDone'> {
  const ticks = live?.ticks ?? []
  const [first, last] = [ticks[0], ticks.at(-1)]
  const seconds = first && last ? (last.atMs - first.atMs) / 1000 : 0
  const perSecond = (from: number | undefined, to: number | undefined) =>
    seconds > 0 && from !== undefined && to !== undefined ? (to - from) / seconds : undefined
  const known = (of: 'ttftP50' | 'ttftP99' | 'tpotP50' | 'tpotP99' | 'lagMax') =>
    ticks.map(({recent}) => recent[of]).filter((value) => !Number.isNaN(value))
  return {
    answered: last?.ok ?? 0,
    failed: (last?.done ?? 0) - (last?.ok ?? 0),
    rate: perSecond(first?.done, last?.done),
    tokensPerSecond: perSecond(first?.usage.output, last?.usage.output),
    inFlight: last?.inFlight,
    ttftP50: middle(known('ttftP50')),
    ttftP99: highest(known('ttftP99')),
    tpotP50: middle(known('tpotP50')),
    tpotP99: highest(known('tpotP99')),
    lagMs: highest(known('lagMax')),
    pace: live?.pace ?? [],
  }
}

function middle(values: readonly number[]): number | undefined {
  return values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)]
}

function highest(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : values.reduce((most, value) => Math.max(most, value))
}
