import type {RequestContext} from '../../handler.js'
import {regionPrefix} from '../../world/region-prefix.js'
import type {Guardrail, GuardrailUsage} from '../../world/resources.js'
import {placeOf} from '../account-place.js'
import {seriesOfGuardrail} from '../cloudwatch/metrics.js'
import {sampled} from '../cloudwatch/series.js'
import type {BilledLine} from './billed-line.js'

type Policies = Guardrail['policies']

interface PolicyRate {
  readonly meter: string
  /** https://aws.amazon.com/bedrock/pricing/, 2026. */
  readonly usdPer1000Units: number
  applies(policies: Policies): boolean
}

const has = (part: object | undefined, member: string): boolean => part !== undefined && member in part

const RATES: readonly PolicyRate[] = [
  {meter: 'ContentPolicy', usdPer1000Units: 0.15, applies: ({contentPolicy}) => contentPolicy !== undefined},
  {meter: 'TopicPolicy', usdPer1000Units: 0.15, applies: ({topicPolicy}) => topicPolicy !== undefined},
  {meter: 'WordPolicy', usdPer1000Units: 0, applies: ({wordPolicy}) => wordPolicy !== undefined},
  {
    meter: 'SensitiveInformationPolicyPaid',
    usdPer1000Units: 0.1,
    applies: ({sensitiveInformationPolicy: policy}) => has(policy, 'piiEntities'),
  },
  {
    meter: 'SensitiveInformationPolicyFree',
    usdPer1000Units: 0,
    applies: ({sensitiveInformationPolicy: policy}) => has(policy, 'regexes'),
  },
  {
    meter: 'ContextualGroundingPolicy',
    usdPer1000Units: 0.1,
    applies: ({contextualGroundingPolicy}) => contextualGroundingPolicy !== undefined,
  },
]

/** The text units of an account's guardrails in one Region, once for each policy that looked at them. */
export function guardrailLines(context: RequestContext): readonly BilledLine[] {
  const {guardrailUsage = [], guardrails = []} = placeOf(context).resources
  return guardrailUsage.flatMap((usage) => {
    const guardrail = guardrails.find(({id}) => id === usage.guardrail)
    const version = guardrail?.versions?.find((one) => one.version === usage.version)
    const policies = version?.policies ?? guardrail?.policies ?? {}
    const rates = RATES.filter(({applies}) => applies(policies))
    return rates.map((rate) => lineOf(usage, rate, guardrail?.tags ?? {}, context))
  })
}

function lineOf(
  usage: GuardrailUsage,
  {meter, usdPer1000Units}: PolicyRate,
  tags: BilledLine['tags'],
  context: RequestContext,
): BilledLine {
  const series = seriesOfGuardrail(usage, placeOf(context)).filter(({name}) => name === 'TextUnitCount')
  return {
    account: context.account,
    service: 'Amazon Bedrock',
    usageType: `${regionPrefix(context.region)}-Guardrail-${meter}UnitsConsumed`,
    operation: 'ApplyGuardrail',
    region: context.region,
    recordType: 'Usage',
    billingEntity: 'AWS',
    unit: 'TextUnit',
    tags,
    amount(from, to) {
      const quantity = series.reduce((sum, one) => sum + (sampled(one, from, to)?.sum ?? 0), 0)
      return {quantity, usd: (quantity * usdPer1000Units) / 1000}
    },
  }
}
