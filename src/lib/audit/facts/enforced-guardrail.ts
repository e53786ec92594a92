import type {AuditContext} from '../audit-context.js'
import type {Missing} from '../finding.schema.js'
import {missingOf} from '../judge-resource.js'
import {guardrailProfile} from './guardrail-profiles.js'
import {
  findGuardrail,
  type Guardrail,
  type GuardrailDetail,
  type GuardrailReference,
  guardrailVersion,
} from './guardrail-reference.js'

/** What stands in the way of a guardrail that every call in a Region has to pass. */
export interface EnforcedTarget {
  readonly defects: readonly string[]
  readonly gaps: readonly Missing[]
  readonly guardrail: Guardrail | undefined
  readonly detail: GuardrailDetail | undefined
}

const BROKEN = ['FAILED', 'DELETING', 'CREATING']

/** Calls fail, or go unguarded, when the guardrail they must pass is not there, not ready or not of this Region. */
export function enforcedTarget(context: AuditContext, reference: GuardrailReference, region: string): EnforcedTarget {
  const {id, version} = reference
  const named: string[] = []
  if (reference.region !== region) {
    named.push(`it names guardrail ${id} of ${reference.region}, and only one of ${region} is applied there`)
  }
  if (version === null) named.push(`it names no version of guardrail ${id}`)
  if (version === 'DRAFT') named.push(`it names the draft of guardrail ${id}, where a numbered version is demanded`)
  const found = findGuardrail(context, reference)
  if (found.kind === 'unread') return {defects: named, gaps: [found.missing], guardrail: undefined, detail: undefined}
  if (found.kind === 'absent') {
    const absent = `guardrail ${id} does not exist in ${reference.region}`
    return {defects: [absent, ...named], gaps: [], guardrail: undefined, detail: undefined}
  }
  const target = versionTarget(found.guardrail, version ?? 'DRAFT')
  return {...target, defects: [...named, ...brokenGuardrail(found.guardrail), ...target.defects]}
}

function brokenGuardrail({id, status}: Guardrail): readonly string[] {
  return BROKEN.includes(status.toUpperCase()) ? [`guardrail ${id} is ${status}`] : []
}

function versionTarget(guardrail: Guardrail, version: string): EnforcedTarget {
  const reading = guardrailVersion(guardrail, version)
  if (reading.state === 'unread') return {defects: [], gaps: [missingOf(reading)], guardrail, detail: undefined}
  if (reading.value === null) {
    const defects = [`guardrail ${guardrail.id} has no version ${version}`]
    return {defects, gaps: [], guardrail, detail: undefined}
  }
  const {status, detail} = reading.value
  const broken = BROKEN.includes(status.toUpperCase()) ? [`version ${version} is ${status}`] : []
  if (detail.state === 'unread') return {defects: broken, gaps: [missingOf(detail)], guardrail, detail: undefined}
  const ofDetail = BROKEN.includes(detail.value.status.toUpperCase())
    ? [`version ${version} is ${detail.value.status}`]
    : []
  const {defects, gaps} = policyProblems(detail.value, guardrail)
  return {defects: [...new Set([...broken, ...ofDetail, ...defects])], gaps, guardrail, detail: detail.value}
}

/** What a version says that AWS refuses to enforce, or that has nowhere to run. */
function policyProblems(detail: GuardrailDetail, {arn}: Guardrail): Pick<EnforcedTarget, 'defects' | 'gaps'> {
  const defects: string[] = []
  if ((detail.automatedReasoning?.policies.length ?? 0) > 0) {
    defects.push('it holds an automated reasoning policy, which enforcement does not support')
  }
  const standard = [detail.contentTier, detail.topicTier].some((tier) => tier?.toUpperCase() === 'STANDARD')
  if (detail.profileArn === null) {
    if (standard) defects.push('its Standard tier needs a guardrail profile, and it has none')
    return {defects, gaps: []}
  }
  const profile = guardrailProfile(detail.profileArn)
  const region = /^arn:[^:]*:bedrock:([^:]+):/.exec(arn)?.[1]
  if (profile === undefined) return {defects: [...defects, `${detail.profileArn} is no guardrail profile`], gaps: []}
  if (region !== undefined && profile.region !== region) {
    defects.push(`its guardrail profile ${profile.id} is of ${profile.region}, not of ${region}`)
  } else if (profile.destinations === undefined) {
    const reason = `AWS does not document where guardrail profile ${profile.id} leads from ${profile.region}`
    return {defects, gaps: [{action: 'bedrock:GetGuardrail', code: 'UNDOCUMENTED', reason}]}
  }
  return {defects, gaps: []}
}
