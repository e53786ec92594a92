import type * as Ec2 from '@aws-sdk/client-ec2'
import type {AvailabilityZone, Filter, Region} from '@aws-sdk/client-ec2'
import {handlersFor, type RequestContext, WireError} from '../../handler.js'
import {matchesPattern} from '../../world/denials.js'
import {optStatus, regionsOf} from '../../world/opt-in.js'
import {zoneId, zoneLetters} from '../../world/zones.js'
import {type Kind, select} from './selection.js'

const OPT_IN_STATUS = {
  ENABLED_BY_DEFAULT: 'opt-in-not-required',
  ENABLED: 'opted-in',
  ENABLING: 'not-opted-in',
  DISABLING: 'not-opted-in',
  DISABLED: 'not-opted-in',
} as const

export const regions = handlersFor<typeof Ec2>()({
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

  DescribeAvailabilityZones({ZoneNames, ZoneIds, Filters}, context) {
    const all = zonesOf(context.region)
    const named = all.filter(
      ({id, zone}) => (!ZoneNames || ZoneNames.includes(id)) && (!ZoneIds || ZoneIds.includes(zone)),
    )
    const unknown = ZoneNames?.find((name) => !all.some(({id}) => id === name))
    if (unknown !== undefined) {
      throw new WireError('InvalidParameterValue', `Invalid availability zone: [${unknown}]`)
    }
    const {items} = select(named, {filters: Filters}, ZONE, context)
    return {AvailabilityZones: items.map((zone) => describeZone(zone, context))}
  },
})

interface Zone {
  /** eu-central-1a */
  readonly id: string
  /** euc1-az1 */
  readonly zone: string
  readonly tags: Readonly<Record<string, string>>
}

function zonesOf(region: string): readonly Zone[] {
  return zoneLetters(region).map((letter) => ({id: region + letter, zone: zoneId(region + letter), tags: {}}))
}

const ZONE: Kind<Zone> = {
  prefix: 'zone',
  error: 'InvalidParameterValue',
  noun: 'zone',
  filters: {
    'group-name': ({id}) => [`${id.slice(0, -1)}-zg-1`],
    message: () => [],
    'opt-in-status': () => ['opt-in-not-required'],
    'parent-zone-id': () => [],
    'parent-zone-name': () => [],
    'region-name': ({id}) => [id.slice(0, -1)],
    state: () => ['available'],
    'zone-id': ({zone}) => [zone],
    'zone-name': ({id}) => [id],
    'zone-type': () => ['availability-zone'],
  },
}

function describeZone({id, zone}: Zone, {region}: RequestContext): AvailabilityZone {
  return {
    State: 'available',
    OptInStatus: 'opt-in-not-required',
    Messages: [],
    RegionName: region,
    ZoneName: id,
    ZoneId: zone,
    GroupName: `${region}-zg-1`,
    NetworkBorderGroup: region,
    ZoneType: 'availability-zone',
  }
}

function passes(region: Region, {Name = '', Values = []}: Filter): boolean {
  const field = {endpoint: region.Endpoint, 'opt-in-status': region.OptInStatus, 'region-name': region.RegionName}[Name]
  if (field === undefined) throw new WireError('InvalidParameterValue', `The filter '${Name}' is invalid`, 400)
  return Values.some((value) => matchesPattern(value, field))
}
