import {findService} from '../../iam/action-facts.js'
import type {CompiledPolicy, CompiledStatement} from '../../iam/compile-policy.js'
import {type CompiledCondition, testCondition} from '../../iam/condition.js'
import {matchesGlob} from '../../iam/glob.js'
import type {ActionFacts, IamFacts} from '../../iam/iam-facts.schema.js'
import {type ContextValue, createContext, lookUp, type RequestContext} from '../../iam/request-context.js'
import {arnFields} from '../../iam/resource-pattern.js'
import {NO, YES} from '../../iam/truth.js'

// Requests that policies are tried with: what a statement is about, with a name for every wildcard.

/** Where a made-up resource stands. */
export interface WitnessPlace {
  readonly partition: string
  readonly region: string
  readonly account: string
}

const NAME = 'probe'
const ADDRESS = '203.0.113.7'

/** The actions of a service that a statement is about, as `prefix:Name`. */
export function actionsOfStatement(
  {actions, notActions}: CompiledStatement,
  prefix: string,
  facts: IamFacts,
): readonly ActionOf[] {
  return actionsOfService(prefix, facts).filter(
    ({key}) => actions.some((glob) => matchesGlob(glob, key)) !== notActions,
  )
}

export interface ActionOf {
  readonly name: string
  /** Lower case. */
  readonly key: string
  readonly facts: ActionFacts
}

export function actionsOfService(prefix: string, facts: IamFacts): readonly ActionOf[] {
  const found = (findService(facts, prefix)?.actions ?? []).map((action) => {
    const name = `${prefix}:${action.name}`
    return {name, key: name.toLowerCase(), facts: action}
  })
  return found.toSorted((a, b) => rankOf(a) - rankOf(b))
}

/** Actions that everybody knows come first, so that they are the ones an answer names. */
const WELL_KNOWN = [
  'InvokeModel',
  'InvokeAgent',
  'CreateInference',
  'InvokeAgentRuntime',
  'InvokeGateway',
  'GetGuardrail',
  'GetAgent',
  'GetAgentRuntime',
]

function rankOf({facts}: ActionOf): number {
  const rank = WELL_KNOWN.indexOf(facts.name)
  return rank === -1 ? WELL_KNOWN.length : rank
}

/**
 * One action of each kind: those about which a policy says the same, and that check the same types of resources, get the
 * same answer.
 */
export function oneOfEachKind(actions: readonly ActionOf[], policy: CompiledPolicy): readonly ActionOf[] {
  const found = new Map<string, ActionOf>()
  for (const action of actions) {
    const statements = policy.statementsFor(action.key).map((statement) => policy.statements.indexOf(statement))
    const {resources = [], optionalResources = []} = action.facts
    const kind = [statements.join(' '), ...resources, ...optionalResources].join('|')
    if (!found.has(kind)) found.set(kind, action)
  }
  return [...found.values()]
}

/** Made-up ARNs of what the action checks; empty for an action that knows no resource. */
export function resourcesOfAction(
  {facts: {resources, optionalResources}}: ActionOf,
  prefix: string,
  place: WitnessPlace,
  facts: IamFacts,
): readonly string[] {
  const types = [...(resources ?? []), ...(optionalResources ?? [])]
  const found = findService(facts, prefix)?.resourceTypes.filter(({name}) => types.includes(name)) ?? []
  return [...new Set(found.map(({arn}) => fillTemplate(arn, place)))]
}

function fillTemplate(template: string, {partition, region, account}: WitnessPlace): string {
  return template.replaceAll(/\$\{([^}]*)\}/g, (_, name: string) => {
    if (name === 'Partition') return partition
    if (name === 'Region') return region
    return name === 'Account' ? account : NAME
  })
}

/** ARNs that the patterns of a statement describe, in the place where they leave it open; of one service only. */
export function resourcesOfStatement(
  {resources, notResources}: CompiledStatement,
  prefix: string,
  place: WitnessPlace,
): readonly string[] {
  if (notResources) return []
  return (resources ?? []).flatMap(({source}) => concreteArn(source, prefix, place) ?? [])
}

function concreteArn(source: string, prefix: string, place: WitnessPlace): string | undefined {
  const fields = arnFields(source)
  if (fields.length < 6) return undefined
  const [, partition = '', service = '', region = '', account = '', resource = ''] = fields
  const named = withoutWildcards(service, prefix)
  if (named !== prefix) return undefined
  const parts = [
    withoutWildcards(partition, place.partition),
    named,
    withoutWildcards(region, place.region),
    withoutWildcards(account, place.account),
    concreteText(resource),
  ]
  return `arn:${parts.join(':')}`
}

function withoutWildcards(text: string, otherwise: string): string {
  return /[*?$]/.test(text) ? otherwise : text
}

/** A text that the pattern matches. */
export function concreteText(pattern: string): string {
  return pattern
    .replaceAll(/\$\{([*?$])\}/g, '$1')
    .replaceAll(/\$\{[^}]*\}/g, NAME)
    .replaceAll('*', NAME)
    .replaceAll('?', 'x')
}

/**
 * The context in which a statement applies and the denials do not, as far as whoever makes the request can bring it
 * about: keys that `fixed` settles stay as they are.
 */
export function fittedContext(
  statement: CompiledStatement,
  denials: readonly CompiledStatement[],
  fixed: RequestContext,
): RequestContext {
  const wanted = statement.conditions
  const avoided = denials.flatMap(({conditions}) => conditions)
  const keys = new Set([...wanted, ...avoided].map(({lookUpKey}) => lookUpKey))
  const open = [...keys].filter((key) => lookUp(fixed, key) === undefined)
  const chosen = open.flatMap((key) => {
    const of = (conditions: readonly CompiledCondition[]) => conditions.filter(({lookUpKey}) => lookUpKey === key)
    const value = bestValue(key, of(wanted), of(avoided), fixed)
    return value === undefined ? [] : [[key, value] as const]
  })
  return createContext(Object.fromEntries(chosen), {extends: fixed})
}

/** Undefined where no value makes the wanted conditions hold: then nothing is claimed of the key. */
function bestValue(
  key: string,
  wanted: readonly CompiledCondition[],
  avoided: readonly CompiledCondition[],
  fixed: RequestContext,
): ContextValue | undefined {
  let best: {readonly value: ContextValue; readonly score: number} | undefined
  for (const value of candidates([...wanted, ...avoided])) {
    const context = createContext({[key]: value}, {extends: fixed})
    if (!wanted.every((condition) => testCondition(condition, context) === YES)) continue
    const score = avoided.filter((condition) => testCondition(condition, context) === NO).length
    if (best === undefined || score > best.score) best = {value, score}
  }
  return best?.value
}

/** Values worth trying: those that conditions name, what lies beside them, and none at all. */
export function candidates(conditions: readonly CompiledCondition[]): readonly ContextValue[] {
  const named = conditions.flatMap(({values, operator}) =>
    operator.comparison === 'null' ? [] : values.flatMap(({source}) => valuesBeside(source)),
  )
  return [...new Set<ContextValue>([...named, NAME, 'true', 'false', ADDRESS, null])]
}

function valuesBeside(source: string): readonly string[] {
  const text = concreteText(source)
  if (/^[+-]?\d+(\.\d+)?$/.test(text)) return [text, String(Number(text) - 1), String(Number(text) + 1)]
  return /^[0-9a-f.:]+\/\d+$/i.test(text) ? [text.split('/')[0] ?? text] : [text]
}
