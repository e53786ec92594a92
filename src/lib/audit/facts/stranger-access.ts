import type {CompiledPolicy, CompiledStatement} from '../../iam/compile-policy.js'
import {judgeResourcePolicies} from '../../iam/judge-policies.js'
import type {PolicySet} from '../../iam/policy-layers.js'
import type {Principal} from '../../iam/principal.js'
import {createRequest} from '../../iam/request.js'
import {type ContextValues, createContext} from '../../iam/request-context.js'
import {greatest, least, NO, not, type Truth, YES} from '../../iam/truth.js'

/** An account that nobody has. */
const STRANGE_ACCOUNT = '000000000000'

type Stranger = Extract<Principal, {readonly arn: string}>

function anybodyIn(partition: string): Stranger {
  return {kind: 'user', arn: `arn:${partition}:iam::${STRANGE_ACCOUNT}:user/anybody`, account: STRANGE_ACCOUNT}
}

/** What is known of a call by somebody outside; the organisation, the network and the rest are not. */
function callOf(principalArn: string, account: string): ContextValues {
  return {
    'aws:SecureTransport': 'true',
    'aws:ViaAWSService': 'false',
    'aws:CalledVia': null,
    'aws:PrincipalIsAWSService': 'false',
    'aws:PrincipalServiceName': null,
    'aws:PrincipalArn': principalArn,
    'aws:PrincipalAccount': account,
    'aws:SourceAccount': null,
    'aws:SourceArn': null,
    'kms:CallerAccount': account,
  }
}

/** What somebody outside brings along as they please: tags and words of their own, and the service they come by. */
const CHOSEN_KEY = /^(aws:(principaltag\/.*|useragent|referer|requestedregion)|kms:viaservice)$/

/** Whether a resource policy lets anybody in, whatever the account: MAYBE where a condition decides that is not known. */
export function admitsAnybody(policies: PolicySet, action: string, resource: string): Truth {
  const allowed = policies.policies.flatMap((policy) =>
    policy.statementsFor(action.toLowerCase()).filter(({effect}) => effect === 'Allow'),
  )
  const choices = [{}, ...allowed.map(chosenValues)]
  const people = strangers(allowed, resource.split(':')[1] ?? '')
  return people.reduce<Truth>((truth, principal) => {
    const admitted = choices.map((values): Truth => {
      const context = createContext({...callOf(principal.arn, STRANGE_ACCOUNT), ...values})
      const request = createRequest({action, resource, principal, context, resourceAccount: STRANGE_ACCOUNT})
      const {denies, any} = judgeResourcePolicies(policies, request)
      return least(not(denies), any)
    })
    return admitted.reduce(greatest, truth)
  }, NO)
}

/** What the conditions of a statement ask for among the things that a caller picks. */
function chosenValues({conditions}: CompiledStatement): ContextValues {
  return Object.fromEntries(
    conditions
      .filter(({lookUpKey}) => CHOSEN_KEY.test(lookUpKey))
      .map(({lookUpKey, values}) => [lookUpKey, values[0]?.source.replace(/[*?]/g, 'x') ?? null]),
  )
}

/** A user of any name, and whoever can be called as a condition on aws:PrincipalArn asks for in any account. */
function strangers(allowed: readonly CompiledStatement[], partition: string): readonly Stranger[] {
  const patterns = allowed
    .flatMap(({conditions}) => conditions)
    .filter(({lookUpKey}) => lookUpKey === 'aws:principalarn')
    .flatMap(({values}) => values.map(({source}) => source))
  const named = patterns.flatMap((pattern) => {
    const [, , service, , account = '', ...name] = pattern.split(':')
    if (service !== 'iam' || !account.includes('*')) return []
    const arn = `arn:${partition}:iam::${STRANGE_ACCOUNT}:${name.join(':').replace(/[*?]/g, 'x')}`
    return [{kind: arn.includes(':role/') ? 'role' : 'user', arn, account: STRANGE_ACCOUNT} as const]
  })
  return [anybodyIn(partition), ...named]
}

/** ARNs and account ids outside the account that Allow statements about the action name. */
export function namedOutsiders(
  policies: readonly CompiledPolicy[],
  action: string,
  account: string,
): readonly string[] {
  const named = policies.flatMap((policy) =>
    policy
      .statementsFor(action.toLowerCase())
      .filter(({effect, principals}) => effect === 'Allow' && principals !== undefined && !principals.not)
      .flatMap(({principals}) => principals?.entries ?? []),
  )
  const others = named.filter(({type, value}) => type === 'aws' && accountOf(value) !== account)
  return [...new Set(others.map(({value}) => value))].sort()
}

/** Organisations whose callers Allow statements about the action ask for. */
export function namedOrganizations(policies: readonly CompiledPolicy[], action: string): readonly string[] {
  const values = policies.flatMap((policy) =>
    policy
      .statementsFor(action.toLowerCase())
      .flatMap(({effect, conditions}) => (effect === 'Allow' ? conditions : []))
      .filter(({lookUpKey}) => lookUpKey === 'aws:principalorgid')
      .flatMap((condition) => condition.values.map(({source}) => source)),
  )
  return [...new Set(values.filter((id) => /^o-[a-z0-9]+$/.test(id)))].sort()
}

/** Whether the policy admits any user of an organisation, whatever the account. */
export function admitsOrganization(policies: PolicySet, id: string, action: string, resource: string): Truth {
  const principal = anybodyIn(resource.split(':')[1] ?? '')
  const context = createContext({...callOf(principal.arn, STRANGE_ACCOUNT), 'aws:PrincipalOrgID': id})
  const request = createRequest({action, resource, principal, context, resourceAccount: STRANGE_ACCOUNT})
  const {denies, any} = judgeResourcePolicies(policies, request)
  return least(not(denies), any)
}

/** Whether the policy admits a principal of another account by name. */
export function admitsNamed(policies: PolicySet, principalArn: string, action: string, resource: string): Truth {
  const account = accountOf(principalArn) ?? STRANGE_ACCOUNT
  const principal = principalOf(principalArn, account)
  const context = createContext(callOf(principalArn, account))
  const request = createRequest({action, resource, principal, context, resourceAccount: account})
  const {denies, self, role, account: whole} = judgeResourcePolicies(policies, request)
  const allows = Math.max(self, role, whole)
  return denies === YES ? NO : allows === YES && denies === NO ? YES : allows === NO ? NO : 1
}

function principalOf(arn: string, account: string): Principal {
  const role = /:assumed-role\/([^/]+)\//.exec(arn)?.[1]
  if (role !== undefined) {
    return {kind: 'role', arn: arn.replace(/:sts:.*/, `:iam::${account}:role/${role}`), account, sessionArn: arn}
  }
  if (arn.includes(':role/')) return {kind: 'role', arn, account}
  return {kind: arn.includes(':user/') ? 'user' : 'root', arn, account}
}

function accountOf(principal: string): string | undefined {
  return /^(\d{12})$/.exec(principal)?.[1] ?? /^arn:[^:]*:(?:iam|sts)::(\d{12}):/.exec(principal)?.[1]
}
