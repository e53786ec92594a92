import {
  type AttachedPolicy,
  type GetAccountAuthorizationDetailsResponse,
  type GroupDetail,
  IAMClient,
  type ManagedPolicyDetail,
  type PolicyDetail,
  paginateGetAccountAuthorizationDetails,
  type RoleDetail,
  type UserDetail,
} from '@aws-sdk/client-iam'
import type {Readers} from '../../account/ports/readers.js'
import type {ReadValues} from '../../account/snapshot.schema.js'
import type {Wire} from '../wire.js'
import {asks} from './asking.js'
import {moment, tagList} from './shapes.js'

type Details = ReadValues['iam:authorization-details']
type Found =
  | {readonly kind: 'user'; readonly value: Details['users'][number]}
  | {readonly kind: 'group'; readonly value: Details['groups'][number]}
  | {readonly kind: 'role'; readonly value: Details['roles'][number]}
  | {readonly kind: 'policy'; readonly value: Details['policies'][number]}

const PAGE = 1000
const OF_AWS = /^arn:[^:]+:iam::aws:/

export function principalReaders(wire: Wire): Readers {
  const ask = asks(wire, {service: 'iam', prefix: 'iam', build: (config) => new IAMClient(config)})
  return {
    async 'iam:authorization-details'(context) {
      const found = await ask(context).all(
        'GetAccountAuthorizationDetails',
        (client, options) => paginateGetAccountAuthorizationDetails({client, pageSize: PAGE}, {}, options),
        // Narrowed page by page: the policies of AWS alone are megabytes.
        toFound,
      )
      const of = <Kind extends Found['kind']>(kind: Kind) =>
        found.flatMap((one) => (one.kind === kind ? [one.value as Extract<Found, {readonly kind: Kind}>['value']] : []))
      return {users: of('user'), groups: of('group'), roles: of('role'), policies: of('policy')}
    },
  }
}

function toFound(page: GetAccountAuthorizationDetailsResponse): readonly Found[] {
  return [
    ...(page.UserDetailList ?? []).map((user): Found => ({kind: 'user', value: toUser(user)})),
    ...(page.GroupDetailList ?? []).map((group): Found => ({kind: 'group', value: toGroup(group)})),
    ...(page.RoleDetailList ?? []).map((role): Found => ({kind: 'role', value: toRole(role)})),
    ...(page.Policies ?? []).filter(isOfUse).map((policy): Found => ({kind: 'policy', value: toPolicy(policy)})),
  ]
}

/** Policies of AWS that nobody holds say nothing about the account. */
function isOfUse({Arn = '', AttachmentCount = 0, PermissionsBoundaryUsageCount = 0}: ManagedPolicyDetail): boolean {
  return !OF_AWS.test(Arn) || AttachmentCount > 0 || PermissionsBoundaryUsageCount > 0
}

/** IAM hands documents out percent-encoded; what is not, is left as it is. */
export function policyText(document: string | undefined): string {
  if (document === undefined || !document.startsWith('%')) return document ?? ''
  try {
    return decodeURIComponent(document)
  } catch {
    return document
  }
}

function inline(policies: readonly PolicyDetail[] | undefined) {
  return (policies ?? []).map(({PolicyName, PolicyDocument}) => ({
    name: PolicyName ?? '',
    document: policyText(PolicyDocument),
  }))
}

function attached(policies: readonly AttachedPolicy[] | undefined): readonly string[] {
  return (policies ?? []).flatMap(({PolicyArn}) => PolicyArn ?? [])
}

function toUser(user: UserDetail): Details['users'][number] {
  return {
    id: user.UserId ?? '',
    arn: user.Arn ?? '',
    name: user.UserName ?? '',
    path: user.Path ?? '/',
    createdAt: moment(user.CreateDate),
    inlinePolicies: inline(user.UserPolicyList),
    attachedPolicies: attached(user.AttachedManagedPolicies),
    groups: user.GroupList ?? [],
    boundaryArn: user.PermissionsBoundary?.PermissionsBoundaryArn ?? null,
    tags: tagList(user.Tags),
  }
}

function toGroup(group: GroupDetail): Details['groups'][number] {
  return {
    id: group.GroupId ?? '',
    arn: group.Arn ?? '',
    name: group.GroupName ?? '',
    path: group.Path ?? '/',
    createdAt: moment(group.CreateDate),
    inlinePolicies: inline(group.GroupPolicyList),
    attachedPolicies: attached(group.AttachedManagedPolicies),
  }
}

function toRole(role: RoleDetail): Details['roles'][number] {
  return {
    id: role.RoleId ?? '',
    arn: role.Arn ?? '',
    name: role.RoleName ?? '',
    path: role.Path ?? '/',
    createdAt: moment(role.CreateDate),
    inlinePolicies: inline(role.RolePolicyList),
    attachedPolicies: attached(role.AttachedManagedPolicies),
    trust: role.AssumeRolePolicyDocument === undefined ? null : policyText(role.AssumeRolePolicyDocument),
    boundaryArn: role.PermissionsBoundary?.PermissionsBoundaryArn ?? null,
    ...lastUse(role),
    instanceProfiles: (role.InstanceProfileList ?? []).flatMap(({Arn}) => Arn ?? []),
    tags: tagList(role.Tags),
  }
}

function lastUse({RoleLastUsed: used}: RoleDetail) {
  return {lastUsedAt: moment(used?.LastUsedDate), lastUsedRegion: used?.Region ?? null}
}

function toPolicy(policy: ManagedPolicyDetail): Details['policies'][number] {
  const versions = policy.PolicyVersionList ?? []
  const byDefault = versions.find(({IsDefaultVersion}) => IsDefaultVersion === true)
  return {
    arn: policy.Arn ?? '',
    name: policy.PolicyName ?? '',
    document: byDefault?.Document === undefined ? null : policyText(byDefault.Document),
    defaultVersion: policy.DefaultVersionId ?? null,
    attachments: policy.AttachmentCount ?? null,
    boundaryUses: policy.PermissionsBoundaryUsageCount ?? null,
    updatedAt: moment(policy.UpdateDate),
  }
}
