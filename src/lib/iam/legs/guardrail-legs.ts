import {type CallLeg, type CallPlace, createLeg, type Leg, ownArn, SOURCES} from './leg.js'
import type {GuardrailUse} from './target.js'

/** What IAM checks of a guardrail that the request names, and of the guardrail profile behind it. */
export function guardrailLegs(guardrail: GuardrailUse, place: CallPlace): readonly CallLeg[] {
  const own = applyLeg(place, {
    name: 'guardrail',
    resource: guardrailArn(guardrail, place),
    why: 'the guardrail itself',
  })
  const {profile} = guardrail
  if (profile === null) return [own]
  if (profile === undefined) {
    const unknown = 'whether the guardrail routes through a guardrail profile; bedrock:GetGuardrail says so'
    return [own, {kind: 'open', name: 'guardrail profile', actor: 'caller', unknown}]
  }
  const resourceIn = (region: string) => ownArn(place, `guardrail-profile/${profile.id}`, {region})
  const source = {
    name: 'guardrail profile',
    resource: resourceIn(place.region),
    why: 'the guardrail profile, in the Region called',
  }
  const others = (profile.destinations ?? []).filter((region) => region !== place.region)
  const legs = [own, applyLeg(place, source)]
  if (profile.destinations === null) {
    const unknown = 'the destinations of the guardrail profile'
    return [...legs, {kind: 'open', name: 'guardrail profile in the destinations', actor: 'caller', unknown}]
  }
  return [...legs, ...others.map((region) => destinationLeg(place, region, resourceIn(region)))]
}

/** The value of `bedrock:GuardrailIdentifier`: a draft has no version in it. */
export function guardrailIdentifier(guardrail: GuardrailUse, place: CallPlace): string {
  const arn = guardrailArn(guardrail, place)
  return guardrail.version === 'DRAFT' ? arn : `${arn}:${guardrail.version}`
}

function guardrailArn({id}: GuardrailUse, place: CallPlace): string {
  return ownArn(place, `guardrail/${id}`)
}

/** AWS asks for the profile; that its ARN in other Regions is checked is seen in policies, not in the guide. */
function destinationLeg(place: CallPlace, region: string, resource: string): Leg {
  const why = 'the guardrail profile in a destination'
  const leg = applyLeg(place, {name: `guardrail profile in ${region}`, resource, why})
  return {...leg, context: {'aws:RequestedRegion': region}, certain: false}
}

function applyLeg({region}: CallPlace, given: Pick<Leg, 'name' | 'resource' | 'why'>): Leg {
  const context = {'aws:RequestedRegion': region}
  return createLeg({...given, action: 'bedrock:ApplyGuardrail', context}, SOURCES.guardrails)
}
