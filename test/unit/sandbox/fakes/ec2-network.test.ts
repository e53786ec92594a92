import type {Filter} from '@aws-sdk/client-ec2'
import {beforeEach, describe, expect, test} from 'vitest'
import ec2 from '../../../../src/lib/sandbox/fakes/ec2.js'
import type {ScenarioNetwork} from '../../../../src/lib/sandbox/world/scenario-network.js'
import {ACCOUNT, ask, aWorld, type TestWorld} from '../../../support/sandbox-world.js'

const REGION = 'eu-central-1'
const id = (prefix: string, number: number) => `${prefix}-${String(number).padStart(17, '0')}`
const POLICY = {Version: '2012-10-17', Statement: [{Effect: 'Allow', Principal: '*', Action: '*', Resource: '*'}]}

const NETWORK: ScenarioNetwork = {
  vpcs: [
    {
      id: id('vpc', 1),
      name: 'app',
      cidr: '10.0.0.0/16',
      dnsHostnames: false,
      internetGateway: id('igw', 1),
      subnets: [
        {id: id('subnet', 1), cidr: '10.0.1.0/24', zone: 'a', tags: {tier: 'Private'}},
        {id: id('subnet', 2), cidr: '10.0.2.0/24', zone: 'b', public: true},
      ],
      routeTables: [
        {id: id('rtb', 1), subnets: [id('subnet', 1)], routes: [{to: '0.0.0.0/0', via: id('nat', 1)}]},
        {id: id('rtb', 2), subnets: [id('subnet', 2)], routes: [{to: '0.0.0.0/0', via: id('igw', 1)}]},
      ],
      natGateways: [{id: id('nat', 1), subnet: id('subnet', 2)}],
      securityGroups: [
        {
          id: id('sg', 1),
          groupName: 'endpoints',
          inbound: [
            {protocol: 'tcp', from: 443, cidr: '10.0.0.0/16', description: 'HTTPS'},
            {protocol: 'tcp', from: 443, group: id('sg', 2)},
            {protocol: 'tcp', from: 443, cidr: '2001:db8::/32'},
          ],
        },
        {id: id('sg', 2), groupName: 'app', outbound: [{protocol: 'tcp', from: 443, prefixList: id('pl', 1)}]},
      ],
      networkAcls: [
        {
          id: id('acl', 1),
          subnets: [id('subnet', 1)],
          entries: [
            {number: 10, direction: 'in', action: 'deny', protocol: 'tcp', from: 443, to: 443, cidr: '10.9.0.0/16'},
          ],
        },
      ],
      endpoints: [
        {
          id: id('vpce', 1),
          service: 'bedrock-runtime',
          privateDns: false,
          subnets: [id('subnet', 1), id('subnet', 2)],
          securityGroups: [id('sg', 1)],
        },
        {id: id('vpce', 2), service: 's3', type: 'Gateway', routeTables: [id('rtb', 1)], policy: POLICY},
        {id: id('vpce', 3), service: 'bedrock', state: 'failed', privateDns: false, subnets: [id('subnet', 1)]},
        {id: id('vpce', 4), service: 'sts', subnets: [id('subnet', 1)]},
      ],
    },
  ],
  prefixLists: [{id: id('pl', 1), listName: 'office', entries: [{cidr: '192.0.2.0/24', description: 'HQ'}]}],
}

let sandbox: TestWorld
const here = () => sandbox.context({region: REGION})

beforeEach(() => {
  sandbox = aWorld({regions: {[REGION]: {network: NETWORK}}})
})

describe('a Region nobody touched', () => {
  test('has the default VPC, with all that EC2 makes with one', async () => {
    const context = sandbox.context({region: 'us-east-1'})
    const {Vpcs: [vpc, ...others] = []} = await ask(ec2, 'DescribeVpcs', {}, context)
    const {Subnets = []} = await ask(ec2, 'DescribeSubnets', {}, context)
    const {RouteTables: [table] = []} = await ask(ec2, 'DescribeRouteTables', {}, context)
    const {SecurityGroups: [group] = []} = await ask(ec2, 'DescribeSecurityGroups', {}, context)
    const {NetworkAcls: [acl] = []} = await ask(ec2, 'DescribeNetworkAcls', {}, context)

    expect([vpc?.IsDefault, vpc?.CidrBlock, others]).toEqual([true, '172.31.0.0/16', []])
    expect(new Set(Subnets.map(({AvailabilityZoneId}) => AvailabilityZoneId)).size).toBe(6)
    expect(table?.Routes?.map(({GatewayId = ''}) => GatewayId.split('-')[0])).toEqual(['local', 'igw'])
    expect(group?.IpPermissions?.[0]?.UserIdGroupPairs?.[0]?.GroupId).toBe(group?.GroupId)
    expect(acl?.Associations).toHaveLength(6)
  })

  test('has ids of its own that stay the same', async () => {
    const vpcs = async (region: string) =>
      (await ask(ec2, 'DescribeVpcs', {}, sandbox.context({region}))).Vpcs?.map(({VpcId}) => VpcId)

    expect(await vpcs('us-east-1')).toEqual(await vpcs('us-east-1'))
    expect(await vpcs('us-east-1')).not.toEqual(await vpcs('eu-west-1'))
  })
})

describe('selection', () => {
  const subnets = async (Filters: Filter[]) =>
    ((await ask(ec2, 'DescribeSubnets', {Filters}, here())).Subnets ?? []).map(({SubnetId}) => SubnetId)

  test.each<[string, Filter[], string[]]>([
    ['one value', [{Name: 'vpc-id', Values: [id('vpc', 1)]}], [id('subnet', 1), id('subnet', 2)]],
    ['a wildcard', [{Name: 'cidr-block', Values: ['10.0.?.0/*']}], [id('subnet', 1), id('subnet', 2)]],
    ['a tag', [{Name: 'tag:tier', Values: ['Private']}], [id('subnet', 1)]],
    ['a tag in the wrong case', [{Name: 'tag:tier', Values: ['private']}], []],
    ['a tag’s key', [{Name: 'tag-key', Values: ['tier']}], [id('subnet', 1)]],
    [
      'two filters, which must both pass',
      [
        {Name: 'vpc-id', Values: [id('vpc', 1)]},
        {Name: 'map-public-ip-on-launch', Values: ['true']},
      ],
      [id('subnet', 2)],
    ],
    ['no value', [{Name: 'vpc-id', Values: []}], []],
    ['what no subnet here has', [{Name: 'outpost-arn', Values: ['*']}], []],
  ])('by %s', async (_what, filters, expected) => {
    expect(await subnets(filters)).toEqual(expected)
  })

  test('pages, and takes no token of another request', async () => {
    const first = await ask(ec2, 'DescribeSubnets', {MaxResults: 3}, here())
    const rest = await ask(ec2, 'DescribeSubnets', {MaxResults: 3, NextToken: first.NextToken}, here())

    expect([first.Subnets?.length, rest.Subnets?.length, rest.NextToken]).toEqual([3, 2, undefined])
    await expect(ask(ec2, 'DescribeVpcs', {NextToken: first.NextToken}, here())).rejects.toMatchObject({
      code: 'InvalidNextToken',
    })
  })

  test.each([
    ['DescribeVpcs', {VpcIds: [id('vpc', 9)]}, 'InvalidVpcID.NotFound'],
    ['DescribeVpcs', {VpcIds: ['nonsense']}, 'InvalidVpcID.Malformed'],
    ['DescribeVpcAttribute', {VpcId: id('vpc', 9), Attribute: 'enableDnsSupport'}, 'InvalidVpcID.NotFound'],
    ['DescribeSubnets', {SubnetIds: [id('subnet', 9)]}, 'InvalidSubnetID.NotFound'],
    ['DescribeVpcEndpoints', {VpcEndpointIds: [id('vpce', 9)]}, 'InvalidVpcEndpointId.NotFound'],
    ['DescribeVpcEndpointServices', {ServiceNames: ['com.amazonaws.nothing']}, 'InvalidServiceName'],
    ['DescribeRouteTables', {RouteTableIds: [id('rtb', 9)]}, 'InvalidRouteTableID.NotFound'],
    ['DescribeSecurityGroups', {GroupIds: [id('sg', 9)]}, 'InvalidGroup.NotFound'],
    ['DescribeSecurityGroups', {GroupNames: ['app']}, 'InvalidGroup.NotFound'],
    ['DescribeSecurityGroupRules', {SecurityGroupRuleIds: [id('sgr', 9)]}, 'InvalidSecurityGroupRuleId.NotFound'],
    ['DescribeNetworkAcls', {NetworkAclIds: [id('acl', 9)]}, 'InvalidNetworkAclID.NotFound'],
    ['DescribeNatGateways', {NatGatewayIds: [id('nat', 9)]}, 'NatGatewayNotFound'],
    ['DescribeInternetGateways', {InternetGatewayIds: [id('igw', 9)]}, 'InvalidInternetGatewayID.NotFound'],
    ['DescribeManagedPrefixLists', {PrefixListIds: [id('pl', 9)]}, 'InvalidPrefixListID.NotFound'],
    ['GetManagedPrefixListEntries', {PrefixListId: id('pl', 9)}, 'InvalidPrefixListID.NotFound'],
    ['DescribeNetworkInterfaces', {NetworkInterfaceIds: [id('eni', 9)]}, 'InvalidNetworkInterfaceID.NotFound'],
    ['DescribeAvailabilityZones', {ZoneNames: ['eu-central-1z']}, 'InvalidParameterValue'],
    ['DescribeVpcs', {Filters: [{Name: 'colour', Values: ['red']}]}, 'InvalidParameterValue'],
    ['DescribeNatGateways', {Filter: [{Name: 'colour', Values: ['red']}]}, 'InvalidParameterValue'],
  ] as const)('%s refuses %j', async (operation, input, code) => {
    await expect(ask(ec2, operation, input as never, here())).rejects.toMatchObject({code})
  })
})

describe('endpoints', () => {
  const endpoints = async () => (await ask(ec2, 'DescribeVpcEndpoints', {}, here())).VpcEndpoints ?? []

  test('have states as EC2 sends them, and the open policy where none was given', async () => {
    const [runtime, gateway, failed] = await endpoints()

    expect([runtime?.State, failed?.State, failed?.LastError?.Code]).toEqual(['available', 'failed', 'InternalError'])
    expect(JSON.parse(runtime?.PolicyDocument ?? '')).toEqual({
      Statement: [{Action: '*', Effect: 'Allow', Principal: '*', Resource: '*'}],
    })
    expect(JSON.parse(gateway?.PolicyDocument ?? '')).toEqual(POLICY)
  })

  test('have a name a zone, and the service’s own with private DNS alone', async () => {
    const [runtime, gateway, , sts] = await endpoints()

    expect(runtime?.DnsEntries?.map(({DnsName = ''}) => DnsName.replace(/-[0-9a-f]{8}(?=[.-])/, ''))).toEqual([
      `${id('vpce', 1)}.bedrock-runtime.${REGION}.vpce.amazonaws.com`,
      `${id('vpce', 1)}-${REGION}a.bedrock-runtime.${REGION}.vpce.amazonaws.com`,
      `${id('vpce', 1)}-${REGION}b.bedrock-runtime.${REGION}.vpce.amazonaws.com`,
    ])
    expect([runtime?.PrivateDnsEnabled, sts?.PrivateDnsEnabled]).toEqual([false, true])
    expect(sts?.DnsEntries?.at(-1)?.DnsName).toBe(`sts.${REGION}.amazonaws.com`)
    expect([gateway?.DnsEntries, gateway?.NetworkInterfaceIds]).toEqual([[], []])
  })

  test('stand in their subnets with interfaces of their security groups', async () => {
    const [runtime] = await endpoints()
    const Filters = [{Name: 'description', Values: [`*${id('vpce', 1)}`]}]
    const {NetworkInterfaces = []} = await ask(ec2, 'DescribeNetworkInterfaces', {Filters}, here())

    expect(NetworkInterfaces.map(({NetworkInterfaceId}) => NetworkInterfaceId)).toEqual(runtime?.NetworkInterfaceIds)
    expect(NetworkInterfaces.map(({Groups = []}) => Groups.map(({GroupName}) => GroupName))).toEqual([
      ['endpoints'],
      ['endpoints'],
    ])
  })

  test('of the gateway kind are routes of their tables', async () => {
    const {RouteTables: [, table] = []} = await ask(
      ec2,
      'DescribeRouteTables',
      {Filters: [{Name: 'vpc-id', Values: [id('vpc', 1)]}]},
      here(),
    )
    const {PrefixLists = []} = await ask(ec2, 'DescribePrefixLists', {}, here())

    const s3 = PrefixLists.find(({PrefixListName}) => PrefixListName === `com.amazonaws.${REGION}.s3`)
    expect(table?.Routes?.at(-1)).toMatchObject({DestinationPrefixListId: s3?.PrefixListId, GatewayId: id('vpce', 2)})
  })

  test('can be made for the services of the Region', async () => {
    const names = async (region: string) =>
      (await ask(ec2, 'DescribeVpcEndpointServices', {}, sandbox.context({region}))).ServiceNames ?? []

    expect(await names('us-east-1')).toContain('com.amazonaws.us-east-1.bedrock-agentcore.gateway')
    expect(await names('af-south-1')).toContain('com.amazonaws.af-south-1.s3')
    expect(await names('af-south-1')).not.toContain('com.amazonaws.af-south-1.bedrock-agentcore')
    const input = {ServiceNames: ['com.amazonaws.eu-central-1.s3']}
    const {ServiceDetails = []} = await ask(ec2, 'DescribeVpcEndpointServices', input, here())
    expect(ServiceDetails.map(({ServiceType}) => ServiceType?.[0]?.ServiceType).sort()).toEqual([
      'Gateway',
      'Interface',
    ])
  })
})

test('a VPC says whether it resolves names', async () => {
  const attribute = async (Attribute: 'enableDnsSupport' | 'enableDnsHostnames') =>
    ask(ec2, 'DescribeVpcAttribute', {VpcId: id('vpc', 1), Attribute}, here())

  expect(await attribute('enableDnsSupport')).toEqual({VpcId: id('vpc', 1), EnableDnsSupport: {Value: true}})
  expect(await attribute('enableDnsHostnames')).toEqual({VpcId: id('vpc', 1), EnableDnsHostnames: {Value: false}})
})

test('the main table is associated with no subnet, the others with theirs', async () => {
  const Filters = [{Name: 'vpc-id', Values: [id('vpc', 1)]}]
  const {RouteTables = []} = await ask(ec2, 'DescribeRouteTables', {Filters}, here())

  expect(RouteTables.map(({Associations = []}) => Associations.map(({Main, SubnetId}) => [Main, SubnetId]))).toEqual([
    [[true, undefined]],
    [[false, id('subnet', 1)]],
    [[false, id('subnet', 2)]],
  ])
  expect(RouteTables[1]?.Routes?.[1]).toMatchObject({NatGatewayId: id('nat', 1), State: 'active'})
})

describe('security groups', () => {
  test('fold rules of the same ports into one permission, each kind of peer in its list', async () => {
    const {SecurityGroups: [group] = []} = await ask(ec2, 'DescribeSecurityGroups', {GroupIds: [id('sg', 1)]}, here())

    expect(group?.IpPermissions).toEqual([
      {
        IpProtocol: 'tcp',
        FromPort: 443,
        ToPort: 443,
        IpRanges: [{CidrIp: '10.0.0.0/16', Description: 'HTTPS'}],
        Ipv6Ranges: [{CidrIpv6: '2001:db8::/32', Description: undefined}],
        PrefixListIds: [],
        UserIdGroupPairs: [{GroupId: id('sg', 2), UserId: ACCOUNT, Description: undefined}],
      },
    ])
    expect(group?.IpPermissionsEgress?.[0]).toMatchObject({IpProtocol: '-1', IpRanges: [{CidrIp: '0.0.0.0/0'}]})
  })

  test('have each rule by itself too', async () => {
    const Filters = [{Name: 'group-id', Values: [id('sg', 1)]}]
    const {SecurityGroupRules = []} = await ask(ec2, 'DescribeSecurityGroupRules', {Filters}, here())

    expect(
      SecurityGroupRules.map(({IsEgress, CidrIpv4, CidrIpv6, ReferencedGroupInfo, FromPort}) => [
        IsEgress,
        CidrIpv4 ?? CidrIpv6 ?? ReferencedGroupInfo?.GroupId,
        FromPort,
      ]),
    ).toEqual([
      [false, '10.0.0.0/16', 443],
      [false, id('sg', 2), 443],
      [false, '2001:db8::/32', 443],
      [true, '0.0.0.0/0', -1],
    ])
  })
})

test('an ACL ends with denials, and the default one takes the subnets that are left', async () => {
  const Filters = [{Name: 'vpc-id', Values: [id('vpc', 1)]}]
  const {NetworkAcls = []} = await ask(ec2, 'DescribeNetworkAcls', {Filters}, here())

  expect(
    NetworkAcls.map(({IsDefault, Associations = []}) => [IsDefault, Associations.map(({SubnetId}) => SubnetId)]),
  ).toEqual([
    [true, [id('subnet', 2)]],
    [false, [id('subnet', 1)]],
  ])
  expect(
    NetworkAcls[1]?.Entries?.map(({RuleNumber, Protocol, RuleAction}) => [RuleNumber, Protocol, RuleAction]),
  ).toEqual([
    [10, '6', 'deny'],
    [32_767, '-1', 'deny'],
    [32_767, '-1', 'deny'],
  ])
})

test('prefix lists of the account have entries; those of AWS belong to AWS', async () => {
  const {PrefixLists = []} = await ask(ec2, 'DescribeManagedPrefixLists', {}, here())
  const {Entries} = await ask(ec2, 'GetManagedPrefixListEntries', {PrefixListId: id('pl', 1)}, here())

  expect(PrefixLists.map(({OwnerId, PrefixListName}) => [OwnerId, PrefixListName])).toEqual([
    ['AWS', `com.amazonaws.${REGION}.s3`],
    ['AWS', `com.amazonaws.${REGION}.dynamodb`],
    [ACCOUNT, 'office'],
  ])
  expect(Entries).toEqual([{Cidr: '192.0.2.0/24', Description: 'HQ'}])
})

test.each<[string, ScenarioNetwork, string]>([
  [
    'an endpoint in a subnet nobody made',
    {
      vpcs: [
        {
          id: id('vpc', 1),
          cidr: '10.0.0.0/16',
          endpoints: [{id: id('vpce', 1), service: 'bedrock', subnets: [id('subnet', 7)]}],
        },
      ],
    },
    id('subnet', 7),
  ],
  [
    'a gateway endpoint of a service without a gateway',
    {
      vpcs: [
        {
          id: id('vpc', 1),
          cidr: '10.0.0.0/16',
          routeTables: [{id: id('rtb', 1)}],
          endpoints: [{id: id('vpce', 1), service: 'bedrock', type: 'Gateway', routeTables: [id('rtb', 1)]}],
        },
      ],
    },
    'prefix list',
  ],
])('a scenario with %s is refused', (_what, network, named) => {
  expect(() => aWorld({regions: {[REGION]: {network}}})).toThrow(named)
})
