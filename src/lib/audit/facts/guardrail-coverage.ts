import {bedrockPolicy} from '../../account/bedrock-policy.js'
import {read} from '../../account/read.js'
import type {AuditContext} from '../audit-context.js'
import type {Missing} from '../finding.schema.js'
import {isNowhere, missingOf} from '../judge-resource.js'

/** Models a guardrail is enforced on: ids, or ALL; null: every model. */
export interface Enforcement {
  readonly models: {readonly included: readonly string[]; readonly excluded: readonly string[]} | null
}

/** Which models of a Region pass a guardrail whatever the request says. */
export interface GuardrailCoverage {
  /** Null asks about any model, or one of the account's own. */
  covers(modelId: string | null): boolean
  /** Models left out by name of every enforcement that would cover them. */
  readonly excluded: readonly string[]
  /** What was not read, and might cover more. */
  readonly missing: readonly Missing[]
}

const memo = new WeakMap<AuditContext, Map<string, GuardrailCoverage>>()

/** Weighs the configuration that the account enforces in the Region and the policy of the organisation together. */
export function guardrailCoverage(context: AuditContext, region: string): GuardrailCoverage {
  const kept = memo.get(context) ?? new Map<string, GuardrailCoverage>()
  memo.set(context, kept)
  const known = kept.get(region)
  if (known !== undefined) return known
  const found = readCoverage(context, region)
  kept.set(region, found)
  return found
}

function readCoverage(context: AuditContext, region: string): GuardrailCoverage {
  const missing: Missing[] = []
  const enforcements: Enforcement[] = []
  const account = read(context.snapshot, 'bedrock:enforced-guardrails', region)
  if (account.state === 'read') enforcements.push(...account.value)
  else if (!isNowhere(account)) missing.push(missingOf(account))
  const policy = bedrockPolicy(context)
  const inNoOrganization = context.policies.organization === null
  if (policy.state === 'unread') {
    if (!inNoOrganization) missing.push(missingOf(policy))
  } else if (policy.value?.guardrails === null) {
    const reason = 'the effective Bedrock policy of the organisation cannot be understood'
    missing.push({action: 'organizations:DescribeEffectivePolicy', code: 'UNREADABLE', reason})
  } else {
    enforcements.push(
      ...(policy.value?.guardrails ?? []).filter((one) => one.region === region && one.identifier !== null),
    )
  }
  const covers = (modelId: string | null) => enforcements.some((one) => enforces(one, modelId))
  const excluded = enforcements.flatMap(({models}) => models?.excluded ?? []).filter((modelId) => !covers(modelId))
  return {covers, excluded: [...new Set(excluded)], missing}
}

/** A model in both lists is left out (Bedrock User Guide, guardrails-enforcements). */
export function enforces({models}: Enforcement, modelId: string | null): boolean {
  if (models === null) return true
  const all = models.included.length === 0 || models.included.some((one) => one.toUpperCase() === 'ALL')
  if (modelId === null) return all
  return (
    (all || models.included.some((one) => names(one, modelId))) && !models.excluded.some((one) => names(one, modelId))
  )
}

function names(listed: string, modelId: string): boolean {
  return listed === modelId || listed.endsWith(`/${modelId}`)
}
