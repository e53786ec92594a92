import type {AuthorisationRequest} from '../world.js'
import type {AccountState, Denial} from './state.js'

/** True when the text is matched by a pattern in which `*` stands for any run of characters. */
export function matchesPattern(pattern: string, text: string): boolean {
  const escaped = pattern.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')
  return new RegExp(`^${escaped}$`, 'i').test(text)
}

// STS answers who one is even when everything is denied.
const NEVER_DENIED = 'sts:GetCallerIdentity'

/** AWS's own words when a denial of the scenario forbids the call. */
export function denialMessage(
  account: AccountState,
  principal: string,
  request: AuthorisationRequest,
): string | undefined {
  const {action} = request
  if (action === NEVER_DENIED || !account.denials.some((denial) => denies(denial, principal, request))) return undefined
  return (
    `User: ${principal} is not authorized to perform: ${action} ` +
    `because no identity-based policy allows the ${action} action`
  )
}

function denies({action, regions, principals}: Denial, principal: string, request: AuthorisationRequest): boolean {
  if (!matchesPattern(action, request.action)) return false
  if (regions && !regions.includes(request.region)) return false
  return principals === undefined || principals.includes(nameOf(principal))
}

/** `sandbox` of `…:user/sandbox`; `auditor` of `…:assumed-role/auditor/session`. */
function nameOf(principal: string): string {
  const [kind, ...rest] = principal.slice(principal.lastIndexOf(':') + 1).split('/')
  return (kind === 'assumed-role' ? rest[0] : rest.at(-1)) ?? ''
}
