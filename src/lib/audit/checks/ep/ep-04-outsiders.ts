import type {CompiledPolicy} from '../../../iam/compile-policy.js'
import type {AuditContext} from '../../audit-context.js'
import type {Check, Judged} from '../../check.js'
import {type Admission, admissionGaps, admittedOutsiders} from '../../facts/admitted-outsider.js'
import {type BedrockEndpoint, bedrockEndpointsOf, endpointPlace} from '../../facts/bedrock-endpoint.js'
import {endpointPolicy, writtenStatement} from '../../facts/endpoint-policy.js'
import type {Evidence, Fix} from '../../finding.schema.js'
import {configEvidence, inEachRegion, judgeResource} from '../../judge-resource.js'

const READ = 'ec2:vpc-endpoints'

export const outsiderCheck: Check = {
  id: 'EP-04',
  family: 'EP',
  severity: 'high',
  title: 'An endpoint policy admits nobody from outside, and nothing that belongs to outsiders',
  why: 'Credentials of another account, brought into the VPC, can call Bedrock through the endpoint and take data out; so can own credentials that use resources of another account.',
  resource: 'vpc-endpoint',
  failsWhen:
    'it lets through a principal outside of the account and its organisation, or a call on a resource of an outside account',
  unknownWhen: 'an account or organisation that the policy names cannot be placed, or AWS would refuse the policy',
  reads: [READ, 'organizations:organization', 'organizations:tree'],
  references: [
    {
      title: 'Building a data perimeter on AWS',
      url: 'https://docs.aws.amazon.com/whitepapers/latest/building-a-data-perimeter-on-aws/building-a-data-perimeter-on-aws.html',
    },
    {
      title: 'Control access to VPC endpoints using endpoint policies',
      url: 'https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html',
    },
  ],
  judge: (context) =>
    inEachRegion(context, READ, (endpoints, region) =>
      bedrockEndpointsOf(endpoints, region).map((endpoint) => judgeEndpoint(context, endpoint)),
    ),
}

function judgeEndpoint(context: AuditContext, endpoint: BedrockEndpoint): Judged {
  const place = endpointPlace(endpoint)
  const found = endpointPolicy(context, endpoint)
  if (found.kind === 'refused') return judgeResource(place, {defects: [], gaps: [found.missing], fine: ''})
  if (found.kind === 'none') {
    return judgeResource(place, {
      defects: ['It has no policy of its own: anybody may use it, on resources of any account'],
      fine: '',
      evidence: [configEvidence('no policy document', READ, endpoint.region)],
      fix: fixOf(endpoint, context, []),
    })
  }
  const admissions = admittedOutsiders(found.policy, endpoint, context)
  const certain = admissions.filter((one) => admissionGaps(one).length === 0)
  return judgeResource(place, {
    defects: certain.map(said),
    gaps: admissions.flatMap(admissionGaps),
    fine: 'It admits no principal and no resource from outside',
    evidence: admissions.map(evidenceOf),
    fix: fixOf(endpoint, context, certain, found.policy),
  })
}

function said({side, outsider, action, statement}: Admission): string {
  return side === 'principal'
    ? `statement ${statement.label} admits principals of ${outsider.said} (${action})`
    : `statement ${statement.label} admits calls on resources of ${outsider.said} (${action})`
}

function evidenceOf({principal, action, resource, statement, certain}: Admission): Evidence {
  const text = `${principal} may ${action} on ${resource} by statement ${statement.label}${certain ? '' : ', as far as it can be told'}`
  return {kind: 'simulated', text}
}

function fixOf(
  endpoint: BedrockEndpoint,
  {policies}: AuditContext,
  admissions: readonly Admission[],
  policy?: CompiledPolicy,
): Fix {
  const {detail, region} = endpoint
  const organization = policies.organization ?? undefined
  const limits = {
    principal:
      organization === undefined ? {'aws:PrincipalAccount': policies.account} : {'aws:PrincipalOrgID': organization},
    resource:
      organization === undefined ? {'aws:ResourceAccount': policies.account} : {'aws:ResourceOrgID': organization},
  }
  const changed = policy === undefined ? [] : [...new Set(admissions.map(({statement}) => statement))]
  const rewritten = changed.map((statement) => {
    const written = policy === undefined ? {} : writtenStatement(endpoint, policy, statement)
    const sides = admissions.filter((one) => one.statement === statement).map(({side}) => side)
    const added = Object.assign({}, ...sides.map((side) => limits[side])) as Readonly<Record<string, string>>
    return {written, added}
  })
  return {
    summary:
      'Bind the statements to callers of the account or organisation, and to its resources; models of AWS belong to no account, so give them a statement of their own.',
    cli: [
      `aws ec2 modify-vpc-endpoint --region ${region} --vpc-endpoint-id ${detail.id} --policy-document file://policy.json`,
    ],
    ...(rewritten.length > 0 && {
      policyDiff: {
        policy: detail.id,
        remove: rewritten.map(({written}) => JSON.stringify(written)),
        add: rewritten.map(({written, added}) => JSON.stringify(withCondition(written, added))),
      },
    }),
  }
}

type Written = Readonly<Record<string, unknown>>

function withCondition(written: Written, added: Written): Written {
  const condition = (written['Condition'] ?? {}) as Written
  const equals = (condition['StringEquals'] ?? {}) as Written
  return {...written, Condition: {...condition, StringEquals: {...equals, ...added}}}
}
