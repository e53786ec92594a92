import type {AccountPrincipal, NamedPolicy} from '../../../iam/account/account-policies.js'
import type {AuditContext} from '../../audit-context.js'
import type {Check} from '../../check.js'
import {regionsOfAccount, UNNAMED} from '../../facts/bedrock-grade.js'
import {type EffectiveAccess, effectiveAccess, type Question} from '../../facts/effective-access.js'
import {grantingPolicies, policyDiffOf, policyWords} from '../../facts/granting-policies.js'
import {INVOKE_ACTIONS} from '../../facts/invocation.js'
import {onceByClass} from '../../facts/once-by-class.js'
import type {Evidence, Fix, Missing} from '../../finding.schema.js'
import {unknown} from '../../judge-resource.js'
import {exemption} from './break-glass.js'
import {judgePrincipals, oncePerLead, type PrincipalJudgement, principalPlace} from './judge-principals.js'

export const anyModelCheck: Check = {
  id: 'IAM-03',
  family: 'IAM',
  severity: 'medium',
  title: 'A principal may invoke the models it needs, not every model',
  why: 'With every model or profile open, data goes to models that nobody reviewed, at any price and through any Region, and the next model AWS adds is open too.',
  resource: 'principal',
  failsWhen:
    'it may invoke every foundation model, every inference profile or everything in a Region, after all layers of policies',
  reads: ['iam:authorization-details'],
  references: [
    {
      title: 'Prerequisites for running model inference',
      url: 'https://docs.aws.amazon.com/bedrock/latest/userguide/inference-prereq.html',
    },
    {
      title: 'Identity-based policy examples for Amazon Bedrock',
      url: 'https://docs.aws.amazon.com/bedrock/latest/userguide/security_iam_id-based-policy-examples.html',
    },
  ],
  *judge(context) {
    const access = effectiveAccess(context, 'if-read')
    const openOf = onceByClass(access, INVOKE_ACTIONS, (lead) => opennessOf(lead, context, access))
    const reachOf = oncePerLead((lead) => reachFor(lead, openOf(lead), access))
    yield* judgePrincipals(access, (lead, member) => {
      const reach = reachOf(lead)
      return reach === undefined ? [] : [judgeReach(reach, member, context)]
    })
  },
}

interface Reach {
  /** `every foundation model` and the like, with the Region each was found in. */
  readonly found: ReadonlyMap<string, string>
  readonly granting: readonly NamedPolicy[]
  readonly diff: Fix['policyDiff']
  readonly missing: readonly Missing[]
}

const KINDS = [
  ['every foundation model', '', `foundation-model/${UNNAMED}.${UNNAMED}`],
  ['every inference profile', 'account', `inference-profile/${UNNAMED}`],
  ['every application inference profile', 'account', `application-inference-profile/${UNNAMED}`],
] as const

/** A direct call: what a policy allows only through a profile is asked about as the profile. */
const DIRECT = {
  'bedrock:InferenceProfileArn': null,
  'bedrock:PromptRouterArn': null,
  'bedrock:ProjectArn': null,
  'bedrock:ModelArn': null,
}

interface Openness {
  readonly found: Reach['found']
  readonly proof: Question | undefined
  readonly missing: readonly Missing[]
}

function opennessOf(lead: AccountPrincipal, context: AuditContext, access: EffectiveAccess): Openness | undefined {
  const actions = INVOKE_ACTIONS.filter((action) => access.holds(lead, action))
  if (actions.length === 0) return undefined
  const regions = regionsAskedAbout(lead, actions, context, access)
  const {allowed, unknown: open} = access.sort(lead, probesOf(actions, regions, context, access))
  return {
    // The first Region of each kind stands for the others.
    found: new Map(allowed.map(({kind, region}) => [kind, region] as const).reverse()),
    proof: allowed[0]?.question,
    missing: allowed.length === 0 && open[0] ? access.gaps(lead, open[0].question) : [],
  }
}

/** Which policies make it so differs also among those for whom the same is so. */
function reachFor(lead: AccountPrincipal, open: Openness | undefined, access: EffectiveAccess): Reach | undefined {
  if (open === undefined) return undefined
  const explained = open.proof && access.explain(lead, open.proof)
  return {
    found: open.found,
    granting: explained ? grantingPolicies(lead, explained) : [],
    diff: explained && policyDiffOf(lead, explained, [LEAST]),
    missing: open.missing,
  }
}

interface Probe {
  readonly kind: string
  readonly region: string
  readonly question: Question
}

const probeMemo = new WeakMap<EffectiveAccess, Map<string, readonly Probe[]>>()

function probesOf(
  actions: readonly string[],
  regions: readonly string[],
  context: AuditContext,
  access: EffectiveAccess,
): readonly Probe[] {
  const kept = probeMemo.get(access) ?? new Map<string, readonly Probe[]>()
  probeMemo.set(access, kept)
  return regions.flatMap((region) => {
    const probes = kept.get(region) ?? probesIn(region, context, access)
    kept.set(region, probes)
    return probes.filter(({question}) => actions.includes(question.action))
  })
}

function probesIn(region: string, {policies, snapshot}: AuditContext, access: EffectiveAccess): readonly Probe[] {
  return KINDS.flatMap(([kind, owner, name]) => {
    const account = owner === '' ? '' : policies.account
    const resource = `arn:${snapshot.partition}:bedrock:${region}:${account}:${name}`
    return INVOKE_ACTIONS.map((action) => ({
      kind,
      region,
      question: access.ask({action, resource, region, values: DIRECT, untagged: true}),
    }))
  })
}

const LEAST = {
  Effect: 'Allow',
  Action: [...INVOKE_ACTIONS],
  Resource: [
    'arn:<PARTITION>:bedrock:<REGION>:<ACCOUNT>:inference-profile/<PROFILE>',
    'arn:<PARTITION>:bedrock:<DESTINATION>::foundation-model/<MODEL>',
  ],
}

/** Regions of the account, and those that the statements name. */
function regionsAskedAbout(
  lead: AccountPrincipal,
  actions: readonly string[],
  context: AuditContext,
  access: EffectiveAccess,
): readonly string[] {
  const named = actions.flatMap((action) =>
    access
      .classOf(lead, action.toLowerCase())
      .own.flatMap(({resources = []}) => resources.flatMap(({head}) => head[3]?.source ?? [])),
  )
  return [
    ...new Set([...regionsOfAccount(context), ...named.filter((name) => /^[a-z]{2,4}(-[a-z]+)+-\d+$/.test(name))]),
  ]
}

function judgeReach(
  {found, granting, diff, missing}: Reach,
  principal: AccountPrincipal,
  context: AuditContext,
): PrincipalJudgement {
  const words = [...found].map(([kind, region]) => `${kind} (${region})`).join(', ')
  const text = found.size > 0 ? `It may invoke ${words}` : 'It may not invoke every model or profile'
  const evidence: readonly Evidence[] = [{kind: 'simulated', text, read: 'iam:authorization-details'}]
  if (found.size > 0) {
    const source = granting.map(policyWords).join(', ')
    const message = `${text}${source === '' ? '' : `, by ${source}`}.`
    return exemption(principal, context) ?? {verdict: 'FAIL', message, evidence, fix: fixOf(principal, granting, diff)}
  }
  if (missing.length > 0) {
    const {verdict, message} = unknown(principalPlace(principal), missing)
    return {verdict, message, missing, evidence}
  }
  return {verdict: 'PASS', message: `${text}.`, evidence}
}

function fixOf({kind, name}: AccountPrincipal, granting: readonly NamedPolicy[], policyDiff: Fix['policyDiff']): Fix {
  const inline = granting.find(({arn, group}) => arn === null && group === null)
  const own = granting.find(({arn}) => arn !== null && !arn.includes(':iam::aws:'))
  return {
    summary: 'Name the models and profiles that it calls, and the destinations of each profile.',
    cli: [
      'bedrockctl iam generate --workload app --model <MODEL> --from <REGION> --route geo > policy.json',
      own === undefined
        ? `aws iam put-${kind}-policy --${kind}-name ${name} --policy-name ${inline?.name ?? 'bedrock-invoke'} --policy-document file://policy.json`
        : `aws iam create-policy-version --policy-arn ${own.arn} --policy-document file://policy.json --set-as-default`,
    ],
    ...(policyDiff && {policyDiff}),
  }
}
