import {spawn} from 'node:child_process'
import {childEnvironment} from '../../../scripts/child-environment.js'

/** The program on a terminal of its own. */
export interface TerminalBoard {
  /** Of the program itself; NaN before it has begun. */
  pid(): number
  type(keys: string): void
  end(): void
  /** Resolved when it has ended, with what it showed last. */
  readonly ended: Promise<string>
}

const LAST = 4000

/** Runs node with these words on a terminal of 160 × 50, in production mode. */
export function showOnTerminal(argv: readonly string[], env: Readonly<Record<string, string>>): TerminalBoard {
  const command = [process.execPath, ...argv].map((word) => `'${word}'`).join(' ')
  const words = ['-qfec', `stty rows 50 cols 160 -echo; echo "pid $$ "; exec ${command}`, '/dev/null']
  const child = spawn('script', words, {
    env: {...childEnvironment({TERM: 'xterm-256color', CI: ''}), NODE_ENV: 'production', ...env},
  })
  let start = ''
  let last = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    if (start.length < 200) start += text
    last = (last + text).slice(-LAST)
  })
  return {
    pid: () => Number(/pid (\d+)/.exec(start)?.[1]),
    type: (keys) => child.stdin.write(keys),
    end: () => {
      child.stdin.write('q')
      child.kill('SIGTERM')
    },
    ended: new Promise((resolve) => child.once('close', () => resolve(last))),
  }
}
