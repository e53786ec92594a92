import {plural} from '../../../core/text.js'
import type {AccountPrincipal} from '../../../iam/account/account-policies.js'
import {targetId} from '../../../iam/account/call-targets.js'
import type {Check, Judged} from '../../check.js'
import {effectiveAccess} from '../../facts/effective-access.js'
import {INVOKE_ACTIONS} from '../../facts/invocation.js'
import {type ProfileCall, profileCalls, type RegionProfiles} from '../../facts/profile-calls.js'
import type {Fix, Missing} from '../../finding.schema.js'
import {regionPlace, unknown} from '../../judge-resource.js'
import {judgePrincipals, type PrincipalJudgement, principalPlace} from './judge-principals.js'
import {unreadRegions} from './profile-legs.js'

export const approvedRegionsCheck: Check = {
  id: 'IAM-06',
  family: 'IAM',
  severity: 'high',
  title: 'Every profile that can be used leads to approved Regions only',
  why: 'A profile decides where a prompt is processed, not its name: one usable profile with a destination outside the approved Regions takes data there without anybody noticing.',
  resource: 'principal and inference profile',
  failsWhen:
    'all legs of a call through the profile are allowed, and it leads to a Region that approvedRegions does not list, or to any Region',
  needs: 'approvedRegions',
  reads: ['iam:authorization-details', 'bedrock:inference-profiles'],
  references: [
    {
      title: 'Supported Regions and models for inference profiles',
      url: 'https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-support.html',
    },
    {
      title: 'Global cross-Region inference',
      url: 'https://docs.aws.amazon.com/bedrock/latest/userguide/global-cross-region-inference.html',
    },
  ],
  *judge(context): Iterable<Judged> {
    const approved = context.project.approvedRegions
    if (approved === undefined) {
      const message = 'bedrockctl.yaml does not declare approvedRegions.'
      yield {...regionPlace('global'), verdict: 'NOT_APPLICABLE', message}
      return
    }
    const access = effectiveAccess(context, 'if-read')
    const judgements = new Map<readonly RegionProfiles[], readonly PrincipalJudgement[]>()
    yield* judgePrincipals(access, (lead) => {
      const regions = profileCalls(context, access, lead)
      const known = judgements.get(regions)
      const found = known ?? judgeRegions(regions, approved, lead)
      if (known === undefined) judgements.set(regions, found)
      return found
    })
    if (access.principals.some((principal) => INVOKE_ACTIONS.some((action) => access.holds(principal, action)))) {
      yield* unreadRegions(context)
    }
  },
}

/** Where a call may be processed that is not approved; undefined when that is not known. */
function strays({behind, region}: ProfileCall, approved: readonly string[]): readonly string[] | undefined {
  switch (behind?.kind) {
    case 'global-profile':
      return ['any commercial Region']
    case 'geographic-profile':
      return behind.destinations?.filter((one) => !approved.includes(one))
    case 'model':
      return approved.includes(region) ? [] : [region]
    case undefined:
      return undefined
  }
}

function judgeRegions(
  regions: readonly RegionProfiles[],
  approved: readonly string[],
  lead: AccountPrincipal,
): readonly PrincipalJudgement[] {
  const wrong = regions.flatMap(({region, any, calls}) => {
    const astray = calls.filter((call) => call.outcome !== 'blocked' && (strays(call, approved)?.length ?? 1) > 0)
    const definite = astray.filter((call) => call.outcome === 'usable' && strays(call, approved) !== undefined)
    const doubtful = astray.filter((call) => !definite.includes(call))
    if (any) return definite.length > 0 ? [failure(definite, region, approved, lead)] : doubt(doubtful, region, lead)
    return [
      ...definite.map((call) => failure([call], region, approved, lead, targetId(call.target))),
      ...doubtful.flatMap((call) => doubt([call], region, lead, targetId(call.target))),
    ]
  })
  if (wrong.length > 0) return wrong
  const usable = regions.flatMap(({calls}) => calls).filter(({outcome}) => outcome === 'usable').length
  if (regions.every(({calls}) => calls.length === 0)) return []
  const message = `The ${usable} ${usable === 1 ? 'profile' : 'profiles'} it can use lead to approved Regions only.`
  return [{verdict: 'PASS', message, evidence: [{kind: 'declared', text: `approved: ${approved.join(', ')}`}]}]
}

function failure(
  calls: readonly ProfileCall[],
  region: string,
  approved: readonly string[],
  principal: AccountPrincipal,
  aspect = 'every profile',
): PrincipalJudgement {
  const [first] = calls
  const where = first ? (strays(first, approved) ?? []) : []
  const profile = first ? targetId(first.target) : ''
  const others =
    calls.length > 1
      ? ` So ${calls.length === 2 ? 'does' : 'do'} ${plural(calls.length - 1, 'more profile')} it can use.`
      : ''
  return {
    verdict: 'FAIL',
    region,
    aspect,
    message: `Profile ${profile} in ${region} can process its prompts in ${where.join(', ')}.${others}`,
    evidence: [
      {kind: 'simulated', text: `every leg of ${profile} is allowed`, region},
      {kind: 'config', text: `destinations outside: ${where.join(', ')}`, read: 'bedrock:inference-profiles', region},
      {kind: 'declared', text: `approved: ${approved.join(', ')}`},
    ],
    fix: fixOf(approved, principal),
  }
}

function doubt(
  calls: readonly ProfileCall[],
  region: string,
  principal: AccountPrincipal,
  aspect = 'every profile',
): readonly PrincipalJudgement[] {
  const [first] = calls
  if (first === undefined) return []
  const reason = 'the destinations of the profile are not known'
  const missing: readonly Missing[] =
    first.missing.length > 0 ? first.missing : [{action: 'bedrock:GetInferenceProfile', code: 'UNREAD', reason}]
  const {verdict, message} = unknown(principalPlace(principal), missing)
  return [{verdict, message, missing, region, aspect}]
}

function fixOf(approved: readonly string[], {kind, name}: AccountPrincipal): Fix {
  const statement = {
    Sid: 'OnlyApprovedRegions',
    Effect: 'Deny',
    Action: [...INVOKE_ACTIONS],
    Resource: '*',
    Condition: {StringNotEquals: {'aws:RequestedRegion': approved}},
  }
  const document = JSON.stringify({Version: '2012-10-17', Statement: [statement]})
  return {
    summary:
      'Deny the calls outside the approved Regions: every destination is checked, so a profile with one outside then fails as a whole.',
    cli: [
      `aws iam put-${kind}-policy --${kind}-name ${name} --policy-name bedrock-approved-regions --policy-document '${document}'`,
    ],
    policyDiff: {policy: 'bedrock-approved-regions', remove: [], add: [JSON.stringify(statement)]},
  }
}
