import {type Reading, read} from '../../account/read.js'
import type {AccountPrincipal} from '../../iam/account/account-policies.js'
import {findCallTarget, targetId} from '../../iam/account/call-targets.js'
import type {CompiledStatement} from '../../iam/compile-policy.js'
import {compileGlob, matchesGlob} from '../../iam/glob.js'
import {invokeLegs} from '../../iam/legs/invoke-legs.js'
import type {Leg} from '../../iam/legs/leg.js'
import type {CallTarget} from '../../iam/legs/target.js'
import type {AuditContext} from '../audit-context.js'
import type {AccessClass} from './access-class.js'
import {UNNAMED} from './bedrock-grade.js'
import type {EffectiveAccess, Outcome, Question, QuestionInput} from './effective-access.js'

export const INVOKE_ACTIONS = ['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream'] as const

/** A call to a model as the legs that IAM checks, each ready to be asked. */
export interface PreparedInvocation {
  readonly region: string
  readonly target: CallTarget
  readonly streaming: boolean
  readonly legs: readonly {readonly leg: Leg; readonly question: Question}[]
  /** What is missing to ask about every leg. */
  readonly open: readonly string[]
}

/** `any`: whichever guardrail policies ask for may be named; `none`: the call names none. */
export type GuardrailChoice = 'any' | 'none'

export interface InvocationOptions {
  readonly streaming: boolean
  readonly guardrail: GuardrailChoice
  readonly through?: QuestionInput['through']
}

const memo = new WeakMap<EffectiveAccess, Map<string, PreparedInvocation>>()

/** The legs of InvokeModel and Converse from a Region, or of their streamed forms. */
export function prepareInvocation(
  {snapshot, policies}: AuditContext,
  access: EffectiveAccess,
  region: string,
  target: CallTarget,
  {streaming, guardrail, through}: InvocationOptions,
): PreparedInvocation {
  const kept = memo.get(access) ?? new Map<string, PreparedInvocation>()
  memo.set(access, kept)
  const key = `${region} ${target.kind} ${targetId(target)} ${streaming} ${guardrail} ${through?.endpoint}`
  const known = kept.get(key)
  if (known !== undefined) return known
  const place = {partition: snapshot.partition, account: policies.account, region}
  const legs = invokeLegs({target, streaming, guardrail: null}, place)
  const prepared: PreparedInvocation = {
    region,
    target,
    streaming,
    legs: legs.flatMap((leg) =>
      leg.kind === 'leg' ? [{leg, question: questionOf(leg, access, region, {guardrail, through})}] : [],
    ),
    open: legs.flatMap((leg) => (leg.kind === 'open' ? [leg.unknown] : [])),
  }
  kept.set(key, prepared)
  return prepared
}

function questionOf(
  leg: Leg,
  access: EffectiveAccess,
  region: string,
  {guardrail, through}: Pick<InvocationOptions, 'guardrail'> & {readonly through: QuestionInput['through']},
): Question {
  const {'bedrock:GuardrailIdentifier': none, ...values} = leg.context
  const settled = guardrail === 'none' && none !== undefined ? leg.context : values
  return access.ask({action: leg.action, resource: leg.resource, region, values: settled, ...(through && {through})})
}

/** Whether the call succeeds: all legs must be allowed, and one that is denied outranks one that is not known. */
export function decideInvocation(
  access: EffectiveAccess,
  principal: AccountPrincipal,
  {legs, open}: PreparedInvocation,
): Outcome {
  let outcome: Outcome = open.length > 0 || legs.length === 0 ? 'UNKNOWN' : 'ALLOW'
  for (const {question} of legs) {
    const decided = access.decide(principal, question)
    if (decided === 'DENY') return 'DENY'
    if (decided === 'UNKNOWN') outcome = 'UNKNOWN'
  }
  return outcome
}

/** Works something out once for all whose policies say the same about invoking, plain and streamed. */
export function onceByInvocation<Value>(
  access: EffectiveAccess,
  work: (principal: AccountPrincipal) => Value,
): (principal: AccountPrincipal) => Value {
  const known = new Map<AccessClass, Map<AccessClass, {readonly value: Value}>>()
  return (principal) => {
    const plain = access.classOf(principal, 'bedrock:invokemodel')
    const streamed = access.classOf(principal, 'bedrock:invokemodelwithresponsestream')
    const ofPlain = known.get(plain) ?? new Map<AccessClass, {readonly value: Value}>()
    known.set(plain, ofPlain)
    const found = ofPlain.get(streamed) ?? {value: work(principal)}
    ofPlain.set(streamed, found)
    return found.value
  }
}

/** A place a principal may be able to call, worth asking about. */
export interface Candidate {
  readonly region: string
  readonly target: CallTarget
}

/**
 * What the statements about invoking reach, pattern by pattern: the models, profiles and own models that the snapshot
 * holds and a pattern matches, and a model that nobody named where a pattern matches any. Only in the Regions given.
 */
export function candidatesOf(
  context: AuditContext,
  statements: readonly CompiledStatement[],
  regions: readonly string[],
): readonly Candidate[] {
  const allowing = statements.filter(({effect}) => effect === 'Allow')
  const all = regions.flatMap((region) =>
    allowing.flatMap((statement) => targetsOf(context, statement, region).map((target) => ({region, target}))),
  )
  return [...new Map(all.map((one) => [`${one.region} ${one.target.kind} ${targetId(one.target)}`, one])).values()]
}

function targetsOf(
  context: AuditContext,
  {resources, notResources}: CompiledStatement,
  region: string,
): readonly CallTarget[] {
  if (resources === undefined || notResources || resources.some(({all}) => all)) {
    return [{kind: 'model', modelId: UNNAMED}]
  }
  return resources.flatMap(({source}) => targetsNamed(context, source, region))
}

function targetsNamed(context: AuditContext, source: string, region: string): readonly CallTarget[] {
  const fields = source.split(':')
  if (fields[0] !== 'arn') return []
  const [, , , where = '*'] = fields
  if (fields.length >= 4 && !matchesGlob(compileGlob(where), region)) return []
  const tail = fields.length >= 6 ? fields.slice(5).join(':') : '*'
  const [type = '', ...rest] = tail.split('/')
  const id = rest.join('/')
  if (type === 'foundation-model' && id !== '')
    return [{kind: 'model', modelId: exampleOf(id, modelIds(context, region))}]
  if (/[*?]/.test(type) && rest.length === 0) return [{kind: 'model', modelId: UNNAMED}]
  const glob = compileGlob(id)
  return ownTargets(context, region).filter((target) => kindOf(target) === type && matchesGlob(glob, targetId(target)))
}

/** A real id the pattern matches, else one made up; a pattern for any id gives the one that nobody has. */
function exampleOf(pattern: string, ids: readonly string[]): string {
  if (!/[*?]/.test(pattern)) return pattern
  const glob = compileGlob(pattern)
  if (matchesGlob(glob, UNNAMED)) return UNNAMED
  return ids.find((id) => matchesGlob(glob, id)) ?? pattern.replace(/[*?]/g, 'z')
}

function kindOf(target: CallTarget): string {
  switch (target.kind) {
    case 'model':
      return 'foundation-model'
    case 'geographic-profile':
    case 'global-profile':
      return 'inference-profile'
    case 'application-profile':
      return 'application-inference-profile'
    case 'own-model':
      return target.type
  }
}

function modelIds({snapshot}: AuditContext, region: string): readonly string[] {
  const models = read(snapshot, 'bedrock:foundation-models', region)
  return models.state === 'read' ? models.value.map(({id}) => id) : []
}

export type ProfileTarget = Extract<CallTarget, {readonly kind: `${string}-profile`}>

/** An inference profile by its ARN, and what a call to it is. */
export interface NamedProfile {
  readonly arn: string
  readonly target: ProfileTarget
}

interface RegionTargets {
  readonly profiles: Reading<readonly NamedProfile[]>
  readonly models: readonly CallTarget[]
}

const targets = new WeakMap<AuditContext, Map<string, RegionTargets>>()

/** Every profile that can be called from the Region, of AWS and of the account; not known where they were not read. */
export function profilesIn(context: AuditContext, region: string): Reading<readonly NamedProfile[]> {
  return targetsIn(context, region).profiles
}

/** Profiles and own models of the account in a Region, as far as they were read. */
function ownTargets(context: AuditContext, region: string): readonly CallTarget[] {
  const {profiles, models} = targetsIn(context, region)
  return [...(profiles.state === 'read' ? profiles.value.map(({target}) => target) : []), ...models]
}

function targetsIn(context: AuditContext, region: string): RegionTargets {
  const kept = targets.get(context) ?? new Map<string, RegionTargets>()
  targets.set(context, kept)
  const known = kept.get(region)
  if (known !== undefined) return known
  const found = {
    profiles: readProfiles(context, region),
    models: OWN_READS.flatMap((id) => ownModels(context, region, id)),
  }
  kept.set(region, found)
  return found
}

function readProfiles({snapshot}: AuditContext, region: string): Reading<readonly NamedProfile[]> {
  const profiles = read(snapshot, 'bedrock:inference-profiles', region)
  if (profiles.state === 'unread') return profiles
  const named = profiles.value.flatMap(({arn}): readonly NamedProfile[] => {
    const target = findCallTarget(snapshot, region, arn)
    return target === undefined || target.kind === 'model' || target.kind === 'own-model' ? [] : [{arn, target}]
  })
  return {state: 'read', value: named}
}

const OWN_READS = [
  'bedrock:provisioned-throughputs',
  'bedrock:custom-model-deployments',
  'bedrock:imported-models',
] as const

function ownModels({snapshot}: AuditContext, region: string, id: (typeof OWN_READS)[number]): readonly CallTarget[] {
  const reading = read(snapshot, id, region)
  const items: readonly {readonly arn: string}[] = reading.state === 'read' ? reading.value : []
  return items.flatMap(({arn}) => findCallTarget(snapshot, region, arn) ?? [])
}
