import {EventEmitter} from 'node:events'
import {render} from 'ink'
import {createElement, type ReactElement} from 'react'
import type {Size} from '../size.js'
import {FrameSinkContext} from './frame.js'
import {openTerminalSession, type SessionSignals, type TerminalSession} from './terminal-session.js'

/** Where a screen is shown and what ends it from outside. */
export interface Stage {
  readonly stdin: NodeJS.ReadStream
  readonly stdout: NodeJS.WriteStream
  readonly signals: SessionSignals
  readonly signal: AbortSignal
  readonly onResize: (size: Size) => void
}

/**
 * Shows an Ink app on the alternate screen until it exits or `signal` aborts; rejects with what the app throws.
 * The terminal is back as it was in every case.
 */
export async function showScreen(stage: Stage, app: (session: TerminalSession) => ReactElement): Promise<void> {
  if (stage.signal.aborted) return
  let leave = (): void => undefined
  const session = openTerminalSession({...stage, stop: stopJob})
  try {
    // In debug mode Ink hands over every frame as a whole and writes nothing else; the session puts it on the screen.
    const screen = render(createElement(FrameSinkContext.Provider, {value: session}, app(session)), {
      stdin: keyboardOf(stage.stdin),
      stdout: new Canvas(session) as unknown as NodeJS.WriteStream,
      debug: true,
      exitOnCtrlC: false,
      patchConsole: false,
    })
    leave = () => screen.unmount()
    stage.signal.addEventListener('abort', leave, {once: true})
    await screen.waitUntilExit()
  } finally {
    stage.signal.removeEventListener('abort', leave)
    session.close()
  }
}

/** What a terminal does on Ctrl-Z: everything that was started together stops. */
function stopJob(): void {
  process.kill(0, 'SIGTSTP')
}

/** What Ink takes for its standard output: as wide as the terminal, never redrawn by Ink itself. */
class Canvas extends EventEmitter {
  readonly isTTY = false
  readonly #session: TerminalSession

  constructor(session: TerminalSession) {
    super()
    this.#session = session
  }

  get columns(): number {
    return this.#session.size().columns
  }

  write(frame: string): boolean {
    // Ink draws nothing where a `Frame` draws all.
    if (frame !== '') this.#session.paint(frame)
    return true
  }
}

/**
 * What Ink takes for its standard input. It calls the key to erase with, DEL, by the same name as the key called Delete:
 * here the one comes as BS, which it knows as Backspace.
 */
function keyboardOf(stdin: NodeJS.ReadStream): NodeJS.ReadStream {
  const read = (): unknown => {
    const typed: unknown = stdin.read()
    return typeof typed === 'string' ? typed.replaceAll('\u007F', '\b') : typed
  }
  return new Proxy(stdin, {
    get(target, name) {
      if (name === 'read') return read
      const value: unknown = Reflect.get(target, name)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}
