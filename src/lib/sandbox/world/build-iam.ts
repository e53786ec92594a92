import type {
  AccessKey,
  Group,
  IamState,
  ManagedPolicy,
  PolicyHolder,
  Principal,
  Role,
  ServiceCredential,
  User,
} from './iam-state.js'
import {awsManagedPolicies} from './managed-policies.js'
import {misfit} from './misfit.js'
import {momentAt} from './moment.js'
import {NO_CONTROLS} from './organization-controls.js'
import type {ScenarioAccount, ScenarioIam, ScenarioRole} from './scenario.schema.js'
import {trustPolicy} from './trust-policy.js'
import {iamId} from './unique-id.js'

type ScenarioUser = NonNullable<ScenarioIam['users']>[number]
type ScenarioGroup = NonNullable<ScenarioIam['groups']>[number]
type ScenarioPolicy = NonNullable<ScenarioIam['policies']>[number]

interface Owner {
  readonly scenario: ScenarioAccount
  readonly partition: string
  readonly now: number
}

/** The IAM of an account of a scenario; every policy, group and boundary that something names must be there. */
export function buildIam(scenario: ScenarioAccount, now: number): IamState {
  const owner: Owner = {scenario, partition: scenario.partition ?? 'aws', now}
  const {iam = {}} = scenario
  const state: IamState = {
    alias: iam.alias,
    users: byName([...(iam.users ?? []), ...unlistedUsers(scenario)].map((user) => toUser(user, owner))),
    groups: byName((iam.groups ?? []).map((group) => toGroup(group, owner))),
    roles: byName((scenario.roles ?? []).map((role) => toRole(role, owner))),
    policies: policiesOf(iam, owner),
    controls: NO_CONTROLS,
    reports: new Map(),
    credentialReport: undefined,
  }
  checkNames(state, scenario.id)
  return state
}

function byName<Item extends {readonly name: string}>(items: readonly Item[]): readonly Item[] {
  return [...items].sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** A key belongs to a user, whether the scenario says more of him or not. */
function unlistedUsers({keys, iam}: ScenarioAccount): readonly ScenarioUser[] {
  const listed = new Set(iam?.users?.map(({name}) => name))
  const names = new Set(keys.map(({user}) => user).filter((name) => !listed.has(name)))
  return [...names].map((name) => ({name}))
}

function policiesOf(iam: ScenarioIam, owner: Owner): ReadonlyMap<string, ManagedPolicy> {
  const own = byName((iam.policies ?? []).map((policy) => toPolicy(policy, owner)))
  return new Map([...own.map((policy) => [policy.arn, policy] as const), ...awsManagedPolicies(owner.partition)])
}

function toPolicy(policy: ScenarioPolicy, owner: Owner): ManagedPolicy {
  const path = policy.path ?? '/'
  const createdAt = since(policy.createdOn, owner)
  const documents = [...(policy.earlier ?? []), policy.document]
  return {
    arn: iamArn(owner, `policy${path}${policy.name}`),
    id: iamId('ANPA', owner.scenario.id, policy.name),
    name: policy.name,
    path,
    description: policy.description,
    ownedBy: 'account',
    createdAt,
    updatedAt: createdAt,
    tags: policy.tags ?? {},
    versions: documents.map((document, index) => ({id: `v${index + 1}`, document, createdAt})).reverse(),
  }
}

const ID_PREFIX = {user: 'AIDA', group: 'AGPA', role: 'AROA'} as const

function holder<Kind extends PolicyHolder['kind']>(kind: Kind, item: ScenarioGroup, owner: Owner) {
  const path = item.path ?? '/'
  return {
    kind,
    arn: iamArn(owner, `${kind}${path}${item.name}`),
    id: iamId(ID_PREFIX[kind], owner.scenario.id, item.name),
    name: item.name,
    path,
    createdAt: since(item.createdOn, owner),
    inline: item.inline ?? {},
    attached: item.attached ?? [],
  }
}

function principal<Kind extends 'user' | 'role'>(kind: Kind, item: ScenarioUser | ScenarioRole, owner: Owner) {
  const used = Object.entries(item.lastAccessed ?? {}).map(
    ([service, on]) => [service, momentAt(on, owner.now)] as const,
  )
  return {
    ...holder(kind, item, owner),
    boundary: item.boundary,
    tags: item.tags ?? {},
    lastAccessed: Object.fromEntries(used),
  } satisfies Principal
}

function toGroup(group: ScenarioGroup, owner: Owner): Group {
  return holder('group', group, owner)
}

function toRole(role: ScenarioRole, owner: Owner): Role {
  const {lastUsed} = role
  return {
    ...principal('role', role, owner),
    description: role.description,
    trust: role.trust ?? trustPolicy(role, owner.partition),
    trustedAccounts: role.trusts ?? [],
    externalId: role.externalId,
    maxSessionSeconds: role.maxSessionSeconds ?? 3600,
    webIdentity: role.webIdentity ?? false,
    lastUsed: lastUsed && {at: momentAt(lastUsed.on, owner.now), region: lastUsed.region},
  }
}

function toUser(user: ScenarioUser, owner: Owner): User {
  const {console: login} = user
  return {
    ...principal('user', user, owner),
    groups: user.groups ?? [],
    console: login && {
      createdAt: since(login.createdOn ?? user.createdOn, owner),
      lastUsedAt: login.lastUsed === undefined ? undefined : momentAt(login.lastUsed, owner.now),
    },
    mfa: user.mfa ?? false,
    accessKeys: [...signingKeys(user, owner), ...(user.accessKeys ?? []).map((key) => toAccessKey(key, user, owner))],
    serviceCredentials: (user.apiKeys ?? []).map((key) => toCredential(key, user, owner)),
  }
}

/** The keys that callers of this sandbox sign with are in use today. */
function signingKeys(user: ScenarioUser, owner: Owner): readonly AccessKey[] {
  return owner.scenario.keys
    .filter((key) => key.user === user.name)
    .map(({accessKeyId}) => ({
      id: accessKeyId,
      createdAt: since(user.createdOn, owner),
      active: true,
      lastUsed: {at: owner.now, region: 'us-east-1', service: 'sts'},
    }))
}

function toAccessKey(
  key: NonNullable<ScenarioUser['accessKeys']>[number],
  user: ScenarioUser,
  owner: Owner,
): AccessKey {
  const {lastUsed} = key
  return {
    id: key.accessKeyId,
    createdAt: since(key.createdOn ?? user.createdOn, owner),
    active: key.active ?? true,
    lastUsed: lastUsed && {at: momentAt(lastUsed.on, owner.now), region: lastUsed.region, service: lastUsed.service},
  }
}

type ScenarioApiKey = NonNullable<ScenarioUser['apiKeys']>[number]

function toCredential(key: ScenarioApiKey, {name}: ScenarioUser, {scenario, now}: Owner): ServiceCredential {
  return {
    id: key.id,
    service: key.service ?? 'bedrock.amazonaws.com',
    alias: `${name}-at-${scenario.id}`,
    createdAt: momentAt(key.createdOn, now),
    expiresAt: key.expiresOn === undefined ? undefined : momentAt(key.expiresOn, now),
    active: key.active ?? true,
  }
}

function since(moment: string | undefined, {scenario, now}: Owner): number {
  return momentAt(moment ?? scenario.createdOn, now)
}

function iamArn({scenario, partition}: Owner, resource: string): string {
  return `arn:${partition}:iam::${scenario.id}:${resource}`
}

function checkNames({users, groups, roles, policies}: IamState, account: string): void {
  const managed = new Set([...policies.values()].map(({name}) => name))
  const wanted = [
    ...[...users, ...groups, ...roles].flatMap((one) => one.attached),
    ...[...users, ...roles].flatMap(({boundary}) => boundary ?? []),
  ]
  const unknown = wanted.find((name) => !managed.has(name))
  if (unknown !== undefined) throw misfit(`accounts[${account}].iam`, `there is no managed policy ${unknown}`)
  const teams = new Set(groups.map(({name}) => name))
  const missing = users.flatMap((user) => user.groups).find((name) => !teams.has(name))
  if (missing !== undefined) throw misfit(`accounts[${account}].iam.users`, `there is no group ${missing}`)
}
