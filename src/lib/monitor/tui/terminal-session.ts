import type {Size} from '../size.js'
import {FramePainter} from './frame-painter.js'

const ESC = '\u001B['
/** Alternate screen, no cursor, no automatic wrapping. */
const ENTER = `${ESC}?1049h${ESC}?25l${ESC}?7l`
/** What is on the alternate screen is erased first: tmux would put lines of it before those of a screen that became larger. */
const LEAVE = `${ESC}0m${ESC}H${ESC}2J${ESC}?7h${ESC}?25h${ESC}?1049l`
/** How long a stop may take to arrive before it is taken for ignored, as it is where no shell controls jobs. */
const STOP_MS = 100

/** The parts of `process.stdin` and `process.stdout` that a session uses. */
export interface SessionInput {
  setRawMode(raw: boolean): unknown
}
export interface SessionOutput {
  readonly columns?: number
  readonly rows?: number
  write(text: string): unknown
  on(event: 'resize', listener: () => void): unknown
  off(event: 'resize', listener: () => void): unknown
}

/** Signals and the end of the process, as `process` tells them. */
export interface SessionSignals {
  on(event: string, listener: () => void): unknown
  off(event: string, listener: () => void): unknown
}

export interface SessionOptions {
  readonly stdin: SessionInput
  readonly stdout: SessionOutput
  readonly signals: SessionSignals
  /** Stops the process and whoever runs with it until SIGCONT. */
  readonly stop: () => void
  readonly onResize: (size: Size) => void
}

/** The terminal while a screen has it. */
export interface TerminalSession {
  size(): Size
  /** Shows a frame; while suspended it is only remembered. */
  paint(frame: string): void
  repaint(): void
  /** Gives the terminal back to the shell, as Ctrl-Z does everywhere. */
  suspend(): void
  /** Puts everything back; safe to call again. */
  close(): void
}

/** Takes the terminal: alternate screen now, the user's screen back on `close`, on a crash, and while suspended. */
export function openTerminalSession(options: SessionOptions): TerminalSession {
  const {stdin, stdout, signals} = options
  const size = (): Size => ({columns: stdout.columns || 80, rows: stdout.rows || 24})
  let state: 'active' | 'suspended' | 'closed' = 'active'
  let last = ''
  const painter = new FramePainter((text) => stdout.write(text), size)

  const resume = (): void => {
    if (state === 'closed') return
    state = 'active'
    // The shell has set the terminal as it likes it; setting the same mode twice would do nothing.
    stdin.setRawMode(false)
    stdin.setRawMode(true)
    stdout.write(ENTER)
    painter.forget()
    options.onResize(size())
    painter.paint(last)
  }
  const suspend = (): void => {
    if (state !== 'active') return
    state = 'suspended'
    stdin.setRawMode(false)
    stdout.write(LEAVE)
    signals.off('SIGTSTP', suspend)
    options.stop()
    setTimeout(() => {
      if (state === 'closed') return
      signals.off('SIGTSTP', suspend)
      signals.on('SIGTSTP', suspend)
      if (state === 'suspended') resume()
    }, STOP_MS)
  }
  const resized = (): void => {
    painter.forget()
    options.onResize(size())
    // Usually the new size makes a new frame at once; when it does not, the old one is drawn again.
    setImmediate(() => {
      if (state === 'active' && painter.isStale) painter.paint(last)
    })
  }
  const listeners: readonly (readonly [string, () => void])[] = [
    ['SIGTSTP', suspend],
    ['SIGCONT', resume],
    ['exit', close],
    ['uncaughtExceptionMonitor', close],
  ]
  function close(): void {
    if (state === 'closed') return
    if (state === 'active') stdout.write(LEAVE)
    state = 'closed'
    stdin.setRawMode(false)
    stdout.off('resize', resized)
    for (const [event, listener] of listeners) signals.off(event, listener)
  }

  for (const [event, listener] of listeners) signals.on(event, listener)
  stdout.on('resize', resized)
  stdout.write(ENTER)
  return {
    size,
    paint(frame) {
      last = frame
      if (state === 'active') painter.paint(frame)
    },
    repaint: () => painter.repaint(),
    suspend,
    close,
  }
}
