import {parseArn} from '../../../core/arn.js'
import type {RequestContext} from '../../handler.js'
import {bedrockArn} from '../../world/build-region.js'
import {partitionOf} from '../../world/offering.js'
import type {RegionalState} from '../../world/state.js'
import {invalid} from './refusals.js'

/** What the calling account keeps in the called Region. */
export function here({world, account, region}: RequestContext): RegionalState {
  return world.regional(account, region)
}

/** ARN of a resource of the calling account in the called Region. */
export function ownArn({world, account, region}: RequestContext, resource: string): string {
  return bedrockArn({catalog: world.catalog, account, region}, resource)
}

/**
 * The resource part of an ARN of the called Region, or `undefined` for an id or name. An ARN of another Region,
 * partition or service is refused, as Bedrock does.
 */
export function resourceHere(identifier: string, {world, region}: RequestContext): string | undefined {
  if (!identifier.startsWith('arn:')) return undefined
  const arn = parseArn(identifier)
  if (arn?.service !== 'bedrock') throw invalid('The provided ARN is invalid.')
  if (arn.region !== region || arn.partition !== partitionOf(world.catalog, region)) {
    throw invalid('The provided ARN is invalid for the service region.')
  }
  return arn.resource
}
