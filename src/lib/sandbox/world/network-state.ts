/** What every EC2 resource has. */
interface Ec2Resource {
  readonly id: string
  readonly tags: Readonly<Record<string, string>>
}

export interface Vpc extends Ec2Resource {
  readonly cidr: string
  readonly isDefault: boolean
  readonly dnsSupport: boolean
  readonly dnsHostnames: boolean
}

export interface Subnet extends Ec2Resource {
  readonly vpcId: string
  readonly cidr: string
  /** eu-central-1a */
  readonly zone: string
  readonly isDefault: boolean
  readonly publicAddresses: boolean
}

export interface Route {
  /** A CIDR or the id of a prefix list. */
  readonly to: string
  /** `local`, or the id of a gateway, endpoint, peering or interface. */
  readonly via: string
}

export interface RouteTable extends Ec2Resource {
  readonly vpcId: string
  readonly main: boolean
  readonly subnets: readonly string[]
  readonly routes: readonly Route[]
}

export interface SecurityRule {
  readonly id: string
  readonly egress: boolean
  /** `-1` for all. */
  readonly protocol: string
  readonly from: number | undefined
  readonly to: number | undefined
  readonly cidr: string | undefined
  readonly group: string | undefined
  readonly prefixList: string | undefined
  readonly description: string | undefined
}

export interface SecurityGroup extends Ec2Resource {
  readonly vpcId: string
  readonly name: string
  readonly description: string
  readonly rules: readonly SecurityRule[]
}

export interface AclEntry {
  /** 32767 is the last, which nobody can change. */
  readonly number: number
  readonly egress: boolean
  readonly allows: boolean
  /** IANA number; -1 for all. */
  readonly protocol: string
  readonly ports: readonly [number, number] | undefined
  readonly cidr: string
}

export interface NetworkAcl extends Ec2Resource {
  readonly vpcId: string
  readonly isDefault: boolean
  readonly subnets: readonly string[]
  readonly entries: readonly AclEntry[]
}

export interface VpcEndpoint extends Ec2Resource {
  readonly vpcId: string
  readonly serviceName: string
  readonly type: 'Interface' | 'Gateway'
  /** As EC2 sends it: the model's enum begins with a capital. */
  readonly state: string
  readonly privateDns: boolean
  readonly subnets: readonly string[]
  readonly securityGroups: readonly string[]
  readonly routeTables: readonly string[]
  /** JSON text. */
  readonly policy: string
  readonly createdAt: number
}

export interface PrefixList extends Ec2Resource {
  readonly name: string
  readonly owner: string
  readonly entries: readonly {readonly cidr: string; readonly description: string | undefined}[]
}

export interface InternetGateway extends Ec2Resource {
  readonly vpcId: string
}

export interface NatGateway extends Ec2Resource {
  readonly vpcId: string
  readonly subnetId: string
  readonly state: string
  readonly publicIp: string
  readonly createdAt: number
}

/** The network of an account in one Region, in the order of the scenario; what AWS makes by itself comes first. */
export interface NetworkState {
  readonly vpcs: readonly Vpc[]
  readonly subnets: readonly Subnet[]
  readonly routeTables: readonly RouteTable[]
  readonly securityGroups: readonly SecurityGroup[]
  readonly networkAcls: readonly NetworkAcl[]
  readonly endpoints: readonly VpcEndpoint[]
  readonly prefixLists: readonly PrefixList[]
  readonly internetGateways: readonly InternetGateway[]
  readonly natGateways: readonly NatGateway[]
}
