import {NoSuchEntityException, type PermissionsBoundaryAttachmentType} from '@aws-sdk/client-iam'
import {parseArn} from '../../../core/arn.js'
import {type RequestContext, WireError} from '../../handler.js'
import type {Group, IamState, ManagedPolicy, PolicyDocument, PolicyHolder, Role, User} from '../../world/iam-state.js'
import {pageOf} from '../page.js'

/** The IAM of the calling account: one for all Regions. */
export function iam({world, account}: RequestContext): IamState {
  return world.account(account).iam
}

export function noSuchEntity(message: string): NoSuchEntityException {
  return new NoSuchEntityException({message, $metadata: {}})
}

export function invalid(message: string): WireError {
  return new WireError('ValidationError', message)
}

export function findUser(name: string, context: RequestContext): User {
  const user = iam(context).users.find((one) => one.name === name)
  if (!user) throw noSuchEntity(`The user with name ${name} cannot be found.`)
  return user
}

export function findRole(name: string, context: RequestContext): Role {
  const role = iam(context).roles.find((one) => one.name === name)
  if (!role) throw noSuchEntity(`The role with name ${name} cannot be found.`)
  return role
}

export function findGroup(name: string, context: RequestContext): Group {
  const group = iam(context).groups.find((one) => one.name === name)
  if (!group) throw noSuchEntity(`The group with name ${name} cannot be found.`)
  return group
}

export function findPolicy(arn: string, context: RequestContext): ManagedPolicy {
  if (!parseArn(arn)) throw invalid(`ARN ${arn} is not valid.`)
  const policy = iam(context).policies.get(arn)
  if (!policy) throw noSuchEntity(`Policy ${arn} was not found.`)
  return policy
}

/** The user who calls; a role or the root is none, and must say whom it means. */
export function callingUser(context: RequestContext): User {
  const arn = context.world.principal(context.account, context.accessKeyId)
  const user = iam(context).users.find((one) => one.arn === arn)
  if (!user) throw invalid('Must specify userName when calling with non-User credentials')
  return user
}

/** Users, roles and groups that a managed policy is attached to. */
export function holdersOf({name}: ManagedPolicy, {users, groups, roles}: IamState): readonly PolicyHolder[] {
  return [...users, ...groups, ...roles].filter(({attached}) => attached.includes(name))
}

export function managedPolicy(name: string, {policies}: IamState): ManagedPolicy | undefined {
  return [...policies.values()].find((policy) => policy.name === name)
}

export function attachedPolicies({attached}: PolicyHolder, state: IamState) {
  return attached.map((name) => ({PolicyName: name, PolicyArn: managedPolicy(name, state)?.arn}))
}

/** A document as IAM sends it: JSON, percent-encoded as RFC 3986 has it. */
export function documentText(document: PolicyDocument): string {
  return encodeURIComponent(JSON.stringify(document)).replaceAll(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

export interface Paging {
  readonly Marker?: string | undefined
  readonly MaxItems?: number | undefined
}

const USUAL_PAGE = 100

/** A page of a list; `what` tells the list from others of the same operation, as a marker is good for one only. */
export function iamPage<Item>(
  all: readonly Item[],
  {Marker: token, MaxItems: size = USUAL_PAGE}: Paging,
  {operation}: RequestContext,
  what = '',
): {readonly items: Item[]; readonly ends: {IsTruncated: boolean; Marker: string | undefined}} {
  const page = pageOf(all, {token, size, scope: `${operation}:${what}`})
  if (!page) throw invalid(`Invalid Marker: ${token}`)
  return {items: page.items, ends: {IsTruncated: page.next !== undefined, Marker: page.next}}
}

export function tagList(tags: Readonly<Record<string, string>>) {
  return Object.entries(tags).map(([Key, Value]) => ({Key, Value}))
}

export function boundaryOf({boundary}: User | Role, state: IamState) {
  const policy = boundary === undefined ? undefined : managedPolicy(boundary, state)
  // The model's enum says PermissionsBoundaryPolicy; IAM sends Policy.
  const PermissionsBoundaryType = 'Policy' as PermissionsBoundaryAttachmentType
  return policy && {PermissionsBoundaryType, PermissionsBoundaryArn: policy.arn}
}
