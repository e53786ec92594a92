import {type Decimal, ZERO} from '../../core/decimal.js'
import {amountOf} from '../../prices/amount-of.js'
import type {PriceBook, Rate, Route} from '../../prices/price-book.js'

/** What a job is billed as. */
export interface BilledModel {
  readonly modelId: string
  readonly profileId: string | undefined
  readonly route: Route
  readonly region: string
}

export interface UsedTokens {
  readonly input: number
  readonly output: number
}

/** Of the price book: batch jobs have prices of their own, records on demand those of any call. */
export type BilledTier = 'batch' | 'standard'

export interface TokenCost {
  readonly amount: Decimal
  /** Undefined where nothing was used. */
  readonly rate: Rate | undefined
}

/** What tokens come to at the prices of a tier; undefined where a kind of token that was used has no price. */
export function costOfTokens(
  {input, output}: UsedTokens,
  {modelId, profileId, region, route}: BilledModel,
  tier: BilledTier,
  book: PriceBook,
): TokenCost | undefined {
  const query = {modelId, meter: 'tokens', variant: null, region, route, profileId, tier} as const
  const rates = {input: book.rate({...query, of: 'input'}), output: book.rate({...query, of: 'output'})}
  if ((input > 0 && rates.input === undefined) || (output > 0 && rates.output === undefined)) return undefined
  const amount = (rate: Rate | undefined, tokens: number) => (rate === undefined ? ZERO : amountOf(rate, tokens))
  return {amount: amount(rates.input, input).plus(amount(rates.output, output)), rate: rates.input ?? rates.output}
}
