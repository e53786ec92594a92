import type {Unread} from '../../core/answer.schema.js'
import type {AccountPolicies} from '../../iam/account/account-policies.js'
import {callSubject} from '../../iam/account/decide-action.js'
import type {Explanation, Gap} from '../../iam/explanation.js'
import type {IamFacts} from '../../iam/iam-facts.schema.js'
import {
  type Actor,
  type CallSubject,
  explainLeg,
  judgeCall,
  type LegDecision,
  type PreparedCall,
  prepareCall,
} from '../../iam/legs/judge-call.js'
import type {LegVerdict} from './call.schema.js'
import {remediesOf} from './remedies.js'

/** What is told of one leg of a call. */
export function describeLegs(
  decisions: readonly LegDecision[],
  {policies, actor, call, facts}: {policies: AccountPolicies; actor: Actor; call: PreparedCall; facts: IamFacts},
): readonly LegVerdict[] {
  const subject = callSubject(policies, actor, call)
  return decisions.map((decision) => {
    const told = describeLeg(decision, explainLeg(decision, subject, facts), actor)
    if (decision.denial !== 'explicit') return told
    return {...told, remedies: [...told.remedies, ...lackingBesides(decision, subject, facts)]}
  })
}

/** Behind a Deny of others the caller's own policies may lack an Allow too: closing one gap would show the next. */
function lackingBesides({leg}: LegDecision, subject: CallSubject, facts: IamFacts): readonly string[] {
  const own = {
    ...subject,
    caller: ownOnly(subject.caller),
    ...(subject.serviceRole && {serviceRole: ownOnly(subject.serviceRole)}),
  }
  const [decision] = judgeCall(prepareCall([leg]), own, facts).legs
  if (decision?.denial !== 'implicit') return []
  return remediesOf(decision, explainLeg(decision, own, facts), own.caller)
}

function ownOnly(actor: Actor): Actor {
  return {...actor, layers: {...actor.layers, scp: null, rcp: null, endpoint: null}}
}

function describeLeg(decision: LegDecision, explanation: Explanation | undefined, caller: Actor): LegVerdict {
  const {leg, outcome, denial, doubt} = decision
  const asked = leg.kind === 'leg' ? leg : null
  // Where the documentation leaves the verdict open, what the policies alone say is not what decided.
  const reasons = outcome === 'UNKNOWN' ? [] : (explanation?.reasons ?? [])
  return {
    name: leg.name,
    actor: leg.actor,
    action: asked?.action ?? null,
    resource: asked?.resource ?? null,
    outcome,
    denial,
    reasons,
    gaps: explanation?.gaps ?? [],
    nearMisses: explanation?.nearMisses ?? [],
    inert: (explanation?.inert ?? []).filter(({policy}) => !ALLOWS_ALL.test(policy ?? '')),
    doubt,
    remedies: remediesOf(decision, explanation, caller),
    why: asked?.why ?? null,
    source: asked?.source ?? null,
    asOf: asked?.asOf ?? null,
  }
}

/** AWS attaches these to every level; that they have no effect is no news. */
const ALLOWS_ALL = /\(p-(?:RCP)?FullAWSAccess\)$/

/** What kept legs from a verdict, each cause once: an answer with it is not whole. */
export function unreadOf(legs: readonly LegVerdict[], region: string): readonly Unread[] {
  const found = legs
    .filter(({outcome}) => outcome === 'UNKNOWN')
    .flatMap((leg): readonly Unread[] => {
      const action = leg.action ?? 'bedrock:GetInferenceProfile'
      const gaps = leg.gaps.map((gap) => unreadOfGap(gap as Gap, region, action))
      if (leg.doubt === null) return gaps
      const code = leg.action === null ? 'FACT_MISSING' : 'NOT_DOCUMENTED'
      return [...gaps, {region, action: actionIn(leg.doubt) ?? action, code, reason: `${leg.name}: ${leg.doubt}`}]
    })
  const seen = new Set<string>()
  return found.filter(({code, reason}) => {
    const key = `${code} ${reason}`
    return !seen.has(key) && seen.add(key)
  })
}

const CODES: Readonly<Record<Gap['kind'], string>> = {
  unread: 'POLICY_UNREAD',
  refused: 'POLICY_REFUSED',
  'context-key': 'CONTEXT_UNKNOWN',
  'undocumented-key': 'CONTEXT_UNKNOWN',
  statement: 'NOT_DOCUMENTED',
  organisation: 'POLICY_UNREAD',
  'resource-owner': 'FACT_MISSING',
}

function unreadOfGap({kind, subject, layer, policy}: Gap, region: string, action: string): Unread {
  const place = policy === null ? layer : `${layer} policy ${policy}`
  const code = CODES[kind]
  switch (kind) {
    case 'unread':
      return {region, action: actionIn(subject) ?? action, code, reason: `${layer}: ${subject}`}
    case 'refused':
      return {region, action, code, reason: `AWS would refuse ${place}: ${subject}`}
    case 'context-key':
    case 'undocumented-key':
      return {region, action, code, reason: `${place} asks for ${subject}, which is not known`, hint: hintFor(subject)}
    case 'statement':
      return {region, action, code, reason: `${place}: ${subject}`}
    case 'organisation':
    case 'resource-owner':
      return {region, action, code, reason: `not known: ${subject}`}
  }
}

/** What to type so that a key is known. */
export function hintFor(key: string): string {
  return key.toLowerCase().startsWith('aws:sourcevp')
    ? `Say how the call travels: --vpce ID, or --context ${key}= when through no endpoint`
    : `Say what it is: --context ${key}=VALUE, or --context ${key}= when the request does not carry it`
}

/** The IAM action that a reason begins with. */
function actionIn(reason: string): string | undefined {
  return /\b[a-z][a-z0-9-]*:[A-Z]\w+/.exec(reason)?.[0]
}
