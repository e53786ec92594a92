// npm run picture: runs the built program and draws what it shows: docs/images/{availability,monitor}.svg.
import {spawnSync} from 'node:child_process'
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {childEnvironment} from './child-environment.js'
import {boardFrame} from './generate/board-frame.js'
import {drawTerminal} from './generate/draw-terminal.js'

const COLUMNS = 92
const BOARD = {columns: 118, rows: 28}
const MODEL = 'anthropic.claude-sonnet-4-6'

/** The words after `bedrockctl`, as the picture shows them. */
const QUESTIONS = [
  ['models', 'availability', MODEL, '--from', 'eu-central-1', '--offline'],
  ['models', 'resolve', MODEL, '--from', 'eu-central-1', '--offline'],
] as const

const screen = QUESTIONS.flatMap((words) => [
  `\u001B[2m$\u001B[22m bedrockctl ${words.join(' ')}`,
  ...answerTo(words),
  '',
])
mkdirSync('docs/images', {recursive: true})
writeFileSync(
  'docs/images/availability.svg',
  drawTerminal(screen.slice(0, -1), {columns: COLUMNS, title: 'bedrockctl models availability'}),
)
writeFileSync(
  'docs/images/monitor.svg',
  drawTerminal(await recordedBoard(), {columns: BOARD.columns, title: 'bedrockctl monitor --sandbox'}),
)

/** A few seconds of the sandbox, recorded and told again. */
async function recordedBoard(): Promise<readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'bedrockctl-picture-'))
  try {
    const file = join(folder, 'board.ndjson')
    run(['monitor', '--sandbox', '--count', '3', '--output', 'ndjson', '--record', file], {})
    return await boardFrame(file, BOARD)
  } finally {
    rmSync(folder, {recursive: true})
  }
}

function answerTo(words: readonly string[]): readonly string[] {
  const terminal = {FORCE_COLOR: '1', NO_COLOR: '', PICTURE_COLUMNS: String(COLUMNS), TERM: 'xterm-256color'}
  return run(words, terminal, ['--import', './scripts/pretend-terminal.js']).trimEnd().split('\n')
}

function run(words: readonly string[], env: Readonly<Record<string, string>>, node: readonly string[] = []): string {
  const {status, stdout, stderr} = spawnSync(process.execPath, [...node, 'bin/run.js', ...words], {
    encoding: 'utf8',
    env: childEnvironment({LANG: 'C.UTF-8', BEDROCKCTL_STATE_DIR: join(tmpdir(), 'bedrockctl-none'), ...env}),
    maxBuffer: 64 * 1024 * 1024,
  })
  if (status !== 0) throw new Error(`bedrockctl ${words.join(' ')} ended with ${status}\n${stderr}`)
  return stdout
}
