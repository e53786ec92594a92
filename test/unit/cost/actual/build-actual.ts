import type {CatalogPrice} from '../../../../src/lib/catalog/catalog.schema.js'
import {decimal} from '../../../../src/lib/core/decimal.js'
import type {CalledModel} from '../../../../src/lib/cost/actual/called-model.js'
import type {Charge} from '../../../../src/lib/cost/actual/decode-charge.js'
import type {UsedLine} from '../../../../src/lib/cost/actual/price-tokens.js'
import type {Bill, BilledLine} from '../../../../src/lib/cost/actual/read-bill.js'
import {parseWindow, type Window} from '../../../../src/lib/cost/actual/window.js'
import {createPriceBook, type Rate} from '../../../../src/lib/prices/price-book.js'

export const MODEL = 'anthropic.claude-test'
export const REGION = 'eu-central-1'
/** Noon: the 20th is not settled on the bill, the 19th is. */
export const NOW = new Date('2026-11-21T12:00:00Z')

export const windowOf = (since: string, until?: string): Window => parseWindow({since, until}, NOW)

const NO_AMOUNTS = {input: null, output: null, cacheRead: null, cacheWrite: null, cacheWrite1h: null, unit: null}

/** US dollars for a million tokens of MODEL. */
export function bookOf(amount: Partial<CatalogPrice['amount']>, over: Partial<CatalogPrice> = {}) {
  const price: CatalogPrice = {
    modelId: MODEL,
    profileId: null,
    region: '*',
    routing: 'in-region',
    tier: 'standard',
    meter: 'tokens',
    variant: null,
    unit: '1M tokens',
    currency: 'USD',
    amount: {...NO_AMOUNTS, ...amount},
    skus: null,
    note: null,
    asOf: '2026-11-01',
    sources: ['test'],
    confidence: 'high',
    ...over,
  }
  return createPriceBook([price, {...price, tier: 'batch', amount: {...NO_AMOUNTS, input: (amount.input ?? 0) / 2}}])
}

export function rate(amount: number, currency = 'USD'): Rate {
  const origin = {sku: null, asOf: '2026-11-01', sources: ['test'], confidence: 'high', note: null} as const
  return {amount: decimal(amount), per: 1_000_000, unit: '1M tokens', currency, ...origin}
}

export function target(over: Partial<CalledModel> = {}): CalledModel {
  return {modelId: MODEL, route: 'geo', profileId: undefined, kind: 'system', name: null, tags: null, ...over}
}

/** A million input tokens on each of the days, at $3. */
export function usedLine(days: readonly string[], over: Partial<UsedLine> = {}): UsedLine {
  return {
    region: REGION,
    called: `eu.${MODEL}`,
    target: target(),
    tier: 'standard',
    kind: 'input',
    days: new Map(days.map((day) => [day, decimal(1_000_000)])),
    rate: rate(3),
    why: null,
    ...over,
  }
}

export function tokenCharge(over: Partial<Extract<Charge, {is: 'tokens'}>> = {}): Charge {
  return {
    is: 'tokens',
    modelId: MODEL,
    name: 'Claude Test',
    kind: 'input',
    routing: 'regional',
    tier: 'standard',
    variant: null,
    longPrompts: false,
    ...over,
  }
}

/** A million input tokens on one day, billed $3. */
export function billedLine(day: string, over: Partial<BilledLine> = {}): BilledLine {
  return {
    day,
    service: 'Claude Test (Amazon Bedrock Edition)',
    usageType: 'EUC1-MP:EUC1_InputTokenCount-Units',
    region: REGION,
    charge: tokenCharge(),
    amount: decimal(3),
    currency: 'USD',
    quantity: decimal(1),
    unit: 'Units',
    ...over,
  }
}

export function billOf(lines: readonly BilledLine[], over: Partial<Bill> = {}): Bill {
  return {
    services: [...new Set(lines.map(({service}) => service))],
    lines,
    adjustments: [],
    tag: null,
    tagged: null,
    forecast: undefined,
    activeTags: [],
    unread: [],
    ...over,
  }
}
