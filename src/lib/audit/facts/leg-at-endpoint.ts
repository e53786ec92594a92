import {type CompiledPolicy, compilePolicy} from '../../iam/compile-policy.js'
import {evaluateRequest} from '../../iam/evaluate-request.js'
import {explainDecision} from '../../iam/explain-decision.js'
import type {Explanation} from '../../iam/explanation.js'
import type {Leg} from '../../iam/legs/leg.js'
import {layersOf} from '../../iam/policy-layers.js'
import {createRequest} from '../../iam/request.js'
import {createContext} from '../../iam/request-context.js'
import type {AuditContext} from '../audit-context.js'
import type {Missing} from '../finding.schema.js'
import {missingOfGaps} from './access-gaps.js'
import type {EndpointCaller} from './endpoint-callers.js'

/** What an endpoint policy makes of one leg of a call, all other policies apart. */
export type LegVerdict =
  | {readonly kind: 'passes'}
  | {readonly kind: 'blocked'; readonly leg: Leg; readonly by: string}
  | {readonly kind: 'unknown'; readonly missing: readonly Missing[]}

/** Stands for the caller's own policies, so that the endpoint's alone decides. */
const EVERYTHING = compilePolicy(
  {Version: '2012-10-17', Statement: [{Effect: 'Allow', Action: '*', Resource: '*'}]},
  {name: 'everything', kind: 'identity'},
)

export function legAtEndpoint(
  leg: Leg,
  caller: EndpointCaller,
  policy: CompiledPolicy,
  {iam}: AuditContext,
): LegVerdict {
  const {principal} = caller
  const request = createRequest({
    action: leg.action,
    resource: leg.resource,
    principal,
    context: {
      ...createContext({...ownerOf(leg.resource), ...leg.context}, {extends: caller.context, complete: leg.complete}),
    },
    // Whose the resource is decides which of the other policies count, and those are not asked here.
    resourceAccount: principal.kind === 'service' ? null : principal.account,
  })
  const layers = layersOf({
    identity: {policies: [EVERYTHING], unread: []},
    endpoint: {policies: [policy], unread: []},
  })
  const {outcome} = evaluateRequest(request, layers, iam.rcp)
  if (outcome === 'ALLOW') return {kind: 'passes'}
  const explained = explainDecision(request, layers, iam)
  if (outcome === 'UNKNOWN') return {kind: 'unknown', missing: missingOfGaps(explained.gaps, leg.action)}
  const doubts = doubtsOf(leg, caller, policy)
  return doubts.length > 0 ? {kind: 'unknown', missing: doubts} : {kind: 'blocked', leg, by: words(explained)}
}

/** What keeps a denial from being definite. */
function doubtsOf(leg: Leg, {doubts}: EndpointCaller, policy: CompiledPolicy): readonly Missing[] {
  const reason = `AWS does not document whether the endpoint policy is asked about ${leg.action} on ${leg.resource}`
  const undocumented =
    leg.certain && leg.endpoint === 'applies' ? [] : [{action: leg.action, code: 'UNDOCUMENTED', reason}]
  return [...undocumented, ...(namesPrincipals(policy) ? doubts : [])]
}

function namesPrincipals({statements}: CompiledPolicy): boolean {
  return statements.some(({principals}) => principals?.entries.some(({type}) => type !== 'any') === true)
}

function ownerOf(resource: string): Readonly<Record<string, string>> {
  const account = resource.split(':')[4]
  return account ? {'aws:ResourceAccount': account} : {}
}

function words({denial, reasons, nearMisses}: Explanation): string {
  const denying = reasons.find(({layer, role}) => layer === 'endpoint' && role === 'denies')
  if (denial === 'explicit' && denying !== undefined) return `statement ${denying.statement} denies it`
  const misses = nearMisses.filter(({layer}) => layer === 'endpoint')
  const near = misses.find(({failed}) => failed === 'condition') ?? misses[0]
  if (near === undefined) return 'no statement is about it'
  return `no statement allows it; the nearest, ${near.statement}, fails by its ${near.failed}: ${near.subject}`
}
