import {BedrockctlError} from '../../core/errors.js'
import {AWS_NETWORK, type CallerNetwork, callerContext} from '../../iam/caller-context.js'
import {compilePolicy} from '../../iam/compile-policy.js'
import {evaluateRequest} from '../../iam/evaluate-request.js'
import type {IamFacts} from '../../iam/iam-facts.schema.js'
import {type Actor, judgeCall, prepareCall} from '../../iam/legs/judge-call.js'
import {workloadLegs} from '../../iam/legs/workload-legs.js'
import type {PolicyKind} from '../../iam/policy-document.js'
import {layersOf, NO_POLICIES, type PolicySet} from '../../iam/policy-layers.js'
import type {Principal} from '../../iam/principal.js'
import {createRequest} from '../../iam/request.js'
import {createContext} from '../../iam/request-context.js'
import type {Ask} from './ask.js'
import type {GeneratedPolicy, GeneratedRole, ProofLine} from './generate.schema.js'
import {BEDROCK} from './service-role.js'

export interface Proven {
  readonly account: string
  readonly partition: string
  /** The way the policies are made for; undefined: any. */
  readonly network: CallerNetwork | undefined
  readonly policies: readonly GeneratedPolicy[]
  readonly role: GeneratedRole | undefined
}

/** Asks the evaluator everything that must and must not be allowed, of the very texts that are printed. */
export function prove(asks: readonly Ask[], proven: Proven, facts: IamFacts): readonly ProofLine[] {
  const judge = new Judge(proven, facts)
  const lines = asks.map((ask): ProofLine => {
    const {what, expected, asked} = ask
    const isAction = asked.kind === 'action'
    return {
      what,
      expected,
      outcome: judge.outcome(ask),
      action: isAction ? asked.action : null,
      resource: isAction ? asked.resource : null,
    }
  })
  const wrong = lines.filter(({expected, outcome}) => expected !== outcome)
  if (wrong.length === 0) return lines
  throw new BedrockctlError('POLICY_NOT_PROVEN', 'The policies do not do what they are for, and are not printed.', {
    fault: 'internal',
    why: wrong.map(({what, expected, outcome}) => `${what}: ${outcome}, not ${expected}`).join('\n'),
    hint: 'Please report this with the command line.',
  })
}

class Judge {
  readonly #proven: Proven
  readonly #facts: IamFacts
  readonly #caller: PolicySet
  readonly #role: PolicySet
  readonly #trust: PolicySet | null
  /** A key leaves it to the account who may use it; that is what AWS sets up. */
  readonly #keyPolicy: PolicySet

  constructor(proven: Proven, facts: IamFacts) {
    this.#proven = proven
    this.#facts = facts
    const {policies, role, account, partition} = proven
    const attached = (to: (name: string) => boolean) =>
      setOf(
        'identity',
        policies.filter(({attachTo}) => to(attachTo)).map(({document}) => document),
      )
    this.#caller = attached((name) => name === 'caller')
    this.#role = attached((name) => name !== 'caller')
    this.#trust = role === undefined ? null : setOf('trust', [role.trust])
    const root = `arn:${partition}:iam::${account}:root`
    const statement = {Effect: 'Allow', Principal: {AWS: root}, Action: 'kms:*', Resource: '*'}
    this.#keyPolicy = setOf('resource', [{Version: '2012-10-17', Statement: [statement]}])
  }

  outcome(ask: Ask): ProofLine['outcome'] {
    const {asked} = ask
    const actor = this.#actor(ask)
    if (asked.kind === 'call') {
      const legs = workloadLegs(asked.workload, asked.place)
      const serviceRole = this.#actor({...ask, who: 'service-role'})
      const service = this.#actor({...ask, who: 'service'})
      const resourcePolicies = (arn: string) => this.#resourcePolicy(arn)
      const subject = {caller: actor, serviceRole, service, resourcePolicies}
      return judgeCall(prepareCall(legs), subject, this.#facts).outcome
    }
    const request = createRequest({
      action: asked.action,
      resource: asked.resource,
      principal: actor.principal,
      context: createContext(asked.context ?? {}, {extends: actor.context}),
      ...(asked.owner !== undefined && {resourceAccount: asked.owner}),
    })
    const layers = {...actor.layers, resource: this.#resourcePolicy(asked.resource)}
    return evaluateRequest(request, layers, this.#facts.rcp).outcome
  }

  #actor({who, network, service}: Ask): Actor {
    const {account, partition, role} = this.#proven
    if (who === 'service') {
      const principal: Principal = {kind: 'service', name: service ?? BEDROCK}
      return {principal, layers: layersOf({}), context: callerContext(principal, {tags: {}, organization: null})}
    }
    const isRole = who === 'service-role'
    const arn = isRole && role ? role.arn : `arn:${partition}:iam::${account}:role/caller`
    const principal: Principal = {kind: 'role', arn, account}
    const way = network ?? this.#proven.network
    return {
      principal,
      layers: layersOf({identity: isRole ? this.#role : this.#caller}),
      context: callerContext(principal, {
        tags: {},
        organization: null,
        ...(way !== undefined && !isRole && {network: way}),
        ...(isRole && {values: AWS_NETWORK}),
      }),
    }
  }

  #resourcePolicy(arn: string): PolicySet | null {
    if (arn === this.#proven.role?.arn) return this.#trust
    return /^arn:[^:]+:kms:/.test(arn) ? this.#keyPolicy : null
  }
}

function setOf(kind: PolicyKind, documents: readonly object[]): PolicySet {
  if (documents.length === 0) return NO_POLICIES
  return {
    policies: documents.map((document, index) => compilePolicy(document, {kind, name: `${kind}-${index + 1}`})),
    unread: [],
  }
}
