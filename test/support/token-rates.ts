import type {TokenRates, TokenSpan} from '../../src/lib/jsonl/text-measure.js'

/** The same for every script, and nothing for messages. */
export function flatRates(latin: TokenSpan): TokenRates {
  return {
    latin,
    alphabets: latin,
    ideographs: latin,
    others: latin,
    messages: {low: 0, mean: 0, high: 0},
    rule: '4 characters a token',
  }
}
