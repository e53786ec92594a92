import {formatArn} from '../../../core/arn.js'
import type {RequestContext} from '../../handler.js'
import type {NetworkState} from '../../world/network-state.js'
import {partitionOf} from '../../world/offering.js'

/** The network of the calling account in the called Region. */
export function network({world, account, region}: RequestContext): NetworkState {
  return world.regional(account, region).network
}

export function ec2Arn({world, account, region}: RequestContext, resource: string, owner = account): string {
  return formatArn({partition: partitionOf(world.catalog, region), service: 'ec2', region, account: owner, resource})
}
