import type {AccountPrincipal} from '../../../iam/account/account-policies.js'
import type {AuditContext} from '../../audit-context.js'
import type {Check, Judged} from '../../check.js'
import {allBedrockEndpoints} from '../../facts/bedrock-endpoint.js'
import {type EffectiveAccess, effectiveAccess} from '../../facts/effective-access.js'
import {INFERENCE_ACTIONS, type OffNetwork, offNetwork} from '../../facts/off-network.js'
import {onceByClass} from '../../facts/once-by-class.js'
import type {Fix} from '../../finding.schema.js'
import {regionPlace, unknown} from '../../judge-resource.js'

export const privateOnlyCheck: Check = {
  id: 'EP-10',
  family: 'EP',
  severity: 'medium',
  title: 'Models are invoked through VPC endpoints only',
  why: 'An endpoint does not keep anybody from calling the public address: credentials that leave the VPC invoke models from anywhere, unless a policy demands the VPC. Resource control policies do not apply to Bedrock.',
  resource: 'principal',
  failsWhen:
    'network.privateOnly is declared and a user or role may invoke a model without aws:SourceVpce or aws:SourceVpc, by its own policies and the service control policies together',
  unknownWhen: 'policies were not read, or a condition asks for what is not known',
  needs: 'network.privateOnly',
  reads: [
    'iam:authorization-details',
    'organizations:organization',
    'organizations:tree',
    'organizations:policies',
    'bedrock:foundation-models',
    'bedrock:inference-profiles',
    'ec2:vpc-endpoints',
  ],
  references: [
    {
      title: 'AWS global condition context keys: aws:SourceVpc, aws:SourceVpce',
      url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html',
    },
    {
      title: 'Building a data perimeter on AWS',
      url: 'https://docs.aws.amazon.com/whitepapers/latest/building-a-data-perimeter-on-aws/building-a-data-perimeter-on-aws.html',
    },
  ],
  *judge(context) {
    if (!context.project.network.privateOnly) {
      const message = 'bedrockctl.yaml does not ask for it: network.privateOnly.'
      yield {...regionPlace('global'), verdict: 'NOT_APPLICABLE', message}
      return
    }
    const access = effectiveAccess(context)
    if (access.missing.length > 0) {
      yield unknown(regionPlace('global'), access.missing)
      return
    }
    const fix = fixOf(context)
    const stateOf = onceByClass(access, INFERENCE_ACTIONS, (lead) => offNetwork(context, access, lead))
    for (const {lead, members} of access.groups) {
      const own = members.filter((member) => !isOfService(member))
      if (own.length === 0) continue
      const found = stateOf(lead)
      if (found.outcome === 'NONE') continue
      for (const member of own) yield judgeMember(member, lead, found, access, fix)
    }
  },
}

function judgeMember(
  {arn, kind, name}: AccountPrincipal,
  lead: AccountPrincipal,
  {outcome, call, question}: OffNetwork,
  access: EffectiveAccess,
  fix: Fix,
): Judged {
  const place = {region: 'global', resource: {type: kind, id: arn, name}}
  const what = `${question?.action} on ${question?.resource}`
  const simulated = (text: string) => [{kind: 'simulated', text, ...(call && {region: call.region})}] as const
  if (outcome === 'UNKNOWN') {
    const missing = question === undefined ? [] : access.gaps(lead, question)
    return unknown(place, missing, simulated(`${what} without a VPC endpoint`))
  }
  if (outcome === 'DENY') {
    const message = `It may invoke ${call?.name} in ${call?.region}, and not without a VPC endpoint.`
    return {
      ...place,
      verdict: 'PASS',
      message,
      evidence: simulated(`${what} is denied without aws:SourceVpce and aws:SourceVpc`),
    }
  }
  return {
    ...place,
    verdict: 'FAIL',
    message: `It may invoke ${call?.name} in ${call?.region} from anywhere: no policy asks for aws:SourceVpce or aws:SourceVpc.`,
    evidence: simulated(`${what} is allowed without aws:SourceVpce and aws:SourceVpc`),
    fix,
  }
}

/** A role that Bedrock alone takes on calls from AWS's network, where no VPC could be asked for. */
function isOfService({trust}: AccountPrincipal): boolean {
  const entries = trust?.statements
    .filter(({effect}) => effect === 'Allow')
    .flatMap(({principals}) => principals?.entries ?? [])
  return (
    entries !== undefined &&
    entries.length > 0 &&
    entries.every(({type, value}) => type === 'service' && /^bedrock(-agentcore|-mantle)?\./.test(value))
  )
}

function fixOf({snapshot}: AuditContext): Fix {
  const vpcs = [...new Set(allBedrockEndpoints(snapshot).map(({detail}) => detail.vpcId))].sort()
  const statement = {
    Sid: 'BedrockFromOurVpcsOnly',
    Effect: 'Deny',
    Action: ['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream', 'bedrock-mantle:CreateInference'],
    Resource: '*',
    Condition: {
      StringNotEqualsIfExists: {'aws:SourceVpc': vpcs.length > 0 ? vpcs : ['<VPC>']},
      BoolIfExists: {'aws:ViaAWSService': 'false', 'aws:PrincipalIsAWSService': 'false'},
    },
  }
  return {
    summary:
      'Deny inference outside of the VPCs in a service control policy, sparing calls that AWS services make; without an organisation, in the policies of the principals.',
    cli: [
      'aws organizations create-policy --type SERVICE_CONTROL_POLICY --name bedrock-from-our-vpcs --description "Bedrock is called from our VPCs only" --content file://scp.json',
      'aws organizations attach-policy --policy-id <POLICY_ID> --target-id <OU_OR_ACCOUNT>',
    ],
    policyDiff: {policy: 'service control policy', remove: [], add: [JSON.stringify(statement)]},
  }
}
