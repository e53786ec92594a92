// How well arrivals of 500 a second keep their process: npm run bench -- bench-poisson [--rate N] [--seconds N] [--assert]
// Rate and coefficient of variation are those of the arrivals that the server wrote down, not of the plan.
import {errors} from './support/load/against-truth.js'
import {describeVerdict, runClientWithRows} from './support/load/run-client.js'
import {describeMachine, judge, numberOption} from './support/measure.js'

const perSecond = numberOption('rate', 500)
const seconds = numberOption('seconds', 15)
const requests = Math.round(perSecond * seconds)

console.log(`${describeMachine()}\n`)
const {verdict, rows, arrivals} = await runClientWithRows(
  {
    client: 'engine',
    dialect: 'openai-chat',
    path: '/v1/chat/completions',
    signed: false,
    level: {kind: 'rate', perSecond, shape: {kind: 'poisson'}},
    requests,
    durationMs: undefined,
    expectedE2eMs: 250,
    maxTokens: 4,
  },
  {ttftMs: 100, itlMs: 20},
)
console.log(describeVerdict('bedrockctl', verdict))
const lag = errors(rows.map(({sent, sched}) => sent - sched))
const sent = spread(rows.map(({sent: at}) => at).toSorted((a, b) => a - b))
const arrived = spread(arrivals)
const planned = spread(rows.map(({sched}) => sched).toSorted((a, b) => a - b))
console.log(`coefficient of variation: planned ${planned.variation.toFixed(3)}, sent ${sent.variation.toFixed(3)}`)
judge([
  {
    says: 'rate, off by',
    value: Math.abs(arrived.perSecond / perSecond - 1) * 100,
    bound: 0.2,
    unit: '%',
    kind: 'at most',
  },
  // In hundredths, so that a figure of one decimal tells them apart.
  {says: 'coefficient of variation', value: arrived.variation * 100, bound: 95, unit: '%', kind: 'at least'},
  {says: 'coefficient of variation', value: arrived.variation * 100, bound: 105, unit: '%', kind: 'at most'},
  {says: 'lag behind the plan, p99', value: lag.p99, bound: 2, unit: 'ms', kind: 'at most'},
])

/** N arrivals conditioned on their count have N + 1 gaps in their time, of which N - 1 lie between them. */
function spread(times: readonly number[]): {readonly perSecond: number; readonly variation: number} {
  const gaps = times.slice(1).map((at, index) => at - (times[index] ?? at))
  const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length
  const squares = gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0)
  return {
    perSecond: (1000 * times.length) / (mean * (times.length + 1)),
    variation: Math.sqrt(squares / gaps.length) / mean,
  }
}
