import {parseArn} from '../../../core/arn.js'
import type {Role} from '../../world/iam-state.js'
import type {KmsKey} from '../../world/resources.js'
import {judge, roleMay} from './batch/policy.js'
import type {JobPlace} from './batch/role-rights.js'

/** The key of an ARN, whoever's it is. */
export function keyOf(keyArn: string, {world}: JobPlace): KmsKey | undefined {
  const arn = parseArn(keyArn)
  const owner = world.accounts.get(arn?.account ?? '')
  const id = arn?.resource.replace(/^key\//, '')
  return owner?.resources.byRegion.get(arn?.region ?? '')?.keys?.find((key) => key.id === id)
}

/**
 * Whether a role may do this with a key that is there and enabled. A key's policy that names the role is enough; one
 * that leaves it to the account asks the role's own policies too.
 */
export function roleMayUseKey(role: Role, action: string, keyArn: string, place: JobPlace): boolean {
  const key = keyOf(keyArn, place)
  if (!key || (key.state ?? 'Enabled') !== 'Enabled') return false
  const attempt = {action, resource: keyArn, context: {'aws:principalarn': role.arn}}
  const named = key.policy !== undefined && JSON.stringify(key.policy).includes(JSON.stringify(role.arn))
  const byKey = keyAllows(key, attempt, role.arn, keyArn)
  if (!byKey) return false
  return named || roleMay(role, place.world.account(place.account).iam, attempt)
}

/** Without a policy of its own, a key leaves it to its account. */
export function keyAllows(
  {policy}: KmsKey,
  attempt: {readonly action: string; readonly resource: string; readonly context: Readonly<Record<string, string>>},
  principal: string,
  keyArn: string,
): boolean {
  if (policy === undefined) return parseArn(keyArn)?.account === parseArn(principal)?.account
  return judge([policy], attempt, principal) === 'allowed'
}
