import type {PrincipalEntry, PrincipalList} from './policy-document.js'
import {greatest, MAYBE, NO, type Truth, YES} from './truth.js'

/** Who makes a request. */
export type Principal =
  | {readonly kind: 'user' | 'root'; readonly arn: string; readonly account: string}
  | {
      readonly kind: 'role'
      readonly arn: string
      readonly account: string
      /** ARN of the session (`sts … assumed-role/Role/session`); undefined when any session of the role is meant. */
      readonly sessionArn?: string
      readonly serviceLinked?: boolean
    }
  | {readonly kind: 'service'; readonly name: string}

/**
 * How a resource policy names the caller. `self` is the user or session itself, which boundaries and session policies do
 * not hold back; `role` is its role; `account` hands the decision to the caller's identity policies; `any` is everyone.
 */
export interface PrincipalMatch {
  readonly self: Truth
  readonly role: Truth
  readonly account: Truth
  readonly any: Truth
}

const NOBODY: PrincipalMatch = {self: NO, role: NO, account: NO, any: NO}
const SELF_ONLY: PrincipalMatch = {...NOBODY, self: YES}

export function matchPrincipal(list: PrincipalList, principal: Principal): PrincipalMatch {
  const matches = list.entries.map((entry) => matchEntry(entry, principal))
  const found: PrincipalMatch = {
    self: strongest(matches.map(({self}) => self)),
    role: strongest(matches.map(({role}) => role)),
    account: strongest(matches.map(({account}) => account)),
    any: strongest(matches.map(({any}) => any)),
  }
  return list.not ? {...NOBODY, any: matchOthers(found)} : found
}

/** Whether the statement is about the caller at all. */
export function isNamed({self, role, account, any}: PrincipalMatch): Truth {
  return strongest([self, role, account, any])
}

/**
 * NotPrincipal. To be left out, a caller must be listed itself and with its account, and a role also with its session;
 * what AWS makes of a partial list is not documented well enough to say.
 */
function matchOthers({self, role, account, any}: PrincipalMatch): Truth {
  if (any === YES || (self === YES && account === YES)) return NO
  return strongest([self, role, account, any]) === NO ? YES : MAYBE
}

function strongest(truths: readonly Truth[]): Truth {
  return truths.reduce<Truth>(greatest, NO)
}

function matchEntry({type, value}: PrincipalEntry, principal: Principal): PrincipalMatch {
  if (type === 'any') return {...NOBODY, any: YES}
  if (principal.kind === 'service') return type === 'service' && value === principal.name ? SELF_ONLY : NOBODY
  if (type === 'canonical-user') return {...NOBODY, account: MAYBE}
  if (type !== 'aws') return NOBODY
  if (value === principal.account || isAccountRoot(value, principal.account)) {
    return principal.kind === 'root' ? SELF_ONLY : {...NOBODY, account: YES}
  }
  if (principal.kind !== 'role') return value === principal.arn ? SELF_ONLY : NOBODY
  return matchRole(value, principal)
}

function matchRole(value: string, {arn, sessionArn}: Extract<Principal, {kind: 'role'}>): PrincipalMatch {
  if (value === arn) return {...NOBODY, role: YES}
  if (sessionArn !== undefined) return value === sessionArn ? SELF_ONLY : NOBODY
  const [, account, name] = /^arn:[a-z-]+:sts::(\d{12}):assumed-role\/([^/]+)\//.exec(value) ?? []
  const isOurs = account !== undefined && arn.includes(`:${account}:`) && arn.endsWith(`/${name}`)
  return isOurs ? {...NOBODY, self: MAYBE} : NOBODY
}

function isAccountRoot(value: string, account: string): boolean {
  return value.startsWith('arn:') && value.endsWith(`:iam::${account}:root`)
}
