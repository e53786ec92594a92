// What reading every Region costs against reading one: npm run bench -- scan [--rounds N] [--latency MS] [--assert]
// A sandbox in a process of its own answers each call after a delay, as a distant AWS Region would.
import {spawnSync} from 'node:child_process'
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {childEnvironment} from '../scripts/child-environment.js'
import {openCatalog} from '../src/lib/catalog/open-catalog.js'
import {describeMachine, judge, median, numberOption} from './support/measure.js'
import {peakMib, WRITE_PEAK} from './support/peak-memory.js'
import {startSeparateSandbox} from './support/separate-sandbox.js'

const rounds = numberOption('rounds', 7)
const latencyMs = numberOption('latency', 100)
const folder = mkdtempSync(join(tmpdir(), 'bedrockctl-bench-'))
interface Run {
  readonly ms: number
  readonly peak: number
  readonly regions: number
}

const sandbox = await startSeparateSandbox('--scenario', await everyRegionEnabled(), '--latency', `${latencyMs}ms`)
try {
  const one: Run[] = []
  const all: Run[] = []
  for (let round = 0; round <= rounds; round += 1) {
    const pair = [scan('us-east-1'), scan('all')] as const
    if (round === 0) continue
    one.push(pair[0])
    all.push(pair[1])
  }
  report(one, all)
} finally {
  await sandbox.stop()
  rmSync(folder, {recursive: true})
}

/** The demo account with every opt-in Region enabled: nothing is refused before it is read. */
async function everyRegionEnabled(): Promise<string> {
  const scenario = JSON.parse(readFileSync('data/sandbox/scenarios/demo.json', 'utf8'))
  const {regions} = await openCatalog()
  for (const account of scenario.accounts)
    account.optInRegions = regions.filter(({optIn}) => optIn).map(({name}) => name)
  const file = join(folder, 'every-region.json')
  writeFileSync(file, JSON.stringify(scenario))
  return file
}

function scan(region: string): Run {
  const peakFile = join(folder, 'status')
  const argv = ['--import', WRITE_PEAK, 'bin/run.js', 'models', 'list', '--region', region, '--json']
  const started = performance.now()
  const {status, stdout, stderr} = spawnSync(process.execPath, argv, {
    encoding: 'utf8',
    env: childEnvironment({...sandbox.env, PEAK_FILE: peakFile, XDG_CACHE_HOME: folder}),
    maxBuffer: 256 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ms = performance.now() - started
  if (status !== 0) throw new Error(`models list --region ${region} ended with ${status}\n${stderr}`)
  return {ms, peak: peakMib(readFileSync(peakFile, 'utf8')), regions: JSON.parse(stdout).regions.length}
}

function report(one: readonly Run[], all: readonly Run[]): void {
  console.log(describeMachine())
  console.log(`${rounds} interleaved rounds, whole processes, every call delayed by ${latencyMs} ms\n`)
  for (const [name, runs] of [
    ['one Region', one],
    ['every Region', all],
  ] as const) {
    const times = runs.map(({ms}) => ms)
    const peak = Math.max(...runs.map((run) => run.peak))
    console.log(
      `${name.padEnd(14)} ${String(runs[0]?.regions).padStart(3)} Regions  min ${Math.min(...times).toFixed(0)} ms  median ${median(times).toFixed(0)} ms  peak ${peak.toFixed(0)} MiB`,
    )
  }
  const ratio = median(all.map(({ms}) => ms)) / median(one.map(({ms}) => ms))
  judge([
    {says: 'every Region against one, medians', value: ratio, bound: 3, unit: 'times', kind: 'at most'},
    {
      says: 'peak memory',
      value: Math.max(...all.map((run) => run.peak)),
      bound: 150,
      unit: 'MiB',
      kind: 'at most',
    },
    {says: 'Regions read', value: all[0]?.regions ?? 0, bound: 33, unit: 'Regions', kind: 'at least'},
  ])
}
