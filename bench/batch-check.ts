// Checking records beside Python's json and wc, as whole processes, and the memory it takes:
// npm run bench -- batch-check [--megabytes N] [--rounds N] [--gigabytes-for-memory N] [--assert]
import {spawnSync} from 'node:child_process'
import {mkdtempSync, readFileSync, rmSync, statSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {childEnvironment} from '../scripts/child-environment.js'
import {BATCH_MODELS, writeRecords} from './support/batch-records.js'
import {describeMachine, judge, numberOption, type Target, timeInterleaved} from './support/measure.js'
import {peakMib, WRITE_PEAK} from './support/peak-memory.js'

const PYTHON = 'import json,sys\nfor line in open(sys.argv[1], "rb"): json.loads(line)'

const megabytes = numberOption('megabytes', 300)
const rounds = numberOption('rounds', 5)
const gigabytes = numberOption('gigabytes-for-memory', 1)
const folder = mkdtempSync(join(tmpdir(), 'bedrockctl-bench-'))
try {
  console.log(describeMachine())
  const targets: Target[] = []
  for (const model of Object.keys(BATCH_MODELS)) targets.push(...(await timeModel(model)))
  targets.push(await measureMemory())
  judge(targets)
} finally {
  rmSync(folder, {recursive: true})
}

/** Rates of one file of records for a model; medians of rounds in which every program runs once. */
async function timeModel(model: string): Promise<readonly Target[]> {
  const file = join(folder, 'records.jsonl')
  await writeRecords(file, model, megabytes * 1e6)
  const bytes = statSync(file).size
  const check = (name: string, threads: number, input: string) => ({name, ...checkOf(input, model, threads)})
  const timings = timeInterleaved(
    [
      {name: 'wc -l', file: 'wc', argv: ['-l', file]},
      {name: 'json.loads', file: 'python3', argv: ['-c', PYTHON, file]},
      check('1 thread', 1, file),
      check('2 threads', 2, file),
    ],
    rounds,
  )
  const rate = (name: string): number => bytes / 1000 / (timings.get(name)?.medianMs ?? Number.NaN)
  console.log(`\n${model}, ${(bytes / 1e6).toFixed(0)} MB`)
  for (const name of timings.keys()) {
    const ratio = (rate(name) / rate('json.loads')).toFixed(2)
    console.log(`${name.padEnd(12)} ${rate(name).toFixed(0).padStart(6)} MB/s  ${ratio} × json.loads`)
  }
  return [
    {says: `${model}, 1 thread`, value: rate('1 thread'), bound: 150, unit: 'MB/s', kind: 'at least'},
    {
      says: `${model}, 2 threads over 1`,
      value: rate('2 threads') / rate('1 thread'),
      bound: 1.7,
      unit: '×',
      kind: 'at least',
    },
    {
      says: `${model}, 2 threads over json.loads`,
      value: rate('2 threads') / rate('json.loads'),
      bound: 3,
      unit: '×',
      kind: 'at least',
    },
  ]
}

/** The highest resident size while a large file is checked in two threads. */
async function measureMemory(): Promise<Target> {
  const [model = ''] = Object.keys(BATCH_MODELS)
  const file = join(folder, 'large.jsonl')
  const status = join(folder, 'status')
  await writeRecords(file, model, gigabytes * 1e9)
  const {argv, file: node} = checkOf(file, model, 2)
  const env = childEnvironment({PEAK_FILE: status})
  const ended = spawnSync(node, ['--import', WRITE_PEAK, ...argv], {env, encoding: 'utf8'})
  if (ended.status !== 0) throw new Error(`the check ended with ${ended.status}\n${ended.stderr}`)
  // The bound is in units of 10^6 bytes.
  const value = (peakMib(readFileSync(status, 'utf8')) * 2 ** 20) / 1e6
  return {says: `memory at ${gigabytes} GB`, value, bound: 200, unit: 'MB', kind: 'at most'}
}

function checkOf(file: string, model: string, threads: number) {
  const argv = ['bin/run.js', 'batch', 'check', file, '--model', model, '--offline', '--threads', `${threads}`]
  return {file: process.execPath, argv}
}
