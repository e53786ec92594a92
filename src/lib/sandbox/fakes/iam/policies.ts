import type * as Iam from '@aws-sdk/client-iam'
import {handlersFor} from '../../handler.js'
import type {IamState, ManagedPolicy} from '../../world/iam-state.js'
import {policyEntry, versionEntries} from './describe.js'
import {findPolicy, holdersOf, iam, iamPage, noSuchEntity, tagList} from './lookup.js'

export const policies = handlersFor<typeof Iam>()({
  ListPolicies({Scope = 'All', OnlyAttached = false, PathPrefix = '/', PolicyUsageFilter, ...paging}, context) {
    const state = iam(context)
    const owner = {All: undefined, AWS: 'aws', Local: 'account'}[Scope]
    const wanted = [...state.policies.values()]
      .filter(({ownedBy, path}) => (owner === undefined || ownedBy === owner) && path.startsWith(PathPrefix))
      .filter((policy) => !OnlyAttached || isUsed(policy, PolicyUsageFilter, state))
    const what = JSON.stringify([Scope, OnlyAttached, PathPrefix, PolicyUsageFilter])
    const {items, ends} = iamPage(wanted, paging, context, what)
    return {Policies: items.map((policy) => policyEntry(policy, state)), ...ends}
  },

  GetPolicy({PolicyArn}, context) {
    const policy = findPolicy(PolicyArn, context)
    const {description, tags} = policy
    const Description = description === undefined ? {} : {Description: description}
    return {Policy: {...policyEntry(policy, iam(context)), ...Description, Tags: tagList(tags)}}
  },

  GetPolicyVersion({PolicyArn, VersionId}, context) {
    const versions = versionEntries(findPolicy(PolicyArn, context), true)
    const version = versions.find((one) => one.VersionId === VersionId)
    if (!version) throw noSuchEntity(`Policy ${PolicyArn} version ${VersionId} does not exist or is not attachable.`)
    return {PolicyVersion: version}
  },

  ListPolicyVersions({PolicyArn, ...paging}, context) {
    const {items, ends} = iamPage(versionEntries(findPolicy(PolicyArn, context), false), paging, context, PolicyArn)
    return {Versions: items, ...ends}
  },

  ListEntitiesForPolicy({PolicyArn, EntityFilter, PathPrefix = '/', PolicyUsageFilter, ...paging}, context) {
    const state = iam(context)
    const policy = findPolicy(PolicyArn, context)
    const bounded = [...state.users, ...state.roles].filter(({boundary}) => boundary === policy.name)
    const wanted = (PolicyUsageFilter === 'PermissionsBoundary' ? bounded : holdersOf(policy, state))
      .filter(({path}) => path.startsWith(PathPrefix))
      .filter(({kind}) => EntityFilter === undefined || EntityFilter.toLowerCase() === kind)
    const what = JSON.stringify([PolicyArn, EntityFilter, PathPrefix, PolicyUsageFilter])
    const {items, ends} = iamPage(wanted, paging, context, what)
    const of = (kind: string) => items.filter((one) => one.kind === kind)
    return {
      PolicyGroups: of('group').map(({name, id}) => ({GroupName: name, GroupId: id})),
      PolicyUsers: of('user').map(({name, id}) => ({UserName: name, UserId: id})),
      PolicyRoles: of('role').map(({name, id}) => ({RoleName: name, RoleId: id})),
      ...ends,
    }
  },
})

function isUsed(policy: ManagedPolicy, usage: string | undefined, state: IamState): boolean {
  const bounds = [...state.users, ...state.roles].some(({boundary}) => boundary === policy.name)
  const attached = holdersOf(policy, state).length > 0
  if (usage === 'PermissionsBoundary') return bounds
  return usage === 'PermissionsPolicy' ? attached : attached || bounds
}
