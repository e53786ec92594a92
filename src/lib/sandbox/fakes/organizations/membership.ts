import {
  AccessDeniedException,
  AWSOrganizationsNotInUseException,
  InvalidInputException,
  type InvalidInputExceptionReason,
} from '@aws-sdk/client-organizations'
import type {RequestContext} from '../../handler.js'
import type {Organization} from '../../world/organization-state.js'
import {pageOf} from '../page.js'

/** The organisation that the caller's account is in, management account and members alike. */
export function ownOrganization({world, account}: RequestContext): Organization {
  const {organization} = world
  if (organization?.accounts.has(account)) return organization
  const message = 'Your account is not a member of an organization.'
  throw new AWSOrganizationsNotInUseException({message, $metadata: {}})
}

/** The organisation, for callers of the management account or of one it delegated to. */
export function readableOrganization(context: RequestContext): Organization {
  const organization = ownOrganization(context)
  const {managementAccount, delegatedAdministrators} = organization
  if (context.account === managementAccount || delegatedAdministrators.has(context.account)) return organization
  throw accessDenied()
}

export function accessDenied(): AccessDeniedException {
  return new AccessDeniedException({message: "You don't have permissions to access this resource.", $metadata: {}})
}

export function invalidInput(message: string, Reason: InvalidInputExceptionReason): InvalidInputException {
  return new InvalidInputException({message, Reason, $metadata: {}})
}

interface Paging {
  readonly NextToken?: string | undefined
  readonly MaxResults?: number | undefined
}

const USUAL_PAGE = 20

export function organizationsPage<Item>(
  all: readonly Item[],
  {NextToken: token, MaxResults: size = USUAL_PAGE}: Paging,
  {operation}: RequestContext,
  what = '',
): {readonly items: Item[]; readonly NextToken: string | undefined} {
  const page = pageOf(all, {token, size, scope: `${operation}:${what}`})
  if (!page) throw invalidInput('You provided a value that does not match the required pattern.', 'INVALID_NEXT_TOKEN')
  return {items: page.items, NextToken: page.next}
}
