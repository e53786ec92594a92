import {plural} from '../../core/text.js'
import {formatMoney} from '../../output/money.js'
import type {CapacityOption, CapacityPlan} from './capacity-plan.schema.js'

/** `$13.20`, or `?`. */
export function hourlyMoney({cost}: Pick<CapacityOption, 'cost'>, {currency}: CapacityPlan): string {
  return cost === null ? '?' : formatMoney(cost.totalHourly, currency)
}

/** `500 (16.7 %)`; `?` where it is not known. */
export function throttledWords(throttled: number | null, {traffic}: CapacityPlan): string {
  if (throttled === null) return '?'
  if (throttled === 0) return '0'
  const share = (throttled / traffic.requests) * 100
  return `${throttled.toLocaleString('en-US')} (${share < 0.1 ? '<0.1' : share.toFixed(1)} %)`
}

/** `60 %`; empty without capacity. */
export function shareWords(share: number | null): string {
  return share === null ? '' : `${Math.round(share * 100)} %`
}

/** What is done; how long it is bought for stands beside it. */
export function optionWords({kind}: CapacityOption): string {
  return OPTION_WORDS[kind]
}

/** The same with its term, for where there is no room for what it commits to. */
export function optionWithTerm(option: CapacityOption): string {
  const {commitmentMonths} = option
  return `${optionWords(option)}${commitmentMonths === 0 ? '' : `, ${plural(commitmentMonths, 'month')}`}`
}

const OPTION_WORDS: Readonly<Record<CapacityOption['kind'], string>> = {
  'on-demand': 'On demand',
  'raise-quota': 'On demand, quota raised',
  hybrid: 'Units, on demand',
  'all-provisioned': 'Units alone',
  reserved: 'Reserved tokens',
}

/** What the option takes: `2 units`, `100,000 in + 12,000 out TPM`, `quota 300,000 TPM`. */
export function sizeWords(option: CapacityOption, plan: CapacityPlan): string {
  const {reserved, units} = option
  const number = (value: number) => value.toLocaleString('en-US')
  if (units !== null) return units === 1 ? '1 unit' : `${number(units)} units`
  if (reserved !== null) return `${number(reserved.input)} in + ${number(reserved.output)} out TPM`
  const raised = raisedQuotas(option, plan)
  return raised.length === 0 ? '' : `quota ${raised.map(({short, value}) => `${number(value)} ${short}`).join(', ')}`
}

/** Of tokens and requests those quotas that are too low as they are. */
function raisedQuotas({needs}: CapacityOption, {limits}: CapacityPlan) {
  if (needs === null) return []
  const {requestsPerMinute, tokensPerMinute} = needs
  const isLow = (value: number, limit: typeof limits.tokensPerMinute) => limit !== null && value > limit.value
  return [
    ...(isLow(tokensPerMinute, limits.tokensPerMinute)
      ? [{value: tokensPerMinute, short: 'TPM', long: 'tokens a minute'}]
      : []),
    ...(isLow(requestsPerMinute, limits.requestsPerMinute)
      ? [{value: requestsPerMinute, short: 'RPM', long: 'requests a minute'}]
      : []),
  ]
}

/** `6 months, $113,880.00`, or nothing. */
export function commitmentWords({commitmentMonths, committed}: CapacityOption): string {
  if (committed === null) return ''
  return `${plural(commitmentMonths, 'month')}, ${formatMoney(committed.amount, committed.currency)}`
}

/** What to do, in sentences, the answer first. */
export function recommendationWords(plan: CapacityPlan): readonly string[] {
  const best = plan.options.find(({id}) => id === plan.best)
  if (best === undefined) return ['There is no telling what is best: see what is not known below.']
  return [actionWords(best, plan), ...lossWords(best, plan), ...savingWords(plan), ...commitmentHint(best, plan)]
}

function actionWords(best: CapacityOption, plan: CapacityPlan): string {
  const price = `${hourlyMoney(best, plan)} an hour`
  switch (best.kind) {
    case 'on-demand':
      return plan.unit.sweptAt === null && plan.unit.offers.length > 0
        ? `Stay on demand: ${price}; whether model units pay for themselves is not known without what one serves.`
        : `Stay on demand: ${price}; no capacity pays for itself with this traffic.`
    case 'raise-quota': {
      const quotas = raisedQuotas(best, plan).map(({long, value}) => `${value.toLocaleString('en-US')} ${long}`)
      return `Raise the quota to ${quotas.join(' and ')} and stay on demand: ${price}. No capacity that turns nothing away costs less.`
    }
    case 'hybrid':
      return `Buy ${sizeWords(best, plan)} and send the rest on demand: ${price}, units used to ${shareWords(best.utilisation)}.`
    case 'all-provisioned':
      return `Buy ${sizeWords(best, plan)} for everything: ${price}, used to ${shareWords(best.utilisation)}.`
    case 'reserved':
      return `Reserve ${sizeWords(best, plan)} with the account team: ${price}, used to ${shareWords(best.utilisation)}.`
  }
}

function lossWords(best: CapacityOption, plan: CapacityPlan): readonly string[] {
  const today = plan.options.find(({id}) => id === 'on-demand')
  const lost = today?.throttled ?? 0
  return [
    ...(lost > 0 && best.id !== 'on-demand'
      ? [
          `As it is, ${throttledWords(lost, plan)} of ${plan.traffic.requests.toLocaleString('en-US')} requests are throttled.`,
        ]
      : []),
    ...(plan.keeps
      ? []
      : [`It still loses ${throttledWords(best.throttled, plan)} requests; no plan with a price loses fewer.`]),
  ]
}

function savingWords({best, currency, options, saves}: CapacityPlan): readonly string[] {
  if (saves === null || best === 'on-demand' || best === 'on-demand-raised') return []
  const raised = options.some(({kind}) => kind === 'raise-quota')
  const than = raised ? 'all on demand with a quota that throttles nothing' : 'all on demand'
  return saves > 0
    ? [`That is ${formatMoney(saves, currency)} an hour less than ${than}.`]
    : [`That is ${formatMoney(-saves, currency)} an hour more than ${than}.`]
}

/** A commitment that would be cheaper, with all that it costs. */
function commitmentHint(best: CapacityOption, plan: CapacityPlan): readonly string[] {
  const limit = best.commitmentMonths
  const cheaper = plan.options.filter(
    ({commitmentMonths, cost, throttled}) =>
      commitmentMonths > limit &&
      cost !== null &&
      best.cost !== null &&
      throttled !== null &&
      throttled <= Math.max(plan.mostThrottled, best.throttled ?? 0) &&
      cost.total < best.cost.total,
  )
  const [cheapest] = cheaper.toSorted((one, other) => (one.cost?.total ?? 0) - (other.cost?.total ?? 0))
  if (cheapest === undefined) return []
  return [
    `With a commitment, ${cheapest.name} (${sizeWords(cheapest, plan)}) comes to ${hourlyMoney(cheapest, plan)} an hour, and to ${commitmentWords(cheapest)} in all, whatever the traffic.`,
  ]
}
