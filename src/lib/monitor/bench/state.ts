import type {CellEnd, LoadTick} from '../../bench/load/load.js'
import type {RunOutlook} from '../../bench/run/follower.js'
import type {TelemetryName, TelemetryRow} from '../../bench/telemetry/ports.js'
import {appendBounded} from '../ring.js'
import type {Size} from '../size.js'

/** How far Ctrl-C has gone: nothing is sent any more, then nothing is waited for. */
export type Stopping = 'no' | 'draining' | 'dropping'

/** A cell as its ticks tell it. */
export interface LiveCell {
  readonly cell: number
  /** The last ten seconds, oldest first. */
  readonly ticks: readonly LoadTick[]
  /** Output tokens of each second. */
  readonly pace: readonly number[]
  readonly ended: Pick<CellEnd, 'ended' | 'why'> | undefined
}

/** What a device told last, and its first number of the last minute. */
export interface LiveDevice {
  readonly source: string
  readonly device: string
  readonly values: TelemetryRow['values']
  readonly course: readonly number[]
}

/** What numbers of classes and readings are called: told by the bench, whose they are. */
export interface BenchNames {
  /** By number of the class; the first is no failure. */
  readonly errors: readonly string[]
  readonly units: Readonly<Record<TelemetryName, string>>
}

export interface BenchState {
  readonly names: BenchNames
  readonly size: Size
  readonly startedAtMs: number
  readonly nowMs: number
  readonly outlook: RunOutlook | undefined
  readonly phase: string | undefined
  /** The cell that runs, or ran last. */
  readonly current: number | undefined
  readonly cells: ReadonlyMap<number, LiveCell>
  readonly devices: readonly LiveDevice[]
  /** USD since the run began; undefined while nothing has a price. */
  readonly spent: number | undefined
  readonly stopping: Stopping
  readonly help: boolean
}

export type BenchEvent =
  | {readonly type: 'began'; readonly outlook: RunOutlook}
  | {readonly type: 'phase'; readonly text: string}
  | {readonly type: 'cell'; readonly cell: number}
  | {readonly type: 'tick'; readonly tick: LoadTick; readonly usd: number | undefined}
  | {readonly type: 'telemetry'; readonly row: TelemetryRow}
  | {readonly type: 'ended'; readonly cell: number; readonly ended: Pick<CellEnd, 'ended' | 'why'>}
  | {readonly type: 'clock'; readonly nowMs: number}
  | {readonly type: 'resized'; readonly size: Size}
  | {readonly type: 'stop'}
  | {readonly type: 'help'; readonly shown?: boolean}

const WINDOW_MS = 10_000
const PACE_SECONDS = 60
const COURSE = 60

export function initialBenchState(nowMs: number, size: Size, names: BenchNames): BenchState {
  return {
    names,
    size,
    startedAtMs: nowMs,
    nowMs,
    outlook: undefined,
    phase: undefined,
    current: undefined,
    cells: new Map(),
    devices: [],
    spent: undefined,
    stopping: 'no',
    help: false,
  }
}

export function reduceBench(state: BenchState, event: BenchEvent): BenchState {
  switch (event.type) {
    case 'began':
      return {...state, outlook: event.outlook}
    case 'phase':
      return {...state, phase: event.text}
    case 'cell':
      return {...state, current: event.cell, phase: undefined}
    case 'tick':
      return {...withCell(state, event.tick.cell, (cell) => ticked(cell, event.tick)), spent: event.usd}
    case 'telemetry':
      return {...state, devices: told(state.devices, event.row)}
    case 'ended':
      return withCell(state, event.cell, (cell) => ({...cell, ended: event.ended}))
    case 'clock':
      return {...state, nowMs: event.nowMs}
    case 'resized':
      return {...state, size: event.size}
    case 'stop':
      return {...state, stopping: state.stopping === 'no' ? 'draining' : 'dropping'}
    case 'help':
      return {...state, help: event.shown ?? !state.help}
  }
}

function withCell(state: BenchState, number: number, change: (cell: LiveCell) => LiveCell): BenchState {
  const cell = state.cells.get(number) ?? {cell: number, ticks: [], pace: [], ended: undefined}
  return {...state, cells: new Map(state.cells).set(number, change(cell))}
}

function ticked(cell: LiveCell, tick: LoadTick): LiveCell {
  const before = cell.ticks.at(-1)
  const recent = cell.ticks.filter(({atMs}) => atMs > tick.atMs - WINDOW_MS)
  const added = tick.usage.output - (before?.usage.output ?? 0)
  const second = Math.floor(tick.atMs / 1000)
  const isSame = before !== undefined && Math.floor(before.atMs / 1000) === second
  const pace = isSame
    ? [...cell.pace.slice(0, -1), (cell.pace.at(-1) ?? 0) + added]
    : appendBounded(cell.pace, [added], PACE_SECONDS)
  return {...cell, ticks: [...recent, tick], pace}
}

function told(devices: readonly LiveDevice[], {device, source, values}: TelemetryRow): readonly LiveDevice[] {
  const first = values.utilization ?? values.running ?? Object.values(values)[0]
  const at = devices.findIndex((one) => one.device === device && one.source === source)
  const known = devices[at]
  const course = appendBounded(known?.course ?? [], first === undefined ? [] : [first], COURSE)
  // A reading that lacks a number keeps the one before it.
  const next = {source, device, values: {...known?.values, ...values}, course}
  return known ? devices.with(at, next) : [...devices, next]
}
