import type * as Iam from '@aws-sdk/client-iam'
import {handlersFor} from '../../handler.js'
import type {Group, IamState, ManagedPolicy, Role, User} from '../../world/iam-state.js'
import {groupEntry, inlineDetails, policyEntry, roleEntry, roleLastUsed, userEntry, versionEntries} from './describe.js'
import {attachedPolicies, boundaryOf, holdersOf, iam, iamPage, tagList} from './lookup.js'

type Entity =
  | {readonly kind: 'User'; readonly item: User}
  | {readonly kind: 'Group'; readonly item: Group}
  | {readonly kind: 'Role'; readonly item: Role}
  | {readonly kind: 'LocalManagedPolicy' | 'AWSManagedPolicy'; readonly item: ManagedPolicy}

export const authorizationDetails = handlersFor<typeof Iam>()({
  GetAccountAuthorizationDetails({Filter: wanted = [], ...paging}, context) {
    const state = iam(context)
    const all = entities(state).filter(({kind}) => wanted.length === 0 || wanted.includes(kind))
    const {items, ends} = iamPage(all, paging, context, [...wanted].sort().join())
    return {
      UserDetailList: items.flatMap((entity) => (entity.kind === 'User' ? [userDetail(entity.item, state)] : [])),
      GroupDetailList: items.flatMap((entity) => (entity.kind === 'Group' ? [groupDetail(entity.item, state)] : [])),
      RoleDetailList: items.flatMap((entity) => (entity.kind === 'Role' ? [roleDetail(entity.item, state)] : [])),
      Policies: items.flatMap((entity) => ('versions' in entity.item ? [policyDetail(entity.item, state)] : [])),
      ...ends,
    }
  },
})

/** Everything in one row, which pages cut anywhere; of AWS's policies only those in use, as on AWS. */
function entities(state: IamState): readonly Entity[] {
  const policies = [...state.policies.values()]
  const boundaries = new Set([...state.users, ...state.roles].map(({boundary}) => boundary))
  return [
    ...state.users.map((item): Entity => ({kind: 'User', item})),
    ...state.groups.map((item): Entity => ({kind: 'Group', item})),
    ...state.roles.map((item): Entity => ({kind: 'Role', item})),
    ...policies
      .filter(({ownedBy}) => ownedBy === 'account')
      .map((item): Entity => ({kind: 'LocalManagedPolicy', item})),
    ...policies
      .filter(({ownedBy}) => ownedBy === 'aws')
      .filter((policy) => boundaries.has(policy.name) || holdersOf(policy, state).length > 0)
      .map((item): Entity => ({kind: 'AWSManagedPolicy', item})),
  ]
}

function userDetail(user: User, state: IamState) {
  const {PasswordLastUsed: _, ...entry} = {PasswordLastUsed: undefined, ...userEntry(user)}
  return {
    ...entry,
    UserPolicyList: inlineDetails(user.inline),
    GroupList: [...user.groups],
    AttachedManagedPolicies: attachedPolicies(user, state),
    PermissionsBoundary: boundaryOf(user, state),
    Tags: tagList(user.tags),
  }
}

function groupDetail(group: Group, state: IamState) {
  return {
    ...groupEntry(group),
    GroupPolicyList: inlineDetails(group.inline),
    AttachedManagedPolicies: attachedPolicies(group, state),
  }
}

function roleDetail(role: Role, state: IamState) {
  const {Path, RoleName, RoleId, Arn, CreateDate, AssumeRolePolicyDocument} = roleEntry(role)
  return {
    Path,
    RoleName,
    RoleId,
    Arn,
    CreateDate,
    AssumeRolePolicyDocument,
    InstanceProfileList: [],
    RolePolicyList: inlineDetails(role.inline),
    AttachedManagedPolicies: attachedPolicies(role, state),
    PermissionsBoundary: boundaryOf(role, state),
    Tags: tagList(role.tags),
    RoleLastUsed: roleLastUsed(role),
  }
}

function policyDetail(policy: ManagedPolicy, state: IamState) {
  return {...policyEntry(policy, state), PolicyVersionList: versionEntries(policy, true)}
}
