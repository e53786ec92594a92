import {guardrailIdentifier} from '../../iam/legs/guardrail-legs.js'
import {type CallPlace, modelArn, ownArn} from '../../iam/legs/leg.js'
import type {GuardrailUse, SystemTarget} from '../../iam/legs/target.js'
import {allow, type Conditions, type Statement} from './statement.js'

export interface InvokeGrant {
  readonly actions: readonly string[]
  readonly place: CallPlace
  readonly guardrail: GuardrailUse | null
  /** Of the network, such as the VPC endpoint. */
  readonly conditions: Conditions
}

/** What it takes to invoke models each by one way, and by no other. Sids carry the number of the model. */
export function invokeStatements(targets: readonly SystemTarget[], grant: InvokeGrant): readonly Statement[] {
  const many = targets.length > 1
  return targets.flatMap((target, index) => targetStatements(target, many ? String(index + 1) : '', grant))
}

function targetStatements(
  target: SystemTarget,
  number: string,
  {actions, place, guardrail, conditions}: InvokeGrant,
): readonly Statement[] {
  const {region} = place
  const base: readonly Conditions[] = [
    conditions,
    ...(guardrail === null
      ? []
      : [{StringEquals: {'bedrock:GuardrailIdentifier': guardrailIdentifier(guardrail, place)}}]),
  ]
  if (target.kind === 'model') {
    return [allow(`InvokeModel${number}`, actions, [modelArn(place, region, target.modelId)], ...base)]
  }
  const profile = ownArn(place, `inference-profile/${target.profileId}`)
  const behind = {StringEquals: {'bedrock:InferenceProfileArn': profile}}
  const source = modelArn(place, region, target.modelId)
  if (target.kind === 'geographic-profile') {
    const others = (target.destinations ?? []).map((to) => modelArn(place, to, target.modelId))
    return [
      allow(`InvokeProfile${number}`, actions, [profile], ...base),
      allow(`InvokeDestinations${number}`, actions, [source, ...others], ...base, behind),
    ]
  }
  const here = requestedRegion(region)
  return [
    allow(`InvokeProfile${number}`, actions, [profile], ...base, here),
    allow(`InvokeSource${number}`, actions, [source], ...base, here, behind),
    allow(
      `InvokeAnywhere${number}`,
      actions,
      [modelArn(place, '', target.modelId)],
      ...base,
      requestedRegion('unspecified'),
      behind,
    ),
  ]
}

/** The guardrail, and the guardrail profile behind it in every Region that may evaluate. */
export function guardrailStatement(guardrail: GuardrailUse, place: CallPlace, conditions: Conditions): Statement {
  const {profile} = guardrail
  const regions = profile ? [place.region, ...(profile.destinations ?? [])] : []
  return allow(
    'ApplyGuardrail',
    ['bedrock:ApplyGuardrail'],
    [
      ownArn(place, `guardrail/${guardrail.id}`),
      ...regions.map((region) => ownArn(place, `guardrail-profile/${profile?.id}`, {region})),
    ],
    conditions,
  )
}

export function requestedRegion(...regions: readonly string[]): Conditions {
  const [only = '', ...others] = regions
  return {StringEquals: {'aws:RequestedRegion': others.length === 0 ? only : regions}}
}
