import type {AccountPrincipal} from '../../iam/account/account-policies.js'
import type {CompiledPolicy, CompiledStatement} from '../../iam/compile-policy.js'
import type {Glob} from '../../iam/glob.js'
import type {PolicySet} from '../../iam/policy-layers.js'
import type {RequestContext} from '../../iam/request-context.js'
import {type NamedResource, testResource} from '../../iam/resource-pattern.js'
import {NO} from '../../iam/truth.js'

/** Whether policies are missing here, or are such as AWS would refuse. */
export function isPartial({policies, unread}: PolicySet): boolean {
  return unread.length > 0 || policies.some(({refused}) => refused)
}

/** Whether an own policy allows the action, given in lower case, on anything; an unread one may. */
export function holdsAction({layers}: AccountPrincipal, actionKey: string): boolean {
  const {identity} = layers
  if (isPartial(identity)) return true
  return identity.policies.some((policy) => policy.statementsFor(actionKey).some(({effect}) => effect === 'Allow'))
}

/** Whether an Allow of the class may be about the resource; what was not read may be about any. */
export function reachesResource(
  {lead, own}: {readonly lead: AccountPrincipal; readonly own: readonly CompiledStatement[]},
  resource: NamedResource,
  context: RequestContext,
): boolean {
  if (isPartial(lead.layers.identity)) return true
  return own.some(({effect, resources, notResources}) => {
    if (effect !== 'Allow') return false
    if (resources === undefined || notResources) return true
    return resources.some((pattern) => testResource(pattern, resource, context) !== NO)
  })
}

/** Whether a policy of the principal's own allows something of a service, given as `bedrock:`. */
export function touchesService({layers}: AccountPrincipal, service: string): boolean {
  const {identity} = layers
  if (isPartial(identity)) return true
  return identity.policies.some((policy) => {
    const known = touchMemo.get(policy)
    const found = known?.get(service)
    if (found !== undefined) return found
    const touches = policyTouches(policy, service)
    touchMemo.set(policy, (known ?? new Map<string, boolean>()).set(service, touches))
    return touches
  })
}

const touchMemo = new WeakMap<CompiledPolicy, Map<string, boolean>>()

function policyTouches({statements}: CompiledPolicy, service: string): boolean {
  return statements.some(
    ({effect, notActions, actions}) =>
      effect === 'Allow' && (notActions || actions.some((glob) => mayStartWith(glob, service))),
  )
}

function mayStartWith(glob: Glob, service: string): boolean {
  switch (glob.kind) {
    case 'any':
      return true
    case 'exact':
      return glob.text.startsWith(service)
    case 'prefix':
      return glob.text.startsWith(service) || service.startsWith(glob.text)
    case 'pattern': {
      const wild = glob.codes.findIndex((code) => code < 0)
      const start = String.fromCharCode(...glob.codes.slice(0, wild))
      return start.startsWith(service) || service.startsWith(start)
    }
  }
}
