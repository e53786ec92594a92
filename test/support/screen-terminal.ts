import {EventEmitter} from 'node:events'
import {PassThrough} from 'node:stream'
import xterm from '@xterm/headless'

/** A whole terminal in memory: what a program writes is interpreted as xterm does, what is typed reaches its stdin. */
export interface ScreenTerminal {
  readonly stdin: NodeJS.ReadStream
  readonly stdout: NodeJS.WriteStream
  /** Listeners of signals and of the process's end; `emit` raises one. */
  readonly signals: EventEmitter
  /** Modes that stdin was set to, in order. */
  readonly rawModes: readonly boolean[]
  /** Everything written so far. */
  written(): string
  type(text: string): void
  resize(columns: number, rows: number): void
  /** The lines of the screen that is shown, without trailing spaces. */
  screen(): Promise<readonly string[]>
  /** Whether the alternate screen is shown. */
  isAlternate(): Promise<boolean>
  /** The cursor and wrapping, which a program must leave as it found them. */
  modes(): Promise<{readonly wraps: boolean; readonly cursorShown: boolean}>
}

/** A terminal whose shell has printed one line, `$ sandbox`. */
export function createScreenTerminal(columns = 80, rows = 24): ScreenTerminal {
  const terminal = new xterm.Terminal({allowProposedApi: true, cols: columns, rows})
  const size = {columns, rows}
  let written = ''
  let settled = Promise.resolve()
  const write = (text: string): boolean => {
    written += text
    settled = new Promise((resolve) => {
      terminal.write(text, resolve)
    })
    return true
  }
  const stdout = Object.assign(new EventEmitter(), {
    isTTY: true,
    write,
  })
  Object.defineProperties(stdout, {columns: {get: () => size.columns}, rows: {get: () => size.rows}})
  const rawModes: boolean[] = []
  const stdin = Object.assign(new PassThrough(), {
    isTTY: true,
    setRawMode: (raw: boolean) => rawModes.push(raw),
    ref: () => undefined,
    unref: () => undefined,
  })
  write('$ sandbox\r\n')
  return {
    stdin: stdin as unknown as NodeJS.ReadStream,
    stdout: stdout as unknown as NodeJS.WriteStream,
    signals: new EventEmitter(),
    rawModes,
    written: () => written,
    type: (text) => stdin.write(text),
    resize(nextColumns, nextRows) {
      Object.assign(size, {columns: nextColumns, rows: nextRows})
      terminal.resize(nextColumns, nextRows)
      stdout.emit('resize')
    },
    async screen() {
      await settled
      const {active} = terminal.buffer
      return Array.from(
        {length: terminal.rows},
        (_, row) => active.getLine(active.baseY + row)?.translateToString(true) ?? '',
      )
    },
    async isAlternate() {
      await settled
      return terminal.buffer.active.type === 'alternate'
    },
    async modes() {
      await settled
      return {
        wraps: terminal.modes.wraparoundMode,
        cursorShown: written.lastIndexOf('\u001B[?25h') >= written.lastIndexOf('\u001B[?25l'),
      }
    },
  }
}
