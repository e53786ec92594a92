// The join of 5,000,000 answers, from files in place of S3: npm run bench -- batch-collect [--records N] [--assert]
import {spawnSync} from 'node:child_process'
import {closeSync, mkdtempSync, openSync, readFileSync, rmSync, statSync, writeSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {childEnvironment} from '../scripts/child-environment.js'
import {joinAnswers} from '../src/lib/batch/collect/join-answers.js'
import {jsonlSink} from '../src/lib/batch/collect/jsonl-sinks.js'
import type {OutputFile} from '../src/lib/batch/collect/pile.js'
import {openSpillFile} from '../src/lib/batch/collect/spill-store.js'
import {ByteWriter} from '../src/lib/jsonl/byte-writer.js'
import {openDraft} from '../src/lib/jsonl/draft-file.js'
import {openFileSource} from '../src/lib/jsonl/file-source.js'
import {describeMachine, judge, numberOption} from './support/measure.js'
import {peakMib, WRITE_PEAK} from './support/peak-memory.js'

const SHARD = 100_000
/** Of a hundred records so many fail in the first round and are answered in the second. */
const FAILING = 3
/** No factor of the size of a shard: outputs come in an order that is not that of the input. */
const STRIDE = 7919

interface Report {
  readonly seconds: number
  readonly cpuSeconds: number
  readonly answered: number
  readonly bytes: number
}

const child = process.argv.indexOf('--join')
if (child === -1) await measure(numberOption('records', 5_000_000))
else await joinFolder(process.argv[child + 1] ?? '', Number(process.argv[child + 2]))

async function measure(records: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bedrockctl-bench-'))
  try {
    console.log(describeMachine())
    const shards = Math.ceil(records / SHARD)
    writePile(folder, records, shards)
    const {peak, report} = await runChild(folder, shards)
    const read = sizeOf(join(folder, 'input.jsonl')) * 2 + outputsOf(folder, shards).reduce(sum, 0)
    console.log(
      `${records.toLocaleString('en-US')} records, ${(read / 1e9).toFixed(1)} GB read, ${(report.bytes / 1e9).toFixed(1)} GB written: ${report.seconds.toFixed(1)} s, of them ${report.cpuSeconds.toFixed(1)} s of processor`,
    )
    judge([
      {says: 'answers in the result', value: report.answered, bound: records, unit: 'answers', kind: 'at least'},
      {
        says: 'time of 5,000,000 records',
        value: (report.seconds / records) * 5_000_000,
        bound: 60,
        unit: 's',
        kind: 'at most',
      },
      {says: 'peak memory', value: peak, bound: 400, unit: 'MiB', kind: 'at most'},
    ])
  } finally {
    rmSync(folder, {recursive: true})
  }
}

/** In a process of its own, as one file: neither the generator nor the loader is in what is measured. */
async function runChild(folder: string, shards: number): Promise<{readonly peak: number; readonly report: Report}> {
  const {build} = await import('esbuild')
  const program = join(folder, 'bench.mjs')
  const banner = {js: "import {createRequire} from 'node:module';const require=createRequire(import.meta.url)"}
  await build({
    entryPoints: ['bench/batch-collect.ts'],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'esm',
    external: ['esbuild'],
    banner,
    logLevel: 'warning',
  })
  const peakFile = join(folder, 'peak')
  const argv = ['--import', WRITE_PEAK, program, '--join', folder, String(shards)]
  const env = childEnvironment({PEAK_FILE: peakFile})
  const {status, stderr, stdout} = spawnSync(process.execPath, argv, {encoding: 'utf8', env})
  if (status !== 0) throw new Error(`the join ended with ${status}\n${stderr}`)
  return {peak: peakMib(readFileSync(peakFile, 'utf8')), report: JSON.parse(stdout) as Report}
}

async function joinFolder(folder: string, shards: number): Promise<void> {
  const source = await openFileSource(join(folder, 'input.jsonl'))
  const outputs: OutputFile[] = []
  for (const [job, name] of namesOf(shards).entries()) {
    outputs.push({source: await openFileSource(join(folder, name)), round: job < shards ? 1 : 2, job})
  }
  const draft = await openDraft(join(folder, 'answers.jsonl'), '--out')
  const started = performance.now()
  const sink = jsonlSink(new ByteWriter(draft), {withInput: false, withFailed: false})
  const {answered} = await joinAnswers({inputs: [{source, segments: [[0, source.bytes]]}], outputs}, sink, {
    region: 'us-east-1',
    openStore: () => openSpillFile(folder),
  })
  await draft.keep()
  const {system, user} = process.cpuUsage()
  const report: Report = {
    seconds: (performance.now() - started) / 1000,
    cpuSeconds: (system + user) / 1e6,
    answered,
    bytes: sizeOf(join(folder, 'answers.jsonl')),
  }
  process.stdout.write(JSON.stringify(report))
}

function namesOf(shards: number): readonly string[] {
  return [...Array.from({length: shards}, (_, shard) => `r1-${shard}.jsonl.out`), 'r2.jsonl.out']
}

function outputsOf(folder: string, shards: number): readonly number[] {
  return namesOf(shards).map((name) => sizeOf(join(folder, name)))
}

function writePile(folder: string, records: number, shards: number): void {
  writeLines(join(folder, 'input.jsonl'), records, (at) => recordLine(at))
  for (let shard = 0; shard < shards; shard += 1) {
    const first = shard * SHARD
    const size = Math.min(SHARD, records - first)
    const place = (at: number) => first + ((at * STRIDE) % size)
    writeLines(join(folder, `r1-${shard}.jsonl.out`), size, (at) => outputLine(place(at), isFailing(place(at))))
  }
  writeLines(join(folder, 'r2.jsonl.out'), records, (at) => (isFailing(at) ? outputLine(at, false) : ''))
}

function isFailing(record: number): boolean {
  return record % 100 < FAILING
}

function idOf(record: number): string {
  return `review-${String(record).padStart(10, '0')}`
}

function inputOf(record: number): string {
  return `{"messages":[{"role":"user","content":[{"text":"Is review ${record} kind? Answer with one word, and say why you think so."}]}],"inferenceConfig":{"maxTokens":60}}`
}

function recordLine(record: number): string {
  return `{"recordId":"${idOf(record)}","modelInput":${inputOf(record)}}\n`
}

function outputLine(record: number, failed: boolean): string {
  const answer = failed
    ? '"error":{"errorCode":429,"errorMessage":"Too many requests"}'
    : `"modelOutput":{"output":{"message":{"content":[{"text":"Yes: it says \\"thank you\\" ${record} times."}],"role":"assistant"}},"stopReason":"end_turn","usage":{"inputTokens":42,"outputTokens":18,"totalTokens":60}}`
  return `{"modelInput":${inputOf(record)},"recordId":"${idOf(record)}",${answer}}\n`
}

function writeLines(file: string, count: number, lineAt: (at: number) => string): void {
  const descriptor = openSync(file, 'w')
  let piece = ''
  for (let at = 0; at < count; at += 1) {
    piece += lineAt(at)
    if (piece.length < 1 << 20) continue
    writeSync(descriptor, piece)
    piece = ''
  }
  writeSync(descriptor, piece)
  closeSync(descriptor)
}

function sizeOf(file: string): number {
  return statSync(file).size
}

function sum(all: number, one: number): number {
  return all + one
}
