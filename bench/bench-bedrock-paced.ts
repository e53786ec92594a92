// How true the figures of Bedrock's stream are where it has a schedule: npm run bench -- bench-bedrock-paced [--users N] [--waves N] [--peers] [--assert]
// 64 tokens, the first after 200 ms, then one each 20 ms, in frames of ConverseStream; each request is signed.
import {CONVERSE} from './support/load/bedrock-job.js'
import {describeVerdict, runClient} from './support/load/run-client.js'
import {describeMachine, judge, numberOption} from './support/measure.js'

const TOKENS = 64
const PACE = {ttftMs: numberOption('ttft', 200), itlMs: numberOption('itl', 20)}
const users = numberOption('users', 1024)
const job = {
  ...CONVERSE,
  level: {kind: 'concurrency', users},
  requests: users * numberOption('waves', 10),
  durationMs: undefined,
  expectedE2eMs: PACE.ttftMs + (TOKENS - 1) * PACE.itlMs,
  maxTokens: TOKENS,
} as const

console.log(describeMachine())
console.log(`${users} users, ${job.requests} requests\n`)
const own = await runClient({...job, client: 'engine'}, PACE)
console.log(describeVerdict('bedrockctl', own))
if (process.argv.includes('--peers')) {
  console.log(describeVerdict('AWS SDK', await runClient({...job, client: 'aws-sdk', requests: users * 3}, PACE)))
}
judge([
  {
    says: 'share of the ideal rate',
    value: (own.perSecond / own.idealPerSecond) * 100,
    bound: 98,
    unit: '%',
    kind: 'at least',
  },
  {says: 'TTFT error, p99', value: own.ttft.p99, bound: 15, unit: 'ms', kind: 'at most'},
])
