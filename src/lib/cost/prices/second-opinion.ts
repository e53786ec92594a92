import type {Disagreement, PricedRow, SecondOpinion} from './prices.schema.js'

/** Prices of one entry of another list, in USD for a million tokens. */
export interface OtherPrices {
  readonly id: string
  readonly amount: Readonly<Record<string, number | undefined>>
}

/** Another list of prices, looked up by exact id alone. */
export interface OtherList {
  readonly source: string
  entry(id: string): OtherPrices | undefined
}

/** Its id of a model differs in the version at the end, or in the date. */
const OTHER_IDS: Readonly<Record<string, string>> = {
  'anthropic.claude-opus-4-5-20251101-v1:0': 'anthropic.claude-opus-4-5-v1:0',
}
const TOLERANCE = 0.01

/**
 * Holds our standard token prices of a Claude model against another list. What is more than 1 % apart is told with both
 * values; the list has no Regions, so a price of ours that differs by Region is told once. Never a price itself.
 */
export function secondOpinion(modelId: string, rows: readonly PricedRow[], other: OtherList): SecondOpinion | null {
  let agree = 0
  const disagreements = new Map<string, Disagreement>()
  for (const row of rows.filter(isStandardToken)) {
    const {amount: ours, kind, region, route, sources} = row
    const entry = entryOf(modelId, route === 'global' ? 'global' : 'regional', other)
    const theirs = entry?.amount[kind]
    if (entry === undefined || theirs === undefined) continue
    const key = [route, kind, ours].join('\n')
    if (Math.abs(ours - theirs) <= TOLERANCE * theirs) agree += 1
    else if (!disagreements.has(key)) {
      const where = {route: route ?? '', kind, region: region ?? 'some Regions'}
      disagreements.set(key, {...where, ours, ourSources: sources, theirs, theirId: entry.id})
    }
  }
  const none = agree === 0 && disagreements.size === 0
  return none ? null : {source: other.source, agree, disagreements: [...disagreements.values()]}
}

function isStandardToken({currency, meter, route, tier, variant}: PricedRow): boolean {
  const isToken = meter === 'tokens' && tier === 'standard' && variant === null && currency === 'USD'
  return isToken && (route === 'in-region' || route === 'geo' || route === 'global')
}

function entryOf(modelId: string, scope: string, other: OtherList): OtherPrices | undefined {
  for (const id of [OTHER_IDS[modelId] ?? modelId, `${modelId}-v1:0`, `${modelId}:0`]) {
    const entry = other.entry(`${scope}.${id}`)
    if (entry) return entry
  }
  return undefined
}
