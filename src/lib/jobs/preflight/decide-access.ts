import type {AccountPolicies, AccountPrincipal} from '../../iam/account/account-policies.js'
import {callSubject} from '../../iam/account/decide-action.js'
import type {Explanation, Gap, NearMiss, Reason} from '../../iam/explanation.js'
import type {IamFacts} from '../../iam/iam-facts.schema.js'
import {type Actor, explainLeg, judgeCall, type LegDecision, prepareCall} from '../../iam/legs/judge-call.js'
import type {CallLeg} from '../../iam/legs/leg.js'
import type {LayerName} from '../../iam/policy-layers.js'
import {fail, ok, unknown} from './check.js'
import type {PreflightCheck} from './preflight.schema.js'

/** The policies of an account, and who makes a job. */
export interface AccessFacts {
  readonly policies: AccountPolicies
  readonly facts: IamFacts
  /** Who makes the job; undefined when the snapshot does not hold it. */
  readonly caller: Actor | undefined
  /** As it is told: `user/ops`. */
  readonly callerName: string
  /** The service role; undefined when it is not there or was not read. */
  readonly role: AccountPrincipal | undefined
  readonly roleArn: string
  /** Account that owns a bucket or an object in it, by the ARN; undefined for what an ARN tells by itself. */
  readonly ownerOf: (arn: string) => string | undefined
}

/** What one check asks, and how it is told. */
export interface AccessQuestion {
  readonly id: string
  /** `it may read s3://in/data`; told when everything is allowed. */
  readonly fine: string
  readonly legs: readonly CallLeg[]
  /** Mends what no policy of the caller, the role or its trust allows; what others deny is mended where they say so. */
  readonly fix: string | null
}

/** Whether every leg is allowed by every policy that counts. A denial outranks what is not known. */
export function decideAccess({fine, fix, id, legs}: AccessQuestion, known: AccessFacts): PreflightCheck {
  const {caller, facts, policies} = known
  const call = prepareCall(legs)
  const subject = {
    ...callSubject(policies, caller ?? policies.serviceActor('bedrock.amazonaws.com'), call),
    ...(known.role && {serviceRole: policies.actor(known.role)}),
    service: policies.serviceActor('bedrock.amazonaws.com'),
    resourceAccount: known.ownerOf,
  }
  if (caller === undefined && legs.some(({actor}) => actor === 'caller')) {
    return unknown(id, `Which policies ${known.callerName} has could not be read.`)
  }
  const decision = judgeCall(call, subject, facts)
  if (decision.deciding === undefined) return ok(id, fine)
  const deciding = decision.deciding
  const explanation = explainLeg(deciding, subject, facts)
  if (decision.outcome === 'DENY')
    return fail(id, denialWords(deciding, explanation, known), mendOf(deciding, explanation, known) ?? fix)
  return unknown(id, doubtWords(deciding, explanation, known))
}

function denialWords({leg}: LegDecision, explanation: Explanation | undefined, known: AccessFacts): string {
  const what = `${actorWords(leg, known)} may not ${askedWords(leg)}`
  const denial = explanation?.reasons.find(({role}) => role === 'denies')
  if (denial) return `${what}: ${placeWords(denial)} denies it.`
  const near = explanation?.nearMisses[0]
  if (near) return `${what}: ${nearWords(near)}.`
  const [lacking] = lackingElsewhere(explanation)
  return lacking ? `${what}: nothing in ${placeWords(lacking)} allows it.` : `${what}: no policy allows it.`
}

/** What a policy that is not the caller's or the role's own has to say instead; undefined where one of those is short. */
function mendOf({leg}: LegDecision, explanation: Explanation | undefined, known: AccessFacts): string | undefined {
  if (leg.kind === 'open') return undefined
  const denial = explanation?.reasons.find(({role}) => role === 'denies')
  if (denial) return `change ${placeWords(denial)}: it denies ${leg.action} to ${actorWords(leg, known)}`
  const [lacking] = lackingElsewhere(explanation)
  const near = explanation?.nearMisses[0]
  const place = lacking ?? (near?.layer === 'resource' ? {...near, statement: null} : undefined)
  if (place === undefined || leg.actor === 'service') return undefined
  return `allow ${leg.action} to ${actorWords(leg, known)} in ${placeWords(place)}`
}

/** Layers beside the own policies that do not allow it; none where the own ones do not either. */
function lackingElsewhere(explanation: Explanation | undefined): readonly Reason[] {
  const lacking = explanation?.reasons.filter(({role}) => role === 'does-not-allow') ?? []
  return lacking.some(({layer}) => layer === 'identity') ? [] : lacking
}

function doubtWords({doubt, leg}: LegDecision, explanation: Explanation | undefined, known: AccessFacts): string {
  const what = `Whether ${actorWords(leg, known)} may ${askedWords(leg)} is not known`
  const gap = explanation?.gaps[0]
  const why = doubt ?? (gap && gapWords(gap))
  return why === undefined ? `${what}.` : `${what}: ${why.replace(/\.$/, '')}.`
}

function actorWords({actor}: CallLeg, {callerName, roleArn}: AccessFacts): string {
  switch (actor) {
    case 'caller':
      return callerName
    case 'service-role':
      return `role/${roleArn.slice(roleArn.lastIndexOf('/') + 1)}`
    case 'service':
      return 'bedrock.amazonaws.com'
  }
}

function askedWords(leg: CallLeg): string {
  return leg.kind === 'open' ? leg.name : `${leg.action} on ${leg.resource}`
}

const LAYERS: Readonly<Record<LayerName, string>> = {
  identity: 'its own policies',
  boundary: 'the permissions boundary',
  session: 'the session policy',
  scp: 'the service control policies',
  rcp: 'the resource control policies',
  resource: 'the policy of the resource',
  endpoint: 'the policy of the VPC endpoint',
}

function placeWords({layer, level, policy, statement}: Reason | NearMiss): string {
  const of = policy ?? LAYERS[layer]
  const where = level === null ? of : `${of} at ${level}`
  return statement === null ? where : `statement ${statement} of ${where}`
}

function nearWords(miss: NearMiss): string {
  const place = placeWords(miss)
  switch (miss.failed) {
    case 'resource':
      return `${place} allows it on ${miss.subject} only`
    case 'principal':
      return `${place} allows it to others only`
    case 'condition':
      return `${place} allows it under ${miss.subject} only`
  }
}

function gapWords({kind, policy, subject}: Gap): string {
  switch (kind) {
    case 'unread':
      return subject
    case 'refused':
      return `AWS would refuse ${policy ?? 'a policy'}`
    case 'context-key':
    case 'undocumented-key':
      return `${policy ?? 'a policy'} asks for ${subject}, which is not known beforehand`
    case 'statement':
      return `AWS does not document whether a statement of ${policy ?? 'a policy'} matches`
    case 'organisation':
      return `${subject} could not be read`
    case 'resource-owner':
      return `who owns ${subject} is not known`
  }
}
