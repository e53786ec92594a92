import {sumOf, toNumber} from '../../core/decimal.js'
import type {PriceBook} from '../../prices/price-book.js'
import {type BilledModel, type BilledTier, costOfTokens, type TokenCost} from '../progress/cost-of-tokens.js'
import type {JobTokens} from './answer-tokens.js'
import type {CollectedCost} from './batch-collect.schema.js'

/** Tokens of a job, and what its model is billed as; undefined where the catalog does not know. */
export interface BilledTokens extends JobTokens {
  readonly modelId: string
  readonly billed: BilledModel | undefined
  readonly tier: BilledTier
}

/** What the tokens come to at the prices of the book. Where a price or a count lacks there is no amount. */
export function collectedCost(jobs: readonly BilledTokens[], book: PriceBook | undefined): CollectedCost {
  const used = jobs.filter(({input, output}) => input > 0 || output > 0)
  const uncounted = jobs.reduce((sum, job) => sum + job.uncounted, 0)
  if (uncounted > 0) return unknown(`${uncounted.toLocaleString('en-US')} answers do not tell their tokens`)
  if (used.length === 0) return unknown('no tokens were counted')
  if (book === undefined) return unknown('there is no price book')
  const prices: TokenCost[] = []
  for (const job of used) {
    const price = job.billed && costOfTokens(job, job.billed, job.tier, book)
    if (price === undefined) return unknown(`no ${job.tier} price is known for ${job.modelId}`)
    prices.push(price)
  }
  const rates = prices.flatMap(({rate}) => rate ?? [])
  const currencies = new Set(rates.map(({currency}) => currency))
  if (currencies.size > 1) return unknown(`the prices are in ${[...currencies].join(' and ')}`)
  const [first] = rates
  return {
    amount: toNumber(sumOf(prices.map(({amount}) => amount))),
    currency: first?.currency ?? null,
    source: [...new Set(rates.flatMap(({sources}) => sources))].join(', '),
    asOf: rates.map(({asOf}) => asOf).toSorted()[0] ?? null,
    why: null,
  }
}

function unknown(why: string): CollectedCost {
  return {amount: null, currency: null, source: null, asOf: null, why}
}
