import {parseArn} from '../../core/arn.js'

// Amazon Bedrock User Guide, guardrails-cross-region-support, October 2026. GetGuardrail names the profile and not where
// it leads; which Regions those are depends on the Region of the guardrail.

const EU = ['eu-central-1', 'eu-west-1', 'eu-west-3', 'eu-north-1', 'eu-south-1', 'eu-south-2']
const US = ['us-east-1', 'us-east-2', 'us-west-2']
const US_GOV = ['us-gov-east-1', 'us-gov-west-1']
const APAC = ['ap-south-1', 'ap-northeast-3', 'ap-northeast-2', 'ap-southeast-1', 'ap-southeast-2', 'ap-northeast-1']
const APAC_WIDE = [...APAC, 'ap-south-2', 'ap-southeast-4']
const APAC_WIDEST = [...APAC_WIDE, 'ap-southeast-3']

const from = (sources: readonly string[], destinations: readonly string[]) =>
  Object.fromEntries(sources.map((source) => [source, destinations]))

const PROFILES: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  'us.guardrail.v1:0': {...from(US, US), 'us-west-1': [...US, 'us-west-1']},
  'us-gov.guardrail.v1:0': from(US_GOV, US_GOV),
  'eu.guardrail.v1:0': {...from(EU, EU), 'il-central-1': [...EU, 'il-central-1']},
  'uk.guardrail.v1:0': from(['eu-west-2'], ['eu-west-2']),
  'au.guardrail.v1:0': from(['ap-southeast-2'], ['ap-southeast-2']),
  'ca.guardrail.v1:0': from(['ca-central-1'], ['ca-central-1', 'ca-west-1']),
  'apac.guardrail.v1:0': {
    ...from(['ap-south-1', 'ap-northeast-2', 'ap-southeast-1', 'ap-southeast-2', 'ap-northeast-1'], APAC),
    'ap-southeast-3': APAC_WIDEST,
    'ap-southeast-4': APAC_WIDE,
    ...Object.fromEntries(
      ['ap-east-2', 'ap-southeast-5', 'ap-southeast-7', 'me-central-1'].map((one) => [one, [...APAC_WIDEST, one]]),
    ),
  },
}

export interface GuardrailProfile {
  readonly id: string
  /** Region that its ARN names: the one of the guardrail. */
  readonly region: string
  /** Where it evaluates, its own Region among them; undefined when AWS does not document it for this Region. */
  readonly destinations: readonly string[] | undefined
}

/** Undefined when the text is not the ARN of a guardrail profile. */
export function guardrailProfile(arn: string): GuardrailProfile | undefined {
  const parsed = parseArn(arn)
  const id = parsed && /^guardrail-profile\/(.+)$/.exec(parsed.resource)?.[1]
  if (parsed === undefined || id === undefined) return undefined
  return {id, region: parsed.region, destinations: PROFILES[id]?.[parsed.region]}
}
