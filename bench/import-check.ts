// Checking a model of 200 GB in 80 shards: npm run bench -- import-check [--rounds N] [--python PATH] [--assert]
// Weights are holes in files, and zeros in the sandbox's S3. The whole check is timed as a process; the headers alone
// beside Python, both in processes that run already, in turns. Python loads them with safetensors where it has it, and
// parses them itself where it has not.
import {type ChildProcess, spawn, spawnSync} from 'node:child_process'
import {once} from 'node:events'
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {createInterface} from 'node:readline'
import {childEnvironment} from '../scripts/child-environment.js'
import {openLocalFolder} from '../src/lib/imports/files/local-folder.js'
import {readShards} from '../src/lib/imports/read/read-shards.js'
import {largeModel, largeScenario, writeSparse} from './support/large-model.js'
import {describeMachine, judge, median, numberOption, type Target, timeInterleaved} from './support/measure.js'
import {peakMib, WRITE_PEAK} from './support/peak-memory.js'
import {startSeparateSandbox} from './support/separate-sandbox.js'

const SAFETENSORS = `
from safetensors import safe_open
def load(path):
    with safe_open(path, framework="np") as f:
        for key in f.keys():
            one = f.get_slice(key); one.get_shape(); one.get_dtype()`
const PLAIN = `
import json,struct
def load(path):
    with open(path, "rb") as f:
        json.loads(f.read(struct.unpack("<Q", f.read(8))[0]))`
/** For each line that comes in, loads all headers and says in how many milliseconds. */
const LOOP = `
import glob,sys,time
paths = sorted(glob.glob(sys.argv[1] + "/*.safetensors"))
for line in sys.stdin:
    start = time.perf_counter()
    for path in paths: load(path)
    print((time.perf_counter() - start) * 1000, flush=True)`
const BUCKET = 'bench-models'

const rounds = numberOption('rounds', 5)
const python = wordOption('python', 'python3')
const folder = mkdtempSync(join(tmpdir(), 'bedrockctl-bench-'))
const hasSafetensors = spawnSync(python, ['-c', 'import safetensors, numpy']).status === 0
try {
  console.log(describeMachine())
  console.log(`Python: ${hasSafetensors ? 'safetensors' : 'json, for safetensors is not installed'}`)
  const targets: Target[] = []
  for (const kind of ['dense', 'experts'] as const) targets.push(...(await measure(kind)))
  judge(targets)
} finally {
  rmSync(folder, {recursive: true})
}

async function measure(kind: 'dense' | 'experts'): Promise<readonly Target[]> {
  const model = largeModel(kind)
  const local = join(folder, kind)
  const bytes = writeSparse(local, model)
  const scenario = join(folder, `${kind}.json`)
  writeFileSync(scenario, largeScenario(BUCKET, model))
  console.log(`\n${kind}: ${(bytes / 1e9).toFixed(1)} GB, ${model.shards.flat().length} tensors`)
  const headers = await timeHeaders(local)
  const sandbox = await startSeparateSandbox('--scenario', scenario)
  try {
    const ours = ['bin/run.js', 'imports', 'check', local, '--region', 'us-east-1', '--offline']
    const remote = ['bin/run.js', 'imports', 'check', `s3://${BUCKET}/model/`, '--region', 'us-east-1']
    const timings = timeInterleaved(
      [
        {name: 'check of files', file: process.execPath, argv: ours},
        {name: 'check of S3', file: process.execPath, argv: remote, env: sandbox.env},
      ],
      rounds,
    )
    for (const [name, {medianMs, minMs}] of timings) print(name, medianMs, minMs)
    const seconds = (name: string) => (timings.get(name)?.medianMs ?? Number.NaN) / 1000
    const [near, far] = [readOf(ours), readOf(remote, sandbox.env)]
    return [
      {says: `${kind}, files`, value: seconds('check of files'), bound: 3, unit: 's', kind: 'at most'},
      {says: `${kind}, S3`, value: seconds('check of S3'), bound: 3, unit: 's', kind: 'at most'},
      {says: `${kind}, headers over Python`, value: headers, bound: 1, unit: '×', kind: 'at least'},
      {says: `${kind}, read of files`, value: near.megabytes, bound: 20, unit: 'MB', kind: 'at most'},
      {says: `${kind}, read of S3`, value: far.megabytes, bound: 20, unit: 'MB', kind: 'at most'},
      {says: `${kind}, memory`, value: near.peak, bound: 300, unit: 'MiB', kind: 'at most'},
    ]
  } finally {
    await sandbox.stop()
  }
}

/** How many times as fast as Python all headers are read. */
async function timeHeaders(path: string): Promise<number> {
  const child = spawn(python, ['-c', `${hasSafetensors ? SAFETENSORS : PLAIN}${LOOP}`, path], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const lines = createInterface({input: child.stdout})[Symbol.asyncIterator]()
  const model = await openLocalFolder(path)
  const listing = await model.list()
  const paths = listing.files.map((file) => file.path).filter((name) => name.endsWith('.safetensors'))
  const samples = {python: [] as number[], ours: [] as number[]}
  for (let round = 0; round < rounds * 4; round += 1) {
    child.stdin.write('again\n')
    samples.python.push(Number((await lines.next()).value))
    const started = performance.now()
    const {shards} = await readShards(paths, model, listing, {})
    samples.ours.push(performance.now() - started)
    if (shards.some(({tensors}) => tensors === undefined)) throw new Error('a header was not understood')
  }
  await ended(child)
  // The first rounds fill caches and compile.
  const [theirs, ours] = [samples.python, samples.ours].map((all) => median(all.slice(rounds)))
  print('headers, Python', theirs ?? Number.NaN, Math.min(...samples.python))
  print('headers, ours', ours ?? Number.NaN, Math.min(...samples.ours))
  return (theirs ?? Number.NaN) / (ours ?? Number.NaN)
}

async function ended(child: ChildProcess): Promise<void> {
  child.stdin?.end()
  await once(child, 'exit')
}

function print(name: string, medianMs: number, minMs: number): void {
  console.log(`${name.padEnd(16)} ${medianMs.toFixed(0).padStart(6)} ms, at least ${minMs.toFixed(0)} ms`)
}

/** What a check says that it has read, and the memory it took. */
function readOf(argv: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const status = join(folder, 'status')
  const {stderr, stdout} = spawnSync(process.execPath, ['--import', WRITE_PEAK, ...argv, '--json'], {
    env: childEnvironment({...env, PEAK_FILE: status}),
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  })
  const answer = JSON.parse(stdout) as {gate: {passed: boolean}; read: {bytes: number}}
  if (!answer.gate.passed) throw new Error(`the model does not pass\n${stderr}`)
  return {megabytes: answer.read.bytes / 1e6, peak: peakMib(readFileSync(status, 'utf8'))}
}

function wordOption(name: string, otherwise: string): string {
  const index = process.argv.indexOf(`--${name}`)
  return (index === -1 ? undefined : process.argv[index + 1]) ?? otherwise
}
