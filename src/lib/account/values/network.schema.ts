import {z} from 'zod'
import {flag, maybe, maybeMoment, part, policyText, quantity, tags, text, texts} from './parts.schema.js'

const vpc = z.object({
  id: text,
  cidrs: texts,
  isDefault: z.boolean(),
  owner: maybe,
  state: maybe,
  dnsSupport: part(z.boolean()),
  dnsHostnames: part(z.boolean()),
  tags,
})

const endpoint = z.object({
  id: text,
  type: text,
  vpcId: text,
  service: text.describe('Such as com.amazonaws.eu-central-1.bedrock-runtime.'),
  serviceRegion: maybe,
  state: text.describe('As AWS spells it; compare without regard to case.'),
  policy: policyText.nullable(),
  privateDns: z.boolean(),
  privateDnsOnlyForResolver: flag,
  ipAddressType: maybe,
  subnetIds: texts,
  securityGroupIds: texts,
  networkInterfaceIds: texts,
  routeTableIds: texts,
  dnsNames: z.array(z.object({name: text, hostedZoneId: maybe})),
  owner: maybe,
  failure: maybe,
  createdAt: maybeMoment,
  tags,
})

const port = {protocol: text.describe('-1 is every protocol.'), fromPort: quantity, toPort: quantity}
const rule = z.object({
  ...port,
  cidrs: texts,
  ipv6Cidrs: texts,
  prefixListIds: texts,
  groups: z.array(z.object({id: text, account: maybe})),
})

const securityGroup = z.object({
  id: text,
  name: text,
  vpcId: maybe,
  owner: maybe,
  ingress: z.array(rule),
  egress: z.array(rule),
  tags,
})

const aclEntry = z.object({
  ...port,
  number: z.number().int(),
  egress: z.boolean(),
  allow: z.boolean(),
  cidr: maybe,
  ipv6Cidr: maybe,
})

const route = z.object({
  destination: text.describe('CIDR or prefix list id.'),
  target: maybe.describe('Gateway, NAT, peering, endpoint or interface id; local.'),
  state: maybe,
})

const zoneRecord = z.object({name: text, type: text, aliasTarget: maybe, values: texts})

export const networkReads = {
  'ec2:vpcs': z.array(vpc),
  'ec2:vpc-endpoints': z.array(endpoint),
  'ec2:vpc-endpoint-services': z
    .array(z.object({service: text, zones: texts, privateDnsNames: texts, types: texts, policySupported: flag}))
    .describe('Those of Bedrock that the Region offers.'),
  'ec2:network-interfaces': z
    .array(z.object({id: text, vpcId: text, subnetId: text, zone: text, securityGroupIds: texts, status: maybe}))
    .describe('Of VPC endpoints.'),
  'ec2:subnets': z.array(z.object({id: text, vpcId: text, zone: text, zoneId: maybe, cidr: maybe, owner: maybe, tags})),
  'ec2:route-tables': z.array(
    z.object({
      id: text,
      vpcId: text,
      main: z.boolean(),
      subnetIds: texts,
      routes: z.array(route),
      tags,
    }),
  ),
  'ec2:security-groups': z.array(securityGroup),
  'ec2:network-acls': z.array(
    z.object({id: text, vpcId: text, isDefault: z.boolean(), subnetIds: texts, entries: z.array(aclEntry)}),
  ),
  'ec2:prefix-lists': z.array(z.object({id: text, name: text, owner: maybe, cidrs: part(texts)})),
  'route53:vpc-hosted-zones': z.array(
    z.object({
      vpcId: text,
      zones: part(
        z.array(
          z.object({
            id: text,
            name: text,
            owner: maybe.describe('Account, or the AWS service that manages the zone.'),
            records: part(z.array(zoneRecord)).describe('Of zones that name a host of Bedrock; SKIPPED for others.'),
          }),
        ),
      ),
    }),
  ),
}
