// How many token events a second the client takes from ConverseStream: npm run bench -- bench-bedrock-tokens [--users N] [--requests N] [--assert]
// 256 tokens an answer, as fast as they are read: the frames come many to a read.
import {atFullSpeed, CONVERSE} from './support/load/jobs.js'
import {describeVerdict, runClient} from './support/load/run-client.js'
import {describeMachine, judge} from './support/measure.js'

const job = {...CONVERSE, ...atFullSpeed({users: 32, requests: 8000, tokens: 256})}

console.log(`${describeMachine()}\n`)
const own = await runClient({...job, client: 'engine'}, {})
console.log(describeVerdict('bedrockctl', own))
judge([
  {says: 'tokens a second', value: own.tokensPerSecond, bound: 150_000, unit: '/s', kind: 'at least'},
  {says: 'requests that failed', value: own.failed, bound: 0, unit: '', kind: 'at most'},
])
