import type {RequestContext} from '../../handler.js'
import {regionPrefix} from '../../world/region-prefix.js'
import type {Guardrail, GuardrailUsage} from '../../world/resources.js'
import {placeOf} from '../account-place.js'
import {seriesOfGuardrail} from '../cloudwatch/metrics.js'
import {sampled} from '../cloudwatch/series.js'
import type {Product} from '../pricing/product.js'
import {serviceProducts} from '../pricing/service-products.js'
import type {BilledLine} from './billed-line.js'
import type {Unpriced} from './usage-lines.js'

type Policies = Guardrail['policies']

/** A policy that has a meter. */
interface PolicyMeter {
  readonly meter: string
  applies(policies: Policies): boolean
}

const has = (part: object | undefined, member: string): boolean => part !== undefined && member in part

const METERS: readonly PolicyMeter[] = [
  {meter: 'ContentPolicy', applies: ({contentPolicy}) => contentPolicy !== undefined},
  {meter: 'TopicPolicy', applies: ({topicPolicy}) => topicPolicy !== undefined},
  {meter: 'WordPolicy', applies: ({wordPolicy}) => wordPolicy !== undefined},
  {
    meter: 'SensitiveInformationPolicyPaid',
    applies: ({sensitiveInformationPolicy: policy}) => has(policy, 'piiEntities'),
  },
  {
    meter: 'SensitiveInformationPolicyFree',
    applies: ({sensitiveInformationPolicy: policy}) => has(policy, 'regexes'),
  },
  {
    meter: 'ContextualGroundingPolicy',
    applies: ({contextualGroundingPolicy}) => contextualGroundingPolicy !== undefined,
  },
]

/** The text units of an account's guardrails in one Region, once for each policy that looked at them. */
export async function guardrailLines(context: RequestContext): Promise<readonly (BilledLine | Unpriced)[]> {
  const {guardrailUsage = [], guardrails = []} = placeOf(context).resources
  if (guardrailUsage.length === 0) return []
  const listed = new Map((await serviceProducts(context.world.catalog)).map((one) => [one.attributes.usagetype, one]))
  return guardrailUsage.flatMap((usage) => {
    const guardrail = guardrails.find(({id}) => id === usage.guardrail)
    const version = guardrail?.versions?.find((one) => one.version === usage.version)
    const policies = version?.policies ?? guardrail?.policies ?? {}
    return METERS.filter(({applies}) => applies(policies)).map(({meter}) => {
      const usageType = `${regionPrefix(context.region)}-Guardrail-${meter}UnitsConsumed`
      const product = listed.get(usageType)
      return product ? lineOf(usage, product, guardrail?.tags ?? {}, context) : {unpriced: usageType}
    })
  })
}

function lineOf(
  usage: GuardrailUsage,
  {attributes, unit, usd}: Product,
  tags: BilledLine['tags'],
  context: RequestContext,
): BilledLine {
  const series = seriesOfGuardrail(usage, placeOf(context)).filter(({name}) => name === 'TextUnitCount')
  return {
    account: context.account,
    service: attributes.servicename,
    usageType: attributes.usagetype,
    operation: attributes.operation,
    region: context.region,
    recordType: 'Usage',
    billingEntity: 'AWS',
    unit,
    tags,
    amount(from, to) {
      const quantity = series.reduce((sum, one) => sum + (sampled(one, from, to)?.sum ?? 0), 0)
      return {quantity, usd: quantity * usd}
    },
  }
}
