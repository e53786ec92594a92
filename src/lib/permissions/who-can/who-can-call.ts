import type {AccountPrincipal} from '../../iam/account/account-policies.js'
import {decideCall} from '../../iam/account/decide-action.js'
import type {Actor, CallDecision} from '../../iam/legs/judge-call.js'
import type {LegVerdict, Outcome} from '../call/call.schema.js'
import {describeLegs, unreadOf} from '../call/explain-legs.js'
import {allPrincipals} from '../call/find-principal.js'
import {gapWords} from '../call/leg-words.js'
import type {CallFacts, CallInput, CallPlan, PlannedCall} from '../call/plan-call.js'
import {planEveryCall} from '../call/plan-every-call.js'
import type {IamWhoCan, WhoCan} from './who-can.schema.js'

export interface WhoCanInput extends CallInput {
  /** Also those who cannot. */
  readonly all: boolean
}

interface Judged {
  readonly planned: PlannedCall
  readonly decision: CallDecision
}

const RANK: Readonly<Record<Outcome, number>> = {ALLOW: 0, UNKNOWN: 1, DENY: 2}

/** Everybody in the account who can, or may, make a call by any of its ways, and what lets them. */
export function whoCanCall(input: WhoCanInput, known: CallFacts): IamWhoCan {
  const {snapshot, policies, facts} = known
  const plan = planEveryCall(input, known)
  const told = allPrincipals(policies).map((principal) => {
    const actor = policies.actor(principal, plan.network, plan.values)
    const judge = (planned: PlannedCall) => ({
      planned,
      decision: decideCall(policies, actor, planned.prepared, facts),
    })
    const usual = plan.calls.map(judge)
    // Whoever can call the model anyway is not asked about every profile of the account.
    const judged = bestOutcome(usual) === 'ALLOW' ? usual : [...usual, ...plan.besides.map(judge)]
    return {principal, actor, judged, outcome: bestOutcome(judged)}
  })
  const shown = told.filter(({outcome}) => input.all || outcome !== 'DENY')
  const described = shown.map((one) => ({...one, best: bestOf(one.judged), legs: legsOf(one, known)}))
  const count = (wanted: Outcome) => told.filter(({outcome}) => outcome === wanted).length
  return {
    schemaVersion: 1,
    simulated: snapshot.simulated,
    unread: unreadOf(
      described.filter(({outcome}) => outcome === 'UNKNOWN').flatMap(({legs}) => legs),
      input.region,
    ),
    account: policies.account,
    takenAt: snapshot.takenAt,
    calls: [...plan.calls, ...plan.besides].map(({asked}) => asked),
    counts: {allow: count('ALLOW'), unknown: count('UNKNOWN'), deny: count('DENY')},
    all: input.all,
    principals: described.map(({principal, judged, outcome, best, legs}) =>
      toWho(principal, judged, outcome, best, legs),
    ),
    notes: notesOf(plan),
  }
}

function notesOf({notes, network}: CallPlan): readonly string[] {
  return network === undefined ? notes : [...notes, 'Judged through one endpoint; whoever calls another way is not.']
}

function bestOf(judged: readonly Judged[]): Judged | undefined {
  return judged.toSorted((one, other) => RANK[one.decision.outcome] - RANK[other.decision.outcome])[0]
}

function bestOutcome(judged: readonly Judged[]): Outcome {
  return bestOf(judged)?.decision.outcome ?? 'UNKNOWN'
}

function legsOf(
  {judged, actor}: {readonly judged: readonly Judged[]; readonly actor: Actor},
  {policies, facts}: CallFacts,
): readonly LegVerdict[] {
  const best = bestOf(judged)
  if (best === undefined) return []
  return describeLegs(best.decision.legs, {policies, actor, call: best.planned.prepared, facts})
}

function toWho(
  {arn, kind, name, serviceLinked, lastUsedAt}: AccountPrincipal,
  judged: readonly Judged[],
  outcome: Outcome,
  best: Judged | undefined,
  legs: readonly LegVerdict[],
): WhoCan {
  const {deciding: first, legs: decisions = []} = best?.decision ?? {}
  const deciding = first && legs[decisions.indexOf(first)]
  const reasons = deciding
    ? deciding.reasons
    : legs.flatMap((leg) => leg.reasons.filter(({layer}) => GRANTING.has(layer)))
  return {
    principal: {arn, kind, name, serviceLinked},
    outcome,
    through:
      outcome === 'DENY'
        ? []
        : judged.filter(({decision}) => decision.outcome === outcome).map(({planned}) => planned.asked.target.id),
    leg: deciding?.name ?? null,
    because: uniqueReasons(reasons),
    open: deciding ? [...new Set([...deciding.gaps.map(gapWords), ...(deciding.doubt ? [deciding.doubt] : [])])] : [],
    lastUsedAt: lastUsedAt ?? null,
  }
}

/** Layers whose allow is a grant; an allow of the others stands in nobody's way. */
const GRANTING: ReadonlySet<string> = new Set(['identity', 'resource'])

function uniqueReasons(reasons: readonly WhoCan['because'][number][]): WhoCan['because'] {
  return [...new Map(reasons.map((reason) => [JSON.stringify(reason), reason])).values()]
}
