import type {AccountPrincipal, NamedPolicy} from '../../../iam/account/account-policies.js'
import {judgePolicies} from '../../../iam/judge-policies.js'
import {createRequest} from '../../../iam/request.js'
import {type ContextValues, createContext} from '../../../iam/request-context.js'
import {MAYBE, NO, type Truth, YES} from '../../../iam/truth.js'
import type {AuditContext} from '../../audit-context.js'
import type {Check, Judged} from '../../check.js'
import {type EffectiveAccess, effectiveAccess, type Outcome, type Question} from '../../facts/effective-access.js'
import {isNamedBy} from '../../facts/named-principal.js'
import type {Fix, Missing} from '../../finding.schema.js'
import {judgeResource, type Place, regionPlace, unknown} from '../../judge-resource.js'

const ACTION = 'aws-marketplace:Subscribe'
/** The Marketplace is asked there, whatever Region the model is called in. */
const REGION = 'us-east-1'
/** A product that no policy can name. */
const PRODUCT: ContextValues = {'aws-marketplace:ProductId': ['prod-that-nobody-named']}
const NAMED = 5

/** A policy that is about subscribing, and how its holders fare. */
interface Case {
  readonly place: Place
  readonly policy: NamedPolicy
  readonly open: AccountPrincipal[]
  readonly held: AccountPrincipal[]
  readonly gaps: Missing[]
}

export const marketplaceCheck: Check = {
  id: 'IAM-20',
  family: 'IAM',
  severity: 'medium',
  title: 'Subscribing on the AWS Marketplace is limited to products',
  why: 'aws-marketplace:Subscribe on everything lets its holder accept the price and terms of any product in the name of the account, models and others alike.',
  resource: 'policy',
  failsWhen:
    'it allows aws-marketplace:Subscribe for any product, and boundary, group and control policies leave that to somebody who is not listed under principals.breakGlass',
  reads: ['iam:authorization-details', 'organizations:organization', 'organizations:tree', 'organizations:policies'],
  references: [
    {
      title: 'Request access to models: permissions by product id',
      url: 'https://docs.aws.amazon.com/bedrock/latest/userguide/model-access.html',
    },
  ],
  judge: (context) => judgeSubscribing(context),
}

function* judgeSubscribing(context: AuditContext): Iterable<Judged> {
  // Control policies can only take away; where they were not read, what own policies grant counts.
  const access = effectiveAccess(context, 'if-read')
  if (access.missing.length > 0) {
    yield unknown(regionPlace('global'), access.missing)
    return
  }
  const question = access.ask({action: ACTION, resource: '*', region: REGION, values: PRODUCT})
  const cases = new Map<string, Case>()
  for (const principal of access.principals) {
    if (!access.holds(principal, ACTION)) continue
    if (isNamedBy(context.project.principals.breakGlass, principal)) continue
    noteHolder(principal, {access, question, cases, context})
  }
  if (cases.size > 0) yield* [...cases.values()].map(judgeCase)
  else if (access.principals.length > 0) {
    yield {...regionPlace('global'), verdict: 'PASS', message: `No policy in use allows ${ACTION} for any product.`}
  }
}

interface Work {
  readonly access: EffectiveAccess
  readonly question: Question
  readonly cases: Map<string, Case>
  readonly context: AuditContext
}

function noteHolder(principal: AccountPrincipal, {access, question, cases, context}: Work): void {
  const outcome = access.decide(principal, question)
  const judged = principal.policies
    .filter(
      ({compiled}) =>
        compiled.refused || compiled.statementsFor(question.actionKey).some((one) => one.effect === 'Allow'),
    )
    .map((policy) => ({policy, allows: allowsAny(policy, principal, context)}))
  // Where no policy allows it outright, one that asks for a network or MFA does.
  const enough: Truth = judged.some(({allows}) => allows === YES) ? YES : MAYBE
  for (const {policy, allows} of judged) {
    const place = placeOf(policy, principal)
    const found = cases.get(place.resource.id) ?? {place, policy, open: [], held: [], gaps: []}
    cases.set(place.resource.id, found)
    note(found, {principal, outcome: allows >= enough ? outcome : 'DENY', access, question})
  }
}

function note(
  found: Case,
  {
    principal,
    outcome,
    access,
    question,
  }: {principal: AccountPrincipal; outcome: Outcome} & Pick<Work, 'access' | 'question'>,
): void {
  if (outcome === 'ALLOW') found.open.push(principal)
  else if (outcome === 'DENY') found.held.push(principal)
  else if (found.gaps.length === 0) found.gaps.push(...access.gaps(principal, question))
}

function allowsAny({compiled}: NamedPolicy, principal: AccountPrincipal, {policies}: AuditContext): Truth {
  if (compiled.refused) return MAYBE
  const actor = policies.actor(principal)
  const context = createContext(
    {...PRODUCT, 'aws:RequestedRegion': REGION, 'aws:MultiFactorAuthPresent': 'true'},
    {extends: actor.context},
  )
  const request = createRequest({action: ACTION, resource: '*', principal: principal.principal, context})
  const {allows, denies} = judgePolicies({policies: [compiled], unread: []}, request)
  return denies === YES ? NO : allows
}

function placeOf({arn, name, group}: NamedPolicy, holder: AccountPrincipal): Place {
  const owner = group === null ? holder.arn : `${holder.arn.split(':').slice(0, 5).join(':')}:group/${group}`
  const id = arn ?? `${owner}/${name}`
  return {region: 'global', resource: {type: 'policy', id, name}}
}

function judgeCase({place, policy, open, held, gaps}: Case): Judged {
  const holders = open.map(({kind, name}) => `${kind} ${name}`)
  const rest = holders.length - NAMED
  const named = rest > 0 ? `${holders.slice(0, NAMED).join(', ')} and ${rest} more` : holders.join(', ')
  return judgeResource(place, {
    defects: open.length > 0 ? [`it lets ${named} subscribe to any product of the Marketplace`] : [],
    gaps,
    fine:
      held.length > 0
        ? 'It lets nobody subscribe to just any product: conditions, a boundary or control policies hold it back'
        : 'It lets nobody subscribe to just any product',
    evidence: [
      {
        kind: 'simulated',
        text: `${ACTION} for a product nobody named: allowed to ${open.length}, held back from ${held.length}`,
        read: 'iam:authorization-details',
      },
    ],
    fix: fixOf(policy),
  })
}

function fixOf({arn, name}: NamedPolicy): Fix {
  const narrowed = {
    Effect: 'Allow',
    Action: ACTION,
    Resource: '*',
    Condition: {'ForAnyValue:StringEquals': {'aws-marketplace:ProductId': ['<PRODUCT-ID>']}},
  }
  return {
    summary: 'Name the products under aws-marketplace:ProductId, or leave subscribing to one administrator.',
    cli:
      arn === null
        ? [`aws iam put-<KIND>-policy --<KIND>-name <HOLDER> --policy-name ${name} --policy-document file://<FILE>`]
        : [`aws iam create-policy-version --policy-arn ${arn} --policy-document file://<FILE> --set-as-default`],
    policyDiff: {policy: arn ?? name, remove: [], add: [JSON.stringify(narrowed)]},
  }
}
