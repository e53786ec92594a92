import {read} from '../../account/read.js'
import type {CompiledPolicy} from '../../iam/compile-policy.js'
import type {AuditContext} from '../audit-context.js'
import type {Missing} from '../finding.schema.js'
import {missingOf} from '../judge-resource.js'

/** Somebody who is not of the account. */
export interface Outsider {
  readonly account: string
  /** Its organisation; null: none, undefined: not known. */
  readonly organization: string | null | undefined
  /** Values of `aws:PrincipalOrgPaths`. */
  readonly paths: readonly string[] | null | undefined
  /** Why it is not certain that it is outside of the own organisation; empty when it is. */
  readonly doubts: readonly Missing[]
  readonly said: string
}

const STRANGER = '000000000000'
const FOREIGN_ORGANIZATION = 'o-0000000000'
const ORGANIZATION_KEYS = /^aws:(?:principal|resource)org(?:id|paths)$/
const ACCOUNT_KEYS = /^aws:(?:principal|resource)account$/
const ORGANIZATION_ID = /^o-[a-z0-9]{10,32}/

/** Strangers of two kinds, and whomever the policy itself names. */
export function outsidersOf(policy: CompiledPolicy, context: AuditContext): readonly Outsider[] {
  return [
    {
      account: STRANGER,
      organization: null,
      paths: null,
      doubts: [],
      said: 'an account outside of every organisation',
    },
    {
      account: STRANGER,
      organization: FOREIGN_ORGANIZATION,
      paths: [`${FOREIGN_ORGANIZATION}/r-0000/`],
      doubts: [],
      said: 'an account of another organisation',
    },
    ...namedOrganizations(policy, context),
    ...namedAccounts(policy, context),
  ]
}

function namedOrganizations(policy: CompiledPolicy, {policies, snapshot}: AuditContext): readonly Outsider[] {
  const values = conditionValues(policy, ORGANIZATION_KEYS)
  const paths = new Map<string, string[]>()
  for (const value of values) {
    const id = ORGANIZATION_ID.exec(value)?.[0]
    if (id !== undefined) paths.set(id, [...(paths.get(id) ?? []), value.replaceAll('*', '').replaceAll('?', 'x')])
  }
  const organization = read(snapshot, 'organizations:organization')
  const doubts = policies.organization === undefined && organization.state === 'unread' ? [missingOf(organization)] : []
  return [...paths]
    .filter(([id]) => id !== policies.organization)
    .map(([id, its]) => {
      const inside = its.filter((path) => path.includes('/'))
      return {
        account: STRANGER,
        organization: id,
        paths: inside.length > 0 ? inside : [`${id}/r-0000/`],
        doubts,
        said: `an account of the organisation ${id}`,
      }
    })
}

function namedAccounts(policy: CompiledPolicy, context: AuditContext): readonly Outsider[] {
  const {account: own} = context.policies
  const named = [
    ...policy.statements.flatMap(({principals}) =>
      (principals?.entries ?? []).flatMap(({type, value}) => (type === 'aws' ? accountIn(value) : [])),
    ),
    ...policy.statements.flatMap(({resources}) => (resources ?? []).flatMap(({source}) => accountIn(source))),
    ...conditionValues(policy, ACCOUNT_KEYS).flatMap(accountIn),
    ...conditionValues(policy, /^aws:principalarn$/).flatMap(accountIn),
  ]
  return [...new Set(named)].filter((account) => account !== own).flatMap((account) => namedAccount(account, context))
}

/** Empty for a member of the own organisation. */
function namedAccount(account: string, {policies, snapshot}: AuditContext): readonly Outsider[] {
  const said = `account ${account}`
  if (policies.organization === null) {
    return [{account, organization: undefined, paths: undefined, doubts: [], said}]
  }
  const tree = read(snapshot, 'organizations:tree')
  const organization = read(snapshot, 'organizations:organization')
  if (account === policies.managementAccount) return []
  if (tree.state === 'read' && organization.state === 'read') {
    const isMember = tree.value.some(({id, kind}) => kind === 'account' && id === account)
    return isMember ? [] : [{account, organization: undefined, paths: undefined, doubts: [], said}]
  }
  const doubts = [tree, organization].flatMap((reading) => (reading.state === 'unread' ? [missingOf(reading)] : []))
  return [{account, organization: undefined, paths: undefined, doubts, said}]
}

function accountIn(text: string): readonly string[] {
  const [, inArn] = /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(text) ?? []
  return /^\d{12}$/.test(text) ? [text] : inArn === undefined ? [] : [inArn]
}

function conditionValues({statements}: CompiledPolicy, key: RegExp): readonly string[] {
  return statements.flatMap(({conditions}) =>
    conditions.filter(({lookUpKey}) => key.test(lookUpKey)).flatMap(({values}) => values.map(({source}) => source)),
  )
}
