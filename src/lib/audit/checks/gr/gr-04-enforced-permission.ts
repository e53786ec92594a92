import {read, regionsOf} from '../../../account/read.js'
import type {AccountPrincipal} from '../../../iam/account/account-policies.js'
import type {AuditContext} from '../../audit-context.js'
import type {Check, Judged} from '../../check.js'
import {type ApplyLeg, applyLegs} from '../../facts/apply-guardrail.js'
import {type EffectiveAccess, effectiveAccess} from '../../facts/effective-access.js'
import {type EnforcedScope, enforcedScopes, scopeOf} from '../../facts/enforced-scope.js'
import type {Missing} from '../../finding.schema.js'
import {isNowhere, missingOf, regionPlace, unknown} from '../../judge-resource.js'

const READ = 'bedrock:enforced-guardrails'

export const enforcedPermissionCheck: Check = {
  id: 'GR-04',
  family: 'GR',
  severity: 'high',
  title: 'Whoever calls a model may apply the guardrail that is enforced on it',
  why: 'An enforced guardrail is applied with the permissions of the caller: without bedrock:ApplyGuardrail on it, and on its profile wherever that leads, the calls are denied.',
  resource: 'principal × enforced guardrail',
  failsWhen:
    'a user or role that may call a model under enforcement is denied bedrock:ApplyGuardrail on the guardrail, or on its guardrail profile in its Region or a destination',
  unknownWhen: 'policies that decide were not read, or the guardrail belongs to another account',
  reads: [
    READ,
    'bedrock:guardrails',
    'bedrock:foundation-models',
    'bedrock:inference-profiles',
    'iam:authorization-details',
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
      title: 'Distribute guardrail inference across AWS Regions',
      url: 'https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-cross-region.html',
    },
  ],
  *judge(context) {
    for (const region of regionsOf(context.snapshot, READ)) {
      const reading = read(context.snapshot, READ, region)
      if (reading.state === 'unread' && !isNowhere(reading)) yield unknown(regionPlace(region), [missingOf(reading)])
    }
    const scopes = enforcedScopes(context)
    if (scopes.length === 0) return
    const access = effectiveAccess(context)
    if (access.missing.length > 0) yield unknown(regionPlace('global'), access.missing)
    else for (const scope of scopes) yield* judgeScope(context, access, scope)
  },
}

function* judgeScope(context: AuditContext, access: EffectiveAccess, scope: EnforcedScope): Iterable<Judged> {
  const {legs, gaps} = applyLegs(context, access, scope)
  const {reference, region, holder} = scope
  let able = 0
  for (const {lead, members} of access.groups) {
    const reach = scopeOf(context, access, lead, scope)
    const judge = reach === 'DENY' ? undefined : judgeGroup(access, lead, scope, legs, reach, gaps.length > 0)
    if (judge === 'able') able += members.length
    else if (judge !== undefined) for (const member of members) yield judge(member)
  }
  const place = {region, resource: holder, aspect: reference.id}
  if (gaps.length > 0) yield unknown(place, gaps)
  else yield {...place, verdict: 'PASS', message: `${able} callers may apply guardrail ${reference.id}.`}
}

/** What is said of each member; undefined for what the scope as a whole lacks, which is said once. */
function judgeGroup(
  access: EffectiveAccess,
  lead: AccountPrincipal,
  scope: EnforcedScope,
  legs: readonly ApplyLeg[],
  reach: 'ALLOW' | 'UNKNOWN',
  isOpen: boolean,
): 'able' | ((member: AccountPrincipal) => Judged) | undefined {
  const denied = legs.filter(({question}) => access.decide(lead, question) === 'DENY')
  const open = legs.filter(({question}) => access.decide(lead, question) === 'UNKNOWN')
  if (denied.length === 0 && open.length === 0) return 'able'
  if (denied.length > 0 && reach === 'ALLOW') return (member) => deniedFinding(access, member, scope, denied)
  if (reach === 'ALLOW' && isOpen) return undefined
  const missing = missingFor(access, lead, [...denied, ...open], reach)
  return (member) => unknown(placeOf(member, scope), missing)
}

function placeOf({arn, kind, name}: AccountPrincipal, {reference, region}: EnforcedScope) {
  return {region, resource: {type: kind, id: arn, name}, aspect: reference.id}
}

function missingFor(
  access: EffectiveAccess,
  lead: AccountPrincipal,
  legs: readonly ApplyLeg[],
  reach: 'ALLOW' | 'UNKNOWN',
): readonly Missing[] {
  const found = legs.flatMap(({question}) => access.gaps(lead, question))
  if (found.length > 0 && reach === 'ALLOW') return found
  const reason = 'whether it may call a model under enforcement hangs on what was not read or on the request'
  return [...found, {action: 'bedrock:InvokeModel', code: 'UNDECIDED', reason}]
}

function deniedFinding(
  access: EffectiveAccess,
  member: AccountPrincipal,
  scope: EnforcedScope,
  denied: readonly ApplyLeg[],
): Judged {
  const [first] = denied
  const isHeld = access.holds(member, 'bedrock:ApplyGuardrail')
  const reasons = first === undefined || !isHeld ? [] : access.explain(member, first.question).reasons
  const denial = reasons.find(({role}) => role === 'denies')
  const cause = denial
    ? `denied by ${denial.policy ?? denial.layer}${denial.level === null ? '' : ` at ${denial.level}`}`
    : isHeld
      ? `not allowed by ${[...new Set(reasons.map(({layer}) => layer))].join(', ')}`
      : 'no policy of its own allows bedrock:ApplyGuardrail'
  const statement = {
    Effect: 'Allow',
    Action: 'bedrock:ApplyGuardrail',
    Resource: denied.map(({question}) => question.resource),
  }
  const [policy] = member.policies.filter(({group}) => group === null)
  const attach = `aws iam put-${member.kind}-policy --${member.kind}-name ${member.name} --policy-name apply-guardrail --policy-document '${JSON.stringify({Version: '2012-10-17', Statement: [statement]})}'`
  return {
    ...placeOf(member, scope),
    verdict: 'FAIL',
    message: `It may call models in ${scope.region}, and may not apply ${denied.map(({label}) => label).join(' and ')}: ${cause}.`,
    evidence: denied.map(({question, label}) => ({
      kind: 'simulated',
      text: `bedrock:ApplyGuardrail on ${question.resource} (${label}): denied`,
      read: 'iam:authorization-details',
    })),
    fix: {
      summary: denial
        ? 'Except the guardrail from the statement that denies it, and allow the caller to apply it.'
        : 'Allow the caller to apply the guardrail, and its profile wherever that leads.',
      cli: [attach],
      policyDiff: {policy: policy?.arn ?? policy?.name ?? member.arn, remove: [], add: [JSON.stringify(statement)]},
    },
  }
}
