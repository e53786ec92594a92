import {METERS} from '../../catalog/meters.js'
import {type Decimal, decimal, roundedUp} from '../../core/decimal.js'
import type {Usage} from '../usage.js'

/** AWS bills text by units of up to 1,000 characters. Source: Amazon Bedrock pricing, Guardrails. */
const TEXT_UNITS_PER_CHARACTER = decimal('0.001')
/** Of English text, about. */
const CHARACTERS_PER_TOKEN = 4

const FREE: ReadonlySet<string> = new Set(['word', 'pii-regex'])

export interface GuardrailPlan {
  readonly policies: readonly string[]
  readonly inputCharacters?: Decimal | undefined
  readonly outputCharacters?: Decimal | undefined
}

export interface GuardedTraffic {
  readonly requests: Decimal
  /** Of one request and its answer. */
  readonly inputTokens: Decimal
  readonly outputTokens: Decimal
  readonly region: string
}

/** Text units of the month: input and answer are rounded up each by itself, and each policy is billed. */
export function guardrailUsages(plan: GuardrailPlan, traffic: GuardedTraffic): readonly Usage[] {
  const units = (characters: Decimal | undefined, tokens: Decimal) =>
    roundedUp((characters ?? tokens.times(CHARACTERS_PER_TOKEN)).times(TEXT_UNITS_PER_CHARACTER))
  const input = units(plan.inputCharacters, traffic.inputTokens)
  const output = units(plan.outputCharacters, traffic.outputTokens)
  return [...new Set(plan.policies)].map((policy) => ({
    component: 'guardrail',
    modelId: 'guardrails',
    meter: 'guardrail-text-unit',
    of: 'unit',
    variant: policy,
    region: traffic.region,
    route: null,
    tier: 'standard',
    quantity: traffic.requests.times(input.plus(output)),
    note: `${input} text units in and ${output} out a request`,
    ...(FREE.has(policy) && {given: freeOfCharge}),
  }))
}

const freeOfCharge = {
  amount: decimal(0),
  per: METERS['guardrail-text-unit'].per,
  unit: '1,000 text units',
  currency: 'USD',
  source: 'free of charge: Amazon Bedrock pricing, Guardrails',
}
