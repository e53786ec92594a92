import type {AccountPrincipal} from '../../iam/account/account-policies.js'
import {type CompiledPolicy, compilePolicy} from '../../iam/compile-policy.js'
import {layersOf} from '../../iam/policy-layers.js'
import type {AuditContext} from '../audit-context.js'
import {UNNAMED} from './bedrock-grade.js'

const DOCUMENT = JSON.stringify({Version: '2012-10-17', Statement: [{Effect: 'Allow', Action: '*', Resource: '*'}]})

const memo = new WeakMap<AuditContext, AccountPrincipal>()

/**
 * A role that nobody has, with AdministratorAccess and no boundary: what it may not do is prevented by the organisation
 * for everybody whom a control policy does not exempt by name.
 */
export function genericAdministrator(context: AuditContext): AccountPrincipal {
  const known = memo.get(context)
  if (known !== undefined) return known
  const compiled = compilePolicy(DOCUMENT, {name: 'AdministratorAccess', kind: 'identity'})
  const found = principalWith(context, 'AdministratorAccess', DOCUMENT, compiled)
  memo.set(context, found)
  return found
}

/** A role that nobody has, with one policy and no boundary, under the control policies of the account. */
export function principalWith(
  {policies, snapshot}: AuditContext,
  policyName: string,
  document: string,
  compiled: CompiledPolicy,
): AccountPrincipal {
  const name = `${UNNAMED}-${policyName}`
  const arn = `arn:${snapshot.partition}:iam::${policies.account}:role/${name}`
  const {scp, rcp, managementAccount} = policies
  return {
    kind: 'role',
    arn,
    name,
    path: '/',
    id: UNNAMED,
    serviceLinked: false,
    principal: {kind: 'role', arn, account: policies.account},
    layers: layersOf({identity: {policies: [compiled], unread: []}, scp, rcp, managementAccount}),
    policies: [{name: policyName, arn: null, origin: 'inline', group: null, document, compiled}],
    boundaryArn: null,
    trust: null,
    trustDocument: null,
    tags: [],
    createdAt: null,
  }
}
