// Simulating 15 days of traffic, minute by minute, for every number of model units from 0 to 50, and reading invocation
// logs into minutes: npm run bench -- capacity-plan [--rounds N] [--records N] [--assert]
import {Buffer} from 'node:buffer'
import {sweepUnits} from '../src/lib/capacity/plan/sweep.js'
import {readLogs} from '../src/lib/capacity/traffic/read-logs.js'
import type {TrafficMinute} from '../src/lib/capacity/traffic/traffic.js'
import type {ByteSource} from '../src/lib/jsonl/byte-source.js'
import {describeMachine, judge, median, numberOption} from './support/measure.js'

const MINUTES = 15 * 1440
const UNITS = 50
const MODEL = 'meta.llama3-1-70b-instruct-v1:0'

const rounds = numberOption('rounds', 7)
const records = numberOption('records', 200_000)

console.log(describeMachine())
const minutes = Array.from({length: MINUTES}, (_, index) => minuteAt(index))
const limits = {tokensPerMinute: 2_000_000, requestsPerMinute: Number.POSITIVE_INFINITY, outputFactor: 5}
const sweep = await timed(async () => {
  const frame = {minutes, limits: {...limits, latencySeconds: 12}, retryMinutes: 0, unitTokens: 60_000}
  const plans = sweepUnits(frame, UNITS)
  if (plans.length !== UNITS + 1) throw new Error(`${plans.length} plans`)
})
const log = Buffer.from(Array.from({length: records}, (_, index) => recordAt(index)).join('\n'))
const reading = await timed(async () => {
  const question = {isWanted: (id: string) => id === MODEL, region: undefined, sinceMinute: undefined}
  const {counts} = await readLogs(each(sourceOf(log)), question, {})
  if (counts.calls !== records) throw new Error(`${counts.calls} calls`)
})
judge([
  {
    says: `${MINUTES.toLocaleString('en-US')} minutes × ${UNITS} units`,
    value: sweep,
    bound: 1000,
    unit: 'ms',
    kind: 'at most',
  },
  {says: 'invocation logs', value: log.length / 1000 / reading, bound: 50, unit: 'MB/s', kind: 'at least'},
])

/** A day's rhythm with noise, so that no two minutes are alike. */
function minuteAt(index: number): TrafficMinute {
  const requests = Math.round(1000 + 1000 * Math.sin((index / 1440) * 2 * Math.PI) + ((index * 7919) % 500))
  const [input, output] = [900 + (index % 200), 150 + (index % 90)]
  return {
    requests,
    input: input * requests,
    cacheRead: 0,
    cacheWrite: 0,
    output: output * requests,
    maxTokens: 600 * requests,
  }
}

function recordAt(index: number): string {
  return JSON.stringify({
    ...{schemaType: 'ModelInvocationLog', schemaVersion: '1.0', region: 'us-west-2', modelId: MODEL},
    ...{timestamp: new Date(1_795_000_000_000 + index * 300).toISOString(), requestId: `request-${index}`},
    input: {inputTokenCount: 900 + (index % 100), inputBodyJson: {prompt: 'word '.repeat(60), max_gen_len: 512}},
    output: {outputTokenCount: 100 + (index % 50), outputBodyJson: {generation: 'word '.repeat(30)}},
  })
}

function sourceOf(bytes: Buffer): ByteSource {
  return {
    name: 'log',
    bytes: bytes.length,
    revision: '1',
    async *read({end, start}) {
      for (let at = start; at < end; at += 1 << 20) yield bytes.subarray(at, Math.min(end, at + (1 << 20)))
    },
  }
}

async function* each(source: ByteSource) {
  yield source
}

/** Milliseconds, the median of the rounds; the first warms up. */
async function timed(work: () => Promise<void>): Promise<number> {
  const times: number[] = []
  for (let round = 0; round <= rounds; round += 1) {
    const started = performance.now()
    await work()
    if (round > 0) times.push(performance.now() - started)
  }
  return median(times)
}
