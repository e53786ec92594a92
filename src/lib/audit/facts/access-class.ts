import type {AccountPrincipal} from '../../iam/account/account-policies.js'
import type {CompiledPolicy, CompiledStatement} from '../../iam/compile-policy.js'
import {type CompiledCondition, testCondition} from '../../iam/condition.js'
import type {PolicyLayers, PolicySet} from '../../iam/policy-layers.js'
import type {RequestContext} from '../../iam/request-context.js'
import type {ResourcePattern} from '../../iam/resource-pattern.js'
import {isPartial} from './policy-reach.js'

/** Principals about whom every question on one action has the same answer. */
export interface AccessClass {
  /** Tells classes of one account apart. */
  readonly id: number
  readonly action: string
  /** Any of them; its policies stand for those of all. */
  readonly lead: AccountPrincipal
  /** Whether an own policy of theirs allows the action at all, or was not read. */
  readonly holds: boolean
  /** Statements about the action in their own policies. */
  readonly own: readonly CompiledStatement[]
  /** Those of all layers. */
  readonly statements: readonly CompiledStatement[]
  /** What the policies say, without the name of the action: two actions with the same are decided alike. */
  readonly signature: string
}

/** Principals about whom every question has the same answer. */
export interface AccessGroup {
  readonly lead: AccountPrincipal
  /** With the lead. */
  readonly members: readonly AccountPrincipal[]
}

/** Principals with the very same policies. */
interface Bundle {
  readonly lead: AccountPrincipal
  readonly byAction: Map<string, BundleAction>
  /** Of all their policies and all above them; worked out when groups are asked for. */
  personal: Pick<BundleAction, 'personal' | 'hasVariables'> | undefined
}

/** What the policies of a bundle say about one action. */
interface BundleAction {
  readonly holds: boolean
  readonly signature: string
  readonly own: readonly CompiledStatement[]
  readonly statements: readonly CompiledStatement[]
  /** Conditions that may come out differently for each principal. */
  readonly personal: readonly CompiledCondition[]
  /** Policy variables: nobody is like somebody else. */
  readonly hasVariables: boolean
  /** The one class, where nothing is personal. */
  only: AccessClass | undefined
  /** Who was asked about last: questions about one principal follow each other. */
  last: {readonly principal: AccountPrincipal; readonly found: AccessClass} | undefined
}

const PERSONAL_KEY = /^aws:(principal(arn|type|tag\/)|username$|userid$)/

/**
 * Sorts principals into classes, action by action: by what their policies say about it, word for word, and by how the
 * conditions on the principal itself come out. Thousands of roles made from a few policies are so decided a few times.
 */
export class AccessClasses {
  readonly #layersOf: (principal: AccountPrincipal) => PolicyLayers
  readonly #contextOf: (principal: AccountPrincipal) => RequestContext
  readonly #bundles = new Map<string, Bundle>()
  readonly #bundleOf = new Map<AccountPrincipal, Bundle>()
  readonly #classes = new Map<string, AccessClass>()
  readonly #documents = new Map<string, number>()
  readonly #texts = new Map<string, number>()
  readonly #statementIds = new WeakMap<CompiledStatement, number>()

  constructor(
    layersOf: (principal: AccountPrincipal) => PolicyLayers,
    contextOf: (principal: AccountPrincipal) => RequestContext,
  ) {
    this.#layersOf = layersOf
    this.#contextOf = contextOf
  }

  classOf(principal: AccountPrincipal, actionKey: string): AccessClass {
    const bundle = this.#bundleFor(principal)
    const about = this.#aboutAction(bundle, actionKey)
    if (about.only !== undefined) return about.only
    if (about.last?.principal === principal) return about.last.found
    const signature = `${about.signature}\n${this.#personalPart(about, principal)}`
    const key = `${actionKey}\n${signature}`
    const {holds, own, statements} = about
    const found = this.#classes.get(key) ?? {
      id: this.#classes.size,
      action: actionKey,
      lead: principal,
      holds,
      own,
      statements,
      signature,
    }
    this.#classes.set(key, found)
    if (about.personal.length === 0 && !about.hasVariables) about.only = found
    about.last = {principal, found}
    return found
  }

  groupsOf(principals: readonly AccountPrincipal[]): readonly AccessGroup[] {
    const groups = new Map<Bundle, Map<string, AccountPrincipal[]>>()
    for (const principal of principals) {
      const bundle = this.#bundleFor(principal)
      bundle.personal ??= this.#personalOf(bundle.lead)
      const part = this.#personalPart(bundle.personal, principal)
      const ofBundle = groups.get(bundle) ?? new Map<string, AccountPrincipal[]>()
      const members = ofBundle.get(part)
      if (members === undefined) ofBundle.set(part, [principal])
      else members.push(principal)
      groups.set(bundle, ofBundle)
    }
    return [...groups.values()].flatMap((parts) =>
      [...parts.values()].flatMap((members) => (members[0] ? [{lead: members[0], members}] : [])),
    )
  }

  #personalOf(lead: AccountPrincipal): Pick<BundleAction, 'personal' | 'hasVariables'> {
    const {identity, boundary, scp, rcp} = this.#layersOf(lead)
    const sets = [identity, ...(boundary ? [boundary] : []), ...(scp ?? []), ...(rcp ?? [])]
    const found = sets.flatMap(({policies}) => policies.map((policy) => personalOf(policy)))
    return {
      personal: [...new Set(found.flatMap(({personal}) => personal))],
      hasVariables: found.some(({hasVariables}) => hasVariables),
    }
  }

  #bundleFor(principal: AccountPrincipal): Bundle {
    const known = this.#bundleOf.get(principal)
    if (known !== undefined) return known
    const documents = principal.policies.map(
      ({document, origin, arn, name}) => `${this.#documentId(document ?? `unread ${arn ?? name}`)} ${origin}`,
    )
    const {unread} = principal.layers.identity
    const own = [...new Set(documents)].sort().join()
    const key = `${principal.kind}|${own}|${principal.boundaryArn}|${unread.join()}`
    const bundle = this.#bundles.get(key) ?? {lead: principal, byAction: new Map(), personal: undefined}
    this.#bundles.set(key, bundle)
    this.#bundleOf.set(principal, bundle)
    return bundle
  }

  #documentId(document: string): number {
    return idOf(this.#documents, document)
  }

  #aboutAction({lead, byAction}: Bundle, actionKey: string): BundleAction {
    const known = byAction.get(actionKey)
    if (known !== undefined) return known
    const {identity, boundary, scp, rcp} = this.#layersOf(lead)
    const own = statementsOf(identity, actionKey)
    const holds = isPartial(identity) || own.some(({effect}) => effect === 'Allow')
    const found = holds
      ? this.#heldAction({identity, boundary, own, levels: [...(scp ?? []), ...(rcp ?? [])]}, actionKey)
      : NOTHING
    const about = {...found, only: undefined, last: undefined}
    byAction.set(actionKey, about)
    return about
  }

  #heldAction(
    {
      identity,
      boundary,
      own,
      levels,
    }: {
      readonly identity: PolicySet
      readonly boundary: PolicySet | null
      readonly own: readonly CompiledStatement[]
      readonly levels: readonly PolicySet[]
    },
    actionKey: string,
  ): Omit<BundleAction, 'only' | 'last'> {
    const bounding = boundary === null ? [] : statementsOf(boundary, actionKey)
    const above = levels.flatMap((level) => statementsOf(level, actionKey))
    const statements = [...own, ...bounding, ...above]
    return {
      holds: true,
      signature: [
        this.#idsOf(own),
        this.#idsOf(above),
        unreadPart(identity),
        boundary === null ? 'none' : `${this.#idsOf(bounding)} ${unreadPart(boundary)}`,
      ].join('|'),
      own,
      statements,
      ...personalIn(statements),
    }
  }

  #idsOf(statements: readonly CompiledStatement[]): string {
    return [...new Set(statements.map((statement) => this.#statementId(statement)))].sort((a, b) => a - b).join()
  }

  #statementId(statement: CompiledStatement): number {
    const known = this.#statementIds.get(statement)
    if (known !== undefined) return known
    const id = idOf(this.#texts, textOf(statement))
    this.#statementIds.set(statement, id)
    return id
  }

  #personalPart(
    {personal, hasVariables}: Pick<BundleAction, 'personal' | 'hasVariables'>,
    principal: AccountPrincipal,
  ): string {
    if (hasVariables) return principal.arn
    const context = this.#contextOf(principal)
    return personal.map((condition) => testCondition(condition, context)).join('')
  }
}

function personalIn(statements: readonly CompiledStatement[]): Pick<BundleAction, 'personal' | 'hasVariables'> {
  return {
    personal: statements.flatMap(({conditions}) => conditions.filter(({lookUpKey}) => PERSONAL_KEY.test(lookUpKey))),
    hasVariables: statements.some(usesVariables),
  }
}

const personalMemo = new WeakMap<CompiledPolicy, ReturnType<typeof personalIn>>()

function personalOf(policy: CompiledPolicy): ReturnType<typeof personalIn> {
  const known = personalMemo.get(policy)
  if (known !== undefined) return known
  const found = personalIn(policy.statements)
  personalMemo.set(policy, found)
  return found
}

const NOTHING: Omit<BundleAction, 'only' | 'last'> = {
  holds: false,
  signature: 'none',
  own: [],
  statements: [],
  personal: [],
  hasVariables: false,
}

function idOf(ids: Map<string, number>, text: string): number {
  const known = ids.get(text)
  if (known !== undefined) return known
  const id = ids.size
  ids.set(text, id)
  return id
}

function statementsOf({policies}: PolicySet, actionKey: string): readonly CompiledStatement[] {
  return policies.flatMap((policy) => policy.statementsFor(actionKey))
}

function unreadPart({policies, unread}: PolicySet): string {
  const refused = policies.filter((policy: CompiledPolicy) => policy.refused).map(({name}) => name)
  return [...unread, ...refused].join()
}

/** What a statement says about an action that it is known to be about. */
function textOf({effect, notResources, resources, conditions}: CompiledStatement): string {
  return JSON.stringify([
    effect,
    notResources,
    resources?.map(({source}) => source),
    conditions.map(({operator, lookUpKey, values}) => [operator.name, lookUpKey, values.map(({source}) => source)]),
  ])
}

function usesVariables({resources = [], conditions}: CompiledStatement): boolean {
  const open = ({source}: Pick<ResourcePattern, 'source'>) => source.includes('${')
  return resources.some(open) || conditions.some(({values}) => values.some(open))
}
