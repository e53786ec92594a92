import type {AccountPrincipal} from '../../iam/account/account-policies.js'
import {targetId} from '../../iam/account/call-targets.js'
import type {CompiledStatement} from '../../iam/compile-policy.js'
import {compileGlob, type Glob, matchesGlob} from '../../iam/glob.js'
import {invokeLegs} from '../../iam/legs/invoke-legs.js'
import type {Leg} from '../../iam/legs/leg.js'
import type {CallTarget} from '../../iam/legs/target.js'
import type {ResourcePattern} from '../../iam/resource-pattern.js'
import type {AuditContext} from '../audit-context.js'
import {UNNAMED} from './bedrock-grade.js'
import type {EffectiveAccess, Outcome, Question, QuestionInput} from './effective-access.js'
import {modelIds, ownTargets} from './region-targets.js'

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
  const kept = candidateMemo.get(statements) ?? new Map<string, readonly Candidate[]>()
  candidateMemo.set(statements, kept)
  const key = regions.join()
  const known = kept.get(key)
  if (known !== undefined) return known
  const allowing = statements.filter(({effect}) => effect === 'Allow')
  const all = regions.flatMap((region) =>
    allowing.flatMap((statement) => targetsOf(context, statement, region).map((target) => ({region, target}))),
  )
  const found = [
    ...new Map(all.map((one) => [`${one.region} ${one.target.kind} ${targetId(one.target)}`, one])).values(),
  ]
  kept.set(key, found)
  return found
}

/** The statements of a class are one list for all its members, and belong to one account. */
const candidateMemo = new WeakMap<readonly CompiledStatement[], Map<string, readonly Candidate[]>>()

/** Whether an Allow names no kind of resource, and so reaches every model and profile alike. */
export function reachesAnyKind({effect, resources, notResources}: CompiledStatement): boolean {
  if (effect !== 'Allow') return false
  if (resources === undefined || notResources) return true
  return resources.some((pattern) => pattern.all || isOfAnyKind(namedBy(pattern)))
}

/** Profiles that an Allow names in the Region, known ones or not, such as `inference-profile/eu.x.y`. */
export function profilesNamed(statement: CompiledStatement, region: string): readonly string[] {
  const {effect, resources = [], notResources} = statement
  if (effect !== 'Allow' || notResources) return []
  return resources.flatMap((pattern) => {
    const {where, type, id} = namedBy(pattern)
    const isHere = where === undefined || matchesGlob(where, region)
    return isHere && type.endsWith('inference-profile') ? [`${type}/${id.replace(/[*?]/g, UNNAMED)}`] : []
  })
}

function isOfAnyKind({type, id}: NamedTargets): boolean {
  return /[*?]/.test(type) && id === ''
}

function targetsOf(context: AuditContext, statement: CompiledStatement, region: string): readonly CallTarget[] {
  const {resources, notResources} = statement
  if (resources === undefined || notResources || resources.some(({all}) => all)) {
    return [{kind: 'model', modelId: UNNAMED}]
  }
  return resources.flatMap((pattern) => targetsNamed(context, namedBy(pattern), region))
}

/** What a resource pattern says, taken apart. */
interface NamedTargets {
  readonly isArn: boolean
  /** Undefined: in every Region. */
  readonly where: Glob | undefined
  readonly type: string
  readonly id: string
  readonly ids: Glob
}

const namedMemo = new WeakMap<ResourcePattern, NamedTargets>()

function namedBy(pattern: ResourcePattern): NamedTargets {
  const known = namedMemo.get(pattern)
  if (known !== undefined) return known
  const fields = pattern.source.split(':')
  const [scheme, , , where] = fields
  const tail = fields.length >= 6 ? fields.slice(5).join(':') : '*'
  const [type = '', ...rest] = tail.split('/')
  const id = rest.join('/')
  const found: NamedTargets = {
    isArn: scheme === 'arn',
    where: where === undefined ? undefined : compileGlob(where),
    type,
    id,
    ids: compileGlob(id),
  }
  namedMemo.set(pattern, found)
  return found
}

function targetsNamed(context: AuditContext, named: NamedTargets, region: string): readonly CallTarget[] {
  const {isArn, where, type, id, ids} = named
  if (!isArn || (where !== undefined && !matchesGlob(where, region))) return []
  if (type === 'foundation-model' && id !== '')
    return [{kind: 'model', modelId: exampleOf(id, modelIds(context, region))}]
  if (isOfAnyKind(named)) return [{kind: 'model', modelId: UNNAMED}]
  return ownTargets(context, region, type).filter((target) => matchesGlob(ids, targetId(target)))
}

/** A real id the pattern matches, else one made up; a pattern for any id gives the one that nobody has. */
function exampleOf(pattern: string, ids: readonly string[]): string {
  if (!/[*?]/.test(pattern)) return pattern
  const glob = compileGlob(pattern)
  if (matchesGlob(glob, UNNAMED)) return UNNAMED
  return ids.find((id) => matchesGlob(glob, id)) ?? pattern.replace(/[*?]/g, 'z')
}
