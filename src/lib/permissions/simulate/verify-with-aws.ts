import type {Unread} from '../../core/answer.schema.js'
import {BedrockctlError} from '../../core/errors.js'
import {toUnread} from '../../core/unread.js'
import type {AccountPolicies} from '../../iam/account/account-policies.js'
import {callSubject} from '../../iam/account/decide-action.js'
import {evaluateRequest} from '../../iam/evaluate-request.js'
import type {IamFacts} from '../../iam/iam-facts.schema.js'
import type {Actor, PreparedCall} from '../../iam/legs/judge-call.js'
import type {CallLeg, Leg} from '../../iam/legs/leg.js'
import {layersOf} from '../../iam/policy-layers.js'
import {createRequest} from '../../iam/request.js'
import {createContext, lookUp, type RequestContext} from '../../iam/request-context.js'
import type {PolicySimulator, SimulationAnswer} from './ports.js'
import type {AwsCheck} from './simulate.schema.js'

const ACTION = 'iam:SimulatePrincipalPolicy'

export interface Verification {
  readonly checks: readonly AwsCheck[]
  readonly unread: readonly Unread[]
}

interface Matter {
  readonly policies: AccountPolicies
  readonly actor: Actor
  readonly call: PreparedCall
  readonly facts: IamFacts
}

/**
 * Asks AWS's simulator about each leg, and ourselves about the same: identity policies and boundary. The simulator knows
 * neither endpoint policies nor conditions of control policies nor what a profile leads to, which is said beside.
 */
export async function verifyWithAws(
  matter: Matter,
  simulator: PolicySimulator,
  signal: AbortSignal,
): Promise<Verification> {
  const subject = callSubject(matter.policies, matter.actor, matter.call)
  const results = await Promise.all(
    matter.call.legs.map(async ({leg}): Promise<{check: AwsCheck; failure?: BedrockctlError}> => {
      const actor =
        leg.actor === 'caller' ? subject.caller : leg.actor === 'service-role' ? subject.serviceRole : undefined
      const refusal = whyNotAsked(leg, actor)
      if (refusal !== undefined || leg.kind === 'open' || actor === undefined) {
        return {check: {leg: leg.name, asked: false, aws: null, own: null, agrees: null, notCompared: [refusal ?? '']}}
      }
      return checkLeg(leg, actor, matter, simulator, signal)
    }),
  )
  const [failure] = results.flatMap((result) => result.failure ?? [])
  return {
    checks: results.map(({check}) => check),
    // One cause, told once: the calls are alike.
    unread: failure ? [toUnread(failure, 'global', ACTION)] : [],
  }
}

function whyNotAsked(leg: CallLeg, actor: Actor | undefined): string | undefined {
  if (leg.kind === 'open') return `nothing to ask: ${leg.unknown} is not known`
  if (leg.actor === 'service') return 'the simulator does not judge who may take on a role'
  if (actor === undefined) return 'the service role was not read'
  if (/^arn:[^:]+:bedrock:::/.test(leg.resource)) return 'the simulator does not know ARNs of models without a Region'
  return undefined
}

async function checkLeg(
  leg: Leg,
  actor: Actor,
  {facts, policies}: Matter,
  simulator: PolicySimulator,
  signal: AbortSignal,
): Promise<{check: AwsCheck; failure?: BedrockctlError}> {
  const context = createContext(leg.context, {extends: actor.context, complete: leg.complete})
  const {principal} = actor
  if (principal.kind === 'service') throw new Error('a service is not simulated')
  const request = createRequest({action: leg.action, resource: leg.resource, principal, context})
  const {identity, boundary} = actor.layers
  const own = evaluateRequest(request, layersOf({identity, boundary}), facts.rcp).outcome
  const base = {leg: leg.name, asked: true, own, notCompared: leftOut(leg, actor, policies)}
  try {
    const question = {
      principalArn: principal.arn,
      action: leg.action,
      resource: leg.resource,
      context: settledEntries(context),
    }
    const answer = await simulator.simulate(question, signal)
    return {check: {...base, aws: answer.decision, agrees: compare(answer, own)}}
  } catch (error) {
    if (!(error instanceof BedrockctlError) || error.fault === 'interrupted') throw error
    return {check: {...base, aws: null, agrees: null}, failure: error}
  }
}

/** Undecided where we do not know, and where control policies alone may have decided for AWS. */
function compare({decision, allowedByOrganizations}: SimulationAnswer, own: AwsCheck['own']): boolean | null {
  if (decision === null || own === 'UNKNOWN' || allowedByOrganizations === false) return null
  return (decision === 'allowed') === (own === 'ALLOW')
}

function leftOut(leg: Leg, {layers}: Actor, policies: AccountPolicies): readonly string[] {
  return [
    ...(layers.scp === null ? [] : ['conditions of service control policies']),
    ...(layers.rcp === null ? [] : ['resource control policies']),
    ...(layers.endpoint === null || leg.endpoint === 'bypassed' ? [] : ['the policy of the VPC endpoint']),
    ...(policies.resourcePolicies(leg.resource) === null ? [] : ['the policy of the resource']),
    ...(leg.certain ? [] : ['whether exactly this resource is checked']),
  ]
}

/** Keys with one known value or list of values; the others the simulator cannot be told. */
function settledEntries(
  context: RequestContext,
): readonly {readonly key: string; readonly values: readonly string[]}[] {
  const keys = new Set(context.maps.flatMap((map) => [...map.keys()]))
  return [...keys].sort().flatMap((key) => {
    const alternatives = lookUp(context, key) ?? []
    const [only] = alternatives
    return alternatives.length === 1 && only !== null && only !== undefined && only.length > 0
      ? [{key, values: only}]
      : []
  })
}
