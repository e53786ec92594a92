import {CURATED_PRICES} from './curated-prices.js'
import type {PriceFact} from './facts.js'
import {type PriceRecord, recordOf} from './price-record.js'

export interface SettledPrices {
  readonly records: readonly PriceRecord[]
  /** What facts were left out or marked, and why, for the person who compiles. */
  readonly report: readonly string[]
}

/** The facts without those that are known to be wrong or said better by a curated price, and the curated prices. */
export function settlePrices(facts: readonly PriceFact[]): SettledPrices {
  const records = facts.map(recordOf).flatMap(withCacheWriteApart)
  const asGlobal = new Set(records.filter((record) => repeatsGlobal(record, records)))
  const misfiled = [...asGlobal].filter((record) => hasRegionalPrice(record, records))
  const replaced = records.filter(isReplaced)
  const left = records.filter((record) => !misfiled.includes(record) && !replaced.includes(record))
  const noteOf = (record: PriceRecord) => (asGlobal.has(record) ? AS_GLOBAL : doubtOf(record))
  return {
    records: [...left.map((record) => withDoubt(record, noteOf(record))), ...CURATED_PRICES],
    report: [
      `curated prices: ${CURATED_PRICES.length}`,
      `left out: In-Region prices for any Region that repeat the Global price, where prices by Region say more: ${named(misfiled)}`,
      `left out: prices that a curated one says by Region or route: ${named(replaced)}`,
      `doubted, confidence low: ${named(left.filter((record) => noteOf(record) !== undefined))}`,
    ],
  }
}

const AS_GLOBAL = 'repeats the Global price; the geographic price is higher, and In-Region may be too'

/**
 * A list without Regions files the Global price under the bare id of some models. Where the geographic price of the
 * model is higher, such a row would make each In-Region call too cheap.
 */
function repeatsGlobal(record: PriceRecord, all: readonly PriceRecord[]): boolean {
  if (record.region !== '*' || record.routing !== 'in-region' || record.meter !== 'tokens') return false
  const {input} = record.amount
  const alike = all.filter(({meter, subject, tier}) => {
    return meter === 'tokens' && subject === record.subject && tier === record.tier
  })
  const global = alike.filter(({routing}) => routing === 'global')
  const geo = alike.filter(({routing}) => routing === 'geo' || routing === 'in-region/geo')
  return (
    typeof input === 'number' &&
    global.some(({amount, region}) => region === '*' && amount.input === input) &&
    geo.length > 0 &&
    geo.every(({amount}) => typeof amount.input === 'number' && amount.input > input)
  )
}

function hasRegionalPrice({meter, subject, tier}: PriceRecord, all: readonly PriceRecord[]): boolean {
  return all.some((one) => {
    const regional = one.region !== null && one.region !== '*'
    const same = one.subject === subject && one.meter === meter && one.tier === tier
    return regional && same && (one.routing === 'in-region' || one.routing === 'in-region/geo')
  })
}

/** Reserved capacity costs less through Global profiles; Custom Model Units have a price for each group of Regions. */
function isReplaced({meter, region, routing}: PriceRecord): boolean {
  return (
    ((meter === 'reserved-input-tpm' || meter === 'reserved-output-tpm') && routing === null) ||
    (meter === 'custom-model-unit-minute' && region === null)
  )
}

const WRITES_FOR_INPUT =
  'the input price once more; the Price List has rows of 0.00 for cache writes of Nova, so that this may be too high'

/** One list gives each Nova cache writes at the input price, where AWS's own has them free: doubted without the rest. */
function withCacheWriteApart(record: PriceRecord): readonly PriceRecord[] {
  const {amount, meter, subject} = record
  const {cacheWrite, input} = amount
  const isInput = typeof cacheWrite === 'number' && cacheWrite === input
  if (meter !== 'tokens' || !isInput || !subject.startsWith('amazon.nova-')) return [record]
  return [
    {...record, amount: {...amount, cacheWrite: null}},
    {...record, amount: {cacheWrite}, note: WRITES_FOR_INPUT, confidence: 'low'},
  ]
}

const BY_REQUEST =
  'so far below other embeddings that it is hardly for 1M tokens: the pricing page sells text of Marengo by the request'

const DOUBTS: readonly {
  readonly subject: string
  readonly tier: string
  readonly routing: PriceRecord['routing']
  readonly note: string
}[] = [
  {
    subject: 'anthropic.claude-3-5-haiku-20241022-v1:0',
    tier: 'standard',
    routing: 'in-region',
    note: 'the pricing page of 2026-07-24 says 0.80 and 4.00; the latency-optimised price seems to be mixed in',
  },
  ...['twelvelabs.marengo-embed-2-7-v1:0', 'twelvelabs.marengo-embed-3-0-v1:0'].map((subject) => {
    return {subject, tier: 'standard', routing: 'in-region', note: BY_REQUEST} as const
  }),
]

function doubtOf({routing, subject, tier}: PriceRecord): string | undefined {
  return DOUBTS.find((doubt) => doubt.subject === subject && doubt.tier === tier && doubt.routing === routing)?.note
}

function withDoubt(record: PriceRecord, note: string | undefined): PriceRecord {
  return note === undefined ? record : {...record, note, confidence: 'low'}
}

function named(records: readonly PriceRecord[]): string {
  const words = records.map(({meter, subject, tier}) => `${subject} ${meter === 'tokens' ? tier : meter}`)
  return words.length === 0 ? 'none' : `${words.length} (${[...new Set(words)].join(', ')})`
}
