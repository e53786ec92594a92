import type {ReadValues} from '../../account/snapshot.schema.js'
import {parseArn} from '../../core/arn.js'
import {layersOf, type PolicyLayers, type PolicySet} from '../policy-layers.js'
import type {Principal} from '../principal.js'
import type {AccountPrincipal, NamedPolicy} from './account-principal.js'
import type {PolicyLibrary} from './policy-library.js'

type Details = ReadValues['iam:authorization-details']
type Attached = Pick<Details['groups'][number], 'inlinePolicies' | 'attachedPolicies'>
type Control = Pick<PolicyLayers, 'scp' | 'rcp' | 'managementAccount'>

/** Characters of all inline policies of one holder together. */
const INLINE_LIMITS = {user: 2048, role: 10_240, group: 5120} as const
const SERVICE_LINKED = '/aws-service-role/'

/** Users and roles with all their policies, sorted by ARN. Policies the snapshot lacks are told as not read. */
export function readPrincipals(
  details: Details,
  control: Control,
  library: PolicyLibrary,
): readonly AccountPrincipal[] {
  const policies = new PrincipalPolicies(details, library)
  const users = details.users.map((user): AccountPrincipal => {
    const own = policies.ownedBy(user, 'user')
    const groups = user.groups.map((name) => policies.ofGroup(name))
    const all = [...own, ...groups.flatMap((group) => group?.policies ?? [])]
    const missing = user.groups.filter((_, index) => groups[index] === undefined)
    const principal: Principal = {kind: 'user', arn: user.arn, account: accountOf(user.arn)}
    return {
      ...commonOf(user, all),
      kind: 'user',
      serviceLinked: false,
      principal,
      layers: layersOf({
        ...control,
        identity: setOf(all, missing.map(missingGroup)),
        boundary: policies.boundary(user.boundaryArn),
      }),
      trust: null,
      trustDocument: null,
    }
  })
  const roles = details.roles.map((role): AccountPrincipal => {
    const all = policies.ownedBy(role, 'role')
    const serviceLinked = role.path.startsWith(SERVICE_LINKED)
    return {
      ...commonOf(role, all),
      kind: 'role',
      serviceLinked,
      principal: {kind: 'role', arn: role.arn, account: accountOf(role.arn), serviceLinked},
      layers: layersOf({...control, identity: setOf(all, []), boundary: policies.boundary(role.boundaryArn)}),
      trust: role.trust === null ? null : library.policy('trust policy', role.trust, 'trust'),
      trustDocument: role.trust,
      lastUsedAt: role.lastUsedAt,
    }
  })
  return [...users, ...roles].sort(({arn: one}, {arn: other}) => (one < other ? -1 : one > other ? 1 : 0))
}

type Common = Pick<AccountPrincipal, 'arn' | 'name' | 'path' | 'id' | 'boundaryArn' | 'tags' | 'createdAt' | 'policies'>

function commonOf(
  {arn, name, path, id, boundaryArn, tags, createdAt}: Details['users'][number] | Details['roles'][number],
  policies: readonly NamedPolicy[],
): Common {
  return {arn, name, path, id, boundaryArn, tags, createdAt, policies}
}

function accountOf(arn: string): string {
  return parseArn(arn)?.account ?? ''
}

function missingGroup(name: string): string {
  return `iam:GetAccountAuthorizationDetails gave no group ${name}`
}

function missingPolicy(arn: string): string {
  return `iam:GetAccountAuthorizationDetails gave no document of ${arn}`
}

/** The policies that were read count; of the others it is told that they are missing. */
function setOf(policies: readonly NamedPolicy[], unread: readonly string[]): PolicySet {
  const unknown = policies.filter(({document}) => document === null)
  return {
    policies: policies.filter(({document}) => document !== null).map(({compiled}) => compiled),
    unread: [...unread, ...unknown.map(({arn, name}) => missingPolicy(arn ?? name))],
  }
}

/** Policies by holder; what several principals share is made once. */
class PrincipalPolicies {
  readonly #library: PolicyLibrary
  readonly #managed: ReadonlyMap<string, Details['policies'][number]>
  readonly #groups: ReadonlyMap<string, Attached>
  readonly #attached = new Map<string, NamedPolicy>()
  readonly #groupPolicies = new Map<string, {readonly policies: readonly NamedPolicy[]} | undefined>()
  readonly #boundaries = new Map<string, PolicySet>()

  constructor(details: Details, library: PolicyLibrary) {
    this.#library = library
    this.#managed = new Map(details.policies.map((policy) => [policy.arn, policy]))
    this.#groups = new Map(details.groups.map((group) => [group.name, group]))
  }

  ownedBy(holder: Attached, kind: 'user' | 'role'): readonly NamedPolicy[] {
    return [
      ...this.#inline(holder, {origin: 'inline', group: null, sizeLimit: INLINE_LIMITS[kind]}),
      ...holder.attachedPolicies.map((arn) => this.#attachment(arn, null)),
    ]
  }

  /** Undefined when there is no such group in the snapshot. */
  ofGroup(name: string): {readonly policies: readonly NamedPolicy[]} | undefined {
    if (this.#groupPolicies.has(name)) return this.#groupPolicies.get(name)
    const group = this.#groups.get(name)
    const found = group && {
      policies: [
        ...this.#inline(group, {origin: 'group-inline', group: name, sizeLimit: INLINE_LIMITS.group}),
        ...group.attachedPolicies.map((arn) => this.#attachment(arn, name)),
      ],
    }
    this.#groupPolicies.set(name, found)
    return found
  }

  boundary(arn: string | null): PolicySet | null {
    if (arn === null) return null
    const known = this.#boundaries.get(arn)
    if (known !== undefined) return known
    const found = this.#managed.get(arn)
    const document = found?.document ?? null
    const set: PolicySet =
      document === null
        ? {policies: [], unread: [missingPolicy(arn)]}
        : {policies: [this.#library.policy(nameOf(arn), document, 'boundary', sizeLimit(arn))], unread: []}
    this.#boundaries.set(arn, set)
    return set
  }

  #inline(
    {inlinePolicies}: Attached,
    {sizeLimit, ...rest}: Pick<NamedPolicy, 'origin' | 'group'> & {readonly sizeLimit: number},
  ): readonly NamedPolicy[] {
    return inlinePolicies.map(({name, document}) => {
      const compiled = this.#library.policy(name, document, 'identity', sizeLimit)
      return {name, arn: null, document, compiled, ...rest}
    })
  }

  #attachment(arn: string, group: string | null): NamedPolicy {
    const key = `${group ?? ''}\n${arn}`
    const known = this.#attached.get(key)
    if (known !== undefined) return known
    const found = this.#managed.get(arn)
    const name = found?.name ?? nameOf(arn)
    const document = found?.document ?? null
    const origin = group === null ? 'managed' : 'group-managed'
    const compiled = this.#library.policy(name, document, 'identity', sizeLimit(arn))
    const policy: NamedPolicy = {name, arn, origin, group, document, compiled}
    this.#attached.set(key, policy)
    return policy
  }
}

function nameOf(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1)
}

/** AWS's own managed policies are not bound by the limit of customers. */
function sizeLimit(arn: string): number | undefined {
  return accountOf(arn) === 'aws' ? Number.POSITIVE_INFINITY : undefined
}
