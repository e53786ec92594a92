// How soon the board is on the terminal, against bare Node: npm run bench -- monitor-start [--rounds N] [--assert]
// The whole program on a terminal of its own, from its start to the first frame, over a recording: no network.
import {spawn} from 'node:child_process'
import {childEnvironment} from '../scripts/child-environment.js'
import {describeMachine, judge, median, numberOption} from './support/measure.js'

const RECORDING = 'test/cases/board/demo.ndjson'
/** What the first line of the board holds. */
const SHOWN = /account|no Region|UTC/
const rounds = numberOption('rounds', 10)
const env = {...childEnvironment({TERM: 'xterm-256color', CI: ''}), NODE_ENV: 'production'}

const bare: number[] = []
const board: number[] = []
for (let round = 0; round <= rounds; round += 1) {
  const node = onTerminal(['-e', 'console.log("UTC")'])
  const program = onTerminal(['bin/run.js', 'monitor', '--replay', RECORDING])
  // One after the other; the first round fills the file cache and is not counted.
  const [nodeMs, boardMs] = [await node(), await program()]
  if (round === 0) continue
  bare.push(nodeMs)
  board.push(boardMs)
}

console.log(describeMachine())
console.log(`${rounds} interleaved rounds, milliseconds until the terminal shows something\n`)
for (const [name, values] of [
  ['node -e, one line', bare],
  ['monitor, first frame', board],
] as const) {
  console.log(`${name.padEnd(22)} min ${Math.min(...values).toFixed(1)}  median ${median(values).toFixed(1)}`)
}
judge([
  {
    says: 'first frame over bare Node',
    value: Math.min(...board) - Math.min(...bare),
    bound: 320,
    unit: 'ms',
    kind: 'at most',
  },
])

/** Runs node with these words on a terminal of its own, and ends it once it shows something. */
function onTerminal(argv: readonly string[]): () => Promise<number> {
  const command = [process.execPath, ...argv].map((word) => `'${word}'`).join(' ')
  return () =>
    new Promise((resolve, reject) => {
      // The shell is there before the clock runs: it says so, and waits for a line.
      const child = spawn(
        'script',
        ['-qfec', `stty rows 50 cols 160 -echo; echo ready; read go; exec ${command}`, '/dev/null'],
        {env},
      )
      let text = ''
      let begun = Number.NaN
      child.stdout.setEncoding('utf8').on('data', (piece: string) => {
        text += piece
        if (Number.isNaN(begun) && text.includes('ready')) {
          text = ''
          begun = performance.now()
          child.stdin.write('go\n')
        } else if (!Number.isNaN(begun) && SHOWN.test(text)) {
          resolve(performance.now() - begun)
          child.stdin.write('q')
          child.kill('SIGTERM')
        }
      })
      child.once('close', () => reject(new Error(`nothing was shown:\n${text}`)))
    })
}
