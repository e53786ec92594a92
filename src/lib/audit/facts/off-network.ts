import {read} from '../../account/read.js'
import type {AccountPrincipal} from '../../iam/account/account-policies.js'
import {findCallTarget, targetId} from '../../iam/account/call-targets.js'
import type {CompiledStatement} from '../../iam/compile-policy.js'
import {invokeLegs} from '../../iam/legs/invoke-legs.js'
import {type CallPlace, createLeg, type Leg, ownArn, SOURCES} from '../../iam/legs/leg.js'
import type {CallTarget} from '../../iam/legs/target.js'
import type {ContextValues} from '../../iam/request-context.js'
import type {AuditContext} from '../audit-context.js'
import {regionsOfAccount, UNNAMED} from './bedrock-grade.js'
import type {EffectiveAccess, Outcome, Question} from './effective-access.js'
import {type Candidate, candidatesOf} from './invocation.js'

/** A call of inference, as questions about the way through an endpoint and about the way without. */
export interface TwoWays {
  /** Model or project, and the Region called. */
  readonly name: string
  readonly region: string
  /** Nothing is said of the network. */
  readonly anyhow: () => readonly Question[]
  /** Through no VPC endpoint. */
  readonly outside: () => readonly Question[]
}

/** What somebody may do from outside of every VPC. */
export interface OffNetwork {
  /** `ALLOW`: from anywhere. `DENY`: through an endpoint only. `NONE`: not at all. */
  readonly outcome: Outcome | 'NONE'
  readonly call: TwoWays | undefined
  readonly question: Question | undefined
}

const OUTSIDE: ContextValues = {
  'aws:SourceVpce': null,
  'aws:SourceVpc': null,
  'aws:SourceVpcArn': null,
  'aws:VpcSourceIp': null,
  'aws:VpceAccount': null,
  'aws:VpceOrgID': null,
  'aws:VpceOrgPaths': null,
}
const INVOKE = ['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream'] as const
const MANTLE = 'bedrock-mantle:CreateInference'
/** Who may do the same with each of these fares alike. */
export const INFERENCE_ACTIONS = [...INVOKE, MANTLE]

/** Finds the worst call: one that is allowed from anywhere, else one of which it cannot be told, else one that is not. */
export function offNetwork(context: AuditContext, access: EffectiveAccess, principal: AccountPrincipal): OffNetwork {
  let found: OffNetwork = {outcome: 'NONE', call: undefined, question: undefined}
  for (const call of callsOf(context, access, principal)) {
    const outside = decideAll(access, principal, call.outside())
    if (outside.outcome === 'ALLOW') return {...outside, call}
    const isOpen = outside.outcome === 'UNKNOWN'
    if (found.outcome === 'UNKNOWN' || (!isOpen && found.outcome === 'DENY')) continue
    if (decideAll(access, principal, call.anyhow()).outcome === 'DENY') continue
    found = {...outside, call}
  }
  return found
}

function decideAll(
  access: EffectiveAccess,
  principal: AccountPrincipal,
  questions: readonly Question[],
): {readonly outcome: Outcome; readonly question: Question | undefined} {
  let open: Question | undefined
  for (const question of questions) {
    const outcome = access.decide(principal, question)
    if (outcome === 'DENY') return {outcome, question}
    if (outcome === 'UNKNOWN') open ??= question
  }
  return open === undefined ? {outcome: 'ALLOW', question: questions[0]} : {outcome: 'UNKNOWN', question: open}
}

function isSame(one: readonly CompiledStatement[], other: readonly CompiledStatement[]): boolean {
  return one.length === other.length && one.every((statement, index) => statement === other[index])
}

/** What the call is of, in words. */
function nameOf(target: CallTarget): string {
  const id = targetId(target)
  return id === UNNAMED ? 'any model' : id
}

const memo = new WeakMap<EffectiveAccess, Map<string, TwoWays>>()

function* callsOf(context: AuditContext, access: EffectiveAccess, principal: AccountPrincipal): Iterable<TwoWays> {
  const {partition, account} = context.policies
  const regions = regionsOfAccount(context)
  const placeIn = (region: string): CallPlace => ({partition, account, region})
  const held = INVOKE.filter((action) => access.holds(principal, action))
  let before: readonly CompiledStatement[] = []
  for (const action of held) {
    const {statements} = access.classOf(principal, action.toLowerCase())
    // Plain and streamed calls fare alike where the same statements are about both.
    if (statements.length > 0 && isSame(statements, before)) continue
    before = statements
    const reached = [...candidatesOf(context, statements, regions), ...usualCandidates(context, regions)]
    for (const {region, target} of reached) {
      const streaming = action !== 'bedrock:InvokeModel'
      yield kept(access, `${action} ${region} ${target.kind} ${targetId(target)}`, nameOf(target), region, () =>
        invokeLegs({target, streaming, guardrail: null}, placeIn(region)).flatMap((leg) =>
          leg.kind === 'leg' ? [leg] : [],
        ),
      )
    }
  }
  if (!access.holds(principal, MANTLE)) return
  for (const region of regions) {
    yield kept(access, `${MANTLE} ${region}`, 'Mantle', region, () => [mantleLeg(placeIn(region))])
  }
}

function kept(
  access: EffectiveAccess,
  key: string,
  name: string,
  region: string,
  legsOf: () => readonly Leg[],
): TwoWays {
  const ofAccess = memo.get(access) ?? new Map<string, TwoWays>()
  memo.set(access, ofAccess)
  const known = ofAccess.get(key)
  if (known !== undefined) return known
  const legs = legsOf()
  const ask = (more: ContextValues) =>
    legs.map(({action, resource, context}) => {
      const {'bedrock:GuardrailIdentifier': _, ...values} = context
      return access.ask({action, resource, region, values: {...values, ...more}})
    })
  const call = {name, region, anyhow: once(() => ask({})), outside: once(() => ask(OUTSIDE))}
  ofAccess.set(key, call)
  return call
}

function once<Value>(work: () => Value): () => Value {
  let known: {readonly value: Value} | undefined
  return () => {
    known ??= {value: work()}
    return known.value
  }
}

function mantleLeg(place: CallPlace): Leg {
  const resource = ownArn(place, 'project/default', {service: 'bedrock-mantle'})
  const context = {'aws:RequestedRegion': place.region}
  return createLeg({name: 'Mantle', action: MANTLE, resource, context, why: 'inference on Mantle'}, SOURCES.actions)
}

const usual = new WeakMap<AuditContext, readonly Candidate[]>()

/** Models in use, and one of each provider: a control policy may admit these alone. */
function usualCandidates(context: AuditContext, regions: readonly string[]): readonly Candidate[] {
  const known = usual.get(context)
  if (known !== undefined) return known
  const found = regions.flatMap((region) => {
    const models = read(context.snapshot, 'bedrock:foundation-models', region)
    const ofProviders = new Map(models.state === 'read' ? models.value.map(({provider, id}) => [provider, id]) : [])
    const ids = [...context.use.in(region).models.map(({id}) => id), ...ofProviders.values()]
    return ids.flatMap((id): readonly Candidate[] => {
      const target = findCallTarget(context.snapshot, region, id)
      return target === undefined ? [] : [{region, target}]
    })
  })
  usual.set(context, found)
  return found
}
