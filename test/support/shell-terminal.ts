import {execFileSync, spawn} from 'node:child_process'
import {readFileSync} from 'node:fs'
import xterm from '@xterm/headless'
import {childEnvironment} from '../../scripts/child-environment.js'
import {eventually} from './eventually.js'

/** A shell with job control on a terminal of its own, which is interpreted as xterm does. */
export interface ShellTerminal {
  type(text: string): void
  /** The lines of the screen that is shown, without trailing spaces. */
  screen(): Promise<readonly string[]>
  /** Waits until the screen shows this. */
  sees(part: RegExp): Promise<void>
  isAlternate(): Promise<boolean>
  /** What a program must leave as it found it: cursor, wrapping, and how the terminal takes keys. */
  modes(): Promise<{readonly cursorShown: boolean; readonly wraps: boolean; readonly tty: string}>
  resize(columns: number, rows: number): void
  /** The program that the shell runs. */
  pid(): number
  /** Ends the terminal as closing its window does. */
  hangUp(): void
  close(): Promise<void>
}

/** Opens a terminal by `script` of util-linux, which is on every Debian: no native module is needed. */
export async function openShell(
  columns: number,
  rows: number,
  env: Readonly<Record<string, string>>,
): Promise<ShellTerminal> {
  const terminal = new xterm.Terminal({allowProposedApi: true, cols: columns, rows})
  let settled = Promise.resolve()
  let written = ''
  const script = spawn(
    'script',
    ['-qfec', `stty rows ${rows} cols ${columns}; PS1='$ ' exec bash --norc --noprofile -i`, '/dev/null'],
    {
      env: {...childEnvironment(), ...SHELL, ...env},
      stdio: ['pipe', 'pipe', 'inherit'],
    },
  )
  const closed = new Promise((resolve) => script.once('close', resolve))
  script.stdin.on('error', () => undefined)
  script.stdout.setEncoding('utf8').on('data', (text: string) => {
    written += text
    settled = new Promise((resolve) => {
      terminal.write(text, resolve)
    })
  })
  const screen = async () => {
    await settled
    const {active} = terminal.buffer
    return Array.from(
      {length: terminal.rows},
      (_, row) => active.getLine(active.baseY + row)?.translateToString(true) ?? '',
    )
  }
  const type = (text: string) => script.stdin.write(text)
  const sees = (part: RegExp) => eventually(async () => expectMatch((await screen()).join('\n'), part))
  await sees(/\$ $/m)
  type('echo at=$(tty) shell=$$\r')
  await sees(/at=\/\S+ shell=\d+$/m)
  const [, tty = '', shell = ''] = /at=(\/\S+) shell=(\d+)$/m.exec((await screen()).join('\n')) ?? []
  return {
    type,
    screen,
    sees,
    async isAlternate() {
      await settled
      return terminal.buffer.active.type === 'alternate'
    },
    async modes() {
      await settled
      return {
        cursorShown: written.lastIndexOf('\u001B[?25h') >= written.lastIndexOf('\u001B[?25l'),
        wraps: terminal.modes.wraparoundMode,
        tty: execFileSync('stty', ['-F', tty, '-g'], {encoding: 'utf8'}).trim(),
      }
    },
    resize(nextColumns, nextRows) {
      terminal.resize(nextColumns, nextRows)
      execFileSync('stty', ['-F', tty, 'rows', String(nextRows), 'cols', String(nextColumns)])
    },
    pid: () => Number(readFileSync(`/proc/${shell}/task/${shell}/children`, 'utf8').trim().split(' ').at(-1)),
    hangUp: () => script.kill('SIGKILL'),
    async close() {
      script.kill('SIGKILL')
      await closed
    },
  }
}

const SHELL = {
  TERM: 'xterm-256color',
  HISTFILE: '',
  CI: '',
  FORCE_COLOR: '',
  NO_COLOR: '',
  LC_ALL: 'C.UTF-8',
}

function expectMatch(text: string, part: RegExp): void {
  if (!part.test(text)) throw new Error(`${part} is not in\n${text}`)
}
