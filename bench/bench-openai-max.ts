// How many answers of one token a second the client takes: npm run bench -- bench-openai-max [--users N] [--requests N] [--peers] [--assert]
// The server writes each answer at once from bytes made before; client and server share the machine.
import {atFullSpeed, CHAT} from './support/load/jobs.js'
import {describeVerdict, runClient} from './support/load/run-client.js'
import {describeMachine, judge} from './support/measure.js'

const job = {...CHAT, ...atFullSpeed({users: 64, requests: 200_000, tokens: 1})}

console.log(`${describeMachine()}\n`)
const own = await runClient({...job, client: 'engine'}, {})
console.log(describeVerdict('bedrockctl', own))
if (process.argv.includes('--peers')) {
  const peer = await runClient({...job, client: 'fetch', requests: Math.min(job.requests, 20_000)}, {})
  console.log(describeVerdict("undici's fetch", peer))
  console.log(`${(own.perSecond / peer.perSecond).toFixed(1)} times the rate of undici's fetch`)
}
judge([
  {says: 'requests a second', value: own.perSecond, bound: 22_000, unit: '/s', kind: 'at least'},
  {says: 'requests that failed', value: own.failed, bound: 0, unit: '', kind: 'at most'},
])
