import type * as Ec2 from '@aws-sdk/client-ec2'
import type {DnsEntry, Filter, ServiceDetail, State, VpcEndpoint as VpcEndpointAnswer} from '@aws-sdk/client-ec2'
import {handlersFor, type RequestContext, WireError} from '../../handler.js'
import {type EndpointService, endpointServices} from '../../world/endpoint-services.js'
import type {VpcEndpoint} from '../../world/network-state.js'
import {hexId} from '../../world/unique-id.js'
import {zoneId, zoneLetters} from '../../world/zones.js'
import {interfaceId} from './network-interfaces.js'
import {network} from './place.js'
import {type Kind, select, tagList} from './selection.js'

export const endpoints = handlersFor<typeof Ec2>()({
  DescribeVpcEndpoints({VpcEndpointIds: ids, Filters: filters, MaxResults: maxResults, NextToken: nextToken}, context) {
    const kind = endpointKind(context)
    const {items, next} = select(network(context).endpoints, {ids, filters, maxResults, nextToken}, kind, context)
    return {VpcEndpoints: items.map((endpoint) => describeEndpoint(endpoint, context)), NextToken: next}
  },

  DescribeVpcEndpointServices({ServiceNames, Filters: filters, MaxResults: maxResults, NextToken: nextToken}, context) {
    const all = endpointServices(context.world.catalog, context.region)
    const unknown = ServiceNames?.find((name) => !all.some((service) => service.name === name))
    if (unknown !== undefined) {
      throw new WireError('InvalidServiceName', `The Vpc Endpoint Service '${unknown}' does not exist`)
    }
    const named = all
      .filter(({name}) => ServiceNames === undefined || ServiceNames.includes(name))
      .map((service) => ({...service, tags: {}}))
    const scoped = {filters: [...(filters ?? []), ...namesFilter(ServiceNames)], maxResults, nextToken}
    const {items, next} = select(named, scoped, serviceKind(context), context)
    return {
      ServiceNames: [...new Set(items.map(({name}) => name))],
      ServiceDetails: items.map((service) => describeService(service, context)),
      NextToken: next,
    }
  },
})

/** A token is good for the same names only. */
function namesFilter(names: readonly string[] | undefined): readonly Filter[] {
  return names && names.length > 0 ? [{Name: 'service-name', Values: [...names]}] : []
}

function endpointKind({region}: RequestContext): Kind<VpcEndpoint> {
  return {
    prefix: 'vpce',
    error: 'InvalidVpcEndpointId',
    noun: 'Vpc Endpoint Id',
    filters: {
      'ip-address-type': () => ['ipv4'],
      'service-name': ({serviceName}) => [serviceName],
      'service-region': () => [region],
      'vpc-endpoint-id': ({id}) => [id],
      'vpc-endpoint-state': ({state}) => [state],
      'vpc-endpoint-type': ({type}) => [type],
      'vpc-id': ({vpcId}) => [vpcId],
    },
  }
}

function describeEndpoint(endpoint: VpcEndpoint, context: RequestContext): VpcEndpointAnswer {
  const {id, vpcId, serviceName, type, state, subnets, routeTables, policy, privateDns, createdAt, tags} = endpoint
  const isInterface = type === 'Interface'
  return {
    VpcEndpointId: id,
    VpcEndpointType: type,
    VpcId: vpcId,
    ServiceName: serviceName,
    // The model's enum has a capital; EC2 sends what the scenario has.
    State: state as State,
    PolicyDocument: policy,
    RouteTableIds: [...routeTables],
    SubnetIds: [...subnets],
    Groups: groupsOf(endpoint, context),
    ...(isInterface && {IpAddressType: 'ipv4', DnsOptions: {DnsRecordIpType: 'ipv4'}}),
    PrivateDnsEnabled: privateDns,
    RequesterManaged: false,
    NetworkInterfaceIds: isInterface ? subnets.map((subnet) => interfaceId(id, subnet)) : [],
    DnsEntries: isInterface ? dnsEntries(endpoint, context) : [],
    CreationTimestamp: new Date(createdAt),
    Tags: tagList(tags),
    OwnerId: context.account,
    ServiceRegion: context.region,
    ...(state === 'failed' && {LastError: {Code: 'InternalError', Message: 'The endpoint could not be created.'}}),
  }
}

function groupsOf({securityGroups}: VpcEndpoint, context: RequestContext) {
  const known = network(context).securityGroups
  return securityGroups.map((id) => ({GroupId: id, GroupName: known.find((group) => group.id === id)?.name}))
}

/** The Regional name first, one a zone, and the service's own name with private DNS. */
function dnsEntries(endpoint: VpcEndpoint, context: RequestContext): DnsEntry[] {
  const {id, serviceName, subnets, privateDns} = endpoint
  const base = serviceName.split('.').slice(3).join('.')
  const host = `${id}-${hexId(`${id}/dns`, 8)}`
  const zones = network(context).subnets.filter((subnet) => subnets.includes(subnet.id))
  const names = ['', ...new Set(zones.map(({zone}) => `-${zone}`))]
  const own = endpointServices(context.world.catalog, context.region).find(({name}) => name === serviceName)
  const publicEntries = names.map((zone) => ({
    DnsName: `${host}${zone}.${base}.${context.region}.vpce.amazonaws.com`,
    HostedZoneId: zoneNumber(base),
  }))
  const privateName = privateDns ? own?.privateDnsName : undefined
  return privateName === undefined
    ? publicEntries
    : [...publicEntries, {DnsName: privateName, HostedZoneId: zoneNumber(id)}]
}

const zoneNumber = (name: string): string => `Z${hexId(`${name}/zone`, 20).toUpperCase()}`

type Offered = EndpointService & {readonly tags: Readonly<Record<string, string>>}

function serviceKind({region}: RequestContext): Kind<Offered> {
  return {
    prefix: 'vpce-svc',
    error: 'InvalidServiceName',
    noun: 'Vpc Endpoint Service',
    filters: {
      owner: () => ['amazon'],
      'service-name': ({name}) => [name],
      'service-region': () => [region],
      'service-type': ({type}) => [type],
      'supported-ip-address-types': () => ['ipv4'],
    },
  }
}

function describeService(service: Offered, {region}: RequestContext): ServiceDetail {
  const {id, name, type, baseDnsName, privateDnsName} = service
  const zones = zoneLetters(region).map((letter) => region + letter)
  return {
    ServiceName: name,
    ServiceId: id,
    ServiceType: [{ServiceType: type}],
    ServiceRegion: region,
    AvailabilityZones: zones,
    AvailabilityZoneIds: zones.map(zoneId),
    Owner: 'amazon',
    BaseEndpointDnsNames: [baseDnsName],
    ...(privateDnsName !== undefined && {
      PrivateDnsName: privateDnsName,
      PrivateDnsNames: [{PrivateDnsName: privateDnsName}],
      PrivateDnsNameVerificationState: 'verified',
    }),
    VpcEndpointPolicySupported: true,
    AcceptanceRequired: false,
    ManagesVpcEndpoints: false,
    Tags: [],
    SupportedIpAddressTypes: ['ipv4'],
  }
}
