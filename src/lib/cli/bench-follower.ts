import type {RunFollower} from '../bench/run/follower.js'
import type {BenchNames} from '../monitor/bench/state.js'
import type {Terminal} from '../output/terminal.js'

/** Where a run is shown while it goes on. */
export interface FollowerFrame {
  /** One screen, in place of a line an interval, where the terminal can show one. */
  readonly screen: boolean
  readonly terminal: Terminal
  /** Nothing is shown at all. */
  readonly quiet: boolean
  readonly everyMs: number
  /** The run's name, or what runs. */
  readonly title: string
  readonly simulated: boolean
  /** Ends the screen whatever else happens. */
  readonly signal: AbortSignal
  /** The user asked to stop: the first time nothing more is sent, the second time nothing is waited for. */
  readonly onStop: () => void
}

export interface OpenFollower {
  readonly follower: RunFollower
  /** Gives the terminal back; the answer can be printed then. */
  close(): Promise<void>
}

/** Opens the one way in which a run is shown, and loads no other. */
export async function openFollower(frame: FollowerFrame): Promise<OpenFollower> {
  const {isScreenWanted} = await import('../monitor/screen-wanted.js')
  const {env, stdin, stdout} = process
  const screen = isScreenWanted({stdin, stdout, env, plain: !frame.screen})
  if (!screen && frame.quiet) return {follower: SILENT, close: async () => undefined}
  const [{ERROR_CLASSES}, {TELEMETRY_UNITS}] = await Promise.all([
    import('../bench/wire/answer.js'),
    import('../bench/telemetry/ports.js'),
  ])
  const names: BenchNames = {errors: ERROR_CLASSES, units: TELEMETRY_UNITS}
  if (screen) return openScreen(frame, names)
  const {createLineFollower} = await import('../monitor/bench/line-follower.js')
  const write = (line: string) => process.stderr.write(`${line}\n`)
  return {
    follower: createLineFollower({write, names, now: Date.now, everyMs: frame.everyMs}),
    close: async () => undefined,
  }
}

const SILENT: RunFollower = {
  begin: () => undefined,
  phase: () => undefined,
  cell: () => undefined,
  tick: () => undefined,
  telemetry: () => undefined,
  end: () => undefined,
}

async function openScreen(
  {onStop, signal, simulated, terminal, title}: FollowerFrame,
  names: BenchNames,
): Promise<OpenFollower> {
  const {showBenchScreen} = await import('../monitor/tui/show-bench.js')
  const over = new AbortController()
  const {stdin, stdout} = process
  const stage = {stdin, stdout, signals: process, signal: AbortSignal.any([signal, over.signal])}
  const {closed, dispatch} = showBenchScreen({now: Date.now, look: terminal, names, title, simulated, onStop, stage})
  return {
    follower: {
      begin: (outlook) => dispatch({type: 'began', outlook}),
      phase: (text) => dispatch({type: 'phase', text}),
      cell: (cell) => dispatch({type: 'cell', cell}),
      tick: (tick, {usd}) => dispatch({type: 'tick', tick, usd}),
      telemetry: (row) => dispatch({type: 'telemetry', row}),
      end: (cell, {ended, why}) => dispatch({type: 'ended', cell, ended: {ended, why}}),
    },
    close: async () => {
      over.abort()
      await closed
    },
  }
}
