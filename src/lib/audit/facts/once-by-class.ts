import type {AccountPrincipal} from '../../iam/account/account-policies.js'
import type {EffectiveAccess} from './effective-access.js'

/** Works something out once for all whose policies say the same about each of the actions. */
export function onceByClass<Value>(
  access: EffectiveAccess,
  actions: readonly string[],
  work: (principal: AccountPrincipal) => Value,
): (principal: AccountPrincipal) => Value {
  const keys = actions.map((action) => action.toLowerCase())
  const known = new Map<string, {readonly value: Value}>()
  return (principal) => {
    const id = keys.map((key) => access.classOf(principal, key).id).join()
    const found = known.get(id) ?? {value: work(principal)}
    known.set(id, found)
    return found.value
  }
}
