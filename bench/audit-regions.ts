// Auditing one Region, and 17 far ones: npm run bench -- audit-regions [--rounds N] [--latency MS] [--assert]
// Whole processes against a sandbox in a process of its own; one Region at once, 17 with each call delayed. CloudTrail
// answers two look-ups a second in a Region: what its pages take at that rate is the floor below which nobody can go.
import {spawnSync} from 'node:child_process'
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {childEnvironment} from '../scripts/child-environment.js'
import {openCatalog} from '../src/lib/catalog/open-catalog.js'
import {describeMachine, judge, median, numberOption} from './support/measure.js'
import {peakMib, WRITE_PEAK} from './support/peak-memory.js'
import {startSeparateSandbox} from './support/separate-sandbox.js'

const rounds = numberOption('rounds', 5)
const latencyMs = numberOption('latency', 50)
const folder = mkdtempSync(join(tmpdir(), 'bedrockctl-bench-'))
const REGIONS = 17

interface Run {
  readonly ms: number
  readonly peak: number
  readonly findings: number
  /** Of the busiest Region. */
  readonly lookUps: number
}

const regions = (await openCatalog()).regions
  .filter(({partition, optIn}) => partition === 'aws' && optIn === false)
  .map(({name}) => name)
  .slice(0, REGIONS)
const near = await startSeparateSandbox('--scenario', 'demo')
const far = await startSeparateSandbox('--scenario', 'demo', '--latency', `${latencyMs}ms`)
try {
  const one: Run[] = []
  const many: Run[] = []
  for (let round = 0; round <= rounds; round += 1) {
    const pair = [await audit(near, ['us-east-1']), await audit(far, regions)] as const
    if (round === 0) continue
    one.push(pair[0])
    many.push(pair[1])
  }
  report(one, many)
} finally {
  await Promise.all([near.stop(), far.stop()])
  rmSync(folder, {recursive: true})
}

async function audit(sandbox: typeof near, asked: readonly string[]): Promise<Run> {
  const peakFile = join(folder, 'status')
  const project = join(folder, 'project.yaml')
  writeFileSync(project, 'version: 1\n')
  const words = ['audit', 'run', '--project', project, '--region', asked.join(','), '--json']
  const started = performance.now()
  const {status, stdout, stderr} = spawnSync(process.execPath, ['--import', WRITE_PEAK, 'bin/run.js', ...words], {
    encoding: 'utf8',
    env: childEnvironment({...sandbox.env, PEAK_FILE: peakFile, XDG_CACHE_HOME: folder}),
    maxBuffer: 256 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ms = performance.now() - started
  if (status !== 0 && status !== 6) throw new Error(`audit run ended with ${status}\n${stderr}`)
  const report = JSON.parse(stdout)
  if (report.regions.length !== asked.length) throw new Error(`only ${report.regions.length} Regions were read`)
  const peak = peakMib(readFileSync(peakFile, 'utf8'))
  return {ms, peak, findings: report.findings.length, lookUps: await takeLookUps(sandbox.url)}
}

interface JournalEntry {
  readonly operation?: string
  readonly region?: string
}

/** Look-ups since the last time, in the Region that had most. */
async function takeLookUps(url: string): Promise<number> {
  const answer = await fetch(`${url}/_sandbox/journal`)
  const {entries} = (await answer.json()) as {readonly entries: readonly JournalEntry[]}
  await fetch(`${url}/_sandbox/journal`, {method: 'DELETE'})
  const counts = new Map<string, number>()
  for (const {operation, region = ''} of entries) {
    if (operation === 'LookupEvents') counts.set(region, (counts.get(region) ?? 0) + 1)
  }
  return Math.max(0, ...counts.values())
}

/** Seconds that so many look-ups take at two a second, the first two at once. */
function floorOf({lookUps}: Run): number {
  return Math.max(0, lookUps - 2) / 2
}

function report(one: readonly Run[], many: readonly Run[]): void {
  console.log(describeMachine())
  console.log(`${rounds} interleaved rounds, whole processes; the far Regions answer after ${latencyMs} ms\n`)
  for (const [name, runs] of [
    ['one Region', one],
    [`${regions.length} far Regions`, many],
  ] as const) {
    const times = runs.map(({ms}) => ms)
    const peak = Math.max(...runs.map((run) => run.peak))
    console.log(
      `${name.padEnd(16)} ${runs[0]?.findings} findings  min ${Math.min(...times).toFixed(0)} ms  median ${median(times).toFixed(0)} ms  peak ${peak.toFixed(0)} MiB`,
    )
  }
  const floor = median(one.map(floorOf))
  const seconds = (runs: readonly Run[]) => median(runs.map(({ms}) => ms)) / 1000
  console.log(
    `\none Region: ${one[0]?.lookUps} look-ups of events, at least ${floor.toFixed(1)} s at CloudTrail’s rate`,
  )
  judge([
    {says: 'one Region, beyond that floor', value: seconds(one) - floor, bound: 2, unit: 's', kind: 'at most'},
    {
      says: `${regions.length} Regions, ${latencyMs} ms away`,
      value: seconds(many),
      bound: 10,
      unit: 's',
      kind: 'at most',
    },
    {says: 'Regions read', value: regions.length, bound: REGIONS, unit: 'Regions', kind: 'at least'},
  ])
}
