import {read} from '../../account/read.js'
import type {Duty} from '../../config/project.schema.js'
import type {AccountPrincipal} from '../../iam/account/account-policies.js'
import type {AuditContext} from '../audit-context.js'
import type {Missing} from '../finding.schema.js'
import {missingOf} from '../judge-resource.js'
import {regionsOfAccount, UNNAMED} from './bedrock-grade.js'
import type {EffectiveAccess, Outcome, Question} from './effective-access.js'
import {logBuckets, promptLogGroup} from './log-destinations.js'
import {decideSomewhere} from './somewhere.js'

/** Whether somebody holds a duty, and what shows it. */
export interface HeldDuty {
  readonly outcome: Outcome
  /** `bedrock:UpdateGuardrail on …`; empty when it is not held. */
  readonly proof: string
  readonly missing: readonly Missing[]
}

/** One of these, on anything, makes the duty. */
const ACTIONS: Readonly<Record<Exclude<Duty, 'read-logs'>, readonly string[]>> = {
  invoke: ['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream', 'bedrock-mantle:CreateInference'],
  'administer-models': [
    'bedrock:CreateModelCustomizationJob',
    'bedrock:CreateModelImportJob',
    'bedrock:CreateCustomModel',
    'bedrock:DeleteCustomModel',
    'bedrock:DeleteImportedModel',
    'bedrock:CreateProvisionedModelThroughput',
    'bedrock:CreateCustomModelDeployment',
    'bedrock:CreateFoundationModelAgreement',
    'bedrock:PutFoundationModelEntitlement',
    'bedrock:CreateMarketplaceModelEndpoint',
  ],
  'administer-guardrails': [
    'bedrock:UpdateGuardrail',
    'bedrock:DeleteGuardrail',
    'bedrock:CreateGuardrail',
    'bedrock:CreateGuardrailVersion',
    'bedrock:PutEnforcedGuardrailConfiguration',
    'bedrock:DeleteEnforcedGuardrailConfiguration',
  ],
  'administer-logging': [
    'bedrock:PutModelInvocationLoggingConfiguration',
    'bedrock:DeleteModelInvocationLoggingConfiguration',
    'cloudtrail:StopLogging',
    'cloudtrail:DeleteTrail',
    'cloudtrail:UpdateTrail',
    'cloudtrail:PutEventSelectors',
  ],
  'administer-keys': ['kms:PutKeyPolicy', 'kms:ScheduleKeyDeletion', 'kms:DisableKey'],
}
const READ_GROUP = ['logs:GetLogEvents', 'logs:FilterLogEvents', 'logs:StartQuery']

export function heldDuty(
  context: AuditContext,
  access: EffectiveAccess,
  principal: AccountPrincipal,
  duty: Duty,
): HeldDuty {
  if (duty === 'read-logs') return readsLogs(context, access, principal)
  let open: Question | undefined
  for (const action of ACTIONS[duty]) {
    const {outcome, question} = decideSomewhere(context, access, principal, action)
    if (outcome === 'ALLOW' && question) return held(question)
    if (outcome === 'UNKNOWN') open ??= question
  }
  return notHeld(open, access, principal)
}

function held({action, resource}: Question): HeldDuty {
  return {outcome: 'ALLOW', proof: `${action}${resource.includes(UNNAMED) ? '' : ` on ${resource}`}`, missing: []}
}

function notHeld(open: Question | undefined, access: EffectiveAccess, principal: AccountPrincipal): HeldDuty {
  if (open === undefined) return {outcome: 'DENY', proof: '', missing: []}
  return {outcome: 'UNKNOWN', proof: open.action, missing: access.gaps(principal, open)}
}

interface LogPlaces {
  readonly questions: readonly Question[]
  readonly missing: readonly Missing[]
}

const memo = new WeakMap<EffectiveAccess, LogPlaces>()

/** Where prompts are logged; where nothing is logged yet, reading any bucket or log group is what counts. */
function logPlaces(context: AuditContext, access: EffectiveAccess): LogPlaces {
  const known = memo.get(access)
  if (known !== undefined) return known
  const missing: Missing[] = []
  const questions = regionsOfAccount(context).flatMap((region) => {
    const logging = read(context.snapshot, 'bedrock:invocation-logging', region)
    if (logging.state === 'unread') {
      missing.push(missingOf(logging))
      return []
    }
    if (logging.value === null) return []
    const buckets = logBuckets(context, region, logging.value).flatMap(({arn, paths}) =>
      paths.map((path) => ask(context, access, 's3:GetObject', `${arn}/${path}${UNNAMED}`, region)),
    )
    const group = promptLogGroup(context, region, logging.value)
    return [
      ...buckets,
      ...(group ? READ_GROUP.map((action) => ask(context, access, action, groupArn(group.arn), region)) : []),
    ]
  })
  const places = {questions: questions.length > 0 ? questions : anyLogs(context, access), missing}
  memo.set(access, places)
  return places
}

function anyLogs(context: AuditContext, access: EffectiveAccess): readonly Question[] {
  const {snapshot, policies} = context
  const [region = 'us-east-1'] = regionsOfAccount(context)
  const group = `arn:${snapshot.partition}:logs:${region}:${policies.account}:log-group:${UNNAMED}:*`
  return [
    ask(context, access, 's3:GetObject', `arn:${snapshot.partition}:s3:::${UNNAMED}/${UNNAMED}`, region),
    ...READ_GROUP.map((action) => ask(context, access, action, group, region)),
  ]
}

/** A policy on the bucket counts where it was read; where not, it is the policies of the principal that are judged. */
function ask(
  context: AuditContext,
  access: EffectiveAccess,
  action: string,
  resource: string,
  region: string,
): Question {
  const unread = (context.policies.resourcePolicies(resource)?.unread.length ?? 0) > 0
  const owned = !action.startsWith('s3:') || context.policies.resourceAccount(resource) !== undefined
  return access.ask({action, resource, region, unnamed: unread || !owned || resource.includes(`:::${UNNAMED}`)})
}

function groupArn(arn: string): string {
  return arn.endsWith(':*') ? arn : `${arn}:*`
}

function readsLogs(context: AuditContext, access: EffectiveAccess, principal: AccountPrincipal): HeldDuty {
  const {questions, missing} = logPlaces(context, access)
  const asked = questions.filter(({action}) => access.holds(principal, action))
  let open: Question | undefined
  for (const question of asked) {
    const outcome = access.decide(principal, question)
    if (outcome === 'ALLOW') return held(question)
    if (outcome === 'UNKNOWN') open ??= question
  }
  if (
    open === undefined &&
    missing.length > 0 &&
    ['s3:GetObject', ...READ_GROUP].some((one) => access.holds(principal, one))
  ) {
    return {outcome: 'UNKNOWN', proof: 'read logs', missing}
  }
  return notHeld(open, access, principal)
}
