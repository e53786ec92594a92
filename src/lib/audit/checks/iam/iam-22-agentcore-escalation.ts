import type {AccountPrincipal} from '../../../iam/account/account-policies.js'
import type {AuditContext} from '../../audit-context.js'
import type {Check} from '../../check.js'
import {effectiveAccess} from '../../facts/effective-access.js'
import {agentcoreEscalation, type Escalation} from '../../facts/escalation.js'
import {touchesService} from '../../facts/policy-reach.js'
import type {Evidence, Fix} from '../../finding.schema.js'
import {unknown} from '../../judge-resource.js'
import {exemption} from './break-glass.js'
import {judgePrincipals, oncePerLead, type PrincipalJudgement, principalPlace} from './judge-principals.js'

export const agentcoreEscalationCheck: Check = {
  id: 'IAM-22',
  family: 'IAM',
  severity: 'high',
  title: 'Nobody can take on another role through AgentCore',
  why: 'Code that runs in a code interpreter, runtime, harness or browser finds the credentials of its role there: who can make or enter one acts as that role, up to administrator.',
  resource: 'principal',
  failsWhen:
    'all its policies together let it make or change AgentCore compute with a role it may pass and run code in it, or run code in compute of the account that has a role of its own',
  reads: [
    'iam:authorization-details',
    'bedrock-agentcore:code-interpreters',
    'bedrock-agentcore:runtimes',
    'bedrock-agentcore:browsers',
  ],
  references: [
    {
      title: 'Understanding Credentials Management in Amazon Bedrock AgentCore',
      url: 'https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/security-credentials-management.html',
    },
    {
      title: 'Granting a user permissions to pass a role to an AWS service',
      url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html',
    },
  ],
  *judge(context) {
    const access = effectiveAccess(context, 'if-read')
    const escalationOf = oncePerLead((lead) =>
      touchesService(lead, 'bedrock-agentcore:') ? agentcoreEscalation(context, access, lead) : undefined,
    )
    yield* judgePrincipals(access, (lead, member) => {
      const escalation = escalationOf(lead)
      return escalation === undefined ? [] : [judgeEscalation(escalation, member, context)]
    })
  },
}

function judgeEscalation(
  {paths, missing}: Escalation,
  principal: AccountPrincipal,
  context: AuditContext,
): PrincipalJudgement {
  const evidence = paths.map(({name, questions}): Evidence => {
    const actions = [...new Set(questions.map(({action}) => action))].join(' + ')
    return {kind: 'simulated', text: `${name}: ${actions}`, read: 'iam:authorization-details'}
  })
  if (paths.length > 0) {
    const [first] = paths
    const more = paths.length > 1 ? `, and has ${paths.length - 1} more such ways` : ''
    const message = `It may ${first?.text}${more}.`
    return exemption(principal, context) ?? {verdict: 'FAIL', message, evidence, fix: fixOf(principal)}
  }
  if (missing.length > 0) {
    const {verdict, message} = unknown(principalPlace(principal), missing)
    return {verdict, message, missing}
  }
  const message = 'Its permissions for AgentCore do not add up to a role of somebody else.'
  return {verdict: 'PASS', message, evidence: [{kind: 'simulated', text: message}]}
}

function fixOf({kind, name}: AccountPrincipal): Fix {
  const statement = {
    Sid: 'PassOnlyTheAgentRole',
    Effect: 'Deny',
    Action: 'iam:PassRole',
    NotResource: 'arn:<PARTITION>:iam::<ACCOUNT>:role/<AGENT-ROLE>',
    Condition: {StringEquals: {'iam:PassedToService': 'bedrock-agentcore.amazonaws.com'}},
  }
  return {
    summary:
      'Take making and running compute apart: pass only the role of the agent, name the runtimes and interpreters that may be entered, and keep their roles below the permissions of who enters.',
    cli: [
      `aws iam put-${kind}-policy --${kind}-name ${name} --policy-name agentcore-pass-role --policy-document '${JSON.stringify({Version: '2012-10-17', Statement: [statement]})}'`,
    ],
    policyDiff: {policy: 'agentcore-pass-role', remove: [], add: [JSON.stringify(statement)]},
  }
}
