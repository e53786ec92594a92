import {read, readPart} from '../../account/read.js'
import type {AuditContext} from '../audit-context.js'
import type {Evidence, Missing} from '../finding.schema.js'
import {configEvidence, isNowhere, missingOf} from '../judge-resource.js'
import {type GuardrailBinding, guardrailBindings} from './guardrail-bindings.js'
import {type Guardrail, type GuardrailDetail, type GuardrailVersion, guardrailVersion} from './guardrail-reference.js'

/** What is wrong with one version, and what cannot be told of it. */
export interface VersionVerdict {
  readonly defects: readonly string[]
  readonly gaps?: readonly Missing[]
}

export interface GuardrailVerdict {
  readonly defects: readonly string[]
  readonly gaps: readonly Missing[]
  readonly evidence: readonly Evidence[]
  /** The versions that count, in words. */
  readonly judged: string
}

/**
 * Judges the versions of a guardrail that count: those that something names (an agent or flow, an enforced configuration,
 * a workload) or that CloudWatch saw called, and the newest numbered one. The draft counts when it is named, or when
 * there is nothing else. An older version that is not seen to be used counts only when its use could not be read.
 */
export function judgeVersions(
  context: AuditContext,
  guardrail: Guardrail,
  region: string,
  judge: (detail: GuardrailDetail) => VersionVerdict,
): GuardrailVerdict {
  const use = versionUse(context, guardrail, region)
  const listed = readPart(guardrail.versions)
  if (listed.state === 'unread' && use.inUse.size === 0) {
    return {defects: [], gaps: [missingOf(listed)], evidence: [], judged: 'none'}
  }
  const numbers = listed.state === 'read' ? listed.value.map(({version}) => version) : []
  const newest = numbers.toSorted((one, other) => Number(other) - Number(one))[0]
  const counting = new Set([...use.inUse.keys(), ...(newest === undefined ? [] : [newest])])
  // Who names no version at all may mean any.
  if (counting.size === 0 || (newest === undefined && listed.state === 'read')) counting.add('DRAFT')
  const saidOf = new Map<string, string[]>()
  const gaps: Missing[] = listed.state === 'unread' ? [missingOf(listed)] : []
  for (const version of counting) {
    const said = sayOf(guardrail, version, judge)
    for (const text of said.defects) saidOf.set(text, [...(saidOf.get(text) ?? []), versionName(version)])
    gaps.push(...said.gaps)
  }
  const others = ['DRAFT', ...numbers].filter((version) => !counting.has(version))
  const hidden = others.some((version) => sayOf(guardrail, version, judge).defects.length > 0)
  const evidence = [
    ...[...use.inUse].map(([version, by]) =>
      configEvidence(`${versionName(version)} is used: ${by}`, undefined, region),
    ),
    ...(newest === undefined ? [] : [configEvidence(`version ${newest} is the newest`, 'bedrock:guardrails', region)]),
    ...(others.length > 0 ? [leftOut(others, region)] : []),
  ]
  const defects = [...saidOf].map(([text, versions]) => `${versions.join(' and ')}: ${text}`)
  const judged = [...counting].map(versionName).join(', ')
  return {defects, gaps: hidden ? [...gaps, ...use.gaps] : gaps, evidence, judged}
}

interface VersionUse {
  /** Version → who uses it. */
  readonly inUse: ReadonlyMap<string, string>
  /** What could hide more use. */
  readonly gaps: readonly Missing[]
}

/** Bindings that name the guardrail. */
export function bindingsOf(context: AuditContext, {id, arn}: Guardrail, region: string): readonly GuardrailBinding[] {
  const own = context.snapshot.caller.account
  return guardrailBindings(context).bindings.filter(
    ({guardrail: one}) => (one.id === id || arn.endsWith(`/${one.id}`)) && one.region === region && one.account === own,
  )
}

function versionUse(context: AuditContext, guardrail: Guardrail, region: string): VersionUse {
  const inUse = new Map<string, string>()
  for (const {guardrail: named, label} of bindingsOf(context, guardrail, region)) {
    if (named.version !== null && !inUse.has(named.version)) inUse.set(named.version, label)
  }
  const usage = read(context.snapshot, 'cloudwatch:bedrock-usage', region)
  const calls = usage.state === 'read' ? usage.value.guardrails : []
  for (const {arn, version, invocations} of calls) {
    if (arn !== guardrail.arn || version === null || (invocations ?? 0) === 0 || inUse.has(version)) continue
    inUse.set(version, `${invocations} evaluations in 30 days, by CloudWatch`)
  }
  const unread = usage.state === 'unread' && !isNowhere(usage) ? [missingOf(usage)] : []
  const hidden = guardrailBindings(context).gaps.filter((gap) => gap.region === region || gap.region === 'global')
  return {inUse, gaps: [...unread, ...hidden.map(({missing}) => missing)]}
}

function sayOf(
  guardrail: Guardrail,
  version: string,
  judge: (detail: GuardrailDetail) => VersionVerdict,
): {readonly defects: readonly string[]; readonly gaps: readonly Missing[]} {
  const reading = guardrailVersion(guardrail, version)
  if (reading.state === 'unread') return {defects: [], gaps: [missingOf(reading)]}
  // A version that does not exist is no matter of what it would do.
  if (reading.value === null) return {defects: [], gaps: []}
  return sayOfDetail(reading.value, judge)
}

function sayOfDetail({version, detail}: GuardrailVersion, judge: (detail: GuardrailDetail) => VersionVerdict) {
  if (detail.state === 'unread') return {defects: [], gaps: [missingOf(detail)]}
  const {defects, gaps = []} = judge(detail.value)
  return {
    defects,
    gaps: gaps.map((gap) => ({...gap, reason: `${versionName(version)}: ${gap.reason}`})),
  }
}

function leftOut(versions: readonly string[], region: string): Evidence {
  const names = versions.map(versionName).join(', ')
  const text = `not judged: ${names}; no agent, flow, workload or enforced configuration names them, and CloudWatch counts no evaluation in 30 days`
  return configEvidence(text, 'cloudwatch:bedrock-usage', region)
}

function versionName(version: string): string {
  return version === 'DRAFT' ? 'the draft' : `version ${version}`
}
