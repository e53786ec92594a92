import {plural} from '../../core/text.js'
import type {OptionFrame} from './option-frame.js'
import type {PlanQuestion} from './plan-question.js'

/** What stands out in the traffic or keeps a plan from being made, each a sentence. */
export function tellFindings({plans, question}: OptionFrame): readonly string[] {
  const tooLarge = plans[0]?.tally.tooLargeMinutes ?? 0
  const {cacheRead, cacheWrite, input, output} = question.rates
  const unpriced = Object.entries({input, output, cacheRead, cacheWrite}).filter(([, rate]) => rate === undefined)
  const isUsed = (kind: string) =>
    question.traffic.minutes.some((minute) => minute[kind as 'input' | 'output' | 'cacheRead' | 'cacheWrite'] > 0)
  const missing = unpriced.map(([kind]) => kind).filter(isUsed)
  return [
    ...(tooLarge > 0
      ? [
          `In ${plural(tooLarge, 'minute')} a request asks for more tokens at its start than the whole quota has, and can never start: lower max_tokens or raise the quota.`,
        ]
      : []),
    ...(question.limits.tokensPerMinute === null
      ? ['The quota of tokens a minute is not known: give --quota-tpm, or run it online, to learn what is throttled.']
      : []),
    ...(question.unitTokens === null && question.unitOffers.some(({hourly}) => hourly !== null)
      ? ['What a model unit serves is not public: ask AWS or measure it, then give --tokens-per-minute-per-unit.']
      : []),
    ...(question.unitTokens !== null && question.unitOffers.length === 0
      ? ['No model units of this model are sold there, as far as is known: --unit-hourly gives a price of your own.']
      : []),
    ...(missing.length > 0 ? [`No price is known for ${missing.join(', ')} tokens: what they cost is not known.`] : []),
  ]
}

/** What the simulation takes for granted. */
export function tellAssumptions({
  limits,
  reservedOffers,
  retryMinutes,
  traffic,
  unitTokens,
}: PlanQuestion): readonly string[] {
  const isBounded = traffic.minutes.some(({maxTokens}) => maxTokens !== null)
  return [
    'the quota is a bucket of tokens that refills each minute; AWS does not publish how it refills',
    ...(isBounded
      ? limits.latencySeconds === 0
        ? ['a request settles within its minute: with --latency, what it may write is held until it ends']
        : []
      : [
          'how much requests may write is not known: each holds what it used; without a bound AWS holds the model’s most',
        ]),
    retryMinutes === 0
      ? 'a request that is turned away is lost'
      : `a request that is turned away comes again each minute, for ${plural(retryMinutes, 'minute')}`,
    ...(unitTokens === null
      ? []
      : [
          'what units do not take goes on demand at once: the client has to do that, a unit does not overflow by itself',
          'output counts once against a unit, and cache reads are free there: AWS documents neither',
        ]),
    ...(reservedOffers.length > 0
      ? ['output counts once against a reservation; what overflows goes to the standard tier by itself']
      : []),
    'tomorrow’s traffic is this traffic',
  ]
}
