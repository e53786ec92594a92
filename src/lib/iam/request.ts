import type {Principal} from './principal.js'
import type {RequestContext} from './request-context.js'
import {type NamedResource, nameResource} from './resource-pattern.js'

export interface RequestInput {
  /** `service:Action`, in any case. */
  readonly action: string
  /** An ARN, or `*` for an action that knows no resource. */
  readonly resource: string
  readonly principal: Principal
  readonly context: RequestContext
  /**
   * Account that owns the resource, where the ARN does not say it (S3). Null: owned by AWS. Without it the ARN decides; a
   * foundation model has no account in its ARN and belongs to AWS.
   */
  readonly resourceAccount?: string | null
}

/** One question to the evaluator, made ready. */
export interface AuthorizationRequest {
  readonly action: string
  /** Lower case. */
  readonly actionKey: string
  /** Lower case, for example `bedrock`. */
  readonly service: string
  readonly resource: NamedResource
  readonly principal: Principal
  readonly context: RequestContext
  readonly owner: string | 'aws' | 'unknown'
}

/** Services whose ARNs never hold the account of the owner. */
const WITHOUT_ACCOUNT = ['s3']

export function createRequest({
  action,
  resource,
  principal,
  context,
  resourceAccount,
}: RequestInput): AuthorizationRequest {
  const actionKey = action.toLowerCase()
  const named = nameResource(resource)
  const service = actionKey.slice(0, Math.max(0, actionKey.indexOf(':')))
  return {
    action,
    actionKey,
    service,
    resource: named,
    principal,
    context,
    owner: resourceAccount === undefined ? ownerOf(named) : (resourceAccount ?? 'aws'),
  }
}

function ownerOf({fields}: NamedResource): AuthorizationRequest['owner'] {
  const [, , service = '', , account = ''] = fields
  if (account !== '') return account
  return WITHOUT_ACCOUNT.includes(service) ? 'unknown' : 'aws'
}
