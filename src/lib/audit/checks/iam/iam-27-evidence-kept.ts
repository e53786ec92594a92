import {read, regionsOf} from '../../../account/read.js'
import type {AccountPrincipal} from '../../../iam/account/account-policies.js'
import type {AuditContext} from '../../audit-context.js'
import type {Check, Judged} from '../../check.js'
import {gradeOfBedrock} from '../../facts/bedrock-grade.js'
import {type EffectiveAccess, effectiveAccess} from '../../facts/effective-access.js'
import {genericAdministrator} from '../../facts/generic-administrator.js'
import {isNamedBy} from '../../facts/named-principal.js'
import {decideSomewhere, type Somewhere} from '../../facts/somewhere.js'
import type {Evidence, Fix, Missing} from '../../finding.schema.js'
import {judgeResource, type Place, unknown} from '../../judge-resource.js'

export const evidenceKeptCheck: Check = {
  id: 'IAM-27',
  family: 'IAM',
  severity: 'high',
  title: 'Administrators of workloads cannot switch off logging, guardrails, retention or the trail',
  why: 'Who administers a workload can otherwise remove what records and guards it first, and an alarm comes after the evidence is gone.',
  resource: 'account or organisation',
  failsWhen:
    'a principal that works with Bedrock and is not break-glass may delete invocation logging, a guardrail, the enforced guardrail configuration or a trail, or change the retention mode, and no control policy denies it to administrators',
  reads: [
    'iam:authorization-details',
    'organizations:organization',
    'organizations:tree',
    'organizations:policies',
    'cloudtrail:trails',
  ],
  references: [
    {
      title: 'Service control policies (SCPs)',
      url: 'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html',
    },
    {
      title: 'AWS Security Reference Architecture',
      url: 'https://docs.aws.amazon.com/prescriptive-guidance/latest/security-reference-architecture/welcome.html',
    },
  ],
  *judge(context): Iterable<Judged> {
    const access = effectiveAccess(context)
    for (const subject of SUBJECTS) yield judgeSubject(subject, context, access)
  },
}

interface Subject {
  readonly name: string
  /** What becomes of it. */
  readonly done: 'deleted' | 'changed' | 'stopped or deleted'
  /** Any of them takes it away. */
  readonly actions: readonly string[]
  /** These do not delete it, but may make it worthless. */
  readonly weakening: readonly string[]
}

const SUBJECTS: readonly Subject[] = [
  {
    name: 'invocation logging',
    done: 'deleted',
    actions: ['bedrock:DeleteModelInvocationLoggingConfiguration'],
    weakening: ['bedrock:PutModelInvocationLoggingConfiguration'],
  },
  {name: 'guardrails', done: 'deleted', actions: ['bedrock:DeleteGuardrail'], weakening: ['bedrock:UpdateGuardrail']},
  {
    name: 'enforced guardrail configuration',
    done: 'deleted',
    actions: ['bedrock:DeleteEnforcedGuardrailConfiguration'],
    weakening: ['bedrock:PutEnforcedGuardrailConfiguration'],
  },
  {
    name: 'retention mode',
    done: 'changed',
    actions: ['bedrock:PutAccountDataRetention', 'bedrock-mantle:PutAccountDataRetention'],
    weakening: ['bedrock-mantle:UpdateProject'],
  },
  {
    name: 'trail',
    done: 'stopped or deleted',
    actions: ['cloudtrail:StopLogging', 'cloudtrail:DeleteTrail'],
    weakening: ['cloudtrail:UpdateTrail', 'cloudtrail:PutEventSelectors'],
  },
]

/** Who may do one of these works with Bedrock; a role that only keeps guardrails or logs does not. */
const WORK = [
  'bedrock:InvokeModel',
  'bedrock:InvokeModelWithResponseStream',
  'bedrock:InvokeAgent',
  'bedrock:CreateAgent',
  'bedrock:CreateKnowledgeBase',
  'bedrock:CreateModelCustomizationJob',
  'bedrock:CreateModelImportJob',
  'bedrock:CreateModelInvocationJob',
  'bedrock:CreateProvisionedModelThroughput',
  'bedrock-mantle:CreateInference',
  'bedrock-agentcore:CreateAgentRuntime',
]

interface Able {
  readonly names: readonly string[]
  readonly open: readonly {readonly principal: AccountPrincipal; readonly found: Somewhere}[]
}

function judgeSubject(subject: Subject, context: AuditContext, access: EffectiveAccess): Judged {
  const place: Place = {region: 'global', resource: {type: 'account', id: 'account'}, aspect: subject.name}
  if (access.missing.length > 0) return unknown(place, access.missing)
  if (subject.name === 'trail' && trailsBelongElsewhere(context)) {
    const fine = 'Every trail belongs to the organisation, and an account of it cannot stop or delete one'
    return judgeResource(place, {
      defects: [],
      fine,
      evidence: [{kind: 'config', text: fine, read: 'cloudtrail:trails'}],
    })
  }
  const administrator = genericAdministrator(context)
  const open = subject.actions.filter(
    (action) => decideSomewhere(context, access, administrator, action).outcome !== 'DENY',
  )
  const able = whoMay(open, context, access)
  const names = able.names.slice(0, 3).join(', ')
  const more = able.names.length > 3 ? ` and ${able.names.length - 3} more` : ''
  const actions = open.join(', ')
  return judgeResource(place, {
    defects:
      able.names.length > 0
        ? [
            `The ${subject.name} may be ${subject.done} by ${names}${more} (${actions}), and no control policy prevents it`,
          ]
        : [],
    gaps: able.names.length > 0 ? [] : gapsOf(able, access),
    fine: fineOf(subject, open, context, access),
    evidence: evidenceOf(subject, open, able),
    fix: fixOf(subject),
  })
}

/** Trails of another account reach here only as trails of the organisation. */
function trailsBelongElsewhere({snapshot, policies}: AuditContext): boolean {
  const found = regionsOf(snapshot, 'cloudtrail:trails').flatMap((region) => {
    const trails = read(snapshot, 'cloudtrail:trails', region)
    return trails.state === 'read' ? trails.value : []
  })
  return (
    found.length > 0 && found.every(({arn, organization}) => organization && arn.split(':')[4] !== policies.account)
  )
}

function whoMay(actions: readonly string[], context: AuditContext, access: EffectiveAccess): Able {
  const names: string[] = []
  const open: {principal: AccountPrincipal; found: Somewhere}[] = []
  if (actions.length === 0) return {names, open}
  for (const {lead, members} of access.groups) {
    const found = worst(actions.map((action) => decideSomewhere(context, access, lead, action)))
    if (found.outcome === 'DENY' || !worksWithBedrock(lead, context, access)) continue
    const others = members.filter((member) => !isNamedBy(context.project.principals.breakGlass, member))
    if (found.outcome === 'ALLOW') names.push(...others.map(({kind, name}) => `${kind}/${name}`))
    else if (others[0]) open.push({principal: others[0], found})
  }
  return {names, open}
}

function worst(found: readonly Somewhere[]): Somewhere {
  const one = found.find(({outcome}) => outcome === 'ALLOW') ?? found.find(({outcome}) => outcome === 'UNKNOWN')
  return one ?? {outcome: 'DENY', question: undefined}
}

function worksWithBedrock(lead: AccountPrincipal, context: AuditContext, access: EffectiveAccess): boolean {
  if (WORK.some((action) => decideSomewhere(context, access, lead, action).outcome !== 'DENY')) return true
  return gradeOfBedrock(context, access, lead).outcome === 'ALLOW'
}

function gapsOf({open}: Able, access: EffectiveAccess): readonly Missing[] {
  const [first] = open
  return first?.found.question ? access.gaps(first.principal, first.found.question) : []
}

function fineOf(subject: Subject, open: readonly string[], context: AuditContext, access: EffectiveAccess): string {
  const administrator = genericAdministrator(context)
  const weak = subject.weakening.filter(
    (action) => decideSomewhere(context, access, administrator, action).outcome === 'ALLOW',
  )
  const kept =
    open.length === 0
      ? `Control policies keep the ${subject.name} from being ${subject.done} by administrators`
      : `The ${subject.name} cannot be ${subject.done} by anybody who works with Bedrock`
  return weak.length > 0 && open.length === 0 ? `${kept}; ${weak.join(', ')} can still change it` : kept
}

function evidenceOf(subject: Subject, open: readonly string[], {names}: Able): readonly Evidence[] {
  const said = subject.actions.map(
    (action) => `${action}: ${open.includes(action) ? 'not denied' : 'denied'} to an administrator by control policies`,
  )
  return [
    ...said.map((text): Evidence => ({kind: 'simulated', text, read: 'organizations:policies'})),
    {kind: 'simulated', text: `${names.length} principals may do it`, read: 'iam:authorization-details'},
  ]
}

function fixOf({actions, weakening}: Subject): Fix {
  const statement = {
    Sid: 'KeepTheEvidence',
    Effect: 'Deny',
    Action: [...actions, ...weakening],
    Resource: '*',
    Condition: {ArnNotLike: {'aws:PrincipalArn': 'arn:*:iam::*:role/<GUARDIAN-ROLE>'}},
  }
  const document = JSON.stringify({Version: '2012-10-17', Statement: [statement]})
  return {
    summary: 'Deny it in a service control policy to everybody but one role that works with nothing else.',
    cli: [
      `aws organizations create-policy --type SERVICE_CONTROL_POLICY --name keep-the-evidence --description "Bedrock evidence" --content '${document}'`,
      'aws organizations attach-policy --policy-id <POLICY-ID> --target-id <OU-OR-ACCOUNT>',
    ],
    terraform: `resource "aws_organizations_policy" "keep_the_evidence" {\n  name    = "keep-the-evidence"\n  type    = "SERVICE_CONTROL_POLICY"\n  content = file("keep-the-evidence.json")\n}`,
    policyDiff: {policy: 'service control policy keep-the-evidence', remove: [], add: [JSON.stringify(statement)]},
  }
}
