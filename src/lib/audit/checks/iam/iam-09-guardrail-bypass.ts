import type {AuditContext} from '../../audit-context.js'
import type {Check, Judged} from '../../check.js'
import {type EffectiveAccess, effectiveAccess} from '../../facts/effective-access.js'
import {bypassOf} from '../../facts/guardrail-bypass.js'
import {type GuardrailDemand, guardrailConditions, guardrailDemands} from '../../facts/guardrail-conditions.js'
import {INVOKE_ACTIONS} from '../../facts/invocation.js'
import type {Fix, Missing} from '../../finding.schema.js'
import {judgeResource, regionPlace, unknown} from '../../judge-resource.js'

export const guardrailBypassCheck: Check = {
  id: 'IAM-09',
  family: 'IAM',
  severity: 'high',
  title: 'A policy that demands a guardrail cannot be passed by',
  why: 'A condition on the guardrail that misses one action, or that a call without a guardrail meets, looks like protection and is none: prompts go through unfiltered.',
  resource: 'policy with a condition on bedrock:GuardrailIdentifier',
  failsWhen:
    'the condition only has IfExists, or in simulation a sibling action succeeds without a guardrail (streamed, batch, InvokeInlineAgent, CreateInference on Mantle), or the version is not pinned, or bedrock:ApplyGuardrail is missing',
  reads: ['iam:authorization-details'],
  references: [
    {
      title: 'Set up permissions to use Amazon Bedrock Guardrails',
      url: 'https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-permissions-id.html',
    },
    {
      title: 'IAM JSON policy elements: condition operators',
      url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html',
    },
  ],
  *judge(context): Iterable<Judged> {
    const access = effectiveAccess(context, 'if-read')
    if (access.missing.length > 0) yield unknown(regionPlace('global'), access.missing)
    for (const demand of guardrailDemands(context, access)) yield judgeDemand(demand, context, access)
  },
}

function judgeDemand(demand: GuardrailDemand, context: AuditContext, access: EffectiveAccess): Judged {
  const defects = new Map<string, string>()
  const gaps: Missing[] = []
  for (const holder of demand.holders) {
    const {defects: found, missing} = bypassOf(context, access, demand, holder)
    for (const defect of found) if (!defects.has(defect)) defects.set(defect, `${holder.kind}/${holder.name}`)
    gaps.push(...missing)
  }
  const [first] = demand.statements
  const operators = demand.statements.flatMap((one) => guardrailConditions(one).map(({operator}) => operator.name))
  return judgeResource(demand.place, {
    defects: [...defects.keys()],
    gaps: [...new Map(gaps.map((gap) => [gap.reason, gap])).values()],
    fine: 'In simulation no call that a model answers gets past its guardrail',
    evidence: [
      {
        kind: 'config',
        text: `statement ${first?.label}: ${[...new Set(operators)].join(', ')}`,
        read: 'iam:authorization-details',
      },
      ...[...defects].map(([text, holder]) => ({kind: 'simulated', text: `as ${holder}: ${text}`}) as const),
    ],
    fix: fixOf(demand),
  })
}

function fixOf({place, kind}: GuardrailDemand): Fix {
  const {id, name} = place.resource
  const deny = {
    Sid: 'OnlyWithTheGuardrail',
    Effect: 'Deny',
    Action: [...INVOKE_ACTIONS],
    Resource: '*',
    Condition: {StringNotEquals: {'bedrock:GuardrailIdentifier': '<GUARDRAIL-ARN>:<VERSION>'}},
  }
  const others = {
    Sid: 'NoWayAround',
    Effect: 'Deny',
    Action: ['bedrock:CreateModelInvocationJob', 'bedrock:InvokeInlineAgent', 'bedrock-mantle:CreateInference'],
    Resource: '*',
  }
  const apply = {Effect: 'Allow', Action: 'bedrock:ApplyGuardrail', Resource: '<GUARDRAIL-ARN>'}
  const command =
    kind === 'scp'
      ? 'aws organizations update-policy --policy-id <SCP-ID> --content file://<POLICY>.json'
      : id.includes(':policy/')
        ? `aws iam create-policy-version --policy-arn ${id} --policy-document file://<POLICY>.json --set-as-default`
        : `aws iam put-role-policy --role-name <ROLE> --policy-name ${name ?? '<POLICY>'} --policy-document file://<POLICY>.json`
  return {
    summary:
      'Deny both invoke actions unless the pinned guardrail is named, without IfExists, deny what cannot name one, and allow bedrock:ApplyGuardrail.',
    cli: [command],
    policyDiff: {
      policy: id,
      remove: [],
      add: [deny, others, ...(kind === 'scp' ? [] : [apply])].map((statement) => JSON.stringify(statement)),
    },
  }
}
