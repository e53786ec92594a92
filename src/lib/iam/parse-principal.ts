import type {StatementPlace} from './parse-statement.js'
import type {PolicyKind, PrincipalEntry, PrincipalList} from './policy-document.js'
import {isRecord, memberOf, step, textsOf} from './problem-list.js'

const TYPES: Readonly<Record<string, PrincipalEntry['type']>> = {
  AWS: 'aws',
  Service: 'service',
  Federated: 'federated',
  CanonicalUser: 'canonical-user',
}
/** Attached to a principal, or to an account, so that the principal goes without saying. */
const WITHOUT_PRINCIPAL: readonly PolicyKind[] = ['identity', 'boundary', 'session', 'scp']

export function parsePrincipals(
  statement: Readonly<Record<string, unknown>>,
  {kind, path, problems}: StatementPlace,
): PrincipalList | undefined {
  const plain = memberOf(statement, 'Principal')
  const negated = memberOf(statement, 'NotPrincipal')
  const name = negated === undefined ? 'Principal' : 'NotPrincipal'
  const value = plain ?? negated
  if (WITHOUT_PRINCIPAL.includes(kind)) {
    if (value !== undefined)
      problems.error(`${path}.${name}`, 'NOT_ALLOWED_HERE', `${KIND_WORDS[kind]} names no principal`)
    return undefined
  }
  if (plain !== undefined && negated !== undefined) {
    problems.error(path, 'BOTH_ELEMENTS', 'takes Principal or NotPrincipal, not both')
    return undefined
  }
  if (value === undefined) {
    problems.error(path, 'MISSING_ELEMENT', `needs a Principal in ${KIND_WORDS[kind]}`)
    return undefined
  }
  if (kind === 'rcp' && (negated !== undefined || (value !== '*' && !isEveryone(value)))) {
    problems.error(`${path}.${name}`, 'NOT_ALLOWED_HERE', 'a resource control policy is for Principal * only')
  }
  const entries = parseEntries(value, `${path}.${name}`, {kind, path, problems})
  return {not: negated !== undefined, entries}
}

const KIND_WORDS: Readonly<Record<PolicyKind, string>> = {
  identity: 'an identity policy',
  boundary: 'a permissions boundary',
  session: 'a session policy',
  scp: 'a service control policy',
  rcp: 'a resource control policy',
  resource: 'a resource policy',
  trust: 'a trust policy',
  endpoint: 'an endpoint policy',
}

function isEveryone(value: unknown): boolean {
  return isRecord(value) && Object.keys(value).length === 1 && memberOf(value, 'AWS') === '*'
}

function parseEntries(value: unknown, path: string, {problems}: StatementPlace): readonly PrincipalEntry[] {
  if (value === '*') return [{type: 'any', value: '*'}]
  if (!isRecord(value) || Object.keys(value).length === 0) {
    problems.error(path, 'BAD_PRINCIPAL', 'must be * or an object with AWS, Service, Federated or CanonicalUser')
    return []
  }
  return Object.entries(value).flatMap(([name, members]) => {
    const at = `${path}${step(name)}`
    const type = Object.hasOwn(TYPES, name) ? TYPES[name] : undefined
    if (type === undefined) {
      problems.error(at, 'BAD_PRINCIPAL', 'is no type of principal')
      return []
    }
    return (textsOf(members, at, problems) ?? []).flatMap((text) => {
      if (type === 'aws' && text === '*') return [{type: 'any' as const, value: text}]
      if (type === 'aws' && !isAwsPrincipal(text)) {
        problems.error(at, 'BAD_PRINCIPAL', `${JSON.stringify(text)} is no account, user, role or session`)
        return []
      }
      return [{type, value: text}]
    })
  })
}

/** An account, an ARN without wildcards, or the id that IAM puts in the place of a deleted principal. */
function isAwsPrincipal(text: string): boolean {
  return /^\d{12}$/.test(text) || /^A[A-Z0-9]{15,}$/.test(text) || /^arn:[a-z-]+:(iam|sts)::\d{12}:[^*?\s]+$/.test(text)
}
