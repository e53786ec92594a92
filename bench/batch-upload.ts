// Uploading one shard: npm run bench -- batch-upload [--rounds N] [--megabytes N] [--assert]
// A sandbox in a process of its own verifies and keeps the bytes. Ours reads the segments of a file, digests them and
// journals nothing; beside it @aws-sdk/lib-storage uploads the same file with what it does by default.
import {createHash} from 'node:crypto'
import {once} from 'node:events'
import {createReadStream, createWriteStream, mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {finished} from 'node:stream/promises'
import {S3Client} from '@aws-sdk/client-s3'
import {Upload} from '@aws-sdk/lib-storage'
import {openAwsSession} from '../src/lib/aws/session.js'
import {readSegments} from '../src/lib/batch/plan/read-segments.js'
import {realClock} from '../src/lib/jobs/clock.js'
import {uploadObject} from '../src/lib/jobs/upload-object.js'
import {openFileSource} from '../src/lib/jsonl/file-source.js'
import {describeMachine, judge, median, numberOption} from './support/measure.js'
import {startSeparateSandbox} from './support/separate-sandbox.js'

const rounds = numberOption('rounds', 5)
const megabytes = numberOption('megabytes', 256)
const BUCKET = 'demo-batch-111122223333'
const REGION = 'us-east-1'

const folder = mkdtempSync(join(tmpdir(), 'bedrockctl-bench-'))
const file = join(folder, 'records.jsonl')
const sandbox = await startSeparateSandbox()
const {AWS_ACCESS_KEY_ID: accessKeyId = '', AWS_SECRET_ACCESS_KEY: secretAccessKey = ''} = sandbox.env
const credentials = {accessKeyId, secretAccessKey}
const session = openAwsSession({endpointUrl: sandbox.url, credentials, region: REGION})
const client = new S3Client({endpoint: sandbox.url, region: REGION, credentials})
try {
  const sha256 = await writeRecords()
  const source = await openFileSource(file)
  const store = await session.objectStore()
  const ours: number[] = []
  const theirs: number[] = []
  for (let round = 0; round <= rounds; round += 1) {
    const pair = [await time(uploadTheirs), await time(() => uploadOurs(sha256, source, store))] as const
    // The first round fills the file cache and compiles.
    if (round === 0) continue
    theirs.push(pair[0])
    ours.push(pair[1])
  }
  report(ours, theirs, source.bytes)
} finally {
  client.destroy()
  session.close()
  await sandbox.stop()
  rmSync(folder, {recursive: true})
}

/** Records of a few kilobytes until the file has its size; returns its digest. */
async function writeRecords(): Promise<string> {
  const digest = createHash('sha256')
  const stream = createWriteStream(file)
  for (let bytes = 0, index = 0; bytes < megabytes * 1e6; index += 1) {
    const text = `Summarise number ${index}. `.repeat(150)
    const modelInput = {messages: [{role: 'user', content: [{text}]}], inferenceConfig: {maxTokens: 200}}
    const line = `${JSON.stringify({recordId: `record${index}`, modelInput})}\n`
    bytes += line.length
    digest.update(line)
    if (!stream.write(line)) await once(stream, 'drain')
  }
  stream.end()
  await finished(stream)
  return digest.digest('hex')
}

async function uploadTheirs(): Promise<void> {
  const params = {Bucket: BUCKET, Key: 'bench/theirs.jsonl', Body: createReadStream(file)}
  await new Upload({client, params}).done()
}

async function uploadOurs(
  sha256: string,
  source: Awaited<ReturnType<typeof openFileSource>>,
  store: Awaited<ReturnType<typeof session.objectStore>>,
): Promise<void> {
  await uploadObject(
    {
      place: {bucket: BUCKET, key: 'bench/ours.jsonl'},
      owner: {region: REGION},
      bytes: source.bytes,
      sha256,
      options: {},
      read: (signal) => readSegments(source, [[0, source.bytes]], signal),
      changed: () => new Error('the file changed'),
      clearOthers: false,
    },
    {
      store,
      clock: realClock,
      signal: undefined,
      onStarted: () => Promise.resolve(),
      onSent: () => undefined,
    },
  )
}

async function time(run: () => Promise<void>): Promise<number> {
  const started = performance.now()
  await run()
  return performance.now() - started
}

function report(ours: readonly number[], theirs: readonly number[], bytes: number): void {
  const rate = (ms: number) => bytes / 1e6 / (ms / 1000)
  console.log(describeMachine())
  console.log(`${rounds} interleaved rounds of ${(bytes / 1e6).toFixed(0)} MB\n`)
  console.log(`bedrockctl   median ${rate(median(ours)).toFixed(0)} MB/s`)
  console.log(`lib-storage  median ${rate(median(theirs)).toFixed(0)} MB/s`)
  const ratio = median(ours.map((ms, round) => (theirs[round] ?? 0) / ms))
  judge([
    {says: 'upload against lib-storage, median of rounds', value: ratio, bound: 0.8, unit: 'times', kind: 'at least'},
  ])
}
