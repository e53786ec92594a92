import type {AuditContext} from '../audit-context.js'
import type {Missing} from '../finding.schema.js'
import type {EffectiveAccess, Question} from './effective-access.js'
import {enforcedTarget} from './enforced-guardrail.js'
import type {EnforcedScope} from './enforced-scope.js'
import {guardrailProfile} from './guardrail-profiles.js'

/** One permission that applying an enforced guardrail takes. */
export interface ApplyLeg {
  /** In words: the guardrail, or its profile in a Region. */
  readonly label: string
  readonly question: Question
}

/** The guardrail itself, and its guardrail profile in its own Region and every destination. */
export function applyLegs(
  context: AuditContext,
  access: EffectiveAccess,
  {reference, region}: EnforcedScope,
): {readonly legs: readonly ApplyLeg[]; readonly gaps: readonly Missing[]} {
  const {partition} = context.snapshot
  const {id, account} = reference
  const legOf = (resource: string, where: string, label: string): ApplyLeg => ({
    label,
    question: access.ask({action: 'bedrock:ApplyGuardrail', resource, region: where}),
  })
  const own = `arn:${partition}:bedrock:${reference.region}:${account}:guardrail/${id}`
  const {detail, guardrail, gaps} = enforcedTarget(context, reference, region)
  const legs = [legOf(guardrail?.arn ?? own, region, `guardrail ${id}`)]
  const profile = detail?.profileArn ? guardrailProfile(detail.profileArn) : undefined
  if (profile === undefined) return {legs, gaps}
  const regions = [...new Set([region, ...(profile.destinations ?? [])])]
  const ofProfile = regions.map((where) => {
    const resource = `arn:${partition}:bedrock:${where}:${account}:guardrail-profile/${profile.id}`
    return legOf(resource, where, `guardrail profile ${profile.id} in ${where}`)
  })
  return {legs: [...legs, ...ofProfile], gaps}
}
