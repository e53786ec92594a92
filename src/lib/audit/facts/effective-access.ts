import type {AccountPrincipal} from '../../iam/account/account-policies.js'
import {type Decision, evaluateRequest} from '../../iam/evaluate-request.js'
import {explainDecision} from '../../iam/explain-decision.js'
import type {Explanation} from '../../iam/explanation.js'
import type {Actor} from '../../iam/legs/judge-call.js'
import type {ControlLevel, PolicyLayers, PolicySet} from '../../iam/policy-layers.js'
import {type AuthorizationRequest, createRequest} from '../../iam/request.js'
import {type ContextValues, createContext, type RequestContext} from '../../iam/request-context.js'
import {type NamedResource, nameResource} from '../../iam/resource-pattern.js'
import type {AuditContext} from '../audit-context.js'
import type {Missing} from '../finding.schema.js'
import {missingOf} from '../judge-resource.js'
import {circumstancesOf, type Networks, networksOf} from './access-circumstances.js'
import {type AccessClass, AccessClasses, type AccessGroup} from './access-class.js'
import {missingOfGaps} from './access-gaps.js'
import {defaultKeyPolicy} from './default-key-policy.js'
import {holdsAction, reachesResource, touchesService} from './policy-reach.js'

export type Outcome = Decision['outcome']

/** One thing that somebody may do, made ready to be asked about everybody. */
export interface Question {
  readonly action: string
  readonly actionKey: string
  readonly resource: string
  readonly values: ContextValues
  /** The resource stands for any that nobody has named: it belongs to the account and has no policy of its own. */
  readonly unnamed: boolean
  /** Id of the VPC endpoint the call passes, whose policy then counts. */
  readonly endpoint: string | undefined
  readonly answers: Map<AccessClass, Outcome>
  /** `values` and `resource`, ready for many principals. */
  readonly context: RequestContext
  readonly named: NamedResource
}

export interface QuestionInput {
  readonly action: string
  readonly resource: string
  /** Region called: `aws:RequestedRegion`, unless `values` say otherwise. */
  readonly region: string
  readonly values?: ContextValues
  readonly unnamed?: boolean
  /** It stands for any resource, so also for one without tags. */
  readonly untagged?: boolean
  /** The VPC endpoint the call passes; without it no endpoint policy counts. */
  readonly through?: {readonly endpoint: string; readonly vpc: string}
}

/** `if-read`: control policies that could not be read are left out, instead of making every answer unknown. */
export type Organization = 'required' | 'if-read'

const AUDITED = ['bedrock', 'cloudtrail:', 'kms:']

/** A caller can sign in with MFA, so what demands it is held to be allowed. */
const SIGNED_IN: ContextValues = {
  'aws:MultiFactorAuthPresent': 'true',
  'aws:MultiFactorAuthAge': '60',
}

/**
 * What users and roles may do after every layer: own and group policies, boundary, control policies at each level.
 * An answer says whether it is possible at all: with MFA, from the network and with the guardrail that policies ask for,
 * unless the question settles them. To use it: `const access = effectiveAccess(context)`, once a question
 * `access.ask({action, resource, region})`, then `access.decide(lead, question)` for each of `access.groups`, and say
 * the answer of every member. Answers are shared by all whose policies say the same about the action, so that ten
 * thousand principals cost little more than a few.
 */
export class EffectiveAccess {
  /** Users and roles of the account without service-linked roles; empty when they were not read. */
  readonly principals: readonly AccountPrincipal[]
  /** Why there are no principals. */
  readonly missing: readonly Missing[]
  readonly #context: AuditContext
  readonly #organization: Organization
  readonly #scp: readonly ControlLevel[] | null
  readonly #rcp: readonly ControlLevel[] | null
  readonly #classes: AccessClasses
  readonly #questions = new Map<string, Question>()
  readonly #defaultKeyPolicy: PolicySet
  readonly #actors = new Map<AccountPrincipal, Actor>()
  #networks: Networks | undefined
  #groups: readonly AccessGroup[] | undefined

  constructor(context: AuditContext, organization: Organization) {
    const {principals} = context.policies
    this.#context = context
    this.#organization = organization
    this.principals = principals.state === 'read' ? principals.value.filter(({serviceLinked}) => !serviceLinked) : []
    this.missing = principals.state === 'read' ? [] : [missingOf(principals)]
    this.#defaultKeyPolicy = defaultKeyPolicy(context.policies.account)
    this.#scp = this.#levels(context.policies.scp)
    this.#rcp = this.#levels(context.policies.rcp)
    this.#classes = new AccessClasses(
      ({layers}) => this.#layersOf(layers),
      (principal) => this.contextOf(principal),
    )
  }

  /**
   * Principals whose own policies allow something in Bedrock, CloudTrail or KMS, those together who get the same answer to
   * every question; ask about one of each. The others have nothing to do with what is audited.
   */
  get groups(): readonly AccessGroup[] {
    this.#groups ??= this.#classes.groupsOf(
      this.principals.filter((principal) => AUDITED.some((service) => touchesService(principal, service))),
    )
    return this.#groups
  }

  /** The same question is made once, whoever asks. */
  ask({action, resource, region, values, unnamed = false, untagged = false, through}: QuestionInput): Question {
    const all: ContextValues = {'aws:RequestedRegion': region, ...networkOf(through), ...values}
    const key = JSON.stringify([action, resource, all, unnamed, untagged])
    const known = this.#questions.get(key)
    if (known !== undefined) return known
    const question: Question = {
      action,
      actionKey: action.toLowerCase(),
      resource,
      values: all,
      unnamed,
      endpoint: through?.endpoint,
      answers: new Map(),
      context: createContext(all, {complete: untagged ? ['aws:ResourceTag/'] : []}),
      named: nameResource(resource),
    }
    this.#questions.set(key, question)
    return question
  }

  decide(principal: AccountPrincipal, question: Question): Outcome {
    const resource = this.#resourcePolicies(question)
    // The policy of a resource or an endpoint may name anybody.
    const byName = (resource !== null && !question.unnamed) || question.endpoint !== undefined
    if (!byName && !holdsAction(principal, question.actionKey)) return 'DENY'
    const found = this.classOf(principal, question.actionKey)
    if (byName) return this.#decideFor(principal, found, question, resource)
    const known = question.answers.get(found)
    if (known !== undefined) return known
    // Where no Allow of theirs names the resource, the other layers have nothing to take away.
    const isReached = resource !== null || reachesResource(found, question.named, this.contextOf(found.lead))
    const outcome = isReached ? this.#decideFor(found.lead, found, question, resource) : 'DENY'
    question.answers.set(found, outcome)
    return outcome
  }

  /** What of several things is allowed and what is not known, in the order given. */
  sort<Item extends {readonly question: Question}>(
    principal: AccountPrincipal,
    items: readonly Item[],
  ): {readonly allowed: readonly Item[]; readonly unknown: readonly Item[]} {
    const allowed: Item[] = []
    const unknown: Item[] = []
    for (const item of items) {
      const outcome = this.decide(principal, item.question)
      if (outcome === 'ALLOW') allowed.push(item)
      else if (outcome === 'UNKNOWN') unknown.push(item)
    }
    return {allowed, unknown}
  }

  /** Whether an own policy allows the action on anything; cheap, and false for most. */
  holds(principal: AccountPrincipal, action: string): boolean {
    return holdsAction(principal, action.toLowerCase())
  }

  /** Whoever is of one class gets the same answer to every question about the action, given in lower case. */
  classOf(principal: AccountPrincipal, actionKey: string): AccessClass {
    return this.#classes.classOf(principal, actionKey)
  }

  /** What is known of the principal as a caller, whatever it asks for. */
  contextOf(principal: AccountPrincipal): RequestContext {
    return this.#actorOf(principal).context
  }

  /** Why, in the first circumstances that give the answer of `decide`. */
  explain(principal: AccountPrincipal, question: Question): Explanation {
    const resource = this.#resourcePolicies(question)
    const found = this.classOf(principal, question.actionKey)
    const outcome = this.decide(principal, question)
    const inWays = [{}, ...this.#waysOf(found, question)]
    const way = inWays.find((values) => this.#evaluate(principal, question, values, resource) === outcome) ?? {}
    const {request, layers} = this.#requestOf(principal, question, way, resource)
    return explainDecision(request, layers, this.#context.iam)
  }

  /** What an answer of UNKNOWN lacks. */
  gaps(principal: AccountPrincipal, question: Question): readonly Missing[] {
    return missingOfGaps(this.explain(principal, question).gaps, question.action)
  }

  #decideFor(principal: AccountPrincipal, found: AccessClass, question: Question, resource: PolicySet | null): Outcome {
    const first = this.#evaluate(principal, question, undefined, resource)
    if (first !== 'UNKNOWN') return first
    const outcomes = this.#waysOf(found, question).map((way) => this.#evaluate(principal, question, way, resource))
    if (outcomes.includes('ALLOW')) return 'ALLOW'
    return outcomes.length > 0 && outcomes.every((outcome) => outcome === 'DENY') ? 'DENY' : 'UNKNOWN'
  }

  #waysOf({statements}: AccessClass, {values}: Question): readonly ContextValues[] {
    this.#networks ??= networksOf(this.#context.snapshot)
    return circumstancesOf(statements, values, this.#networks)
  }

  #evaluate(
    principal: AccountPrincipal,
    question: Question,
    way: ContextValues | undefined,
    resource: PolicySet | null,
  ): Outcome {
    const {request, layers} = this.#requestOf(principal, question, way, resource)
    return evaluateRequest(request, layers, this.#context.iam.rcp).outcome
  }

  #requestOf(
    principal: AccountPrincipal,
    {action, resource, context, unnamed, endpoint}: Question,
    way: ContextValues | undefined,
    resourcePolicies: PolicySet | null,
  ): {readonly request: AuthorizationRequest; readonly layers: PolicyLayers} {
    const {policies} = this.#context
    const owner = unnamed ? policies.account : policies.resourceAccount(resource)
    const caller = this.#actorOf(principal).context
    const request = createRequest({
      action,
      resource,
      principal: principal.principal,
      context: {
        maps: [...context.maps, ...(way ? createContext(way).maps : []), ...caller.maps],
        absentPrefixes: [...context.absentPrefixes, ...caller.absentPrefixes],
      },
      ...(owner !== undefined && {resourceAccount: owner}),
    })
    const layers = {...this.#layersOf(principal.layers), resource: resourcePolicies}
    if (endpoint === undefined) return {request, layers}
    const unread = {policies: [], unread: [`the snapshot does not hold ${endpoint}`]}
    return {request, layers: {...layers, endpoint: policies.endpointPolicy(endpoint) ?? unread}}
  }

  #resourcePolicies({resource, action, unnamed}: Question): PolicySet | null {
    if (resource === '*') return null
    if (!unnamed) return this.#context.policies.resourcePolicies(resource)
    return action.startsWith('kms:') ? this.#defaultKeyPolicy : null
  }

  #actorOf(principal: AccountPrincipal): Actor {
    const known = this.#actors.get(principal)
    if (known !== undefined) return known
    const {now, policies} = this.#context
    const actor = policies.actor(principal, undefined, {
      ...SIGNED_IN,
      'aws:CurrentTime': now.toISOString(),
      'aws:EpochTime': String(Math.floor(now.getTime() / 1000)),
    })
    this.#actors.set(principal, actor)
    return actor
  }

  #layersOf(layers: PolicyLayers): PolicyLayers {
    return this.#organization === 'required' ? layers : {...layers, scp: this.#scp, rcp: this.#rcp}
  }

  #levels(levels: readonly ControlLevel[] | null): readonly ControlLevel[] | null {
    if (levels === null || this.#organization === 'required') return levels
    const known = levels.filter(({policies}) => policies.length > 0).map((level) => ({...level, unread: []}))
    return known.length === 0 ? null : known
  }
}

function networkOf(through: QuestionInput['through']): ContextValues {
  if (through === undefined) return {}
  return {'aws:SourceVpce': through.endpoint, 'aws:SourceVpc': through.vpc, 'aws:SourceIp': null}
}

const known = new WeakMap<AuditContext, Map<Organization, EffectiveAccess>>()

/** One for each context; checks that need no control policies ask with `if-read`. */
export function effectiveAccess(context: AuditContext, organization: Organization = 'required'): EffectiveAccess {
  const ofContext = known.get(context) ?? new Map<Organization, EffectiveAccess>()
  known.set(context, ofContext)
  const isRead = [...(context.policies.scp ?? []), ...(context.policies.rcp ?? [])].every(
    ({unread}) => unread.length === 0,
  )
  const wanted = isRead ? 'required' : organization
  const access = ofContext.get(wanted) ?? new EffectiveAccess(context, wanted)
  ofContext.set(wanted, access)
  return access
}
