import {read} from '../../../account/read.js'
import type {AccountPrincipal} from '../../../iam/account/account-policies.js'
import {targetId} from '../../../iam/account/call-targets.js'
import type {CompiledStatement} from '../../../iam/compile-policy.js'
import type {CallTarget} from '../../../iam/legs/target.js'
import type {AuditContext} from '../../audit-context.js'
import type {Check} from '../../check.js'
import {regionsOfAccount} from '../../facts/bedrock-grade.js'
import {type EffectiveAccess, effectiveAccess} from '../../facts/effective-access.js'
import {guardrailCoverage} from '../../facts/guardrail-coverage.js'
import {
  type Candidate,
  candidatesOf,
  decideInvocation,
  INVOKE_ACTIONS,
  prepareInvocation,
  profilesNamed,
  reachesAnyKind,
} from '../../facts/invocation.js'
import {modelWords} from '../../facts/model-words.js'
import {onceByClass} from '../../facts/once-by-class.js'
import {profilesIn} from '../../facts/region-targets.js'
import type {Evidence, Fix, Missing} from '../../finding.schema.js'
import {isNowhere, missingOf, unknown} from '../../judge-resource.js'
import {exemption} from './break-glass.js'
import {judgePrincipals, type PrincipalJudgement, principalPlace} from './judge-principals.js'

export const unguardedCheck: Check = {
  id: 'IAM-08',
  family: 'IAM',
  severity: 'high',
  title: 'No model answers without a guardrail',
  why: 'A guardrail that the caller may leave out protects only those who mean well: prompts and answers pass unfiltered as soon as a call does not name it.',
  resource: 'principal',
  failsWhen:
    'a call that names no guardrail succeeds in simulation, and neither the configuration enforced by the account nor the policy of the organisation covers the model in that Region',
  reads: [
    'iam:authorization-details',
    'bedrock:enforced-guardrails',
    'bedrock:inference-profiles',
    'organizations:effective-policies',
    'organizations:organization',
    'organizations:tree',
    'organizations:policies',
  ],
  references: [
    {
      title: 'Apply cross-account safeguards with Amazon Bedrock Guardrails enforcements',
      url: 'https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-enforcements.html',
    },
    {
      title: 'Set up permissions to use Amazon Bedrock Guardrails',
      url: 'https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-permissions-id.html',
    },
  ],
  *judge(context) {
    const access = effectiveAccess(context)
    const callsOf = onceByClass(access, INVOKE_ACTIONS, (lead) => unguardedCalls(lead, context, access))
    yield* judgePrincipals(access, (lead, member) => {
      const calls = callsOf(lead)
      return calls === undefined ? [] : [judgeCalls(calls, member, context)]
    })
  },
}

interface UnguardedCalls {
  /** Calls that succeed and that nothing guards, as `any model from eu-central-1`. */
  readonly open: readonly string[]
  readonly missing: readonly Missing[]
  /** Some call succeeds, though a guardrail is enforced on it. */
  readonly covered: boolean
}

function unguardedCalls(
  lead: AccountPrincipal,
  context: AuditContext,
  access: EffectiveAccess,
): UnguardedCalls | undefined {
  const held = INVOKE_ACTIONS.filter((action) => access.holds(lead, action))
  if (held.length === 0) return undefined
  const regions = regionsInUse(context)
  const open = new Set<string>()
  const missing: Missing[] = []
  let covered = false
  for (const action of held) {
    const {own} = access.classOf(lead, action.toLowerCase())
    const streaming = action !== INVOKE_ACTIONS[0]
    const judge = (candidate: Candidate): void => {
      const said = judgeCandidate(candidate, streaming, lead, context, access)
      if (said === 'covered') covered = true
      else if (typeof said === 'string') open.add(said)
      else missing.push(...said)
    }
    withExcluded(context, candidatesOf(context, own, regions)).forEach(judge)
    // Where the models themselves are closed, a profile of them may not be.
    if (open.size === 0) profileCandidates(context, own, regions).forEach(judge)
    missing.push(...unreadProfiles(action, lead, context, access))
  }
  return {open: [...open], missing: unique(missing), covered}
}

/** Where nothing can be called, nothing has to be guarded: Regions that are not enabled, or without Bedrock. */
function regionsInUse(context: AuditContext): readonly string[] {
  return regionsOfAccount(context).filter((region) => {
    const enforced = read(context.snapshot, 'bedrock:enforced-guardrails', region)
    return enforced.state === 'read' || !isNowhere(enforced)
  })
}

/** Every profile, for whom a policy names no kind of resource; the others are candidates by name. */
function profileCandidates(
  context: AuditContext,
  own: readonly CompiledStatement[],
  regions: readonly string[],
): readonly Candidate[] {
  if (!own.some(reachesAnyKind)) return []
  return regions.flatMap((region) => {
    const profiles = profilesIn(context, region)
    return profiles.state === 'read' ? profiles.value.map(({target}) => ({region, target})) : []
  })
}

/** Profiles that were not read, and may be called without a guardrail: what they lead to is not known. */
function unreadProfiles(
  action: string,
  lead: AccountPrincipal,
  context: AuditContext,
  access: EffectiveAccess,
): readonly Missing[] {
  const {own} = access.classOf(lead, action.toLowerCase())
  const {partition, account} = context.policies
  return regionsOfAccount(context).flatMap((region) => {
    const profiles = profilesIn(context, region)
    if (profiles.state === 'read' || isNowhere(profiles)) return []
    const {covers, excluded} = guardrailCoverage(context, region)
    if (covers(null) && excluded.length === 0) return []
    const isOpen = own
      .flatMap((statement) => profilesNamed(statement, region))
      .some((name) => {
        const resource = `arn:${partition}:bedrock:${region}:${account}:${name}`
        const values = {'bedrock:GuardrailIdentifier': null}
        return access.decide(lead, access.ask({action, resource, region, values})) !== 'DENY'
      })
    return isOpen ? [missingOf(profiles)] : []
  })
}

/** What is left out of enforcement by name has to be asked about by name. */
function withExcluded(context: AuditContext, candidates: readonly Candidate[]): readonly Candidate[] {
  const regions = [...new Set(candidates.map(({region}) => region))]
  const excluded = regions.flatMap((region) =>
    guardrailCoverage(context, region).excluded.map(
      (modelId): Candidate => ({
        region,
        target: {kind: 'model', modelId: modelId.replace(/^.*foundation-model\//, '')},
      }),
    ),
  )
  return [...candidates, ...excluded]
}

/** The call in words when it is open, what is missing to tell, or nothing when it does not succeed. */
function judgeCandidate(
  {region, target}: Candidate,
  streaming: boolean,
  lead: AccountPrincipal,
  context: AuditContext,
  access: EffectiveAccess,
): string | readonly Missing[] {
  const call = prepareInvocation(context, access, region, target, {streaming, guardrail: 'none'})
  const outcome = decideInvocation(access, lead, call)
  if (outcome === 'DENY') return []
  const coverage = guardrailCoverage(context, region)
  if (coverage.covers(modelBehind(target))) return 'covered'
  if (coverage.missing.length > 0) return coverage.missing
  if (outcome === 'ALLOW') return `${modelWords(targetId(target))} from ${region}`
  const unsettled = call.legs.find(({question}) => access.decide(lead, question) === 'UNKNOWN')
  if (unsettled !== undefined) return access.gaps(lead, unsettled.question)
  return call.open.map((reason) => ({action: 'bedrock:GetInferenceProfile', code: 'UNREAD', reason}))
}

function modelBehind(target: CallTarget): string | null {
  switch (target.kind) {
    case 'model':
    case 'geographic-profile':
    case 'global-profile':
      return target.modelId
    case 'application-profile':
      return target.copies?.modelId ?? null
    case 'own-model':
      return null
  }
}

function judgeCalls(
  {open, missing, covered}: UnguardedCalls,
  principal: AccountPrincipal,
  context: AuditContext,
): PrincipalJudgement {
  const evidence = (text: string): readonly Evidence[] => [
    {kind: 'simulated', text, read: 'iam:authorization-details'},
    {
      kind: 'config',
      text: 'enforced configurations and organisation policy weighed',
      read: 'bedrock:enforced-guardrails',
    },
  ]
  if (open.length > 0) {
    const more = open.length > 3 ? `, and ${open.length - 3} more` : ''
    const text = `It may call ${open.slice(0, 3).join(', ')}${more} without any guardrail, and none is enforced there`
    return (
      exemption(principal, context) ?? {
        verdict: 'FAIL',
        message: `${text}.`,
        evidence: evidence(text),
        fix: fixOf(open),
      }
    )
  }
  if (missing.length > 0) {
    const {verdict, message} = unknown(principalPlace(principal), missing)
    return {verdict, message, missing, evidence: []}
  }
  const text = covered
    ? 'Whatever it may call without naming a guardrail passes an enforced one'
    : 'Its calls do not succeed without a guardrail'
  return {verdict: 'PASS', message: `${text}.`, evidence: evidence(text)}
}

function unique(missing: readonly Missing[]): readonly Missing[] {
  return [...new Map(missing.map((one) => [`${one.action} ${one.reason}`, one])).values()]
}

function fixOf(open: readonly string[]): Fix {
  const region = open[0]?.split(' from ')[1] ?? '<REGION>'
  const statement = {
    Sid: 'NoCallWithoutGuardrail',
    Effect: 'Deny',
    Action: INVOKE_ACTIONS,
    Resource: '*',
    Condition: {StringNotEquals: {'bedrock:GuardrailIdentifier': '<GUARDRAIL-ARN>:<VERSION>'}},
  }
  return {
    summary:
      'Enforce a guardrail for the account in each Region in use, or deny calls that do not name it; the principal also needs bedrock:ApplyGuardrail.',
    cli: [
      `aws bedrock put-enforced-guardrail-configuration --region ${region} --guardrail-inference-config guardrailIdentifier=<GUARDRAIL-ID>,guardrailVersion=<VERSION>`,
    ],
    policyDiff: {
      policy: 'policy of the principal, or a service control policy',
      remove: [],
      add: [JSON.stringify(statement)],
    },
  }
}
