import {CATALOG_SCHEMA_VERSION} from '../../src/lib/catalog/stored-catalog.js'
import type {PriceRecord} from './price-record.js'
import {sourceName} from './source-names.js'
import {inOrder, Table} from './table.js'

type Row = readonly (number | null)[]

/** Between two sources that agree on one price. */
const JOINED = ' + '

/** Price records → the stored part, one row a record, in an order that does not depend on the facts' own. */
export function encodePrices(records: readonly PriceRecord[]): Readonly<Record<string, unknown>> {
  const words = new Table<string>()
  const sources = new Table<string>()
  const provenance = new Table<readonly [string, string, readonly number[]]>()
  const origin = ({asOf, confidence, source}: PriceRecord) =>
    provenance.add([asOf, confidence, source.split(JOINED).map((name) => sources.add(sourceName(name)))])
  const rows = [...records]
    .sort((left, right) => inOrder(orderKey(left), orderKey(right)))
    .map((record) => encodePrice(record, words, origin(record)))
  return {
    schemaVersion: CATALOG_SCHEMA_VERSION,
    sources: sources.items,
    provenance: provenance.items,
    words: words.items,
    prices: rows,
  }
}

function orderKey(record: PriceRecord): string {
  const {meter, profileId, region, routing, subject, tier, variant} = record
  return JSON.stringify([subject, profileId ?? subject, routing, region, tier, meter, variant, record])
}

function encodePrice(record: PriceRecord, words: Table<string>, origin: number): Row {
  const {amount, meter, note, profileId, region, routing, subject, tier, variant} = record
  const word = (text: string | null) => (text === null ? null : words.add(text))
  const row = [
    words.add(subject),
    word(profileId),
    word(region),
    word(routing),
    words.add(tier),
    origin,
    amount.input ?? null,
    amount.output ?? null,
    amount.cacheRead ?? null,
    amount.cacheWrite ?? null,
    amount.cacheWrite1h ?? null,
    meter === 'tokens' ? null : words.add(meter),
    amount.unit ?? null,
    word(note),
    word(variant),
  ]
  const last = row.findLastIndex((value) => value !== null)
  return row.slice(0, last + 1)
}
