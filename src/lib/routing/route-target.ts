import {formatArn} from '../core/arn.js'
import type {TracedRoute} from './routes-trace.schema.js'

/** One way to the model, as the caller names it and as IAM sees it. */
export interface RouteTarget {
  /** What to pass as modelId. */
  readonly id: string
  readonly kind: TracedRoute['kind']
  readonly resource: TracedRoute['resource']
  readonly arn: string
  readonly geography: string | null
  /** Null when not known, and for Global. */
  readonly destinations: readonly string[] | null
  /** Null for an imported model, which has no base model. */
  readonly modelId: string | null
  readonly note: string | null
}

/** Where a target is called from and by whom. */
export interface CallPlace {
  readonly partition: string
  readonly region: string
  /** `<account>` when it was not read. */
  readonly account: string
}

export const ACCOUNT_PLACEHOLDER = '<account>'

/** ARN of a foundation model in a Region; the empty Region is the one a Global profile is authorised for. */
export function modelArn(partition: string, region: string, modelId: string): string {
  return formatArn({partition, service: 'bedrock', region, account: '', resource: `foundation-model/${modelId}`})
}

/** ARN of something of the account in the Region called. */
export function ownArn({partition, region, account}: CallPlace, resource: string, service = 'bedrock'): string {
  return formatArn({partition, service, region, account, resource})
}
