import {addDefaultVpc} from './default-vpc.js'
import {misfit} from './misfit.js'
import {momentAt} from './moment.js'
import {defaultAcl, defaultGroup, toAcl, toGroup} from './network-rules.js'
import type {NetworkAcl, NetworkState, RouteTable, SecurityGroup, VpcEndpoint} from './network-state.js'
import {awsPrefixLists} from './prefix-lists.js'
import {type ScenarioNetwork, type ScenarioVpc, tagsOf} from './scenario-network.js'
import {hexId} from './unique-id.js'

type ScenarioEndpoint = NonNullable<ScenarioVpc['endpoints']>[number]

interface NetworkPlace {
  readonly account: string
  readonly region: string
  readonly now: number
}

type Mutable = {[Key in keyof NetworkState]: NetworkState[Key][number][]}

/** An account's network in a Region: what the scenario has, and what EC2 makes of itself with every VPC. */
export function buildNetwork(scenario: ScenarioNetwork | undefined, place: NetworkPlace): NetworkState {
  const state: Mutable = {
    vpcs: [],
    subnets: [],
    routeTables: [],
    securityGroups: [],
    networkAcls: [],
    endpoints: [],
    prefixLists: [...awsPrefixLists(place.region)],
    internetGateways: [],
    natGateways: [],
  }
  if (scenario?.defaultVpc !== false) addDefaultVpc(state, place)
  for (const vpc of scenario?.vpcs ?? []) addVpc(state, vpc, place)
  for (const {id, listName: name, entries, ...rest} of scenario?.prefixLists ?? []) {
    const lines = entries.map(({cidr, description}) => ({cidr, description}))
    state.prefixLists.push({id, name, owner: place.account, entries: lines, tags: tagsOf(rest)})
  }
  checkReferences(state, place)
  return state
}

function addVpc(state: Mutable, vpc: ScenarioVpc, place: NetworkPlace): void {
  const {id: vpcId, cidr, dnsSupport = true, dnsHostnames = true} = vpc
  state.vpcs.push({id: vpcId, cidr, isDefault: false, dnsSupport, dnsHostnames, tags: tagsOf(vpc)})
  if (vpc.internetGateway !== undefined) state.internetGateways.push({id: vpc.internetGateway, vpcId, tags: {}})
  for (const subnet of vpc.subnets ?? []) {
    const zone = `${place.region}${subnet.zone}`
    const {id, public: publicAddresses = false} = subnet
    state.subnets.push({id, vpcId, cidr: subnet.cidr, zone, isDefault: false, publicAddresses, tags: tagsOf(subnet)})
  }
  for (const nat of vpc.natGateways ?? []) {
    const {id, subnet: subnetId, state: status = 'available', publicIp = '198.51.100.10'} = nat
    state.natGateways.push({id, vpcId, subnetId, state: status, publicIp, createdAt: place.now, tags: tagsOf(nat)})
  }
  const endpoints = (vpc.endpoints ?? []).map((endpoint) => toEndpoint(endpoint, vpcId, place))
  state.endpoints.push(...endpoints)
  state.routeTables.push(...routeTablesOf(vpc, endpoints, state))
  state.securityGroups.push(...groupsOf(vpc))
  state.networkAcls.push(...aclsOf(vpc))
}

function routeTablesOf(vpc: ScenarioVpc, endpoints: readonly VpcEndpoint[], state: Mutable): readonly RouteTable[] {
  const given = vpc.routeTables ?? []
  const tables = given.some(({main}) => main) ? given : [{id: `rtb-${hexId(vpc.id)}`, main: true}, ...given]
  return tables.map((table) => ({
    id: table.id,
    vpcId: vpc.id,
    main: table.main ?? false,
    subnets: table.subnets ?? [],
    routes: [
      {to: vpc.cidr, via: 'local'},
      ...(table.routes ?? []),
      ...endpoints
        .filter(({routeTables}) => routeTables.includes(table.id))
        .map(({id, serviceName}) => ({
          to: state.prefixLists.find(({name}) => name === serviceName)?.id ?? '',
          via: id,
        })),
    ],
    tags: tagsOf(table),
  }))
}

function groupsOf(vpc: ScenarioVpc): readonly SecurityGroup[] {
  const given = vpc.securityGroups ?? []
  const own = given.map((group) => toGroup(group, vpc.id))
  return given.some(({groupName}) => groupName === 'default') ? own : [defaultGroup(vpc.id), ...own]
}

function aclsOf(vpc: ScenarioVpc): readonly NetworkAcl[] {
  const given = (vpc.networkAcls ?? []).map((acl) => toAcl(acl, vpc.id))
  const taken = new Set(given.flatMap(({subnets}) => subnets))
  const left = (vpc.subnets ?? []).map(({id}) => id).filter((id) => !taken.has(id))
  if (!given.some(({isDefault}) => isDefault)) return [defaultAcl(vpc.id, left), ...given]
  return given.map((acl) => (acl.isDefault ? {...acl, subnets: [...acl.subnets, ...left]} : acl))
}

const EVERYTHING = {Statement: [{Action: '*', Effect: 'Allow', Principal: '*', Resource: '*'}]}

function toEndpoint(endpoint: ScenarioEndpoint, vpcId: string, {region, now}: NetworkPlace): VpcEndpoint {
  const {id, service, policy} = endpoint
  const type = endpoint.type ?? 'Interface'
  return {
    id,
    vpcId,
    serviceName: service.startsWith('com.amazonaws.') ? service : `com.amazonaws.${region}.${service}`,
    type,
    state: endpoint.state ?? 'available',
    privateDns: endpoint.privateDns ?? type === 'Interface',
    subnets: endpoint.subnets ?? [],
    securityGroups: endpoint.securityGroups ?? [],
    routeTables: endpoint.routeTables ?? [],
    policy: policy ? JSON.stringify(policy) : JSON.stringify(EVERYTHING, null, 2),
    createdAt: momentAt(endpoint.createdOn ?? '-100d', now),
    tags: tagsOf(endpoint),
  }
}

/** A reference that leads nowhere would make the network something that EC2 could never answer with. */
function checkReferences(state: Mutable, {account, region}: NetworkPlace): void {
  const known = new Set(Object.values(state).flatMap((list) => list.map(({id}) => id)))
  const wanted = [
    ...state.endpoints.flatMap((one) => [...one.subnets, ...one.securityGroups, ...one.routeTables]),
    ...state.routeTables.flatMap((one) => one.subnets),
    ...state.routeTables.flatMap((one) => one.routes.map(({via}) => via).filter((via) => /^(igw|nat|vpce)-/.test(via))),
    ...state.routeTables.flatMap((one) => one.routes.map(({to}) => to).filter((to) => /^(pl-|$)/.test(to))),
    ...state.networkAcls.flatMap((one) => one.subnets),
    ...state.natGateways.map((one) => one.subnetId),
    ...state.securityGroups.flatMap(({rules}) => rules.flatMap(({group}) => group ?? [])),
  ]
  const missing = wanted.find((id) => !known.has(id))
  if (missing === undefined) return
  throw misfit(
    `accounts[${account}].regions.${region}.network`,
    `there is no ${missing === '' ? 'prefix list' : missing}`,
  )
}
