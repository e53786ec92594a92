/** What AWS's wording of a denial tells: who, what, on what, and which policy layer said no. */
export interface Denial {
  readonly principal: string | undefined
  readonly action: string | undefined
  readonly resource: string | undefined
  /** In AWS's words, such as `service control policy`, `permissions boundary`, `VPC endpoint policy`. */
  readonly layer: string | undefined
  /** True when a Deny statement matched; false when nothing allowed it; undefined when the message does not say. */
  readonly explicit: boolean | undefined
}

const LAYER = '(?<layer>[A-Za-z][A-Za-z -]*?(?:policy|boundary))'
const EXPLICIT = new RegExp(`explicit deny in an? ${LAYER}`)
const MISSING = new RegExp(`because no ${LAYER} allows`)

/** Reads "User: … is not authorized to perform: … on resource: … because …"; what the message lacks is undefined. */
export function parseDenial(message: string): Denial {
  const layer = EXPLICIT.exec(message)?.groups?.['layer']
  const missing = MISSING.exec(message)?.groups?.['layer']
  return {
    principal: /User: (\S+)/.exec(message)?.[1],
    action: /perform: ([a-z0-9-]+:[A-Za-z0-9*]+)/.exec(message)?.[1],
    resource: /on resource: (\S+?)[.,]?(?:\s|$)/.exec(message)?.[1],
    layer: layer ?? missing,
    explicit: /explicit deny/.test(message) ? true : missing === undefined ? undefined : false,
  }
}

const OWNER: Readonly<Record<string, string>> = {
  'service control policy': 'Only the administrators of your AWS organisation can change a service control policy.',
  'resource control policy': 'Only the administrators of your AWS organisation can change a resource control policy.',
  'permissions boundary': 'Ask whoever set the permissions boundary of this principal to admit the action.',
  'session policy': 'The session was opened with a narrower policy: open it without one, or with the action in it.',
  'VPC endpoint policy': 'Change the policy of the VPC endpoint, or call from outside it.',
}

/** One next step that fits the layer that said no. */
export function denialHint(denial: Denial, action: string): string {
  const owner = denial.layer === undefined ? undefined : OWNER[denial.layer]
  if (owner !== undefined) return owner
  const whom = denial.principal === undefined ? 'the calling principal' : denial.principal
  return denial.explicit === true
    ? `Remove the Deny statement that matches ${action} for ${whom}.`
    : `Allow ${action} for ${whom}.`
}
