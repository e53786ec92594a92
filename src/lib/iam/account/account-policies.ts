import {type Reading, read, regionsOf} from '../../account/read.js'
import type {AccountSnapshot} from '../../account/snapshot.schema.js'
import {type CallerNetwork, callerContext} from '../caller-context.js'
import type {IamFacts} from '../iam-facts.schema.js'
import type {Actor} from '../legs/judge-call.js'
import type {ControlLevel, PolicyLayers, PolicySet} from '../policy-layers.js'
import type {ContextValues} from '../request-context.js'
import type {AccountPrincipal} from './account-principal.js'
import {type OrganizationFacts, readOrganizationFacts} from './control-levels.js'
import {PolicyLibrary} from './policy-library.js'
import {readPrincipals} from './read-principals.js'
import {ownerOfBucket, ResourcePolicies} from './resource-policies.js'

export type {AccountPrincipal, NamedPolicy} from './account-principal.js'

/** Every policy of an account that a snapshot holds, ready for the evaluator. */
export interface AccountPolicies {
  readonly partition: string
  readonly account: string
  /** Id; null: the account is in none; undefined: not known. */
  readonly organization: string | null | undefined
  readonly managementAccount: PolicyLayers['managementAccount']
  /** Users and roles, sorted by ARN; unread when `iam:authorization-details` was not read. */
  readonly principals: Reading<readonly AccountPrincipal[]>
  /** From the root to this account; null: nothing of the kind binds it. What was not read is a level that says so. */
  readonly scp: readonly ControlLevel[] | null
  readonly rcp: readonly ControlLevel[] | null
  /**
   * By ARN (also of a session), `user/NAME`, `role/NAME`, or a name alone. Undefined when there is none, when the
   * principals were not read, and when a name alone means a user and a role.
   */
  find(nameOrArn: string): AccountPrincipal | undefined
  /**
   * The principal as the caller of something. With an endpoint its policy and its ids count; without `through` nothing is
   * known of the network, and no endpoint policy counts. `values` win over what is derived.
   */
  actor(principal: AccountPrincipal, through?: CallerNetwork, values?: ContextValues): Actor
  /** Bedrock, or another service, as the trust policy of a role and the control policies on it see it. */
  serviceActor(name: string): Actor
  /** Undefined when the snapshot holds no such endpoint. */
  endpointPolicy(vpceId: string): PolicySet | undefined
  /** The policy on a resource; null when it is known to have none. What was not read says so. */
  resourcePolicies(arn: string): PolicySet | null
  /** Account that owns what an ARN without account names (S3); undefined when the ARN has to decide. */
  resourceAccount(arn: string): string | undefined
}

/** Reads nothing anew: all is taken from the snapshot, and compiled when it is first asked. */
export function openAccountPolicies(snapshot: AccountSnapshot, facts: IamFacts): AccountPolicies {
  return new SnapshotPolicies(snapshot, facts)
}

class SnapshotPolicies implements AccountPolicies {
  readonly partition: string
  readonly account: string
  readonly #snapshot: AccountSnapshot
  readonly #library = new PolicyLibrary()
  readonly #organization: OrganizationFacts
  readonly #resources: ResourcePolicies
  readonly #endpoints = new Map<string, PolicySet | undefined>()
  #principals: Reading<readonly AccountPrincipal[]> | undefined
  #index: ReadonlyMap<string, AccountPrincipal | undefined> | undefined

  constructor(snapshot: AccountSnapshot, facts: IamFacts) {
    this.#snapshot = snapshot
    this.partition = snapshot.partition
    this.account = snapshot.caller.account
    this.#organization = readOrganizationFacts(snapshot, this.#library)
    this.#resources = new ResourcePolicies(snapshot, this.#library, (arn) => this.find(arn), facts)
  }

  get organization(): string | null | undefined {
    return this.#organization.organization
  }

  get managementAccount(): PolicyLayers['managementAccount'] {
    return this.#organization.managementAccount
  }

  get scp(): readonly ControlLevel[] | null {
    return this.#organization.scp
  }

  get rcp(): readonly ControlLevel[] | null {
    return this.#organization.rcp
  }

  get principals(): Reading<readonly AccountPrincipal[]> {
    this.#principals ??= this.#readPrincipals()
    return this.#principals
  }

  find(nameOrArn: string): AccountPrincipal | undefined {
    this.#index ??= indexOf(this.principals.state === 'read' ? this.principals.value : [])
    const session = /^arn:[^:]*:sts::\d{12}:assumed-role\/([^/]+)\//.exec(nameOrArn)
    return this.#index.get(session ? `role/${session[1]}` : nameOrArn)
  }

  actor(principal: AccountPrincipal, through?: CallerNetwork, values?: ContextValues): Actor {
    const endpoint = through?.kind === 'endpoint' ? this.#layerOf(through.vpcEndpointId) : null
    const {organization, path} = this.#organization
    return {
      principal: principal.principal,
      layers: endpoint === null ? principal.layers : {...principal.layers, endpoint},
      context: callerContext(principal.principal, {
        tags: Object.fromEntries(principal.tags.map(({key, value}) => [key, value])),
        ...(organization !== undefined && {organization}),
        ...(through !== undefined && {network: through}),
        values: {
          ...(path !== undefined && {'aws:PrincipalOrgPaths': path === null ? null : [path]}),
          ...(principal.kind === 'user' && {'aws:userid': principal.id}),
          ...values,
        },
      }),
    }
  }

  serviceActor(name: string): Actor {
    const principal = {kind: 'service', name} as const
    const {organization, path, scp, rcp, managementAccount} = this.#organization
    const values = {
      ...(organization !== undefined && {'aws:SourceOrgID': organization}),
      ...(path !== undefined && {'aws:SourceOrgPaths': path === null ? null : [path]}),
    }
    return {
      principal,
      layers: {
        identity: {policies: [], unread: []},
        boundary: null,
        session: null,
        scp,
        rcp,
        managementAccount,
        resource: null,
        endpoint: null,
      },
      context: callerContext(principal, {tags: {}, values}),
    }
  }

  endpointPolicy(vpceId: string): PolicySet | undefined {
    if (this.#endpoints.has(vpceId)) return this.#endpoints.get(vpceId)
    const found = this.#readEndpointPolicy(vpceId)
    this.#endpoints.set(vpceId, found)
    return found
  }

  resourcePolicies(arn: string): PolicySet | null {
    return this.#resources.find(arn)
  }

  resourceAccount(arn: string): string | undefined {
    return ownerOfBucket(this.#snapshot, arn)
  }

  #readPrincipals(): Reading<readonly AccountPrincipal[]> {
    const details = read(this.#snapshot, 'iam:authorization-details')
    if (details.state === 'unread') return details
    const {scp, rcp, managementAccount} = this.#organization
    return {state: 'read', value: readPrincipals(details.value, {scp, rcp, managementAccount}, this.#library)}
  }

  #layerOf(vpceId: string): PolicySet {
    return this.endpointPolicy(vpceId) ?? {policies: [], unread: [`the snapshot does not hold ${vpceId}`]}
  }

  #readEndpointPolicy(vpceId: string): PolicySet | undefined {
    for (const region of regionsOf(this.#snapshot, 'ec2:vpc-endpoints')) {
      const endpoints = read(this.#snapshot, 'ec2:vpc-endpoints', region)
      const found = endpoints.state === 'read' ? endpoints.value.find(({id}) => id === vpceId) : undefined
      if (found === undefined) continue
      return found.policy === null
        ? {policies: [], unread: [`ec2:DescribeVpcEndpoints shows no policy of ${vpceId}`]}
        : {policies: [this.#library.policy(vpceId, found.policy, 'endpoint')], unread: []}
    }
    return undefined
  }
}

/** Every way to name a principal; undefined for a name that means two. */
function indexOf(principals: readonly AccountPrincipal[]): ReadonlyMap<string, AccountPrincipal | undefined> {
  const index = new Map<string, AccountPrincipal | undefined>()
  for (const principal of principals) {
    const {arn, kind, name} = principal
    index.set(arn, principal)
    index.set(`${kind}/${name}`, principal)
    index.set(name, index.has(name) ? undefined : principal)
  }
  return index
}
