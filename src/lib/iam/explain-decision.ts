import {decide, judgeLayers, type LayerJudgements} from './evaluate-request.js'
import {explainStatement, type StatementFinding} from './explain-statement.js'
import type {Explanation, Gap, Reason} from './explanation.js'
import type {IamFacts} from './iam-facts.schema.js'
import {type Judgement, judgePolicies, UNBOUND} from './judge-policies.js'
import type {LayerName, PolicyLayers, PolicySet} from './policy-layers.js'
import type {AuthorizationRequest} from './request.js'
import {MAYBE, NO, YES} from './truth.js'

interface Place {
  readonly layer: LayerName
  readonly level: string | null
  readonly set: PolicySet
  /** Whether the layer counts for this request at all. */
  readonly binds: boolean
}

/** Why a request is decided as it is: layer, policy and statement, or what is not known. Slower than the decision. */
export function explainDecision(request: AuthorizationRequest, layers: PolicyLayers, facts: IamFacts): Explanation {
  const judged = judgeLayers(request, layers, facts.rcp)
  const decision = decide(judged, request)
  const places = placesOf(layers, judged, request)
  const findings = places.flatMap(({layer, level, set, binds}) =>
    set.policies.flatMap((policy) =>
      policy.statementsFor(request.actionKey).map((statement): StatementFinding => {
        const place = {layer, level, policy: policy.name, statement: statement.label}
        return explainStatement(statement, {place, binds, request, facts})
      }),
    ),
  )
  const bound = findings.filter(({binds}) => binds)
  return {
    ...decision,
    reasons: reasonsOf(bound, places, request, decision),
    gaps:
      decision.outcome === 'UNKNOWN' ? [...layerGaps(places, layers, judged, request), ...statementGaps(bound)] : [],
    nearMisses: decision.outcome === 'ALLOW' ? [] : bound.flatMap(({nearMiss}) => nearMiss ?? []),
    inert: findings.flatMap(({binds, applies, place}) => (binds || applies === NO ? [] : [place])),
  }
}

function reasonsOf(
  findings: readonly StatementFinding[],
  places: readonly Place[],
  request: AuthorizationRequest,
  {outcome, denial}: Pick<Explanation, 'outcome' | 'denial'>,
): readonly Reason[] {
  const applying = (effect: 'Allow' | 'Deny', role: Reason['role']) =>
    findings.flatMap(({place, effect: its, applies}) => (its === effect && applies === YES ? [{...place, role}] : []))
  if (denial === 'explicit') return applying('Deny', 'denies')
  if (outcome === 'ALLOW') return applying('Allow', 'allows')
  if (outcome === 'UNKNOWN') return []
  return places.flatMap(({layer, level, set, binds}): readonly Reason[] => {
    const lacksAllow = binds && layer !== 'resource' && judgePolicies(set, request).allows === NO
    return lacksAllow ? [{layer, level, policy: null, statement: null, role: 'does-not-allow'}] : []
  })
}

function statementGaps(findings: readonly StatementFinding[]): readonly Gap[] {
  return findings.flatMap(({applies, gaps}) => (applies === MAYBE ? gaps : []))
}

/** What is not known of whole policies and layers. */
function layerGaps(
  places: readonly Place[],
  layers: PolicyLayers,
  judged: LayerJudgements,
  request: AuthorizationRequest,
): readonly Gap[] {
  const gaps = places.flatMap((place) => (place.binds ? setGaps(place) : []))
  const whole = {level: null, policy: null, statement: null}
  if (layers.managementAccount === 'unknown' && (isOpen(judged.scp) || isOpen(judged.rcp))) {
    const layer = isOpen(judged.scp) ? 'scp' : 'rcp'
    gaps.push({...whole, layer, kind: 'organisation', subject: 'which account is the management account'})
  }
  if (request.owner === 'unknown') {
    gaps.push({...whole, layer: 'resource', kind: 'resource-owner', subject: request.resource.text})
  }
  return gaps
}

function setGaps({layer, level, set}: Place): readonly Gap[] {
  const place = {layer, level, policy: null, statement: null}
  const unread = set.unread.map((subject): Gap => ({...place, kind: 'unread', subject}))
  const refused = set.policies.filter((policy) => policy.refused)
  return [
    ...unread,
    ...refused.map(({name, problems}): Gap => {
      const first = problems.find(({severity}) => severity === 'error')
      return {...place, policy: name, kind: 'refused', subject: `${first?.path}: ${first?.message}`}
    }),
  ]
}

function isOpen({denies, allows}: Judgement): boolean {
  return denies === MAYBE || allows === MAYBE
}

/** Every set of policies in the order in which reasons are told: what binds all comes first. */
function placesOf(layers: PolicyLayers, judged: LayerJudgements, {principal}: AuthorizationRequest): readonly Place[] {
  const isService = principal.kind === 'service'
  const one = (layer: LayerName, set: PolicySet | null, binds: boolean): readonly Place[] =>
    set === null ? [] : [{layer, level: null, set, binds}]
  const levels = (layer: 'scp' | 'rcp'): readonly Place[] =>
    (layers[layer] ?? []).map((set) => ({layer, level: set.name, set, binds: judged[layer] !== UNBOUND}))
  return [
    ...levels('scp'),
    ...levels('rcp'),
    ...one('endpoint', layers.endpoint, true),
    ...one('boundary', layers.boundary, !isService),
    ...one('session', layers.session, !isService),
    ...one('identity', layers.identity, !isService && principal.kind !== 'root'),
    ...one('resource', layers.resource, true),
  ]
}
