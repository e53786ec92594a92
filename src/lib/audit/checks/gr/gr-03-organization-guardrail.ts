import {bedrockPolicy, type OrganizationGuardrail} from '../../../account/bedrock-policy.js'
import type {AuditContext} from '../../audit-context.js'
import type {Check, Judged} from '../../check.js'
import {enforcedTarget} from '../../facts/enforced-guardrail.js'
import {guardrailReference} from '../../facts/guardrail-reference.js'
import {guardrailSharing} from '../../facts/guardrail-sharing.js'
import {configEvidence, isNowhere, judgeResource, missingOf, type Place, unknown} from '../../judge-resource.js'

const READ = 'organizations:effective-policies'
const RESOURCE = {type: 'organization-policy', id: 'BEDROCK_POLICY', name: 'effective Bedrock policy'}

export const organizationGuardrailCheck: Check = {
  id: 'GR-03',
  family: 'GR',
  severity: 'critical',
  title: 'The guardrail that the organisation enforces exists, is shared and can be enforced',
  why: 'Every account under the policy must pass the guardrail that it names. A wrong name, a guardrail nobody shared or a policy in it that cannot be enforced makes calls fail across the organisation.',
  resource: 'organisation Bedrock policy',
  failsWhen:
    'the effective policy names a guardrail or version that does not exist, is not shared by its resource policy, or holds a policy type that enforcement does not support',
  unknownWhen: 'the guardrail belongs to another account: run the audit there too',
  reads: [READ, 'bedrock:guardrails', 'organizations:organization', 'organizations:tree'],
  references: [
    {
      title: 'Amazon Bedrock policy syntax and examples',
      url: 'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_bedrock_syntax.html',
    },
    {
      title: 'Using resource-based policies for guardrails',
      url: 'https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-resource-based-policies.html',
    },
  ],
  *judge(context) {
    const policy = bedrockPolicy(context)
    const place = {region: 'global', resource: RESOURCE}
    if (policy.state === 'unread') {
      if (!isNowhere(policy)) yield unknown(place, [missingOf(policy)])
    } else if (policy.value === null) {
      yield {
        ...place,
        verdict: 'NOT_APPLICABLE',
        message: 'No Bedrock policy of an organisation holds for the account.',
      }
    } else if (policy.value.guardrails === null) {
      const reason = 'the effective Bedrock policy is not in the form that AWS documents'
      yield unknown(place, [{action: 'organizations:DescribeEffectivePolicy', code: 'UNDOCUMENTED', reason}])
    } else if (policy.value.guardrails.length === 0) {
      yield {...place, verdict: 'NOT_APPLICABLE', message: 'The effective Bedrock policy names no guardrail.'}
    } else for (const one of policy.value.guardrails) yield judgeGuardrail(context, one)
  },
}

function judgeGuardrail(context: AuditContext, {region, name, identifier}: OrganizationGuardrail): Judged {
  const place: Place = {region, resource: RESOURCE, aspect: name}
  const evidence = [configEvidence(`${region} ${name}: ${identifier ?? 'no identifier'}`, READ)]
  const reference =
    identifier?.startsWith('arn:') === true ? guardrailReference(identifier, {region, account: ''}) : undefined
  if (reference === undefined) {
    const written = identifier === null ? 'It names no guardrail' : `${identifier} is no ARN of a guardrail`
    return judgeResource(place, {defects: [written], fine: '', evidence, fix: fixOf(region)})
  }
  const target = enforcedTarget(context, reference, region)
  const sharing = target.guardrail && guardrailSharing(context, target.guardrail)
  const unshared =
    sharing?.shared === 'no' ? [`no other account may apply guardrail ${reference.id} by its resource policy`] : []
  return judgeResource(place, {
    defects: [...target.defects, ...unshared],
    gaps: [...target.gaps, ...(sharing?.gaps ?? [])],
    fine: `Guardrail ${reference.id} is ready in version ${reference.version}, and shared`,
    evidence,
    fix: fixOf(region),
  })
}

function fixOf(region: string) {
  return {
    summary:
      'Name the ARN with version of a READY guardrail of the management account in that Region, and let the organisation apply it.',
    cli: [
      `aws bedrock put-resource-policy --region ${region} --resource-arn <GUARDRAIL_ARN> --resource-policy '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":["bedrock:ApplyGuardrail","bedrock:GetGuardrail"],"Resource":"<GUARDRAIL_ARN>","Condition":{"StringEquals":{"aws:PrincipalOrgID":"<ORGANIZATION>"}}}]}'`,
      'aws organizations update-policy --policy-id <POLICY> --content file://bedrock-policy.json',
      'aws organizations describe-effective-policy --policy-type BEDROCK_POLICY --target-id <ACCOUNT>',
    ],
  }
}
