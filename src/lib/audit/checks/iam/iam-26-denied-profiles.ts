import {readPart} from '../../../account/read.js'
import type {ReadItem} from '../../../account/snapshot.schema.js'
import {plural} from '../../../core/text.js'
import {callerContext} from '../../../iam/caller-context.js'
import {type CompiledStatement, compilePolicy} from '../../../iam/compile-policy.js'
import {matchesGlob} from '../../../iam/glob.js'
import {matchStatement} from '../../../iam/match-statement.js'
import type {Principal} from '../../../iam/principal.js'
import {createContext, type RequestContext} from '../../../iam/request-context.js'
import {nameResource} from '../../../iam/resource-pattern.js'
import {greatest, MAYBE, NO, type Truth, YES} from '../../../iam/truth.js'
import type {AuditContext} from '../../audit-context.js'
import type {Check, Judged} from '../../check.js'
import {judgeOrganizationRead} from '../../facts/account-read.js'
import {type ProfilesInUse, type ProfileUse, profilesInUse} from '../../facts/profiles-in-use.js'
import {refusalOf} from '../../facts/refused-policy.js'
import type {Fix, Missing} from '../../finding.schema.js'
import {configEvidence, judgeResource, missingOf, type Place, regionPlace, unknown} from '../../judge-resource.js'

const READ = 'organizations:policies'
const INVOKE = ['bedrock:invokemodel', 'bedrock:invokemodelwithresponsestream']
/** As many profiles are told one by one. */
const NAMED = 3
type Policy = ReadItem<typeof READ>

export const deniedProfilesCheck: Check = {
  id: 'IAM-26',
  family: 'IAM',
  severity: 'medium',
  title: 'A list of approved models leaves the profiles of those models usable',
  why: 'A call through an inference profile is checked on the ARN of the profile too. A denial of all but some foundation models denies every profile with it, and calls fail with an error that names an approved model.',
  resource: 'service control policy',
  failsWhen:
    'it denies invoking by NotResource with foundation models, and so also denies a profile in use whose model it leaves out',
  unknownWhen: 'the policy, or which profiles are used, was not read',
  reads: [
    READ,
    'organizations:tree',
    'iam:authorization-details',
    'bedrock:foundation-models',
    'bedrock:inference-profiles',
    'cloudwatch:bedrock-usage',
    'cloudtrail:bedrock-events',
  ],
  references: [
    {
      title: 'Prerequisites for inference profiles',
      url: 'https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-prereq.html',
    },
    {
      title: 'SCP examples',
      url: 'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_examples.html',
    },
  ],
  *judge(context) {
    const uses = profilesInUse(context)
    yield* judgeOrganizationRead(context, READ, (policies) => judgePolicies(policies, uses, context))
  },
}

function* judgePolicies(policies: readonly Policy[], uses: ProfilesInUse, context: AuditContext): Iterable<Judged> {
  const own = policies.filter(({type, awsManaged}) => type === 'SERVICE_CONTROL_POLICY' && !awsManaged)
  let said = false
  for (const policy of own) {
    const judged = judgePolicy(policy, uses, context)
    if (judged === undefined) continue
    said = true
    yield judged
  }
  if (said || !policies.some(({type}) => type === 'SERVICE_CONTROL_POLICY')) return
  const message = 'No service control policy approves models by NotResource.'
  yield {...regionPlace('global'), verdict: 'PASS', message}
}

/** Undefined for a policy that approves no models by NotResource. */
function judgePolicy(policy: Policy, uses: ProfilesInUse, context: AuditContext): Judged | undefined {
  const {arn, name, content, targets} = policy
  const place: Place = {region: 'global', resource: {type: 'scp', id: arn, name}}
  const text = readPart(content)
  if (text.state === 'unread') return unknown(place, [missingOf(text)])
  if (!/bedrock/i.test(text.value) || !text.value.includes('NotResource')) return undefined
  const compiled = compilePolicy(text.value, {name, kind: 'scp'})
  if (compiled.refused) return unknown(place, [refusalOf(compiled, 'organizations:DescribePolicy')])
  const approving = compiled.statements.filter(approvesModels)
  if (approving.length === 0) return undefined
  const reached = readPart(targets)
  if (reached.state === 'read' && reached.value.length === 0) {
    return {...place, verdict: 'INFO', message: 'It is attached to nothing.'}
  }
  const found = uses.profiles.map((profile) => ({profile, denied: deniedBeside(profile, approving, context)}))
  const denied = found.filter((one) => one.denied === YES).map(({profile}) => profile)
  const unsure = found.filter((one) => one.denied === MAYBE).map(({profile}) => profile)
  const evidence = [
    configEvidence(`NotResource ${approving.flatMap(patternsOf).join(', ')}`, READ),
    configEvidence(reached.state === 'read' ? `attached to ${reached.value.join(', ')}` : 'targets not read', READ),
    ...denied.flatMap((profile) => profile.evidence),
  ]
  const blocksAny = approving.some(
    (statement) => !statement.resources?.some(({source}) => /inference-profile|:\*$|^\*$/.test(source)),
  )
  if (
    denied.length === 0 &&
    unsure.length === 0 &&
    uses.missing.length === 0 &&
    uses.profiles.length === 0 &&
    blocksAny
  ) {
    const message = 'It denies every inference profile beside the models it leaves out; none is seen to be used.'
    return {...place, verdict: 'INFO', message, evidence}
  }
  return judgeResource(place, {
    defects: defectsOf(denied),
    gaps: [...unsure.map(undecided), ...(blocksAny ? uses.missing : [])],
    fine: 'Of the models it leaves out it denies no profile in use',
    evidence,
    fix: fixOf(policy, approving),
  })
}

function defectsOf(denied: readonly ProfileUse[]): readonly string[] {
  const rest = denied.length - NAMED
  return [
    ...denied
      .slice(0, NAMED)
      .map(
        ({arn, modelId}) => `it leaves ${modelId ?? 'the model'} out and denies its profile ${arn}, which is in use`,
      ),
    ...(rest > 0 ? [`it denies ${plural(rest, 'more profile')} in use`] : []),
  ]
}

function approvesModels(statement: CompiledStatement): boolean {
  const {effect, notResources, actions, notActions} = statement
  const isInvoking = INVOKE.some((action) => actions.some((glob) => matchesGlob(glob, action)) !== notActions)
  return (
    effect === 'Deny' &&
    notResources &&
    isInvoking &&
    patternsOf(statement).some((one) => /foundation-model/i.test(one))
  )
}

function patternsOf({resources}: CompiledStatement): readonly string[] {
  return (resources ?? []).map(({source}) => source)
}

/** Whether a statement denies the profile and leaves its model alone; both denied is what the policy is for. */
function deniedBeside(
  {arn, region, modelId, callers}: ProfileUse,
  statements: readonly CompiledStatement[],
  context: AuditContext,
): Truth {
  const {partition} = context.policies
  const model = `arn:${partition}:bedrock:${region}::foundation-model/${modelId ?? ''}`
  return contextsOf(callers, context)
    .flatMap(({principal, caller}) =>
      statements.map((statement): Truth => {
        const ask = (resource: string, profile: string | null): Truth => {
          const values = {'aws:RequestedRegion': region, 'bedrock:InferenceProfileArn': profile}
          const subject = {
            resource: nameResource(resource),
            principal,
            context: createContext(values, {extends: caller}),
          }
          return matchStatement(statement, subject)
        }
        if (modelId !== undefined && ask(model, arn) === YES) return NO
        return ask(arn, null)
      }),
    )
    .reduce<Truth>(greatest, NO)
}

interface Caller {
  readonly principal: Principal
  readonly caller: RequestContext
}

function contextsOf(callers: readonly ProfileUse['callers'][number][], {policies}: AuditContext): readonly Caller[] {
  if (callers.length > 0) {
    return callers.map((one) => ({principal: one.principal, caller: policies.actor(one).context}))
  }
  const {account, partition, organization} = policies
  const principal = {kind: 'role', arn: `arn:${partition}:iam::${account}:role/caller`, account} as const
  const facts = {tags: {}, ...(organization !== undefined && {organization})}
  return [{principal, caller: callerContext(principal, facts)}]
}

function undecided({arn}: ProfileUse): Missing {
  const reason = `whether its conditions spare ${arn} depends on keys that are not known`
  return {action: 'organizations:DescribePolicy', code: 'CONTEXT_KEY', reason}
}

function fixOf({id, arn}: Policy, statements: readonly CompiledStatement[]): Fix {
  const patterns = statements.flatMap(patternsOf)
  const profiles = ['arn:*:bedrock:*:*:inference-profile/*', 'arn:*:bedrock:*:*:application-inference-profile/*']
  return {
    summary:
      'Name the profiles under NotResource too: the model behind a profile is checked in its own right, so that no other model becomes usable.',
    cli: [`aws organizations update-policy --policy-id ${id} --content file://<FILE>`],
    policyDiff: {
      policy: arn,
      remove: [JSON.stringify({NotResource: patterns})],
      add: [JSON.stringify({NotResource: [...patterns, ...profiles]})],
    },
  }
}
