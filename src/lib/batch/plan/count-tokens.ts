import {countTokens, ruleWords, type TokenRates} from '../../jsonl/text-measure.js'
import type {InputTokens} from './price-plan.js'
import type {TallyTotals} from './record-tally.js'

/** Input tokens by the characters of all records and by their messages; images take more than the rule says. */
export function tokensByCharacters({images, text, withImages}: TallyTotals, rates: TokenRates): InputTokens {
  const pictures =
    images === 0
      ? ''
      : `; the images of ${withImages.toLocaleString('en-US')} records are not in it, nobody counts them here`
  return {
    ...countTokens(text, rates),
    counted: `by characters: ${ruleWords(text, rates)}${pictures}`,
  }
}
