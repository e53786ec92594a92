import {read} from '../../account/read.js'
import {callerContext} from '../../iam/caller-context.js'
import type {CompiledPolicy} from '../../iam/compile-policy.js'
import type {Principal} from '../../iam/principal.js'
import type {ContextValues, RequestContext} from '../../iam/request-context.js'
import type {AuditContext} from '../audit-context.js'
import type {Missing} from '../finding.schema.js'
import {missingOf} from '../judge-resource.js'

/** Somebody who does not belong to the organisation, made up after what a policy names. */
export interface Outsider {
  readonly principal: Principal
  readonly context: RequestContext
  /** Such as "anybody" or "account 444455556666". */
  readonly words: string
  /** Why it may belong to the organisation after all; empty when it does not. */
  readonly doubts: readonly Missing[]
}

const STRANGER = '999999999998'
const STRANGE_ORGANIZATION = 'o-strangers00'
/** Documented for examples (RFC 5737): no real range holds it. */
const ADDRESS = '203.0.113.77'

/**
 * Callers whom a policy about own resources should keep out: a stranger from an account without organisation and one
 * from another; and for each account or organisation that the policy names, and that is not ours, somebody of it.
 */
export function outsidersFor(document: string, policy: CompiledPolicy, context: AuditContext): readonly Outsider[] {
  const members = membersOf(context)
  const {account, organization, managementAccount} = context.policies
  const accounts = textsIn(document, /(?<![0-9a-z-])\d{12}(?![0-9a-z-])/g).filter(
    (id) => id !== account && id !== managementAccount && members.accounts?.has(id) !== true,
  )
  const organizations = textsIn(document, /\bo-[a-z0-9]+\b/g).filter((id) => id !== organization)
  const open = organization === undefined ? members.missing : []
  const homes = [
    {id: null, doubts: []},
    {id: STRANGE_ORGANIZATION, doubts: []},
    ...organizations.map((id) => ({id, doubts: open})),
  ]
  const people = [
    ...principalsOf(STRANGER, document, context).map((principal) => ({principal, words: 'anybody', doubts: []})),
    ...accounts.flatMap((id) =>
      principalsOf(id, document, context).map((principal) => ({
        principal,
        words: `account ${id}`,
        doubts: members.accounts === undefined ? members.missing : [],
      })),
    ),
  ]
  const tags = tagsAskedFor(policy)
  return people.flatMap((one) =>
    homes.map((home): Outsider => {
      const isNamed = home.id !== null && home.id !== STRANGE_ORGANIZATION
      return {
        principal: one.principal,
        context: contextOf(one.principal, home.id, tags),
        words: isNamed ? `organisation ${home.id}` : one.words,
        doubts: [...one.doubts, ...home.doubts],
      }
    }),
  )
}

/** Accounts of the organisation; undefined when they are not known. */
function membersOf({snapshot, policies}: AuditContext): {
  readonly accounts: ReadonlySet<string> | undefined
  readonly missing: readonly Missing[]
} {
  if (policies.organization === null) return {accounts: new Set([policies.account]), missing: []}
  const organization = read(snapshot, 'organizations:organization')
  const tree = read(snapshot, 'organizations:tree')
  if (tree.state === 'read') {
    return {accounts: new Set(tree.value.filter(({kind}) => kind === 'account').map(({id}) => id)), missing: []}
  }
  return {accounts: undefined, missing: [missingOf(organization.state === 'unread' ? organization : tree)]}
}

/** A role nobody named, and every user, role and session that the document names, in that account. */
function principalsOf(account: string, document: string, {policies}: AuditContext): readonly Principal[] {
  const named = textsIn(document, /arn:[a-z*?-]+:(?:iam|sts)::[0-9*?]*:[^"\s]+/g).flatMap((arn) => {
    const [, , service, , owner = '', ...rest] = arn.split(':')
    const isOpen = /[*?]/.test(owner)
    if (!isOpen && owner !== account) return []
    const resource = rest.join(':').replaceAll('*', 'x').replaceAll('?', 'x')
    return principalOf(`arn:${policies.partition}:${service}::${account}:${resource}`, account)
  })
  const arn = `arn:${policies.partition}:iam::${account}:role/stranger`
  return [{kind: 'role', arn, account}, ...named]
}

function principalOf(arn: string, account: string): readonly Principal[] {
  const session = /^(arn:[^:]+):sts::(\d{12}):assumed-role\/([^/]+)\//.exec(arn)
  if (session !== null) {
    return [{kind: 'role', arn: `${session[1]}:iam::${account}:role/${session[3]}`, account, sessionArn: arn}]
  }
  if (arn.includes(':user/')) return [{kind: 'user', arn, account}]
  return arn.includes(':role/') ? [{kind: 'role', arn, account}] : []
}

/** Whoever comes from elsewhere tags itself as it likes. */
function tagsAskedFor({statements}: CompiledPolicy): ContextValues {
  const prefix = 'aws:principaltag/'
  return Object.fromEntries(
    statements.flatMap(({conditions}) =>
      conditions
        .filter(({lookUpKey, operator}) => lookUpKey.startsWith(prefix) && !operator.negated)
        .map(({lookUpKey, values}) => [lookUpKey, (values[0]?.source ?? '').replaceAll('*', 'x').replaceAll('?', 'x')]),
    ),
  )
}

function contextOf(principal: Principal, organization: string | null, tags: ContextValues): RequestContext {
  return callerContext(principal, {
    tags: {},
    organization,
    network: {kind: 'internet', sourceIp: ADDRESS},
    values: {
      'aws:PrincipalOrgPaths': organization === null ? null : [`${organization}/r-strange/ou-strange/`],
      'aws:SourceAccount': null,
      'aws:SourceArn': null,
      'aws:SourceOrgID': null,
      'aws:SourceOrgPaths': null,
      'aws:PrincipalServiceNamesList': null,
      ...tags,
    },
  })
}

function textsIn(document: string, pattern: RegExp): readonly string[] {
  return [...new Set(document.match(pattern) ?? [])]
}
