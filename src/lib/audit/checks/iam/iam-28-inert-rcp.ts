import {readPart} from '../../../account/read.js'
import type {ReadItem} from '../../../account/snapshot.schema.js'
import {compileGlob, matchesGlob} from '../../../iam/glob.js'
import {parsePolicy} from '../../../iam/parse-policy.js'
import type {PolicyStatement} from '../../../iam/policy-document.js'
import type {AuditContext} from '../../audit-context.js'
import type {Check, Judged} from '../../check.js'
import {judgeOrganizationRead} from '../../facts/account-read.js'
import {configEvidence, judgeResource, missingOf} from '../../judge-resource.js'

const READ = 'organizations:policies'
type Policy = ReadItem<typeof READ>

export const inertRcpCheck: Check = {
  id: 'IAM-28',
  family: 'IAM',
  severity: 'medium',
  title: 'No resource control policy is relied on for Bedrock',
  why: 'Resource control policies reach only the services AWS lists, and Bedrock is not among them: the statement stops nobody, while its authors believe in the perimeter it draws.',
  resource: 'resource control policy',
  failsWhen: 'a statement names actions of bedrock, bedrock-mantle or bedrock-agentcore',
  reads: [READ],
  references: [
    {
      title: 'Resource control policies: services that support RCPs',
      url: 'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html',
    },
  ],
  judge: (context) =>
    judgeOrganizationRead(context, READ, (policies) =>
      policies
        .filter(({type, awsManaged}) => type === 'RESOURCE_CONTROL_POLICY' && !awsManaged)
        .map((policy) => judgePolicy(policy, context)),
    ),
}

function judgePolicy({arn, name, content, targets}: Policy, {iam}: AuditContext): Judged {
  const place = {region: 'global', resource: {type: 'rcp', id: arn, name}}
  const text = readPart(content)
  if (text.state === 'unread') return judgeResource(place, {defects: [], gaps: [missingOf(text)], fine: ''})
  const {document, problems} = parsePolicy(text.value, {kind: 'rcp'})
  if (document === undefined) {
    const first = problems.find(({severity}) => severity === 'error')
    const reason = `AWS would refuse the policy at ${first?.path}: ${first?.message}`
    const gaps = [{action: 'organizations:DescribePolicy', code: 'REFUSED_POLICY', reason}]
    return judgeResource(place, {defects: [], gaps, fine: ''})
  }
  const {inert, source, asOf} = iam.rcp
  const reached = readPart(targets)
  const where = reached.state === 'read' ? `attached to ${reached.value.join(', ') || 'nothing'}` : 'targets not read'
  return judgeResource(place, {
    defects: document.statements.flatMap((statement, index) => {
      const named = statement.actions.filter((action) => isAbout(inert, action))
      if (named.length === 0) return []
      const label = statement.sid ?? `#${index + 1}`
      return [`statement ${label} names ${named.join(', ')}, which resource control policies do not reach`]
    }),
    fine: 'It names no action of Bedrock',
    evidence: [
      configEvidence(where, READ),
      {kind: 'config', text: `services without effect: ${inert.join(', ')} (${source}, ${asOf})`},
    ],
    fix: {
      summary:
        'Move what the statement is to prevent into a service control policy for own principals, and into resource policies and endpoint policies for others.',
      cli: [
        `aws organizations create-policy --type SERVICE_CONTROL_POLICY --name <NAME> --description <TEXT> --content file://<FILE>`,
        'aws organizations attach-policy --policy-id <POLICY> --target-id <TARGET>',
        `aws organizations update-policy --policy-id ${arn.slice(arn.lastIndexOf('/') + 1)} --content file://<WITHOUT-BEDROCK>`,
      ],
      policyDiff: {
        policy: arn,
        remove: document.statements.filter((one) => one.actions.some((action) => isAbout(inert, action))).map(written),
        add: [],
      },
    },
  })
}

/** `*` alone names no service: it is about those that the policy reaches. */
function isAbout(inert: readonly string[], action: string): boolean {
  const [prefix = ''] = action.toLowerCase().split(':')
  if (!/[a-z]/.test(prefix)) return false
  const glob = compileGlob(prefix)
  return inert.some((service) => matchesGlob(glob, service))
}

function written({sid, effect, actions}: PolicyStatement): string {
  return JSON.stringify({...(sid !== undefined && {Sid: sid}), Effect: effect, Principal: '*', Action: actions})
}
