// How many signed answers of one token a second the client takes: npm run bench -- bench-bedrock-max [--users N] [--requests N] [--peers] [--assert]
import {atFullSpeed, CONVERSE} from './support/load/jobs.js'
import {describeVerdict, runClient} from './support/load/run-client.js'
import {describeMachine, judge} from './support/measure.js'

const job = {...CONVERSE, ...atFullSpeed({users: 64, requests: 100_000, tokens: 1})}

console.log(`${describeMachine()}\n`)
const own = await runClient({...job, client: 'engine'}, {})
console.log(describeVerdict('bedrockctl', own))
if (process.argv.includes('--peers')) {
  const peer = await runClient({...job, client: 'aws-sdk', requests: Math.min(job.requests, 5000)}, {})
  console.log(describeVerdict('AWS SDK', peer))
  console.log(`${(own.perSecond / peer.perSecond).toFixed(1)} times the rate of the AWS SDK`)
}
judge([
  {says: 'requests a second', value: own.perSecond, bound: 10_000, unit: '/s', kind: 'at least'},
  {says: 'requests that failed', value: own.failed, bound: 0, unit: '', kind: 'at most'},
])
