import type {Unread} from '../../core/answer.schema.js'
import {type Decimal, decimal} from '../../core/decimal.js'
import {BedrockctlError} from '../../core/errors.js'
import {toUnread} from '../../core/unread.js'
import type {ModelNames} from '../../prices/model-names.js'
import {type Charge, decodeCharge} from './decode-charge.js'
import type {BillFilter, BillForecast, BillRow, BillSource, DayRange} from './ports.js'
import {startOfMonth, type Window} from './window.js'

export interface BillInput {
  readonly window: Window
  readonly account: string
  /** Empty: every Region. */
  readonly regions: readonly string[]
  /** The tag to tell spend by, as Cost Explorer knows its key; undefined: none. Keys that are active, if they could be read. */
  chooseTag(active: readonly string[] | undefined): string | undefined
}

/** One usage type on one day. */
export interface BilledLine {
  readonly day: string
  readonly service: string
  readonly usageType: string
  /** null where it was not told. */
  readonly region: string | null
  readonly charge: Charge
  readonly amount: Decimal
  readonly currency: string
  readonly quantity: Decimal
  readonly unit: string
}

/** What is not use: credits, refunds, discounts, taxes. */
export interface Adjustment {
  readonly day: string
  readonly recordType: string
  readonly amount: Decimal
  readonly currency: string
}

/** What one value of the tag was billed in the days shown; empty: without it. */
export interface TaggedAmount {
  readonly value: string
  readonly amount: Decimal
  readonly currency: string
}

export interface Bill {
  readonly services: readonly string[]
  readonly lines: readonly BilledLine[]
  readonly adjustments: readonly Adjustment[]
  /** Key that `tagged` is by. */
  readonly tag: string | null
  /** null: no tag was chosen, or it could not be read. */
  readonly tagged: readonly TaggedAmount[] | null
  /** From today to the end of the month; null: too little history to go by, undefined: not asked for, or not read. */
  readonly forecast: BillForecast | null | undefined
  readonly activeTags: readonly string[] | null
  readonly unread: readonly Unread[]
}

/** In percent: how sure the interval of a forecast is. */
export const FORECAST_LEVEL = 80

/**
 * Everything that Cost Explorer says of Bedrock. Models of Marketplace are services of their own: all services with
 * Bedrock in their names are looked up first. Undefined where even that cannot be read; `unread` says why.
 */
export async function readBill(
  {window, account, regions, chooseTag}: BillInput,
  source: BillSource,
  names: ModelNames,
  signal: AbortSignal,
): Promise<{readonly bill: Bill | undefined; readonly unread: readonly Unread[]}> {
  const unread: Unread[] = []
  const tried = async <T>(action: string, read: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await read()
    } catch (error) {
      if (!(error instanceof BedrockctlError) || error.code === 'INTERRUPTED') throw error
      if (!unread.some((one) => one.action === action && one.reason === error.message)) {
        unread.push(toUnread(error, 'global', action))
      }
      return undefined
    }
  }
  const services = await tried('ce:GetDimensionValues', () => source.bedrockServices(window.read, account, signal))
  if (!services) return {bill: undefined, unread}
  const {activeTags, failure} = await tagsOf(source, signal)
  const tag = chooseTag(activeTags)
  // Only accounts that pay may list them: that they cannot be read matters where the answer is by them.
  if (failure && tag !== undefined) unread.push(toUnread(failure, 'global', 'ce:ListCostAllocationTags'))
  const filter: BillFilter = {services, account, regions, usageOnly: true}
  if (services.length === 0)
    return {bill: {...NOTHING, services, unread, tag: tag ?? null, activeTags: activeTags ?? null}, unread}
  const ask = (range: DayRange, granularity: 'DAILY' | 'MONTHLY', over: Partial<BillFilter>, ...groups: Groups) =>
    tried('ce:GetCostAndUsage', () =>
      source.rows({range, granularity, filter: {...filter, ...over}, groupBy: groups}, signal),
    )
  // Each request is charged: where this one is denied, so are the others.
  const daily = await ask(window.read, 'DAILY', {}, SERVICE, USAGE_TYPE)
  if (!daily) return {bill: undefined, unread}
  const only = regions.length === 1 ? regions[0] : undefined
  const [places, records, tagged, forecast] = await Promise.all([
    // Where one Region is asked about, all lines are of it.
    only === undefined ? ask(window.read, 'MONTHLY', {}, REGION, USAGE_TYPE) : undefined,
    ask(window.read, 'DAILY', {usageOnly: false}, RECORD_TYPE),
    tag === undefined ? undefined : ask(window.shown, 'MONTHLY', {}, {kind: 'tag', key: tag}),
    forecastOf(window, {...filter, usageOnly: false}, source, tried, signal),
  ])
  const found = regionsByUsageType(places ?? [])
  const regionOf = (usageType: string) => only ?? found.get(usageType) ?? null
  const bill: Bill = {
    services,
    tag: tag ?? null,
    lines: daily.map((row) => toLine(row, regionOf, names)),
    adjustments: (records ?? []).flatMap(toAdjustment),
    tagged:
      tagged?.map(({keys: [value = ''], amount, currency}) => ({value, amount: decimal(amount), currency})) ?? null,
    forecast,
    activeTags: activeTags ?? null,
    unread,
  }
  return {bill, unread}
}

type Groups = Parameters<BillSource['rows']>[0]['groupBy'][number][]

const SERVICE = {kind: 'dimension', key: 'SERVICE'} as const
const USAGE_TYPE = {kind: 'dimension', key: 'USAGE_TYPE'} as const
const REGION = {kind: 'dimension', key: 'REGION'} as const
const RECORD_TYPE = {kind: 'dimension', key: 'RECORD_TYPE'} as const
const NOTHING = {lines: [], adjustments: [], tagged: null, forecast: undefined}

async function tagsOf(source: BillSource, signal: AbortSignal) {
  try {
    return {activeTags: await source.activeTags(signal), failure: undefined}
  } catch (error) {
    if (!(error instanceof BedrockctlError) || error.code === 'INTERRUPTED') throw error
    return {activeTags: undefined, failure: error}
  }
}

type Tried = <T>(action: string, read: () => Promise<T>) => Promise<T | undefined>

/** Of what is left of this month, where the days read reach until today. */
async function forecastOf(
  {read, today}: Window,
  filter: BillFilter,
  source: BillSource,
  tried: Tried,
  signal: AbortSignal,
): Promise<BillForecast | null | undefined> {
  if (read.to <= today) return undefined
  const range = {from: today, to: startOfMonth(today, 1)}
  return tried('ce:GetCostForecast', () => source.forecast(range, filter, FORECAST_LEVEL, signal))
}

/** A usage type begins with its Region, in an abbreviation that only a list of both makes plain. */
function regionsByUsageType(places: readonly BillRow[]): ReadonlyMap<string, string | null> {
  const found = new Map<string, string | null>()
  for (const {keys} of places) {
    const [region = '', usageType = ''] = keys
    found.set(usageType, found.has(usageType) && found.get(usageType) !== region ? null : region)
  }
  return found
}

function toLine(row: BillRow, regionOf: (usageType: string) => string | null, names: ModelNames): BilledLine {
  const [service = '', usageType = ''] = row.keys
  return {
    day: row.from,
    service,
    usageType,
    region: regionOf(usageType),
    charge: decodeCharge(service, usageType, names),
    amount: decimal(row.amount),
    currency: row.currency,
    quantity: decimal(row.quantity),
    unit: row.unit,
  }
}

function toAdjustment({keys: [recordType = ''], from, amount, currency}: BillRow): readonly Adjustment[] {
  return recordType === 'Usage' ? [] : [{day: from, recordType, amount: decimal(amount), currency}]
}
