// How true the client's figures are where answers have a schedule: npm run bench -- bench-openai-paced [--users N] [--waves N] [--peers] [--assert]
// 64 tokens, the first after 200 ms, then one each 20 ms, sent by a server in a process of its own that logs what it did.
import {CHAT, onSchedule} from './support/load/jobs.js'
import {describeVerdict, runClient} from './support/load/run-client.js'
import {describeMachine, judge} from './support/measure.js'

const {job: scheduled, pace, users} = onSchedule()
const job = {...CHAT, ...scheduled}

console.log(describeMachine())
console.log(`${users} users, ${job.requests} requests\n`)
const own = await runClient({...job, client: 'engine'}, pace)
console.log(describeVerdict('bedrockctl', own))
if (process.argv.includes('--peers')) {
  console.log(describeVerdict("undici's fetch", await runClient({...job, client: 'fetch', requests: users * 4}, pace)))
}
const share = {
  says: 'share of the ideal rate',
  value: (own.perSecond / own.idealPerSecond) * 100,
  bound: users > 2048 ? 95 : 98,
  unit: '%',
  kind: 'at least',
} as const
judge(
  users > 2048
    ? [share]
    : [
        share,
        {says: 'TTFT error, p50', value: own.ttft.p50, bound: 0.5, unit: 'ms', kind: 'at most'},
        {says: 'TTFT error, p99', value: own.ttft.p99, bound: 15, unit: 'ms', kind: 'at most'},
        {says: 'ICL p99 error', value: own.iclP99ErrorMs, bound: 10, unit: 'ms', kind: 'at most'},
        {says: 'CPU a request', value: own.cpuMsPerRequest, bound: 0.9, unit: 'ms', kind: 'at most'},
        {says: 'memory', value: own.rssMb, bound: 150, unit: 'MB', kind: 'at most'},
      ],
)
