import {formatArn} from '../../core/arn.js'
import type {RequestContext} from '../handler.js'
import {momentAt} from '../world/moment.js'
import {partitionOf} from '../world/offering.js'
import type {AccountResources, RegionResources} from '../world/resources.js'

/** What the calling account has in the called Region, and the words for it. */
export interface AccountPlace {
  readonly resources: RegionResources
  /** Of all Regions. */
  readonly account: AccountResources
  /** A day of the scenario. */
  date(day: string): Date
  /** ARN of a resource of the calling account in the called Region. */
  arn(service: string, resource: string): string
}

export function placeOf({world, account, region}: RequestContext): AccountPlace {
  const {resources} = world.account(account)
  const {startedAt} = resources
  const partition = partitionOf(world.catalog, region)
  return {
    account: resources,
    resources: resources.byRegion.get(region) ?? {startedAt},
    date: (day) => new Date(momentAt(day, startedAt)),
    arn: (service, resource) => formatArn({partition, service, region, account, resource}),
  }
}
