// Refreshing the whole price book over the wire: npm run bench -- price-refresh [--rounds N] [--latency MS] [--assert]
// A sandbox in a process of its own sells the bundled book. The program reads, parses, compares and keeps all of it;
// beside it a bare loop asks for the same pages, as many at once, and does nothing with them.
import {spawnSync} from 'node:child_process'
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {childEnvironment} from '../scripts/child-environment.js'
import {openCatalog} from '../src/lib/catalog/open-catalog.js'
import {KEY} from '../test/support/plain-world.js'
import {signedHeaders} from '../test/support/sign.js'
import {describeMachine, judge, median, numberOption} from './support/measure.js'
import {peakMib, WRITE_PEAK} from './support/peak-memory.js'
import {startSeparateSandbox} from './support/separate-sandbox.js'

interface Page {
  readonly PriceList?: readonly string[]
  readonly NextToken?: string
}

interface Run {
  readonly ms: number
  /** Of the bare loop; the program does not tell them. */
  readonly products: number
  readonly pages: number
  readonly peak: number
}

const rounds = numberOption('rounds', 7)
const latencyMs = numberOption('latency', 50)
const OFFERS = ['AmazonBedrock', 'AmazonBedrockAgentCore', 'AmazonBedrockFoundationModels', 'AmazonBedrockService']
// As many as the program has under way with one service in one Region.
const AT_ONCE = 8
const REGION = 'us-east-1'

const folder = mkdtempSync(join(tmpdir(), 'bedrockctl-bench-'))
const sold = (await openCatalog()).regions.filter(({partition}) => partition === 'aws')
const regions = sold.map(({name}) => name)
const sandbox = await startSeparateSandbox('--scenario', scenarioFile(), '--latency', `${latencyMs}ms`)
try {
  const bare: Run[] = []
  const whole: Run[] = []
  for (let round = 0; round <= rounds; round += 1) {
    const pair = [await readBare(), refresh()] as const
    // The first round builds the list and fills the file cache.
    if (round === 0) continue
    bare.push(pair[0])
    whole.push(pair[1])
  }
  report(bare, whole)
} finally {
  await sandbox.stop()
  rmSync(folder, {recursive: true})
}

/** The demo account, every Region enabled, with the key that the bare loop signs with. */
function scenarioFile(): string {
  const scenario = JSON.parse(readFileSync('data/sandbox/scenarios/demo.json', 'utf8'))
  const [account] = scenario.accounts
  const optInRegions = sold.filter(({optIn}) => optIn).map(({name}) => name)
  Object.assign(account, {optInRegions, keys: [{...account.keys[0], ...KEY}]})
  const file = join(folder, 'scenario.json')
  writeFileSync(file, JSON.stringify(scenario))
  return file
}

async function readBare(): Promise<Run> {
  const places = OFFERS.flatMap((offer) => regions.map((region) => ({offer, region})))
  let products = 0
  let pages = 0
  const worker = async () => {
    for (let place = places.pop(); place; place = places.pop()) {
      let token: string | undefined
      do {
        const page = await pageOf(place.offer, place.region, token)
        products += page.PriceList?.length ?? 0
        pages += 1
        token = page.NextToken
      } while (token !== undefined)
    }
  }
  const started = performance.now()
  await Promise.all(Array.from({length: AT_ONCE}, worker))
  return {ms: performance.now() - started, products, pages, peak: 0}
}

async function pageOf(offer: string, region: string, token: string | undefined): Promise<Page> {
  const body = JSON.stringify({
    ServiceCode: offer,
    FormatVersion: 'aws_v1',
    Filters: [{Type: 'TERM_MATCH', Field: 'regionCode', Value: region}],
    MaxResults: 100,
    NextToken: token,
  })
  const headers = {'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'AWSPriceListService.GetProducts'}
  const {host, ...signed} = signedHeaders({
    url: sandbox.url,
    path: '/',
    service: 'pricing',
    region: REGION,
    headers,
    body,
  })
  const answer = await fetch(sandbox.url, {method: 'POST', headers: signed, body})
  if (!answer.ok) throw new Error(`GetProducts at ${host} answered ${answer.status}: ${await answer.text()}`)
  return answer.json() as Promise<Page>
}

function refresh(): Run {
  const peakFile = join(folder, 'status')
  const words = ['catalog', 'refresh', '--only', 'prices', '--region', regions.join(','), '--json']
  const started = performance.now()
  const {status, stderr} = spawnSync(process.execPath, ['--import', WRITE_PEAK, 'bin/run.js', ...words], {
    encoding: 'utf8',
    env: childEnvironment({...sandbox.env, PEAK_FILE: peakFile, BEDROCKCTL_CACHE_DIR: folder}),
    maxBuffer: 256 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ms = performance.now() - started
  if (status !== 0) throw new Error(`catalog refresh ended with ${status}\n${stderr}`)
  return {ms, products: 0, pages: 0, peak: peakMib(readFileSync(peakFile, 'utf8'))}
}

function report(bare: readonly Run[], whole: readonly Run[]): void {
  const [first] = bare
  const ofBare = median(bare.map(({ms}) => ms))
  const ofWhole = median(whole.map(({ms}) => ms))
  console.log(describeMachine())
  console.log(
    `${rounds} interleaved rounds, ${first?.pages} pages of ${regions.length} Regions, ${latencyMs} ms a call\n`,
  )
  console.log(`bare loop        median ${ofBare.toFixed(0)} ms`)
  console.log(`catalog refresh  median ${ofWhole.toFixed(0)} ms, whole process`)
  const peak = Math.max(...whole.map((run) => run.peak))
  judge([
    {says: 'products in the list', value: first?.products ?? 0, bound: 8000, unit: 'products', kind: 'at least'},
    {says: 'refresh against the bare loop, medians', value: ofWhole / ofBare, bound: 2, unit: 'times', kind: 'at most'},
    {says: 'peak memory', value: peak, bound: 250, unit: 'MiB', kind: 'at most'},
  ])
}
