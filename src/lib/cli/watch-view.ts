import type {BedrockctlError} from '../core/errors.js'
import type {Sighting} from '../jobs/wait/wait-for-end.js'
import type {Stage} from '../monitor/tui/show-screen.js'
import type {Terminal} from '../output/terminal.js'

/** Where a watch is shown. */
export interface WatchFrame {
  /** As `--output` has it; a view on a terminal is `table`. */
  readonly format: string
  /** One screen, in place of a line a change. */
  readonly screen: boolean
  readonly terminal: Terminal
  readonly note: (text: string) => void
  readonly signal: AbortSignal
}

/** How something is shown while it is watched. */
export interface WatchView<Seen> {
  /** Aborts when the user leaves. */
  readonly signal: AbortSignal
  onLook(sighting: Sighting<Seen>, simulated: boolean): void
  onTrouble(failure: BedrockctlError, waitMs: number): void
  close(): Promise<void>
}

interface Show {
  readonly now: () => number
  readonly look: Terminal
  readonly stage: Omit<Stage, 'onResize'>
}

type ScreenEvent<Frame> =
  | {readonly type: 'looked'; readonly frame: Frame}
  | {readonly type: 'troubled'; readonly text: string}

/** The screen that is shown, and a look in its words. */
interface Screen<Seen, Frame> {
  readonly show: (show: Show) => {
    readonly dispatch: (event: ScreenEvent<Frame>) => void
    readonly closed: Promise<void>
  }
  readonly frameOf: (sighting: Sighting<Seen>, simulated: boolean) => Frame
}

/** Changes from look to look, as lines of text or of JSON. */
interface Lines<Seen, Change> {
  readonly changes: (before: Seen | undefined, now: Seen) => readonly Change[]
  readonly line: (change: Change, at: string) => string
  readonly json: (change: Change, at: string, simulated: boolean) => string
}

/** Opens one of the two ways to show a watch, and loads no other. */
export async function openWatchView<Seen, Frame, Change>(
  frame: WatchFrame,
  ways: {
    readonly screen: () => Promise<Screen<Seen, Frame>>
    readonly lines: () => Promise<Lines<Seen, Change>>
  },
): Promise<WatchView<Seen>> {
  return frame.screen ? openScreen(await ways.screen(), frame) : openLines(await ways.lines(), frame)
}

/** The live view: it takes the terminal until it is left or closed. */
function openScreen<Seen, Frame>(
  {frameOf, show}: Screen<Seen, Frame>,
  {signal, terminal}: WatchFrame,
): WatchView<Seen> {
  const over = new AbortController()
  const left = new AbortController()
  const {stdin, stdout} = process
  const stage = {stdin, stdout, signals: process, signal: AbortSignal.any([signal, over.signal])}
  const {closed, dispatch} = show({now: Date.now, look: terminal, stage})
  const gone = closed.finally(() => left.abort(new DOMException('left', 'AbortError')))
  return {
    signal: AbortSignal.any([signal, left.signal]),
    onLook: (sighting, simulated) => dispatch({type: 'looked', frame: frameOf(sighting, simulated)}),
    onTrouble: (failure, waitMs) => dispatch({type: 'troubled', text: troubleWords(failure, waitMs)}),
    close: async () => {
      over.abort()
      await gone
    },
  }
}

/** One line a change; nothing before the end where one document is asked for. */
function openLines<Seen, Change>(
  {changes, json, line}: Lines<Seen, Change>,
  {format, note, signal}: WatchFrame,
): WatchView<Seen> {
  let before: Seen | undefined
  return {
    signal,
    onLook: ({atMs, seen}, simulated) => {
      const at = new Date(atMs).toISOString()
      for (const change of changes(before, seen)) {
        if (format === 'ndjson') process.stdout.write(json(change, at, simulated))
        else if (format === 'table') process.stdout.write(`${line(change, at)}\n`)
      }
      before = seen
    },
    onTrouble: (failure, waitMs) => note(troubleWords(failure, waitMs)),
    close: async () => undefined,
  }
}

function troubleWords({message}: BedrockctlError, waitMs: number): string {
  return `${message} Looking again in ${Math.ceil(waitMs / 1000)} s.`
}
