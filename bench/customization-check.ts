// Checking data sets beside Python's json, as whole processes on one thread, and the memory it takes:
// npm run bench -- customization-check [--megabytes N] [--rounds N] [--gigabytes-for-memory N] [--assert]
import {spawnSync} from 'node:child_process'
import {mkdtempSync, readFileSync, rmSync, statSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {childEnvironment} from '../scripts/child-environment.js'
import {DATASETS, writeDataset} from './support/dataset-rows.js'
import {describeMachine, judge, median, numberOption, type Target} from './support/measure.js'
import {peakMib} from './support/peak-memory.js'

const PYTHON = 'import json,sys\nfor line in open(sys.argv[1], "rb"): json.loads(line)'
/** For `--import`: writes what the process took to the file named by PEAK_FILE when it ends. */
const WRITE_USE = `data:text/javascript,${encodeURIComponent(
  `import {readFileSync, writeFileSync} from 'node:fs'
   process.on('exit', () => writeFileSync(process.env.PEAK_FILE, JSON.stringify({status: readFileSync('/proc/self/status', 'utf8'), userMs: process.cpuUsage().user / 1000})))`,
)}`

const megabytes = numberOption('megabytes', 300)
const rounds = numberOption('rounds', 5)
const gigabytes = numberOption('gigabytes-for-memory', 1)
const folder = mkdtempSync(join(tmpdir(), 'bedrockctl-bench-'))
try {
  console.log(describeMachine())
  const targets: Target[] = []
  for (const base of Object.keys(DATASETS)) targets.push(await timeBase(base))
  targets.push(await measureMemory())
  judge(targets)
} finally {
  rmSync(folder, {recursive: true})
}

/** Rates for one base: of the processor's time, which other programs do not change, and of the clock. */
async function timeBase(base: string): Promise<Target> {
  const file = join(folder, 'train.jsonl')
  await writeDataset(file, base, megabytes * 1e6)
  const bytes = statSync(file).size
  const uses = Array.from({length: rounds + 1}, () => checked(file, base)).slice(1)
  const loads = Array.from({length: rounds}, () => wallOf('python3', ['-c', PYTHON, file]))
  const rate = (values: readonly number[]): number => bytes / 1000 / median(values)
  const [user, wall, python] = [uses.map(({userMs}) => userMs), uses.map(({wallMs}) => wallMs), loads].map(rate)
  console.log(`\n${base}, ${(bytes / 1e6).toFixed(0)} MB`)
  console.log(
    `processor ${user?.toFixed(0)} MB/s, clock ${wall?.toFixed(0)} MB/s, json.loads ${python?.toFixed(0)} MB/s`,
  )
  return {says: `${base}, by the processor`, value: user ?? 0, bound: 100, unit: 'MB/s', kind: 'at least'}
}

/** The highest resident size while a large file of short rows is checked. */
async function measureMemory(): Promise<Target> {
  const [base = ''] = Object.keys(DATASETS)
  const file = join(folder, 'large.jsonl')
  await writeDataset(file, base, gigabytes * 1e9)
  const {peakMb} = checked(file, base)
  return {says: `memory at ${gigabytes} GB`, value: peakMb, bound: 300, unit: 'MB', kind: 'at most'}
}

/** One whole process. It fails for its many rows, and for nothing else. */
function checked(file: string, base: string) {
  const used = join(folder, 'used')
  const argv = ['bin/run.js', 'customizations', 'check', file, '--base-model', base, '--type', 'fine-tuning']
  const started = performance.now()
  const ended = spawnSync(process.execPath, ['--import', WRITE_USE, ...argv, '--offline', '--json'], {
    env: childEnvironment({PEAK_FILE: used}),
    encoding: 'utf8',
  })
  const wallMs = performance.now() - started
  const {gate} = JSON.parse(ended.stdout) as {gate: {failures: readonly string[]}}
  if (gate.failures.some((failure) => failure !== 'count-max: 1')) throw new Error(gate.failures.join(', '))
  const {status, userMs} = JSON.parse(readFileSync(used, 'utf8')) as {status: string; userMs: number}
  return {wallMs, userMs, peakMb: (peakMib(status) * 2 ** 20) / 1e6}
}

function wallOf(file: string, argv: readonly string[]): number {
  const started = performance.now()
  const {error, status} = spawnSync(file, argv, {stdio: 'ignore'})
  if (error || status !== 0) throw new Error(`${file} ended with ${status ?? error?.message}`)
  return performance.now() - started
}
