// How many streams the sandbox sends, and how punctually: npm run bench -- sandbox-streams [--seconds N] [--assert]
import {setTimeout} from 'node:timers/promises'
import {signedHeaders} from '../test/support/sign.js'
import {describeMachine, judge, median, numberOption} from './support/measure.js'
import {startSeparateSandbox} from './support/separate-sandbox.js'
import {StreamClient, type StreamResult} from './support/stream-client.js'

const seconds = numberOption('seconds', 5)
const REGION = 'us-east-1'
const MODEL = 'us.anthropic.claude-sonnet-4-6'
/** Tokens of an answer; with the events around them there are four frames more. */
const TOKENS = 50
const FRAMES = TOKENS + 4
const CALLERS = 24
const PUNCTUAL = 100
const TTFT_MS = 200
const GAP_MS = 20

const sandbox = await startSeparateSandbox()

const control = async (method: string, path: string, body?: object): Promise<Response> =>
  fetch(`${sandbox.url}/_sandbox/${path}`, {method, ...(body && {body: JSON.stringify(body)})})

function variable(name: string): string {
  const value: string | undefined = sandbox.env[name]
  if (value === undefined) throw new Error(`the sandbox set no ${name}`)
  return value
}

/** The same bytes each time: what signing costs is not what is measured. */
function requestBytes(): Buffer {
  const body = JSON.stringify({
    messages: [{role: 'user', content: [{text: `Write ${TOKENS} words.`}]}],
    inferenceConfig: {maxTokens: 2 * TOKENS},
  })
  const path = `/model/${MODEL}/converse-stream`
  const headers = signedHeaders({
    url: sandbox.url,
    path,
    service: 'bedrock',
    region: REGION,
    body,
    headers: {'content-type': 'application/json'},
    accessKeyId: variable('AWS_ACCESS_KEY_ID'),
    secretAccessKey: variable('AWS_SECRET_ACCESS_KEY'),
  })
  const lines = Object.entries({...headers, 'content-length': String(Buffer.byteLength(body))})
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')
  return Buffer.from(`POST ${path} HTTP/1.1\r\n${head}\r\n${body}`)
}

/**
 * Callers that each ask again as soon as they are answered. They begin one after the other within `withinMs`: else all
 * their tokens would be due in the same millisecond, for ever.
 */
async function ask(callers: number, forMs: number, withinMs = 0): Promise<readonly StreamResult[]> {
  const request = requestBytes()
  const clients = await Promise.all(Array.from({length: callers}, () => StreamClient.open(sandbox.url, request)))
  const results: StreamResult[] = []
  const until = performance.now() + forMs
  await Promise.all(
    clients.map(async (client, index) => {
      if (withinMs > 0) await setTimeout((index * withinMs) / callers)
      while (performance.now() < until) results.push(await client.ask())
    }),
  )
  for (const client of clients) client.close()
  return results
}

const wrongOf = (results: readonly StreamResult[]): number => results.filter(({frames}) => frames !== FRAMES).length

async function measureRate(): Promise<number> {
  await control('POST', 'quotas', {enforced: false})
  await control('POST', 'pace', {ttftMs: 0, tokensPerSecond: 1e9, jitter: {kind: 'none'}})
  await ask(CALLERS, 1000)
  const begun = performance.now()
  const results = await ask(CALLERS, seconds * 1000)
  const rate = (results.length / (performance.now() - begun)) * 1000
  console.log(`as fast as it can: ${results.length} streams of ${FRAMES} events, ${wrongOf(results)} of another length`)
  return rate
}

interface Lag {
  readonly p50: number
  readonly p99: number
  readonly max: number
  readonly writes: number
}

async function measureLag(): Promise<{readonly lag: Lag; readonly gap: number}> {
  await control('DELETE', 'pace')
  await control('POST', 'pace', {ttftMs: TTFT_MS, tokensPerSecond: 1000 / GAP_MS, jitter: {kind: 'none'}})
  const results = await ask(PUNCTUAL, seconds * 1000, TTFT_MS + TOKENS * GAP_MS)
  const {lag} = (await (await control('GET', 'pace')).json()) as {readonly lag: Lag}
  const gap = median(results.map(({firstAt, lastAt}) => (lastAt - firstAt) / (TOKENS - 1)))
  console.log(`at a pace: ${results.length} streams, ${wrongOf(results)} of another length, ${lag.writes} writes`)
  console.log(`after they were due, ms: p50 ${lag.p50}  p99 ${lag.p99}  max ${lag.max.toFixed(1)}`)
  return {lag, gap}
}

try {
  console.log(describeMachine())
  const rate = await measureRate()
  const {lag, gap} = await measureLag()
  judge([
    {says: `streams of ${FRAMES} events a second`, value: rate, bound: 1500, unit: '/s', kind: 'at least'},
    {says: `send lag at ${PUNCTUAL} streams, p99`, value: lag.p99, bound: 3, unit: 'ms', kind: 'at most'},
    {
      says: `gap as received against ${GAP_MS} ms, median, off by`,
      value: Math.abs(gap - GAP_MS),
      bound: 0.1,
      unit: 'ms',
      kind: 'at most',
    },
  ])
} finally {
  await sandbox.stop()
}
