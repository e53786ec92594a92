import {parseArn} from '../../core/arn.js'
import {readGuardrailProfiles} from '../../iam/read-guardrail-profiles.js'

export interface GuardrailProfile {
  readonly id: string
  /** Region that its ARN names: the one of the guardrail. */
  readonly region: string
  /** Where it evaluates, its own Region among them; undefined when AWS does not document it for this Region. */
  readonly destinations: readonly string[] | undefined
}

/** GetGuardrail names the profile and not where it leads. Undefined when the text is not the ARN of a guardrail profile. */
export function guardrailProfile(arn: string): GuardrailProfile | undefined {
  const parsed = parseArn(arn)
  const id = parsed && /^guardrail-profile\/(.+)$/.exec(parsed.resource)?.[1]
  if (parsed === undefined || id === undefined) return undefined
  return {id, region: parsed.region, destinations: readGuardrailProfiles().profiles[id]?.[parsed.region]}
}
