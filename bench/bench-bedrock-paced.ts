// How true the figures of Bedrock's stream are where it has a schedule: npm run bench -- bench-bedrock-paced [--users N] [--waves N] [--peers] [--assert]
// 64 tokens, the first after 200 ms, then one each 20 ms, in frames of ConverseStream; each request is signed.
import {CONVERSE, onSchedule} from './support/load/jobs.js'
import {describeVerdict, runClient} from './support/load/run-client.js'
import {describeMachine, judge} from './support/measure.js'

const {job: scheduled, pace, users} = onSchedule()
const job = {...CONVERSE, ...scheduled}

console.log(describeMachine())
console.log(`${users} users, ${job.requests} requests\n`)
const own = await runClient({...job, client: 'engine'}, pace)
console.log(describeVerdict('bedrockctl', own))
if (process.argv.includes('--peers')) {
  console.log(describeVerdict('AWS SDK', await runClient({...job, client: 'aws-sdk', requests: users * 3}, pace)))
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
