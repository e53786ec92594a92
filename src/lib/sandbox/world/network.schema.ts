import {z} from 'zod'
import {regionName} from '../../core/answer.schema.js'
import {accountId, ec2Id, moment, policyDocument, shows, tags} from './scenario-parts.schema.js'

const cidr = z.union([z.cidrv4(), z.cidrv6()])
const named = {name: z.string().min(1).max(255).optional(), tags: tags.optional(), shows}

const ruleSchema = z.strictObject({
  protocol: z.enum(['tcp', 'udp', 'icmp', '-1']),
  from: z.number().int().min(-1).max(65_535).optional(),
  to: z.number().int().min(-1).max(65_535).optional(),
  cidr: cidr.optional(),
  group: ec2Id('sg').optional().describe('The other end is a member of this security group.'),
  prefixList: ec2Id('pl').optional(),
  description: z.string().max(255).optional(),
})

const aclEntrySchema = z.strictObject({
  number: z.number().int().min(1).max(32_766),
  direction: z.enum(['in', 'out']),
  action: z.enum(['allow', 'deny']),
  protocol: z.enum(['tcp', 'udp', 'icmp', '-1']),
  from: z.number().int().min(0).max(65_535).optional(),
  to: z.number().int().min(0).max(65_535).optional(),
  cidr,
})

const endpointState = z.enum([
  'pendingAcceptance',
  'pending',
  'available',
  'deleting',
  'deleted',
  'rejected',
  'failed',
  'expired',
  'partial',
])

const endpointSchema = z.strictObject({
  id: ec2Id('vpce'),
  service: z.string().min(1).describe('bedrock-runtime, s3, …, or a full name beginning with com.amazonaws.'),
  type: z.enum(['Interface', 'Gateway']).optional(),
  state: endpointState.optional(),
  privateDns: z.boolean().optional().describe('Default true for an interface endpoint.'),
  subnets: z.array(ec2Id('subnet')).optional(),
  securityGroups: z.array(ec2Id('sg')).optional(),
  routeTables: z.array(ec2Id('rtb')).optional(),
  policy: policyDocument.optional().describe('Default: the one that allows everything.'),
  createdOn: moment.optional(),
  ...named,
})

const vpcSchema = z.strictObject({
  id: ec2Id('vpc'),
  cidr,
  dnsSupport: z.boolean().optional(),
  dnsHostnames: z.boolean().optional().describe('Default true.'),
  internetGateway: ec2Id('igw').optional(),
  subnets: z
    .array(
      z.strictObject({
        id: ec2Id('subnet'),
        cidr,
        zone: z.string().regex(/^[a-f]$/, 'the letter of an Availability Zone'),
        public: z.boolean().optional().describe('Instances get public addresses.'),
        ...named,
      }),
    )
    .optional(),
  routeTables: z
    .array(
      z.strictObject({
        id: ec2Id('rtb'),
        main: z.boolean().optional(),
        subnets: z.array(ec2Id('subnet')).optional(),
        routes: z
          .array(
            z.strictObject({
              to: z.union([cidr, ec2Id('pl')]),
              via: z.string().regex(/^(igw|nat|vpce|tgw|pcx|eni|vgw)-[0-9a-f]{8,17}$/),
            }),
          )
          .optional(),
        ...named,
      }),
    )
    .optional()
    .describe('One without `main` is made the main one when none is.'),
  natGateways: z
    .array(
      z.strictObject({
        id: ec2Id('nat'),
        subnet: ec2Id('subnet'),
        publicIp: z.ipv4().optional(),
        state: z.enum(['pending', 'available', 'failed', 'deleting', 'deleted']).optional(),
        ...named,
      }),
    )
    .optional(),
  securityGroups: z
    .array(
      z.strictObject({
        id: ec2Id('sg'),
        groupName: z.string().min(1).max(255),
        description: z.string().min(1).max(255).optional(),
        inbound: z.array(ruleSchema).optional(),
        outbound: z.array(ruleSchema).optional().describe('Default: everything to everywhere.'),
        ...named,
      }),
    )
    .optional(),
  networkAcls: z
    .array(
      z.strictObject({
        id: ec2Id('acl'),
        default: z.boolean().optional(),
        subnets: z.array(ec2Id('subnet')).optional(),
        entries: z.array(aclEntrySchema).optional(),
        ...named,
      }),
    )
    .optional(),
  endpoints: z.array(endpointSchema).optional(),
  ...named,
})

export const networkSchema = z.strictObject({
  defaultVpc: z.boolean().optional().describe('Default true: every Region of a new account has one.'),
  vpcs: z.array(vpcSchema).optional(),
  prefixLists: z
    .array(
      z.strictObject({
        id: ec2Id('pl'),
        listName: z.string().min(1).max(255),
        entries: z.array(z.strictObject({cidr, description: z.string().optional()})),
        ...named,
      }),
    )
    .optional()
    .describe('Of the account itself; those of AWS are there anyway.'),
})

export const hostedZoneSchema = z.strictObject({
  id: z.string().regex(/^Z[A-Z0-9]{8,31}$/),
  domain: z.string().regex(/^([a-z0-9_*-]+\.)+$/, 'ends with a dot'),
  comment: z.string().optional(),
  vpcs: z
    .array(z.strictObject({id: ec2Id('vpc'), region: regionName, account: accountId.optional()}))
    .optional()
    .describe('VPCs that see it; one without is public.'),
  records: z
    .array(
      z.strictObject({
        name: z.string().optional().describe('Before the domain; the domain itself when left out.'),
        type: z.enum(['A', 'AAAA', 'CNAME', 'TXT']),
        values: z.array(z.string()).optional(),
        alias: z.string().optional().describe('The DNS name an alias record points to.'),
        ttl: z.number().int().nonnegative().optional(),
      }),
    )
    .optional(),
  shows,
})
