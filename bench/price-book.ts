// Reading a whole Price List: npm run bench -- price-book [--rounds N] [--assert]
// At least 8,000 products as GetProducts sends them, JSON text each, parsed and folded into rows in one thread.
import {readFileSync} from 'node:fs'
import {openCatalog} from '../src/lib/catalog/open-catalog.js'
import {foldPrices} from '../src/lib/prices/fold-prices.js'
import {modelNames} from '../src/lib/prices/model-names.js'
import {parseUsageType} from '../src/lib/prices/usage-type.js'
import {describeMachine, judge, median, numberOption} from './support/measure.js'

interface RegionProducts {
  readonly region: string
  /** JSON, one a product. */
  readonly products: readonly string[]
}

interface RealProduct {
  readonly item: {readonly product: {readonly attributes: Readonly<Record<string, string>>}}
}

const LEAST_PRODUCTS = 8000
const REGIONS = 24
const rounds = numberOption('rounds', 15)
const catalog = await openCatalog()
const names = modelNames(catalog)
const lists = makeLists()
const total = lists.reduce((sum, {products}) => sum + products.length, 0)
if (total < LEAST_PRODUCTS) throw new Error(`only ${total} products`)

const times: number[] = []
const busy: number[] = []
let rows = 0
let unparsed = 0
for (let round = 0; round < rounds; round += 1) {
  const cpu = process.cpuUsage()
  const started = performance.now()
  const folded = lists.map(({region, products}) =>
    foldPrices(
      products.map((text): unknown => JSON.parse(text)),
      region,
      names,
    ),
  )
  times.push(performance.now() - started)
  const {user, system} = process.cpuUsage(cpu)
  busy.push((user + system) / 1000)
  rows = folded.reduce((sum, {prices}) => sum + prices.length, 0)
  unparsed = folded.flatMap((list) => list.unparsed).reduce((sum, {products}) => sum + products, 0)
}

console.log(describeMachine())
console.log(`${total} products of ${lists.length} Regions: ${rows} rows, ${unparsed} products not understood`)
console.log(
  `wall: median of ${rounds} rounds ${median(times).toFixed(0)} ms; the first, cold: ${times[0]?.toFixed(0)} ms`,
)
console.log(`CPU: median ${median(busy).toFixed(0)} ms; cold ${busy[0]?.toFixed(0)} ms`)
// One thread that never waits: on an idle machine its CPU time is the wall time, and others' work does not count.
judge([{says: 'parse and fold every product, CPU', value: median(busy), bound: 300, unit: 'ms', kind: 'at most'}])

/** The products that tests know, whole ones and those of which only the usage type is known, in each Region. */
function makeLists(): readonly RegionProducts[] {
  const real: readonly RealProduct[] = JSON.parse(readFileSync('test/cases/prices/real-products.json', 'utf8'))
  const usageTypes = Object.keys(JSON.parse(readFileSync('test/cases/prices/usage-types.json', 'utf8')))
  const sold = catalog.models.flatMap(({name, provider}) => (provider === 'Anthropic' && name !== null ? [name] : []))
  return catalog.regions
    .filter(({partition}) => partition === 'aws')
    .slice(0, REGIONS)
    .map(({name: region}) => ({
      region,
      products: [
        ...real.map(({item}) => withAttributes(item, {regionCode: region})),
        ...usageTypes.flatMap((usagetype, index) => {
          const servicename = `${sold[index % sold.length]} (Amazon Bedrock Edition)`
          const alike = real.find(({item}) => meterOf(item.product.attributes['usagetype']) === meterOf(usagetype))
          return alike ? [withAttributes(alike.item, {regionCode: region, usagetype, servicename})] : []
        }),
      ],
    }))
}

function meterOf(usageType: string | undefined): string | undefined {
  return parseUsageType(usageType ?? '')?.meter
}

function withAttributes({product, ...item}: RealProduct['item'], attributes: Readonly<Record<string, string>>): string {
  return JSON.stringify({...item, product: {...product, attributes: {...product.attributes, ...attributes}}})
}
