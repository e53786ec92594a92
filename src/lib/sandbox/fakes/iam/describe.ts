import type {Group, IamState, ManagedPolicy, Role, User} from '../../world/iam-state.js'
import {boundaryOf, documentText, holdersOf, tagList} from './lookup.js'

/** What every list of users has; boundary and tags come with GetUser alone. */
export function userEntry({name, path, id, arn, createdAt, console: login}: User) {
  return {
    UserName: name,
    Path: path,
    UserId: id,
    Arn: arn,
    CreateDate: new Date(createdAt),
    ...(login?.lastUsedAt !== undefined && {PasswordLastUsed: new Date(login.lastUsedAt)}),
  }
}

export function userDetails(user: User, state: IamState) {
  return {...userEntry(user), PermissionsBoundary: boundaryOf(user, state), Tags: tagList(user.tags)}
}

export function groupEntry({name, path, id, arn, createdAt}: Group) {
  return {GroupName: name, Path: path, GroupId: id, Arn: arn, CreateDate: new Date(createdAt)}
}

/** What every list of roles has; boundary, tags and last use come with GetRole alone. */
export function roleEntry({name, path, id, arn, createdAt, trust, description, maxSessionSeconds}: Role) {
  return {
    RoleName: name,
    Path: path,
    RoleId: id,
    Arn: arn,
    CreateDate: new Date(createdAt),
    AssumeRolePolicyDocument: documentText(trust),
    ...(description !== undefined && {Description: description}),
    MaxSessionDuration: maxSessionSeconds,
  }
}

export function roleLastUsed({lastUsed}: Role) {
  return lastUsed ? {LastUsedDate: new Date(lastUsed.at), Region: lastUsed.region} : {}
}

export function roleDetails(role: Role, state: IamState) {
  return {
    ...roleEntry(role),
    PermissionsBoundary: boundaryOf(role, state),
    Tags: tagList(role.tags),
    RoleLastUsed: roleLastUsed(role),
  }
}

export function policyEntry(policy: ManagedPolicy, state: IamState) {
  const {name, id, arn, path, versions, createdAt, updatedAt} = policy
  const bounded = [...state.users, ...state.roles].filter(({boundary}) => boundary === name)
  return {
    PolicyName: name,
    PolicyId: id,
    Arn: arn,
    Path: path,
    DefaultVersionId: versions[0]?.id,
    AttachmentCount: holdersOf(policy, state).length,
    PermissionsBoundaryUsageCount: bounded.length,
    IsAttachable: true,
    CreateDate: new Date(createdAt),
    UpdateDate: new Date(updatedAt),
  }
}

/** Lists of versions leave the documents out; with `documents` they are there. */
export function versionEntries({versions}: ManagedPolicy, documents: boolean) {
  return versions.map(({id, document, createdAt}, index) => ({
    ...(documents && {Document: documentText(document)}),
    VersionId: id,
    IsDefaultVersion: index === 0,
    CreateDate: new Date(createdAt),
  }))
}

export function inlineDetails(inline: User['inline']) {
  return Object.entries(inline).map(([PolicyName, document]) => ({
    PolicyName,
    PolicyDocument: documentText(document),
  }))
}
