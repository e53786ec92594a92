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

const OPTION_WORDS: Readonly<Record<CapacityOption['kind'], string>> = {
  'on-demand': 'On demand',
  'raise-quota': 'On demand, quota raised',
  hybrid: 'Units, on demand',
  'all-provisioned': 'Units alone',
  reserved: 'Reserved tokens',
}

/** What the option takes: `2 units`, `100,000 in + 12,000 out TPM`, `quota 300,000 TPM`. */
export function sizeWords({needs, reserved, units}: CapacityOption): string {
  const number = (value: number) => value.toLocaleString('en-US')
  if (units !== null) return units === 1 ? '1 unit' : `${number(units)} units`
  if (reserved !== null) return `${number(reserved.input)} in + ${number(reserved.output)} out TPM`
  return needs === null ? '' : `quota ${number(needs.tokensPerMinute)} TPM`
}

/** `6 months, $113,880.00`, or nothing. */
export function commitmentWords({commitmentMonths, committed}: CapacityOption): string {
  if (committed === null) return ''
  const months = commitmentMonths === 1 ? '1 month' : `${commitmentMonths} months`
  return `${months}, ${formatMoney(committed.amount, committed.currency)}`
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
      return `Stay on demand: ${price}; no capacity pays for itself with this traffic.`
    case 'raise-quota': {
      const {needs} = best
      const tokens = needs?.tokensPerMinute.toLocaleString('en-US') ?? '?'
      return `Raise the quota to ${tokens} tokens a minute and stay on demand: ${price}. No capacity that turns nothing away costs less.`
    }
    case 'hybrid':
      return `Buy ${sizeWords(best)} and send the rest on demand: ${price}, units used to ${shareWords(best.utilisation)}.`
    case 'all-provisioned':
      return `Buy ${sizeWords(best)} for everything: ${price}, used to ${shareWords(best.utilisation)}.`
    case 'reserved':
      return `Reserve ${sizeWords(best)} with the account team: ${price}, used to ${shareWords(best.utilisation)}.`
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
    `With a commitment, ${cheapest.name} (${sizeWords(cheapest)}) comes to ${hourlyMoney(cheapest, plan)} an hour, and to ${commitmentWords(cheapest)} in all, whatever the traffic.`,
  ]
}
