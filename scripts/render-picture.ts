// npm run picture: runs the built program as on a terminal and draws what it prints as docs/images/availability.svg.
import {spawnSync} from 'node:child_process'
import {mkdirSync, writeFileSync} from 'node:fs'
import {childEnvironment} from './child-environment.js'
import {drawTerminal} from './generate/draw-terminal.js'

const COLUMNS = 92
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

function answerTo(words: readonly string[]): readonly string[] {
  const {status, stdout, stderr} = spawnSync(
    process.execPath,
    ['--import', './scripts/pretend-terminal.js', 'bin/run.js', ...words],
    {
      encoding: 'utf8',
      env: childEnvironment({
        FORCE_COLOR: '1',
        NO_COLOR: '',
        PICTURE_COLUMNS: String(COLUMNS),
        LANG: 'C.UTF-8',
        TERM: 'xterm-256color',
      }),
    },
  )
  if (status !== 0) throw new Error(`bedrockctl ${words.join(' ')} ended with ${status}\n${stderr}`)
  return stdout.trimEnd().split('\n')
}
