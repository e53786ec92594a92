// Memory of judging a large saved snapshot, as whole processes: npm run bench -- audit-saved [--rounds N] [--assert]
import {spawnSync} from 'node:child_process'
import {mkdtempSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {childEnvironment} from '../scripts/child-environment.js'
import {largeSnapshot, resourcesOf} from './support/large-snapshot.js'
import {describeMachine, judge, median, numberOption} from './support/measure.js'
import {peakMib, WRITE_PEAK} from './support/peak-memory.js'

const rounds = numberOption('rounds', 5)
const folder = mkdtempSync(join(tmpdir(), 'bedrockctl-bench-'))
try {
  const snapshot = await largeSnapshot({principals: 2000, policies: 200, regions: 17})
  const file = join(folder, 'large.json')
  writeFileSync(file, JSON.stringify(snapshot))
  writeFileSync(join(folder, 'bedrockctl.yaml'), 'version: 1\n')
  console.log(describeMachine())
  console.log(`${resourcesOf(snapshot)} resources, ${Math.round(statSync(file).size / 2 ** 20)} MiB of JSON\n`)
  const runs = Array.from({length: rounds}, () => audit(file))
  console.log(`whole process: median ${median(runs.map(({ms}) => ms)).toFixed(0)} ms`)
  judge([
    {says: 'peak memory', value: Math.max(...runs.map(({peak}) => peak)), bound: 200, unit: 'MiB', kind: 'at most'},
    {says: 'resources', value: resourcesOf(snapshot), bound: 47_000, unit: 'resources', kind: 'at least'},
  ])
} finally {
  rmSync(folder, {recursive: true})
}

function audit(file: string): {readonly ms: number; readonly peak: number} {
  const peakFile = join(folder, 'status')
  const words = ['audit', 'run', '--from', file, '--project', join(folder, 'bedrockctl.yaml'), '-o', 'csv']
  const started = performance.now()
  const {status, stderr} = spawnSync(process.execPath, ['--import', WRITE_PEAK, 'bin/run.js', ...words], {
    env: childEnvironment({PEAK_FILE: peakFile}),
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const ms = performance.now() - started
  if (status !== 0 && status !== 6) throw new Error(`audit run ended with ${status}\n${stderr}`)
  return {ms, peak: peakMib(readFileSync(peakFile, 'utf8'))}
}
