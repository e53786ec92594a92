import {
  DescribeVpcAttributeCommand,
  DescribeVpcsCommand,
  EC2Client,
  paginateDescribeVpcEndpoints,
} from '@aws-sdk/client-ec2'
import {
  GenerateServiceLastAccessedDetailsCommand,
  GetServiceLastAccessedDetailsCommand,
  GetUserCommand,
  IAMClient,
  ListServiceSpecificCredentialsCommand,
  paginateGetAccountAuthorizationDetails,
} from '@aws-sdk/client-iam'
import {
  DescribeEffectivePolicyCommand,
  ListRootsCommand,
  OrganizationsClient,
  paginateListPolicies,
} from '@aws-sdk/client-organizations'
import {
  GetHostedZoneCommand,
  ListHostedZonesByVPCCommand,
  ListHostedZonesCommand,
  ListResourceRecordSetsCommand,
  Route53Client,
} from '@aws-sdk/client-route-53'
import {AssumeRoleCommand, STSClient} from '@aws-sdk/client-sts'
import {describe, expect, test} from 'vitest'
import type {Sandbox} from '../../src/lib/sandbox/sandbox.js'
import {rawRequest} from '../support/raw-request.js'
import {clientSettings, openSandbox} from '../support/sandbox-clients.js'

// The SDK's own clients against what an audit reads of an account.

const REGION = 'eu-central-1'
const PRODUCTION = '222233334444'
const settings = (sandbox: Sandbox, region = REGION) => clientSettings(sandbox, region)

/** Settings of the role `auditor` in another account of the scenario. */
async function assumed(sandbox: Sandbox, account: string) {
  const RoleArn = `arn:aws:iam::${account}:role/auditor`
  const sts = new STSClient(settings(sandbox))
  const {Credentials} = await sts.send(new AssumeRoleCommand({RoleArn, RoleSessionName: 'test'}))
  const {AccessKeyId = '', SecretAccessKey = '', SessionToken = ''} = Credentials ?? {}
  const credentials = {accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken}
  return {...settings(sandbox), credentials}
}

describe('iam', () => {
  test('authorization details page to the end, with documents that parse', async () => {
    const client = new IAMClient(settings(await openSandbox('misconfigured')))
    const roles: string[] = []
    const documents: string[] = []

    for await (const page of paginateGetAccountAuthorizationDetails({client, pageSize: 5}, {})) {
      for (const role of page.RoleDetailList ?? []) {
        roles.push(role.RoleName ?? '')
        documents.push(
          role.AssumeRolePolicyDocument ?? '',
          ...(role.RolePolicyList ?? []).map((one) => one.PolicyDocument ?? ''),
        )
      }
      for (const policy of page.Policies ?? []) documents.push(policy.PolicyVersionList?.[0]?.Document ?? '')
    }

    expect(new Set(roles).size).toBe(roles.length)
    expect(roles).toEqual(expect.arrayContaining(['admin', 'claims-app', 'global-app']))
    expect(
      documents.map((text) => (JSON.parse(decodeURIComponent(text)) as {Statement: unknown}).Statement),
    ).not.toContain(undefined)
  })

  test('an API key that never expires is there to be found', async () => {
    const client = new IAMClient(settings(await openSandbox('misconfigured')))
    const input = {AllUsers: true, ServiceName: 'bedrock.amazonaws.com'}

    const {ServiceSpecificCredentials = []} = await client.send(new ListServiceSpecificCredentialsCommand(input))

    const forever = ServiceSpecificCredentials.filter(({ExpirationDate}) => ExpirationDate === undefined)
    expect(forever.map(({UserName, Status}) => [UserName, Status])).toEqual([['BedrockAPIKey-x7ab', 'Active']])
  })

  test('reports of use are done when the clock says so', async () => {
    const sandbox = await openSandbox('misconfigured')
    const client = new IAMClient(settings(sandbox))
    const Arn = 'arn:aws:iam::111122223333:role/stale-app'
    const {JobId} = await client.send(new GenerateServiceLastAccessedDetailsCommand({Arn}))
    const read = () => client.send(new GetServiceLastAccessedDetailsCommand({JobId}))

    expect((await read()).JobStatus).toBe('IN_PROGRESS')
    await sandbox.clock.advance(2000)
    const {JobStatus, ServicesLastAccessed = []} = await read()

    expect(JobStatus).toBe('COMPLETED')
    const [bedrock] = ServicesLastAccessed
    const days = (sandbox.clock.now() - (bedrock?.LastAuthenticated?.getTime() ?? 0)) / 86_400_000
    expect([bedrock?.ServiceNamespace, Math.round(days)]).toEqual(['bedrock', 200])
  })

  test('what is missing has the SDK’s own error', async () => {
    const client = new IAMClient(settings(await openSandbox('demo')))

    await expect(client.send(new GetUserCommand({UserName: 'nobody'}))).rejects.toMatchObject({
      name: 'NoSuchEntityException',
      $metadata: {httpStatusCode: 404},
    })
  })
})

describe('organizations', () => {
  test('all policies of a type are listed for the management account', async () => {
    const client = new OrganizationsClient(settings(await openSandbox('organization')))
    const names: (string | undefined)[] = []

    const pages = paginateListPolicies({client, pageSize: 2}, {Filter: 'SERVICE_CONTROL_POLICY'})
    for await (const {Policies = []} of pages) names.push(...Policies.map(({Name}) => Name))

    expect(names).toEqual(['FullAWSAccess', 'region-deny', 'no-long-term-keys', 'approved-models', 'only-bedrock'])
  })

  test('a member may read its own effective policy and not the tree', async () => {
    const client = new OrganizationsClient(await assumed(await openSandbox('organization'), PRODUCTION))
    const input = {PolicyType: 'BEDROCK_POLICY'} as const

    const {EffectivePolicy} = await client.send(new DescribeEffectivePolicyCommand(input))

    expect(EffectivePolicy?.PolicyContent).toContain(':guardrail/')
    expect(EffectivePolicy?.PolicyContent).not.toContain('@@')
    await expect(client.send(new ListRootsCommand({}))).rejects.toMatchObject({name: 'AccessDeniedException'})
  })

  test('an account in none is told so', async () => {
    const client = new OrganizationsClient(settings(await openSandbox('demo')))

    await expect(client.send(new ListRootsCommand({}))).rejects.toMatchObject({
      name: 'AWSOrganizationsNotInUseException',
    })
  })
})

describe('ec2', () => {
  test('endpoints page, and have the state that EC2 sends', async () => {
    const client = new EC2Client(settings(await openSandbox('misconfigured')))
    const states = new Map<string | undefined, string | undefined>()

    for await (const {VpcEndpoints = []} of paginateDescribeVpcEndpoints({client, pageSize: 5}, {})) {
      for (const {ServiceName, State} of VpcEndpoints) states.set(ServiceName, State)
    }

    expect(states.get(`com.amazonaws.${REGION}.bedrock-agentcore`)).toBe('pendingAcceptance')
    expect(states.get(`com.amazonaws.${REGION}.bedrock-runtime`)).toBe('available')
  })

  test('errors have EC2’s codes', async () => {
    const client = new EC2Client(settings(await openSandbox('demo')))
    const missing = new DescribeVpcAttributeCommand({VpcId: 'vpc-00000000', Attribute: 'enableDnsSupport'})

    await expect(client.send(missing)).rejects.toMatchObject({name: 'InvalidVpcID.NotFound'})
    await expect(client.send(new DescribeVpcsCommand({MaxResults: 1}))).rejects.toMatchObject({
      name: 'InvalidParameterValue',
    })
  })

  test('a clean account has no default VPC anywhere', async () => {
    const sandbox = await openSandbox('clean')
    const vpcs = async (region: string) =>
      (await new EC2Client(settings(sandbox, region)).send(new DescribeVpcsCommand({}))).Vpcs?.length ?? 0

    expect([await vpcs('us-east-1'), await vpcs(REGION)]).toEqual([0, 1])
  })
})

describe('route 53', () => {
  test('a VPC sees the zone of the account that holds the central endpoint', async () => {
    const sandbox = await openSandbox('organization')
    const own = await assumed(sandbox, PRODUCTION)
    const {Vpcs = []} = await new EC2Client(own).send(
      new DescribeVpcsCommand({Filters: [{Name: 'is-default', Values: ['false']}]}),
    )
    const VPCId = Vpcs[0]?.VpcId

    const zones = new ListHostedZonesByVPCCommand({VPCId, VPCRegion: REGION})
    const {HostedZoneSummaries = []} = await new Route53Client(own).send(zones)

    expect(HostedZoneSummaries.map(({Name, Owner}) => [Name, Owner?.OwningAccount])).toEqual([
      [`bedrock-runtime.${REGION}.amazonaws.com.`, '111122223333'],
    ])
    const client = new Route53Client(settings(sandbox))
    const records = new ListResourceRecordSetsCommand({HostedZoneId: HostedZoneSummaries[0]?.HostedZoneId})
    const {ResourceRecordSets = []} = await client.send(records)
    expect(ResourceRecordSets.find(({Type}) => Type === 'A')?.AliasTarget?.DNSName).toMatch(
      /^vpce-.*\.vpce\.amazonaws\.com\.$/,
    )
  })

  test('what is missing or malformed has an error that the client can read', async () => {
    const client = new Route53Client(settings(await openSandbox('demo')))

    await expect(client.send(new GetHostedZoneCommand({Id: 'ZNOTHING00000'}))).rejects.toMatchObject({
      name: 'NoSuchHostedZone',
      message: 'No hosted zone found with ID: ZNOTHING00000',
      $metadata: {httpStatusCode: 404},
    })
    await expect(client.send(new GetHostedZoneCommand({Id: 'Z'.repeat(40)}))).rejects.toMatchObject({
      name: 'ValidationError',
    })
  })

  test('a wrong secret is refused in the words of the service', async () => {
    const sandbox = await openSandbox('demo')
    const {accessKeyId} = sandbox.world.login
    const client = new Route53Client({...settings(sandbox), credentials: {accessKeyId, secretAccessKey: 'wrong'}})

    await expect(client.send(new ListHostedZonesCommand({}))).rejects.toMatchObject({name: 'SignatureDoesNotMatch'})
  })

  test('an unsigned request is refused as Route 53 would, not as a bucket of that name', async () => {
    const {url} = await openSandbox('demo')

    const {status, body} = await rawRequest(url, {path: '/2013-04-01/hostedzone'})

    expect(status).toBe(403)
    expect(body).toMatch(/<ErrorResponse xmlns="https:\/\/route53\.[^>]*><Error>.*<Code>MissingAuthenticationToken</)
  })
})

describe('denied', () => {
  test.each<[string, (sandbox: Sandbox) => Promise<unknown>, string]>([
    [
      'iam',
      (sandbox) => new IAMClient(settings(sandbox)).send(new ListServiceSpecificCredentialsCommand({})),
      'AccessDenied',
    ],
    [
      'organizations',
      (sandbox) => new OrganizationsClient(settings(sandbox)).send(new ListRootsCommand({})),
      'AccessDeniedException',
    ],
    ['route53', (sandbox) => new Route53Client(settings(sandbox)).send(new ListHostedZonesCommand({})), 'AccessDenied'],
  ])('reads of %s are refused by name of the action', async (service, read, name) => {
    const sandbox = await openSandbox('denied')

    await expect(read(sandbox)).rejects.toMatchObject({name, message: expect.stringContaining(`perform: ${service}:`)})
  })
})
