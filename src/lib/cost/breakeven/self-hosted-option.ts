import {decimal, ONE, ZERO} from '../../core/decimal.js'
import {HOURS_PER_MONTH} from '../../core/quantity.js'
import type {PriceBook} from '../../prices/price-book.js'
import {priceUsages} from '../price-usage.js'
import {selfHostedDemand} from '../workload/self-hosted/self-hosted-demand.js'
import {lineCurve, steppedCurve} from './cost-curve.js'
import type {BreakEvenCase, CostOption, UnpricedOption} from './cost-option.js'
import {amountOf, contextOf, guardrailPerRequest} from './price-option.js'

const OPTION = {id: 'self-hosted', name: 'Self-hosted'} as const
const SECONDS_PER_MONTH = HOURS_PER_MONTH * 3600

/** Your own or rented GPUs, whole copies of the model, paid for by the hour whether they work or not. */
export function selfHostedOption(subject: BreakEvenCase, book: PriceBook): CostOption | UnpricedOption {
  const {call, terms, workload} = subject
  const {selfHosted} = terms
  if (!selfHosted) return {kind: 'unpriced', ...OPTION, why: 'the hour of a GPU has no price here: --gpu-hourly'}
  const {currency, gpuHourly, gpusPerCopy, measured, tokensPerSecond} = selfHosted
  const usage = selfHostedDemand(
    {
      kind: 'self-hosted',
      name: OPTION.name,
      ...{
        gpuHourly,
        currency,
        gpus: gpusPerCopy,
        utilisation: terms.utilisation,
        tokensPerSecond: tokensPerSecond ?? ONE,
      },
      hours: decimal(HOURS_PER_MONTH),
      requests: ZERO,
      inputTokens: workload.inputTokens,
      outputTokens: workload.outputTokens,
    },
    contextOf(call),
  ).usages
  const lines = priceUsages(usage, book)
  const copy = amountOf(lines)
  if (typeof copy === 'string') return {kind: 'unpriced', ...OPTION, why: copy}
  const guardrail = guardrailPerRequest(subject, book)
  const tokens = workload.inputTokens.plus(workload.outputTokens)
  const perMonth = tokensPerSecond?.times(gpusPerCopy).times(terms.utilisation).times(SECONDS_PER_MONTH)
  return {
    kind: 'priced',
    ...OPTION,
    lines,
    curve: perMonth
      ? steppedCurve({
          capacity: perMonth.div(tokens),
          formula: (copies) => ({
            straight: true,
            at: (volume) => copy.amount.times(copies).plus(guardrail.times(volume)),
          }),
        })
      : lineCurve(copy.amount, guardrail),
    currency: copy.currency,
    latency: 'interactive',
    commitmentMonths: 0,
    residency: 'your own machines',
    otherModel: true,
    perRequest: null,
    leastPerRequest: perMonth ? copy.amount.div(perMonth.div(tokens)).plus(guardrail) : null,
    floor: perMonth ? null : 'one copy of the model; what a GPU serves has to be measured: --tokens-per-second',
    notes: [
      ...(measured === undefined ? [] : [measured]),
      'without what --gpu-hourly leaves out: power, space, people',
    ],
  }
}
