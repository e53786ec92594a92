import {defaultAcl, defaultGroup} from './network-rules.js'
import type {InternetGateway, NetworkAcl, RouteTable, SecurityGroup, Subnet, Vpc} from './network-state.js'
import {hexId} from './unique-id.js'
import {zoneLetters} from './zones.js'

interface Parts {
  readonly vpcs: Vpc[]
  readonly subnets: Subnet[]
  readonly routeTables: RouteTable[]
  readonly securityGroups: SecurityGroup[]
  readonly networkAcls: NetworkAcl[]
  readonly internetGateways: InternetGateway[]
}

const CIDR = '172.31.0.0/16'

/** The VPC that every Region of a new account has: a public subnet in each Availability Zone. */
export function addDefaultVpc(
  state: Parts,
  {account, region}: {readonly account: string; readonly region: string},
): void {
  const seed = `${account}/${region}/default`
  const vpcId = `vpc-${hexId(seed)}`
  const gateway = `igw-${hexId(seed)}`
  const subnets = zoneLetters(region).map((letter, index) => ({
    id: `subnet-${hexId(`${seed}/${letter}`)}`,
    vpcId,
    cidr: `172.31.${16 * index}.0/20`,
    zone: `${region}${letter}`,
    isDefault: true,
    publicAddresses: true,
    tags: {},
  }))
  state.vpcs.push({id: vpcId, cidr: CIDR, isDefault: true, dnsSupport: true, dnsHostnames: true, tags: {}})
  state.subnets.push(...subnets)
  state.internetGateways.push({id: gateway, vpcId, tags: {}})
  const routes = [
    {to: CIDR, via: 'local'},
    {to: '0.0.0.0/0', via: gateway},
  ]
  state.routeTables.push({id: `rtb-${hexId(seed)}`, vpcId, main: true, subnets: [], routes, tags: {}})
  state.securityGroups.push(defaultGroup(vpcId))
  const ids = subnets.map(({id}) => id)
  state.networkAcls.push(defaultAcl(vpcId, ids))
}
