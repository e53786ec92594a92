import type * as Ec2 from '@aws-sdk/client-ec2'
import type {Filter, Region} from '@aws-sdk/client-ec2'
import {handlersFor, WireError} from '../handler.js'
import {matchesPattern} from '../world/denials.js'
import {optStatus, regionsOf} from '../world/opt-in.js'

const OPT_IN_STATUS = {
  ENABLED_BY_DEFAULT: 'opt-in-not-required',
  ENABLED: 'opted-in',
  ENABLING: 'not-opted-in',
  DISABLING: 'not-opted-in',
  DISABLED: 'not-opted-in',
} as const

export default handlersFor<typeof Ec2>()({
  DescribeRegions({AllRegions = false, Filters = [], RegionNames = []}, {world, account: id, now}) {
    const account = world.account(id)
    const all = regionsOf(world.catalog, account).map(
      (region): Region => ({
        RegionName: region.name,
        Endpoint: `ec2.${region.name}.amazonaws.com`,
        OptInStatus: OPT_IN_STATUS[optStatus(account, region, now())],
      }),
    )
    const unknown = RegionNames.filter((name) => !all.some(({RegionName}) => RegionName === name))
    if (unknown.length > 0) {
      throw new WireError('InvalidParameterValue', `Invalid region(s) provided: ${unknown.join(', ')}`, 400)
    }
    const shown = all.filter(
      (region) =>
        (AllRegions || RegionNames.length > 0 || region.OptInStatus !== 'not-opted-in') &&
        (RegionNames.length === 0 || RegionNames.includes(region.RegionName ?? '')) &&
        Filters.every((filter) => passes(region, filter)),
    )
    return {Regions: shown}
  },
})

function passes(region: Region, {Name = '', Values = []}: Filter): boolean {
  const field = {endpoint: region.Endpoint, 'opt-in-status': region.OptInStatus, 'region-name': region.RegionName}[Name]
  if (field === undefined) throw new WireError('InvalidParameterValue', `The filter '${Name}' is invalid`, 400)
  return Values.some((value) => matchesPattern(value, field))
}
