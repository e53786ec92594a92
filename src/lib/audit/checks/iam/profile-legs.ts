import type {Workload} from '../../../config/project.schema.js'
import {plural} from '../../../core/text.js'
import type {AccountPrincipal} from '../../../iam/account/account-policies.js'
import {findCallTarget, targetId} from '../../../iam/account/call-targets.js'
import type {AuditContext} from '../../audit-context.js'
import type {Judged} from '../../check.js'
import {regionsOfWorkload} from '../../facts/account-use.js'
import {allBedrockEndpoints, isAvailable} from '../../facts/bedrock-endpoint.js'
import {regionsOfAccount} from '../../facts/bedrock-grade.js'
import {denialWords} from '../../facts/denial-words.js'
import {type EffectiveAccess, effectiveAccess} from '../../facts/effective-access.js'
import {INVOKE_ACTIONS} from '../../facts/invocation.js'
import {judgeProfile, type ProfileCall, profileCalls, type RegionProfiles} from '../../facts/profile-calls.js'
import {type NamedProfile, profilesIn} from '../../facts/region-targets.js'
import type {Fix, Missing} from '../../finding.schema.js'
import {isNowhere, missingOf, regionPlace, unknown} from '../../judge-resource.js'
import {judgePrincipals, type PrincipalJudgement, principalPlace} from './judge-principals.js'

/** Geographic profiles and copies of them, or Global ones. */
export type ProfileKind = 'geographic' | 'global'

/**
 * Finds calls that reach their profile and then fail at a model behind it. One finding for each profile that a policy
 * names; where a policy opens every profile of a Region, one for the Region, so that an administrator is not named a
 * hundred times.
 */
export function* judgeProfileLegs(context: AuditContext, kind: ProfileKind): Iterable<Judged> {
  const access = effectiveAccess(context)
  const judgements = new Map<readonly RegionProfiles[], readonly PrincipalJudgement[]>()
  yield* judgePrincipals(access, (lead) => {
    const regions = profileCalls(context, access, lead)
    const known = judgements.get(regions)
    const found = known ?? judgeRegions(regions, kind, lead, access)
    if (known === undefined) judgements.set(regions, found)
    return found
  })
  yield* throughEndpoints(context, access, kind)
  if (access.principals.some((principal) => INVOKE_ACTIONS.some((action) => access.holds(principal, action)))) {
    yield* unreadRegions(context)
  }
}

/** Regions whose profiles were not read: nobody's calls can be told there. */
export function* unreadRegions(context: AuditContext): Iterable<Judged> {
  for (const region of regionsOfAccount(context)) {
    const profiles = profilesIn(context, region)
    if (profiles.state === 'unread' && !isNowhere(profiles)) yield unknown(regionPlace(region), [missingOf(profiles)])
  }
}

export function isOfKind({behind}: ProfileCall, kind: ProfileKind): boolean {
  return (behind?.kind === 'global-profile') === (kind === 'global')
}

function judgeRegions(
  regions: readonly RegionProfiles[],
  kind: ProfileKind,
  lead: AccountPrincipal,
  access: EffectiveAccess,
): readonly PrincipalJudgement[] {
  const ofKind = regions.map(({region, any, calls}) => ({
    region,
    any,
    calls: calls.filter((one) => isOfKind(one, kind)),
  }))
  const wrong = ofKind.flatMap(({region, any, calls}) => {
    const blocked = calls.filter(({outcome}) => outcome === 'blocked')
    const doubtful = calls.filter(({outcome, mayBeBlocked}) => outcome === 'unknown' && mayBeBlocked)
    if (any) return blocked.length > 0 ? [failure(blocked, region, lead, access)] : doubt(doubtful, region, lead)
    return [
      ...blocked.map((call) => failure([call], region, lead, access, targetId(call.target))),
      ...doubtful.flatMap((call) => doubt([call], region, lead, targetId(call.target))),
    ]
  })
  if (wrong.length > 0) return wrong
  const count = ofKind.reduce((sum, {calls}) => sum + calls.length, 0)
  if (count === 0) return []
  const message = `No leg is blocked behind the ${count} ${kind} ${count === 1 ? 'profile' : 'profiles'} it may invoke.`
  return [{verdict: 'PASS', message, evidence: [{kind: 'simulated', text: message}]}]
}

function failure(
  blocked: readonly ProfileCall[],
  region: string,
  principal: AccountPrincipal,
  access: EffectiveAccess,
  aspect = 'every profile',
): PrincipalJudgement {
  const [first] = blocked
  const [question] = first?.blocked ?? []
  const explained = question && access.explain(principal, question)
  const why = explained ? denialWords(explained) : 'it is denied'
  const profile = first ? targetId(first.target) : ''
  const others = blocked.length > 1 ? `, and so for ${plural(blocked.length - 1, 'more profile')}` : ''
  const legs = [
    ...new Set(
      first?.blocked.map(
        (one) => `${one.action} on ${one.resource} with aws:RequestedRegion ${one.values['aws:RequestedRegion']}`,
      ),
    ),
  ]
  return {
    verdict: 'FAIL',
    region,
    aspect,
    message: `It may invoke profile ${profile} in ${region}, but not ${question?.resource} behind it: ${why}${others}.`,
    evidence: [
      ...legs.map((text) => ({kind: 'simulated', text: `${text} is denied`}) as const),
      {kind: 'config', text: `${blocked.length} of its profiles blocked`, read: 'bedrock:inference-profiles', region},
    ],
    fix: fixOf(first, principal),
  }
}

function doubt(
  calls: readonly ProfileCall[],
  region: string,
  principal: AccountPrincipal,
  aspect = 'every profile',
): readonly PrincipalJudgement[] {
  if (calls.length === 0) return []
  const missing: readonly Missing[] = calls[0]?.missing ?? []
  const {verdict, message} = unknown(principalPlace(principal), missing)
  return [{verdict, message, missing, region, aspect}]
}

function fixOf(call: ProfileCall | undefined, {kind, name}: AccountPrincipal): Fix {
  const resources = [...new Set(call?.blocked.map(({resource}) => resource))]
  const statement = {
    Effect: 'Allow',
    Action: [...INVOKE_ACTIONS],
    Resource: resources,
    Condition: {StringEquals: {'bedrock:InferenceProfileArn': call?.arn}},
  }
  const isGlobal = call?.behind?.kind === 'global-profile'
  return {
    summary: isGlobal
      ? 'Let all three legs of the Global call pass: where a policy denies Regions, let aws:RequestedRegion also be unspecified for Bedrock, or deny the profile itself.'
      : 'Let the model pass in every destination of the profile, in the policy that is named, or take the profile away.',
    cli: [
      `bedrockctl iam simulate --principal ${kind}/${name} --model ${call ? targetId(call.target) : '<PROFILE>'} --from ${call?.region ?? '<REGION>'}`,
      `aws iam put-${kind}-policy --${kind}-name ${name} --policy-name bedrock-destinations --policy-document file://<POLICY>.json`,
      'aws organizations update-policy --policy-id <SCP-ID> --content file://<SCP>.json',
    ],
    policyDiff: {policy: 'the policy named in the message', remove: [], add: [JSON.stringify(statement)]},
  }
}

/** Declared workloads call through the endpoints of their VPC, whose policies then count as well. */
function* throughEndpoints(context: AuditContext, access: EffectiveAccess, kind: ProfileKind): Iterable<Judged> {
  for (const {principal, workload, region, vpc} of placedWorkloads(context)) {
    const endpoints = endpointsOf(context, vpc, region)
    for (const profile of workload.models.flatMap((model) => findProfile(context, region, model))) {
      const question = {region, ...profile, streaming: workload.streaming}
      const blocked = endpoints
        .flatMap((through) => judgeProfile(context, access, principal, {...question, through}) ?? [])
        .filter((call) => call.outcome === 'blocked' && isOfKind(call, kind))
      if (blocked.length === 0) continue
      yield {...principalPlace(principal), ...failure(blocked, region, principal, access, targetId(profile.target))}
    }
  }
}

interface PlacedWorkload {
  readonly principal: AccountPrincipal
  readonly workload: Workload
  readonly region: string
  readonly vpc: string
}

/** Declared workloads of which caller and VPC are known, Region by Region. */
function placedWorkloads({project, policies}: AuditContext): readonly PlacedWorkload[] {
  return project.workloads.flatMap((workload) => {
    const principal = workload.principal === undefined ? undefined : policies.find(workload.principal)
    const {vpc} = workload
    if (principal === undefined || vpc === undefined) return []
    return regionsOfWorkload(workload, project).map((region) => ({principal, workload, region, vpc}))
  })
}

function endpointsOf(
  {snapshot}: AuditContext,
  vpc: string,
  region: string,
): readonly {readonly endpoint: string; readonly vpc: string}[] {
  return allBedrockEndpoints(snapshot)
    .filter((one) => one.service === 'bedrock-runtime' && one.serviceRegion === region && isAvailable(one))
    .filter(({detail}) => detail.vpcId === vpc)
    .map(({detail}) => ({endpoint: detail.id, vpc}))
}

function findProfile(context: AuditContext, region: string, model: string): readonly NamedProfile[] {
  const target = findCallTarget(context.snapshot, region, model)
  const profiles = profilesIn(context, region)
  if (target === undefined || profiles.state === 'unread') return []
  return profiles.value.filter((one) => targetId(one.target) === targetId(target))
}
