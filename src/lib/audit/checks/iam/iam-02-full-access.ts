import type {ReadValues} from '../../../account/snapshot.schema.js'
import {parseArn} from '../../../core/arn.js'
import type {AuditContext} from '../../audit-context.js'
import type {Check, Judged} from '../../check.js'
import {judgeAccountRead} from '../../facts/account-read.js'
import {configEvidence, judgeResource, regionPlace} from '../../judge-resource.js'

const READ = 'iam:authorization-details'
/** AmazonBedrockFullAccess, AmazonBedrockMantleFullAccess, BedrockAgentCoreFullAccess and their like. */
const FULL_ACCESS = /(?:^|\/)(?:Amazon|AWS)?Bedrock[A-Za-z]*FullAccess(?:V\d+)?$/
const OF_BEDROCK = /(?:^|\/)(?:Amazon|AWS)?Bedrock/

type Details = ReadValues[typeof READ]
type Kind = 'role' | 'user' | 'group'

export const fullAccessCheck: Check = {
  id: 'IAM-02',
  family: 'IAM',
  severity: 'high',
  title: 'No full-access policy of AWS for Bedrock, Mantle or AgentCore is attached',
  why: 'A *FullAccess policy lets its holder call every model, switch logging and guardrails off and delete what others built; what AWS adds to the service is added to the policy too.',
  resource: 'role, user or group',
  failsWhen: 'an AWS managed *FullAccess policy of Bedrock, Mantle or AgentCore is attached to it, in any partition',
  reads: [READ],
  references: [
    {
      title: 'AWS managed policies for Amazon Bedrock',
      url: 'https://docs.aws.amazon.com/bedrock/latest/userguide/security-iam-awsmanpol.html',
    },
  ],
  judge: (context) => judgeAccountRead(context, READ, (details) => judgeHolders(details, context)),
}

function* judgeHolders(details: Details, {policies}: AuditContext): Iterable<Judged> {
  let said = false
  for (const [kind, holders] of holdersOf(details)) {
    for (const holder of holders) {
      const ofBedrock = holder.attachedPolicies.filter(isOfBedrock)
      // Whoever holds nothing of the kind has nothing to do with this check.
      if (ofBedrock.length === 0) continue
      said = true
      yield judgeHolder(kind, holder, ofBedrock)
    }
  }
  if (!said && (details.users.length > 0 || details.roles.length > 0 || details.groups.length > 0)) {
    yield {
      ...regionPlace('global'),
      verdict: 'PASS',
      message: `No AWS managed policy of Bedrock is attached to a user, group or role of ${policies.account}.`,
    }
  }
}

function holdersOf({
  users,
  groups,
  roles,
}: Details): readonly (readonly [Kind, readonly Details['groups'][number][]])[] {
  return [
    ['user', users],
    ['group', groups],
    ['role', roles],
  ]
}

function judgeHolder(kind: Kind, {arn, name}: Details['groups'][number], attached: readonly string[]): Judged {
  const full = attached.filter((policy) => FULL_ACCESS.test(policy))
  return judgeResource(
    {region: 'global', resource: {type: kind, id: arn, name}},
    {
      defects: full.map((policy) => `${nameOf(policy)} is attached to the ${kind}`),
      fine: `Of AWS's policies for Bedrock it holds ${attached.map(nameOf).join(', ')}, none of which gives full access`,
      evidence: attached.map((policy) => configEvidence(`attached: ${policy}`, READ)),
      fix: {
        summary: `Put a policy with the actions and models the ${kind} needs in the place of ${full.map(nameOf).join(' and ')}.`,
        cli: [
          'bedrockctl iam generate --workload app --model <MODEL> --from <REGION>',
          ...full.map((policy) => `aws iam detach-${kind}-policy --${kind}-name ${name} --policy-arn ${policy}`),
        ],
        policyDiff: {policy: arn, remove: full.map((policy) => JSON.stringify({PolicyArn: policy})), add: []},
      },
    },
  )
}

/** Of AWS, in whatever partition; a policy of the account's own may carry the same name and say something else. */
function isOfBedrock(policy: string): boolean {
  const arn = parseArn(policy)
  return arn?.service === 'iam' && arn.account === 'aws' && OF_BEDROCK.test(arn.resource)
}

function nameOf(policy: string): string {
  return policy.slice(policy.lastIndexOf('/') + 1)
}
