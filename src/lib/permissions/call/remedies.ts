import type {Explanation, Gap, Reason} from '../../iam/explanation.js'
import type {Actor, LegDecision} from '../../iam/legs/judge-call.js'
import type {Leg} from '../../iam/legs/leg.js'
import type {Principal} from '../../iam/principal.js'

/** One line each: what would make a leg allowed ("this"), or its verdict definite. Empty for a leg that is allowed. */
export function remediesOf(
  {leg, outcome}: LegDecision,
  explanation: Explanation | undefined,
  caller: Actor,
): readonly string[] {
  if (outcome === 'ALLOW' || leg.kind === 'open' || explanation === undefined) return []
  const found =
    explanation.outcome === 'UNKNOWN'
      ? explanation.gaps.map((gap) => closeGap(gap))
      : explanation.outcome === 'ALLOW'
        ? []
        : denialRemedies(leg, explanation.reasons, caller)
  return [...new Set(found)]
}

function denialRemedies(leg: Leg, reasons: readonly Reason[], caller: Actor): readonly string[] {
  if (leg.actor === 'service') return ['Let bedrock.amazonaws.com take the role on in its trust policy.']
  if (reasons.length === 0) return ['Allow this.']
  return reasons.map((reason) => {
    const where = placeWords(reason, leg, caller)
    if (reason.role === 'denies') return `Exempt this from ${statementWords(reason)} in ${where}${hereIs(leg)}.`
    return `Allow this in ${where}${hereIs(leg)}.`
  })
}

/** Where the resource does not say by which Region policies tell this leg from others. */
function hereIs({context, resource}: Leg): string {
  const region = context['aws:RequestedRegion']
  if (typeof region !== 'string' || resource === '*' || resource.includes(`:${region}:`)) return ''
  return `; aws:RequestedRegion is ${region} here`
}

function placeWords({layer, level}: Reason, leg: Leg, {principal}: Actor): string {
  switch (layer) {
    case 'identity':
      return leg.actor === 'service-role' ? 'a policy of the service role' : `a policy of ${callerWords(principal)}`
    case 'boundary':
      return 'the permissions boundary'
    case 'session':
      return 'the session policy'
    case 'scp':
      return `a service control policy at ${level}`
    case 'rcp':
      return `a resource control policy at ${level}`
    case 'endpoint':
      return 'the policy of the VPC endpoint'
    case 'resource':
      return 'the policy of the resource'
  }
}

function callerWords(principal: Principal): string {
  if (principal.kind === 'service') return principal.name
  return `${principal.kind} ${principal.arn.slice(principal.arn.lastIndexOf('/') + 1)}`
}

function statementWords({policy, statement}: Reason): string {
  return `${statement ?? 'a statement'} of ${policy ?? 'the policy'}`
}

function closeGap({kind, subject, policy}: Gap): string {
  switch (kind) {
    case 'unread':
      return `Read what is missing: ${subject}`
    case 'refused':
      return `Correct ${policy}, which AWS would refuse: ${subject}`
    case 'context-key':
    case 'undocumented-key':
      return subject.toLowerCase().startsWith('aws:sourcevp')
        ? `Say how the call travels: --vpce ID, or --context ${subject}= when through no endpoint.`
        : `Say what ${subject} is: --context ${subject}=VALUE, or nothing after the sign when it is not carried.`
    case 'statement':
      return `AWS does not document whether a statement of ${policy} matches.`
    case 'organisation':
      return `Find out ${subject}: organizations:DescribeOrganization.`
    case 'resource-owner':
      return `Find out who owns ${subject}.`
  }
}
