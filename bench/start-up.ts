// How long the program takes to start, against bare Node and the AWS CLI: npm run bench -- start-up [--rounds N] [--assert]
import {execFileSync} from 'node:child_process'
import {mkdtempSync, realpathSync, renameSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {childEnvironment} from '../scripts/child-environment.js'
import {
  type Case,
  describeMachine,
  judge,
  numberOption,
  type Target,
  type Timing,
  timeInterleaved,
} from './support/measure.js'
import {startSeparateSandbox} from './support/separate-sandbox.js'

const node = process.execPath
const rounds = numberOption('rounds', 20)
const sandbox = await startSeparateSandbox()
// What this machine has kept of earlier commands would be read too.
const folder = mkdtempSync(join(tmpdir(), 'start-up-'))
const empty = {BEDROCKCTL_CACHE_DIR: join(folder, 'empty')}
const kept = {BEDROCKCTL_CACHE_DIR: keepPrices(join(folder, 'kept'))}
const live = {...empty, ...sandbox.env}
const aws = awsCommand()

const estimate = [
  ...['cost', 'estimate', '--model', 'anthropic.claude-sonnet-4-6', '--region', 'eu-central-1', '--offline'],
  ...['--requests', '200k/month', '--input-tokens', '3000', '--output-tokens', '500'],
]

const cases: readonly Case[] = [
  {name: 'node -e 0', file: node, argv: ['-e', '0']},
  {name: '--version', file: node, argv: ['bin/run.js', '--version']},
  {name: '--help', file: node, argv: ['bin/run.js', '--help'], env: empty},
  {name: 'models list --offline', file: node, argv: ['bin/run.js', 'models', 'list', '--offline'], env: empty},
  {
    name: 'models list --offline, prices kept',
    file: node,
    argv: ['bin/run.js', 'models', 'list', '--offline'],
    env: kept,
  },
  {name: 'cost estimate --offline', file: node, argv: ['bin/run.js', ...estimate], env: empty},
  {name: 'cost estimate --offline, prices kept', file: node, argv: ['bin/run.js', ...estimate], env: kept},
  {name: 'models list, one Region of the sandbox', file: node, argv: ['bin/run.js', 'models', 'list'], env: live},
  ...(aws === undefined
    ? []
    : [
        {name: 'aws --version', file: aws, argv: ['--version']},
        {name: 'aws bedrock list-foundation-models', file: aws, argv: ['bedrock', 'list-foundation-models'], env: live},
      ]),
]

console.log(describeMachine())
console.log(
  aws === undefined
    ? 'aws CLI: not present'
    : `aws CLI: ${execFileSync(aws, ['--version'], {encoding: 'utf8'}).trim()}`,
)
console.log(`${rounds} interleaved rounds, whole processes, milliseconds\n`)
try {
  report(timeInterleaved(cases, rounds))
} finally {
  await sandbox.stop()
  rmSync(folder, {recursive: true})
}

/** A cache as who works in four Regions has it; the sandbox sells what AWS does. */
function keepPrices(cache: string): string {
  const regions = 'us-east-1,us-west-2,eu-west-1,eu-central-1'
  execFileSync(node, ['bin/run.js', 'catalog', 'refresh', '--only', 'prices', '--region', regions], {
    env: childEnvironment({...sandbox.env, BEDROCKCTL_CACHE_DIR: cache}),
    stdio: 'ignore',
  })
  renameSync(join(cache, 'prices-simulated.json'), join(cache, 'prices.json'))
  return cache
}

function report(timings: ReadonlyMap<string, Timing>): void {
  const of = (name: string): number => timings.get(name)?.minMs ?? Number.NaN
  const bare = of('node -e 0')
  console.log(`${'case'.padEnd(42)} ${'min'.padStart(8)} ${'median'.padStart(8)} ${'over node'.padStart(10)}`)
  for (const {name, minMs, medianMs} of timings.values()) {
    const over = (minMs - bare).toFixed(1).padStart(10)
    console.log(`${name.padEnd(42)} ${minMs.toFixed(1).padStart(8)} ${medianMs.toFixed(1).padStart(8)} ${over}`)
  }
  judge([
    over('--version', of('--version') - bare, 20),
    over('--help', of('--help') - bare, 90),
    over('models list --offline', of('models list --offline') - bare, 150),
    over('cost estimate --offline', of('cost estimate --offline') - bare, 200),
    ...(aws === undefined
      ? []
      : [
          faster('--version against aws --version', of('aws --version') / of('--version')),
          faster(
            'models list --offline against aws bedrock list-foundation-models',
            of('aws bedrock list-foundation-models') / of('models list --offline'),
          ),
        ]),
  ])
}

function over(name: string, value: number, bound: number): Target {
  return {says: `${name} over bare Node`, value, bound, unit: 'ms', kind: 'at most'}
}

function faster(says: string, value: number): Target {
  return {says, value, bound: 3, unit: 'times as fast', kind: 'at least'}
}

/** The AWS CLI itself: a version manager's shim in front of it would be counted against it. */
function awsCommand(): string | undefined {
  try {
    const found = execFileSync('which', ['aws'], {encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore']}).trim()
    return found.includes('/shims/')
      ? execFileSync('pyenv', ['which', 'aws'], {encoding: 'utf8'}).trim()
      : realpathSync(found)
  } catch {
    return undefined
  }
}
