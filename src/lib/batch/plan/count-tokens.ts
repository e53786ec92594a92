import type {TokenRates} from '../check/check-input.js'
import type {InputTokens} from './price-plan.js'
import type {TallyTotals} from './record-tally.js'

/** Input tokens by the characters of all records; other scripts and images take more than the rule says. */
export function tokensByCharacters({images, textCharacters, withImages}: TallyTotals, rates: TokenRates): InputTokens {
  const pictures =
    images === 0
      ? ''
      : `; the images of ${withImages.toLocaleString('en-US')} records are not in it, nobody counts them here`
  return {
    low: textCharacters * rates.low,
    mean: textCharacters * rates.mean,
    high: textCharacters * rates.high,
    counted: `by characters: ${rates.rule}${pictures}`,
  }
}
