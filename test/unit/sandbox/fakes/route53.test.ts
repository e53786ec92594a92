import {beforeEach, expect, test} from 'vitest'
import route53 from '../../../../src/lib/sandbox/fakes/route53.js'
import {ACCOUNT, anAccount, ask, aWorld, type TestWorld} from '../../../support/sandbox-world.js'

const OTHER = '222233334444'
const VPC = 'vpc-0a1b2c3d4e5f60718'
const REGION = 'eu-central-1'
const CENTRAL = 'bedrock-runtime.eu-central-1.amazonaws.com.'

let sandbox: TestWorld

beforeEach(() => {
  sandbox = aWorld(
    {
      regions: {[REGION]: {network: {defaultVpc: false, vpcs: [{id: VPC, cidr: '10.0.0.0/16'}]}}},
      hostedZones: [
        {id: 'ZPUBLIC000000', domain: 'example.com.', comment: 'public'},
        {
          id: 'ZPRIVATE00000',
          domain: 'internal.',
          vpcs: [{id: VPC, region: REGION}],
          records: [
            {name: 'b', type: 'CNAME', values: ['x.internal.'], ttl: 60},
            {name: 'a', type: 'A', values: ['10.0.0.9']},
          ],
        },
      ],
    },
    [
      anAccount({
        id: OTHER,
        keys: [],
        bearerToken: 'ABSKother',
        hostedZones: [
          {
            id: 'ZCENTRAL00000',
            domain: CENTRAL,
            vpcs: [{id: VPC, region: REGION, account: ACCOUNT}],
            records: [{type: 'A', alias: 'vpce-1.example.'}],
          },
        ],
      }),
    ],
  )
})

test('a VPC’s zones are those of any account that let it in, each with its owner', async () => {
  const input = {VPCId: VPC, VPCRegion: REGION} as const
  const {HostedZoneSummaries = []} = await ask(route53, 'ListHostedZonesByVPC', input, sandbox.context())

  expect(HostedZoneSummaries).toEqual([
    {HostedZoneId: 'ZPRIVATE00000', Name: 'internal.', Owner: {OwningAccount: ACCOUNT}},
    {HostedZoneId: 'ZCENTRAL00000', Name: CENTRAL, Owner: {OwningAccount: OTHER}},
  ])
})

test('they page, and their token is good for that VPC alone', async () => {
  const input = {VPCId: VPC, VPCRegion: REGION, MaxItems: 1} as const
  const first = await ask(route53, 'ListHostedZonesByVPC', input, sandbox.context())
  const second = await ask(route53, 'ListHostedZonesByVPC', {...input, NextToken: first.NextToken}, sandbox.context())

  expect([first, second].map(({HostedZoneSummaries = []}) => HostedZoneSummaries.length)).toEqual([1, 1])
  expect(second.NextToken).toBeUndefined()
  await expect(
    ask(route53, 'ListHostedZonesByVPC', {...input, NextToken: 'bm9uc2Vuc2U='}, sandbox.context()),
  ).rejects.toMatchObject({name: 'InvalidPaginationToken'})
})

test('another account’s VPC is not to be asked about', async () => {
  const input = {VPCId: VPC, VPCRegion: REGION} as const

  await expect(ask(route53, 'ListHostedZonesByVPC', input, sandbox.context({account: OTHER}))).rejects.toMatchObject({
    name: 'InvalidInput',
  })
})

test('only the account’s own zones are listed, with the records every zone has', async () => {
  const {HostedZones = []} = await ask(route53, 'ListHostedZones', {}, sandbox.context())

  expect(
    HostedZones.map(({Id, Config, ResourceRecordSetCount}) => [Id, Config?.PrivateZone, ResourceRecordSetCount]),
  ).toEqual([
    ['/hostedzone/ZPUBLIC000000', false, 2],
    ['/hostedzone/ZPRIVATE00000', true, 4],
  ])
})

test('a public zone has name servers, a private one its VPCs', async () => {
  const open = await ask(route53, 'GetHostedZone', {Id: 'ZPUBLIC000000'}, sandbox.context())
  const closed = await ask(route53, 'GetHostedZone', {Id: '/hostedzone/ZPRIVATE00000'}, sandbox.context())

  expect([open.DelegationSet?.NameServers?.length, open.VPCs]).toEqual([4, undefined])
  expect([closed.DelegationSet, closed.VPCs]).toEqual([undefined, [{VPCId: VPC, VPCRegion: REGION}]])
  await expect(ask(route53, 'GetHostedZone', {Id: 'ZCENTRAL00000'}, sandbox.context())).rejects.toMatchObject({
    name: 'NoSuchHostedZone',
  })
})

test('records come by name and type, and a page begins at both', async () => {
  const HostedZoneId = 'ZPRIVATE00000'
  const first = await ask(route53, 'ListResourceRecordSets', {HostedZoneId, MaxItems: 3}, sandbox.context())

  expect(first.ResourceRecordSets?.map(({Name, Type}) => `${Name} ${Type}`)).toEqual([
    'internal. NS',
    'internal. SOA',
    'a.internal. A',
  ])
  expect([first.IsTruncated, first.NextRecordName, first.NextRecordType]).toEqual([true, 'b.internal.', 'CNAME'])
  const rest = {HostedZoneId, StartRecordName: 'b.internal.', StartRecordType: 'CNAME'} as const
  const {ResourceRecordSets} = await ask(route53, 'ListResourceRecordSets', rest, sandbox.context())
  expect(ResourceRecordSets).toEqual([
    {Name: 'b.internal.', Type: 'CNAME', TTL: 60, ResourceRecords: [{Value: 'x.internal.'}]},
  ])
})

test('an alias has a target in place of values', async () => {
  const context = sandbox.context({account: OTHER})
  const {ResourceRecordSets = []} = await ask(
    route53,
    'ListResourceRecordSets',
    {HostedZoneId: 'ZCENTRAL00000', StartRecordType: 'A', StartRecordName: CENTRAL},
    context,
  )

  expect(ResourceRecordSets[0]?.AliasTarget?.DNSName).toBe('vpce-1.example.')
  expect(ResourceRecordSets[0]).not.toHaveProperty('ResourceRecords')
})
