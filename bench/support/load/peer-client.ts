// A process that sends the same load as a program would by a common client: undici's fetch of Node, or the AWS SDK.
import {BedrockRuntimeClient, ConverseStreamCommand} from '@aws-sdk/client-bedrock-runtime'
import {NodeHttpHandler} from '@smithy/node-http-handler'
import {machineMs} from '../../../test/support/truth-server/clock.js'
import {bodyOf, type ClientJob, type ClientReport, ID_DIGITS, ROW} from './client-job.js'
import {RowFile} from './row-file.js'

/** Reads one answer and tells of each of its token events. */
type Ask = (k: number, onToken: () => void) => Promise<void>

const MARK = 'Request '
const job: ClientJob = JSON.parse(process.argv[2] ?? '{}')
const rows = new RowFile()
const users = job.level.kind === 'concurrency' ? job.level.users : 1
const flat = new Float64Array(job.requests * ROW.length)
const ask = job.client === 'aws-sdk' ? bySdk() : byFetch()
let next = 0
let gapSum = 0
const gaps: number[] = []
const failures: string[] = []
const before = process.cpuUsage()
const t0 = performance.now()
await Promise.all(Array.from({length: users}, (_, user) => oneUser((user / users) * job.expectedE2eMs)))
const cpu = process.cpuUsage(before)
rows.write(flat)
rows.close()
gaps.sort((a, b) => a - b)
const at = (share: number) => gaps[Math.floor(share * (gaps.length - 1))] ?? Number.NaN
const report: ClientReport = {
  t0: machineMs(t0),
  ended: 'complete',
  cpuMs: (cpu.user + cpu.system) / 1000,
  rssMb: process.resourceUsage().maxRSS / 1024,
  gaps: {count: gaps.length, sumMs: gapSum, p50Ms: at(0.5), p99Ms: at(0.99)},
  failures: failures.slice(0, 5),
  busyShare: Number.NaN,
  file: rows.path,
}
process.stdout.write(JSON.stringify(report))
process.exit(0)

async function oneUser(startsAfterMs: number): Promise<void> {
  await new Promise((done) => setTimeout(done, startsAfterMs))
  while (next < job.requests) {
    const k = next
    next += 1
    await one(k)
  }
}

async function one(k: number): Promise<void> {
  const sent = performance.now() - t0
  let first = Number.NaN
  let last = Number.NaN
  let events = 0
  let error = 0
  await ask(k, () => {
    const now = performance.now() - t0
    if (events === 0) first = now
    else {
      gaps.push(now - last)
      gapSum += now - last
    }
    last = now
    events += 1
  }).catch((thrown: unknown) => {
    error = 1
    failures.push(String(thrown))
  })
  flat.set([k, sent, sent, first, last, performance.now() - t0, events, 0, error], k * ROW.length)
}

function byFetch(): Ask {
  const url = `http://127.0.0.1:${job.port}${job.path}`
  return async (k, onToken) => {
    const answer = await fetch(url, {
      method: 'POST',
      headers: {'content-type': 'application/json'},
      body: bodyOf(job, k),
    })
    if (!answer.ok || answer.body === null) throw new Error(`${answer.status}`)
    const decoder = new TextDecoder()
    let held = ''
    for await (const piece of answer.body) {
      held += decoder.decode(piece, {stream: true})
      const lines = held.split('\n')
      held = lines.pop() ?? ''
      for (const line of lines) if (line.startsWith('data: {') && hasContent(line)) onToken()
    }
  }
}

function hasContent(line: string): boolean {
  return (JSON.parse(line.slice(6)).choices[0]?.delta.content ?? '') !== ''
}

/** The SDK writes its body as it likes: the server is told where it has the number of the request. */
async function tellPlace(body: unknown): Promise<void> {
  const idAt = new TextDecoder().decode(body as Uint8Array).indexOf(MARK)
  if (idAt === -1) throw new Error('the body of the AWS SDK has no number')
  await fetch(`http://127.0.0.1:${job.port}/_truth/options`, {
    method: 'POST',
    body: JSON.stringify({idAt: idAt + MARK.length}),
  })
}

function bySdk(): Ask {
  const client = new BedrockRuntimeClient({
    region: 'us-east-1',
    endpoint: `http://127.0.0.1:${job.port}`,
    credentials: {accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY'},
    maxAttempts: 1,
    requestHandler: new NodeHttpHandler({httpAgent: {maxSockets: users, keepAlive: true}}),
  })
  let told: Promise<void> | undefined
  client.middlewareStack.add(
    (following) => async (sent) => {
      told ??= tellPlace((sent.request as {body: unknown}).body)
      await told
      return following(sent)
    },
    {step: 'finalizeRequest'},
  )
  return async (k, onToken) => {
    const {stream} = await client.send(
      new ConverseStreamCommand({
        modelId: 'truth',
        messages: [
          {
            role: 'user',
            content: [
              {text: `${MARK}${String(k).padStart(ID_DIGITS, '0')} Tell me how a river finds its way to the sea.`},
            ],
          },
        ],
        inferenceConfig: {maxTokens: job.maxTokens},
      }),
    )
    for await (const event of stream ?? []) if (event.contentBlockDelta) onToken()
  }
}
