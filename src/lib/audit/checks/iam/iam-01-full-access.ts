import type {AccountPrincipal, NamedPolicy} from '../../../iam/account/account-policies.js'
import type {AuditContext} from '../../audit-context.js'
import type {Check} from '../../check.js'
import {gradeOfBedrock, type ServiceGrade} from '../../facts/bedrock-grade.js'
import {type EffectiveAccess, effectiveAccess} from '../../facts/effective-access.js'
import {grantingPolicies, policyWords, removalCommand} from '../../facts/granting-policies.js'
import {isNamedBy} from '../../facts/named-principal.js'
import {touchesService} from '../../facts/policy-reach.js'
import type {Evidence, Fix, Missing} from '../../finding.schema.js'
import {unknown} from '../../judge-resource.js'
import {judgePrincipals, oncePerLead, type PrincipalJudgement, principalPlace} from './judge-principals.js'

export const fullAccessCheck: Check = {
  id: 'IAM-01',
  family: 'IAM',
  severity: 'high',
  title: 'Nobody but break-glass principals may do everything in Bedrock',
  why: 'Whoever holds bedrock:* reads prompts, switches logging and guardrails off and buys capacity: one stolen session is enough for all of it.',
  resource: 'principal',
  failsWhen:
    'after control policies, boundary and group policies it may do all, or all but a few, of the actions of Bedrock on any resource, and bedrockctl.yaml does not list it under principals.breakGlass',
  reads: ['iam:authorization-details', 'organizations:organization', 'organizations:tree', 'organizations:policies'],
  references: [
    {
      title: 'Security best practices in IAM',
      url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html',
    },
    {
      title: 'Identity-based policy examples for Amazon Bedrock',
      url: 'https://docs.aws.amazon.com/bedrock/latest/userguide/security_iam_id-based-policy-examples.html',
    },
  ],
  *judge(context) {
    const access = effectiveAccess(context)
    const factsOf = oncePerLead((lead) =>
      touchesService(lead, 'bedrock:') ? factsAbout(lead, context, access) : undefined,
    )
    yield* judgePrincipals(access, (lead, member) => {
      const facts = factsOf(lead)
      return facts === undefined ? [] : [judgeGrade(facts, member, context.project.principals.breakGlass)]
    })
  },
}

interface GradeFacts {
  readonly grade: ServiceGrade
  readonly granting: readonly NamedPolicy[]
  readonly missing: readonly Missing[]
}

function factsAbout(lead: AccountPrincipal, context: AuditContext, access: EffectiveAccess): GradeFacts {
  const grade = gradeOfBedrock(context, access, lead)
  const {outcome, example} = grade
  if (example === undefined || outcome === 'DENY') return {grade, granting: [], missing: []}
  if (outcome === 'UNKNOWN') return {grade, granting: [], missing: access.gaps(lead, example)}
  return {grade, granting: grantingPolicies(lead, access.explain(lead, example)), missing: []}
}

function judgeGrade(
  {grade, granting, missing}: GradeFacts,
  principal: AccountPrincipal,
  breakGlass: readonly string[],
): PrincipalJudgement {
  const evidence: readonly Evidence[] = [{kind: 'simulated', text: simulated(grade), read: 'iam:authorization-details'}]
  if (grade.outcome === 'DENY') return {verdict: 'PASS', message: 'It may not do everything in Bedrock.', evidence}
  if (isNamedBy(breakGlass, principal)) {
    const declared: Evidence = {kind: 'declared', text: 'listed under principals.breakGlass'}
    return {verdict: 'PASS', message: 'It is a declared break-glass principal.', evidence: [...evidence, declared]}
  }
  if (grade.outcome === 'UNKNOWN') {
    const {verdict, message} = unknown(principalPlace(principal), missing)
    return {verdict, message, missing, evidence}
  }
  const source = granting.map(policyWords).join(', ')
  return {
    verdict: 'FAIL',
    message: `${simulated(grade)}${source === '' ? '' : `, by ${source}`}.`,
    evidence,
    fix: fixOf(principal, granting),
  }
}

function simulated({outcome, allowed, total, region}: ServiceGrade): string {
  if (outcome === 'DENY') return 'It may not do all actions of Bedrock on any resource'
  const may = outcome === 'ALLOW' ? 'It may do' : 'It may do, unless something unknown forbids it,'
  const share = allowed === total ? 'every action' : `${allowed} of ${total} actions`
  return `${may} ${share} of Bedrock on any resource in ${region}`
}

function fixOf(principal: AccountPrincipal, granting: readonly NamedPolicy[]): Fix {
  return {
    summary:
      'Take the broad policy away and grant the actions and resources that the work needs, or list the principal under principals.breakGlass.',
    cli: [
      ...granting.map((policy) => removalCommand(principal, policy)),
      `aws iam put-${principal.kind}-policy --${principal.kind}-name ${principal.name} --policy-name bedrock-least --policy-document file://<POLICY>.json`,
    ],
  }
}
