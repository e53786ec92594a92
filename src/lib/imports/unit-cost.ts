import {type Decimal, decimal, toNumber} from '../core/decimal.js'
import {amountOf} from '../prices/amount-of.js'
import type {PriceBook, Rate} from '../prices/price-book.js'
import type {UnitCost} from './imports.schema.js'

const MODEL_ID = 'custom-model-import'
/** Copies are billed in windows of so many minutes, from the first request that succeeds. */
const WINDOW_MINUTES = 5

export interface UnitCostInput {
  readonly region: string
  /** Custom Model Units of one copy; null: not known before the import. */
  readonly unitsPerCopy: number | null
  readonly version: string
}

/** What a copy of an imported model costs while it is called, and its model while it is kept; null without any price. */
export function unitCost({region, unitsPerCopy, version}: UnitCostInput, book: PriceBook): UnitCost | null {
  const query = {modelId: MODEL_ID, of: 'unit', region, route: null, tier: 'standard'} as const
  const minute = book.rate({...query, meter: 'custom-model-unit-minute', variant: version})
  const storage = book.rate({...query, meter: 'custom-model-unit-storage', variant: null})
  const first = minute ?? storage
  if (first === undefined) return null
  const units = unitsPerCopy ?? 1
  const forMinutes = (minutes: number) => priced(minute, decimal(units).times(minutes))
  return {
    currency: first.currency,
    unitsPerCopy,
    version,
    perWindow: forMinutes(WINDOW_MINUTES),
    perHour: forMinutes(60),
    storagePerMonth: priced(storage, units),
    source: [...new Set([...(minute?.sources ?? []), ...(storage?.sources ?? [])])].join(', '),
    asOf: first.asOf,
  }
}

function priced(rate: Rate | undefined, quantity: Decimal | number): number | null {
  return rate === undefined ? null : toNumber(amountOf(rate, quantity))
}
