import {decideCall} from '../../iam/account/decide-action.js'
import {describeLegs, unreadOf} from '../call/explain-legs.js'
import {findPrincipal} from '../call/find-principal.js'
import {type CallFacts, type CallInput, planCalls} from '../call/plan-call.js'
import {targetWords} from '../call/target-words.js'
import type {PolicySimulator} from './ports.js'
import type {IamSimulate} from './simulate.schema.js'
import {verifyWithAws} from './verify-with-aws.js'

export interface SimulateInput extends CallInput {
  readonly principal: string
}

/** Whether one principal may make one call, leg by leg. With a simulator AWS is asked too. */
export async function simulateCall(
  input: SimulateInput,
  known: CallFacts,
  simulator: PolicySimulator | undefined,
  signal: AbortSignal,
): Promise<IamSimulate> {
  const {snapshot, policies, facts} = known
  const principal = findPrincipal(input.principal, policies, '--principal')
  const {calls, network, values, notes} = planCalls(input, known)
  const [planned, ...others] = calls
  if (planned === undefined) throw new Error('a plan holds a call')
  const {asked, prepared} = planned
  const actor = policies.actor(principal, network, values)
  const {outcome, legs, deciding} = decideCall(policies, actor, prepared, facts)
  const described = describeLegs(legs, {policies, actor, call: prepared, facts})
  const verification = simulator && (await verifyWithAws({policies, actor, call: prepared, facts}, simulator, signal))
  const subject = `${principal.kind} ${principal.name}`
  return {
    schemaVersion: 1,
    simulated: snapshot.simulated,
    unread: [...(outcome === 'UNKNOWN' ? unreadOf(described, input.region) : []), ...(verification?.unread ?? [])],
    gate: {
      requirement: `${subject} may call ${asked.target.id} from ${input.region}`,
      passed: outcome !== 'DENY',
      failures: described
        .filter((leg) => leg.outcome === 'DENY')
        .map(({name, action, resource}) => `${name}: ${action} on ${resource}`),
    },
    account: policies.account,
    takenAt: snapshot.takenAt,
    principal: {
      arn: principal.arn,
      kind: principal.kind,
      name: principal.name,
      serviceLinked: principal.serviceLinked,
    },
    call: asked,
    outcome,
    deciding: deciding?.leg.name ?? null,
    legs: described,
    notes: [
      ...notes,
      ...(others.length === 0 || input.route !== undefined
        ? []
        : [`Judged ${targetWords(asked)}; also offered: ${others.map((one) => targetWords(one.asked)).join(', ')}.`]),
    ],
    verification: verification?.checks ?? null,
  }
}
