import {amountOf} from '../../prices/amount-of.js'
import type {PriceBook, Rate, Route} from '../../prices/price-book.js'
import type {PlanFile} from './plan.schema.js'
import type {TallyTotals} from './record-tally.js'

/** How many tokens the records send, and how that was come by. */
export interface InputTokens {
  readonly low: number
  readonly mean: number
  readonly high: number
  /** With the error of the way, in words. */
  readonly counted: string
}

export interface PriceQuestion {
  readonly modelId: string
  /** Undefined where the job names no profile of AWS. */
  readonly profileId: string | undefined
  readonly route: Route
  readonly region: string
  readonly totals: TallyTotals
  readonly tokens: InputTokens
  /** A model that answers with vectors writes no tokens. */
  readonly isEmbedding: boolean
}

export interface PlanPrice {
  readonly price: PlanFile['price']
  /** If the tokens are as few, and as many, as the way of counting allows; null where there is no price. */
  readonly inputBounds: {readonly low: string; readonly high: string} | null
  /** What has no price, each a sentence. */
  readonly unknown: readonly string[]
}

const PLACES = 10

/** What the jobs cost by the batch rows of the book: no other price, and no factor, stands in for one. */
export function pricePlan(question: PriceQuestion, book: PriceBook): PlanPrice {
  const {isEmbedding, tokens, totals} = question
  const [input, output] = (['input', 'output'] as const).map((of) => rateOf(of, question, book))
  const currency = input?.currency ?? output?.currency ?? 'USD'
  const outputTokens = isEmbedding ? 0 : totals.maxOutputTokens
  const known = input ?? output
  return {
    price: {
      currency,
      input: input === undefined ? null : planAmount(input, tokens.mean),
      outputAtMost:
        outputTokens === 0 ? '0' : output && outputTokens !== undefined ? planAmount(output, outputTokens) : null,
      inputTokens: Math.round(tokens.mean),
      outputTokensAtMost: outputTokens ?? null,
      counted: tokens.counted,
      source: known === undefined ? 'none' : known.sources.join(', '),
      asOf: known?.asOf ?? '',
    },
    inputBounds:
      input === undefined ? null : {low: planAmount(input, tokens.low), high: planAmount(input, tokens.high)},
    unknown: [
      ...(input === undefined ? [missing('input', question, book)] : []),
      ...(output === undefined && outputTokens !== 0 ? [missing('output', question, book)] : []),
    ],
  }
}

function rateOf(
  of: 'input' | 'output',
  {modelId, profileId, region, route}: PriceQuestion,
  book: PriceBook,
): Rate | undefined {
  return book.rate({modelId, meter: 'tokens', of, variant: null, region, route, profileId, tier: 'batch'})
}

function missing(of: 'input' | 'output', {modelId, region, route}: PriceQuestion, book: PriceBook): string {
  const sold = book.sold(modelId, 'tokens').filter((one) => one.tier === 'batch')
  const known = sold.flatMap((one) =>
    one.region === null || one.region === '*' ? [] : [`${one.region} (${one.routing ?? 'any route'})`],
  )
  const places = [...new Set(known)]
  const where = places.length === 0 ? '' : `; there is one in ${places.slice(0, 3).join(', ')}`
  return `No batch price is known for ${of} tokens of ${modelId} in ${region} (${route})${where}.`
}

/** Of whole tokens, as a plan keeps it. */
export function planAmount(rate: Rate, tokens: number): string {
  return amountOf(rate, Math.round(tokens)).round(PLACES).toFixed()
}
