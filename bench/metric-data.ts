// How fast the sandbox answers GetMetricData of 500 metrics with 200 callers: npm run bench -- metric-data [--rounds N] [--assert]
import {mkdtemp, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {CloudWatchClient, GetMetricDataCommand, ListMetricsCommand} from '@aws-sdk/client-cloudwatch'
import {openCatalog} from '../src/lib/catalog/open-catalog.js'
import {manyCallers} from './support/many-callers.js'
import {describeMachine, judge, median, numberOption} from './support/measure.js'
import {startSeparateSandbox} from './support/separate-sandbox.js'

const ROWS = 200
const REGION = 'us-east-1'
const rounds = numberOption('rounds', 10)
const folder = await mkdtemp(join(tmpdir(), 'metric-data-'))
const catalog = await openCatalog()
const callables = catalog.models
  .flatMap(({profiles}) => profiles)
  .filter(({routes}) => REGION in routes)
  .map(({id}) => ({model: id, regions: [REGION]}))
const traffic = join(folder, 'traffic.json')
await writeFile(traffic, JSON.stringify(manyCallers(callables, ROWS)))
const sandbox = await startSeparateSandbox('--scenario', 'fresh-account', '--traffic', traffic)
const {AWS_ACCESS_KEY_ID: accessKeyId = '', AWS_SECRET_ACCESS_KEY: secretAccessKey = ''} = sandbox.env
const client = new CloudWatchClient({
  endpoint: sandbox.url,
  region: REGION,
  credentials: {accessKeyId, secretAccessKey},
})
const {Metrics: metrics = []} = await client.send(new ListMetricsCommand({Namespace: 'AWS/Bedrock'}))
const queries = metrics.slice(0, 500).map((Metric, index) => ({
  Id: `q${index}`,
  MetricStat: {Metric, Period: 60, Stat: Metric.MetricName?.match(/Latency|Time/) ? 'p99' : 'Sum'},
}))

/** What the sandbox took, without the client: it says so itself. */
async function ask(minutes: number): Promise<number> {
  const now = Date.now()
  const [StartTime, EndTime] = [new Date(now - minutes * 60_000), new Date(now)]
  await client.send(new GetMetricDataCommand({MetricDataQueries: queries, StartTime, EndTime}))
  const journal = await fetch(new URL('/_sandbox/journal', sandbox.url))
  const {entries}: {readonly entries: readonly {readonly ms: number}[]} = JSON.parse(await journal.text())
  return entries.at(-1)?.ms ?? Number.NaN
}

const first = await ask(180)
const [long, short]: [number[], number[]] = [[], []]
for (let round = 0; round < rounds; round += 1) long.push(await ask(180))
for (let round = 0; round < rounds; round += 1) short.push(await ask(5))
console.log(describeMachine())
console.log(`${ROWS} callers, ${queries.length} metrics, milliseconds of the sandbox alone\n`)
console.log(`180 minutes, for the first time  ${first.toFixed(1)}`)
console.log(`180 minutes  min ${Math.min(...long).toFixed(1)}  median ${median(long).toFixed(1)}`)
console.log(`  5 minutes  min ${Math.min(...short).toFixed(1)}  median ${median(short).toFixed(1)}`)
client.destroy()
await sandbox.stop()
await rm(folder, {recursive: true})
judge([
  {says: '500 metrics of 180 minutes, median', value: median(long), bound: 150, unit: 'ms', kind: 'at most'},
  {says: '500 metrics of 5 minutes, median', value: median(short), bound: 20, unit: 'ms', kind: 'at most'},
])
