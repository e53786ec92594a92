import type {AccountPrincipal} from '../../../iam/account/account-policies.js'
import {targetId} from '../../../iam/account/call-targets.js'
import type {AuditContext} from '../../audit-context.js'
import type {Check} from '../../check.js'
import {regionsOfAccount} from '../../facts/bedrock-grade.js'
import {type EffectiveAccess, effectiveAccess} from '../../facts/effective-access.js'
import {candidatesOf, decideInvocation, INVOKE_ACTIONS, prepareInvocation} from '../../facts/invocation.js'
import {modelWords} from '../../facts/model-words.js'
import {onceByClass} from '../../facts/once-by-class.js'
import type {Evidence, Fix, Missing} from '../../finding.schema.js'
import {regionPlace, unknown} from '../../judge-resource.js'
import {exemption} from './break-glass.js'
import {judgePrincipals, type PrincipalJudgement, principalPlace} from './judge-principals.js'

export const profileOnlyCheck: Check = {
  id: 'IAM-07',
  family: 'IAM',
  severity: 'medium',
  title: 'Models are reached through inference profiles only',
  why: 'A call to the bare model passes by the profile that carries the cost tags and fixes the Regions, so its spend is not attributed and its routing not controlled.',
  resource: 'principal',
  failsWhen:
    'routing.profileOnly is declared and a call to a foundation model without a profile succeeds in simulation',
  needs: 'routing.profileOnly',
  reads: ['iam:authorization-details', 'bedrock:foundation-models'],
  references: [
    {
      title: 'Geographic cross-Region inference',
      url: 'https://docs.aws.amazon.com/bedrock/latest/userguide/geographic-cross-region-inference.html',
    },
    {
      title: 'Actions, resources, and condition keys for Amazon Bedrock',
      url: 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonbedrock.html',
    },
  ],
  *judge(context) {
    if (!context.project.routing.profileOnly) {
      const message = 'bedrockctl.yaml does not declare routing.profileOnly.'
      yield {...regionPlace('global'), verdict: 'NOT_APPLICABLE', message}
      return
    }
    const access = effectiveAccess(context, 'if-read')
    const callsOf = onceByClass(access, INVOKE_ACTIONS, (lead) => directCalls(lead, context, access))
    yield* judgePrincipals(access, (lead, member) => {
      const calls = callsOf(lead)
      return calls === undefined ? [] : [judgeCalls(calls, member, context)]
    })
  },
}

interface DirectCalls {
  /** `anthropic.claude-v2 from eu-central-1`. */
  readonly allowed: readonly string[]
  readonly missing: readonly Missing[]
}

function directCalls(lead: AccountPrincipal, context: AuditContext, access: EffectiveAccess): DirectCalls | undefined {
  const held = INVOKE_ACTIONS.filter((action) => access.holds(lead, action))
  if (held.length === 0) return undefined
  const allowed = new Set<string>()
  let missing: readonly Missing[] = []
  for (const action of held) {
    const {own} = access.classOf(lead, action.toLowerCase())
    const options = {streaming: action !== INVOKE_ACTIONS[0], guardrail: 'any'} as const
    for (const {region, target} of candidatesOf(context, own, regionsOfAccount(context))) {
      if (target.kind !== 'model') continue
      const call = prepareInvocation(context, access, region, target, options)
      const outcome = decideInvocation(access, lead, call)
      if (outcome === 'ALLOW') allowed.add(`${modelWords(targetId(target))} from ${region}`)
      const [first] = call.legs
      if (outcome === 'UNKNOWN' && first && missing.length === 0) missing = access.gaps(lead, first.question)
    }
  }
  return {allowed: [...allowed], missing}
}

function judgeCalls(
  {allowed, missing}: DirectCalls,
  principal: AccountPrincipal,
  context: AuditContext,
): PrincipalJudgement {
  const declared: Evidence = {kind: 'declared', text: 'routing.profileOnly is true'}
  const simulated = (text: string): readonly Evidence[] => [
    {kind: 'simulated', text, read: 'iam:authorization-details'},
    declared,
  ]
  if (allowed.length > 0) {
    const text = `It may call ${allowed.slice(0, 3).join(', ')} without an inference profile`
    const more = allowed.length > 3 ? `, and ${allowed.length - 3} more` : ''
    const message = `${text}${more}.`
    return exemption(principal, context) ?? {verdict: 'FAIL', message, evidence: simulated(text), fix: fixOf(principal)}
  }
  if (missing.length > 0) {
    const {verdict, message} = unknown(principalPlace(principal), missing)
    return {verdict, message, missing, evidence: [declared]}
  }
  const text = 'No foundation model answers it without an inference profile'
  return {verdict: 'PASS', message: `${text}.`, evidence: simulated(text)}
}

function fixOf({kind, name}: AccountPrincipal): Fix {
  const statement = {
    Sid: 'OnlyThroughProfiles',
    Effect: 'Deny',
    Action: INVOKE_ACTIONS,
    Resource: 'arn:*:bedrock:*::foundation-model/*',
    Condition: {Null: {'bedrock:InferenceProfileArn': 'true'}},
  }
  return {
    summary: 'Deny foundation models where the call names no inference profile, here or in a service control policy.',
    cli: [
      `aws iam put-${kind}-policy --${kind}-name ${name} --policy-name bedrock-profiles-only --policy-document '${JSON.stringify({Version: '2012-10-17', Statement: [statement]})}'`,
    ],
    policyDiff: {policy: 'bedrock-profiles-only', remove: [], add: [JSON.stringify(statement)]},
  }
}
