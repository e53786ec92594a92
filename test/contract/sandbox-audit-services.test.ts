import {BedrockClient, GetGuardrailCommand, paginateListGuardrails} from '@aws-sdk/client-bedrock'
import {
  type AgentAliasSummary,
  BedrockAgentClient,
  GetAgentVersionCommand,
  GetDataSourceCommand,
  GetFlowCommand,
  GetKnowledgeBaseCommand,
  paginateListAgentAliases,
  paginateListAgents,
  paginateListDataSources,
  paginateListFlows,
  paginateListKnowledgeBases,
} from '@aws-sdk/client-bedrock-agent'
import {
  BedrockAgentCoreControlClient,
  GetAgentRuntimeCommand,
  GetGatewayCommand,
  GetMemoryCommand,
  ListAgentRuntimesCommand,
  ListGatewaysCommand,
  ListMemoriesCommand,
} from '@aws-sdk/client-bedrock-agentcore-control'
import {BudgetsClient, DescribeBudgetsCommand} from '@aws-sdk/client-budgets'
import {
  CloudTrailClient,
  DescribeTrailsCommand,
  GetEventSelectorsCommand,
  LookupEventsCommand,
  paginateLookupEvents,
} from '@aws-sdk/client-cloudtrail'
import {
  CloudWatchClient,
  DescribeAlarmsCommand,
  GetMetricDataCommand,
  paginateListMetrics,
} from '@aws-sdk/client-cloudwatch'
import {CloudWatchLogsClient, paginateDescribeLogGroups} from '@aws-sdk/client-cloudwatch-logs'
import {CostExplorerClient, GetAnomalyMonitorsCommand} from '@aws-sdk/client-cost-explorer'
import {DescribeKeyCommand, GetKeyPolicyCommand, KMSClient, paginateListKeys} from '@aws-sdk/client-kms'
import {
  GetBucketAclCommand,
  GetBucketEncryptionCommand,
  GetBucketPolicyCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import * as protocols from '@aws-sdk/core/protocols'
import {describe, expect, test} from 'vitest'
import {clientSettings, openSandbox} from '../support/sandbox-clients.js'

// What an audit reads, with the SDK's own clients; outputs are checked against their schemas on the way.

const ACCOUNT = '111122223333'
const LOGS = `sandbox-invocation-logs-${ACCOUNT}`

async function open(scenario: string, region: string) {
  const sandbox = await openSandbox(scenario)
  return {sandbox, settings: clientSettings(sandbox, region)}
}

async function all<Page, Item>(pages: AsyncIterable<Page>, items: (page: Page) => Item[] | undefined): Promise<Item[]> {
  const found: Item[] = []
  for await (const page of pages) found.push(...(items(page) ?? []))
  return found
}

describe('S3', () => {
  test('answers as XML what a bucket has, and names what it has not', async () => {
    const {settings} = await open('misconfigured', 'eu-central-1')
    const client = new S3Client(settings)

    const {Buckets = []} = await client.send(new ListBucketsCommand({}))
    const {Grants = []} = await client.send(new GetBucketAclCommand({Bucket: LOGS}))

    expect(Buckets.map(({Name}) => Name)).toContain(LOGS)
    expect(Grants.map(({Grantee}) => Grantee?.Type)).toEqual(['CanonicalUser', 'Group'])
    const trail = `sandbox-trail-${ACCOUNT}`
    await expect(client.send(new GetBucketEncryptionCommand({Bucket: trail}))).rejects.toMatchObject({
      name: 'ServerSideEncryptionConfigurationNotFoundError',
    })
    await expect(client.send(new GetBucketPolicyCommand({Bucket: trail}))).rejects.toMatchObject({
      name: 'NoSuchBucketPolicy',
    })
  })

  test('lets a client follow a bucket to its Region', async () => {
    const {settings} = await open('misconfigured', 'us-east-1')

    await expect(new S3Client(settings).send(new GetBucketPolicyCommand({Bucket: LOGS}))).rejects.toMatchObject({
      name: 'PermanentRedirect',
      $metadata: {httpStatusCode: 301},
    })
    const following = new S3Client({...settings, followRegionRedirects: true})
    const {Policy} = await following.send(new GetBucketPolicyCommand({Bucket: LOGS}))
    const {BucketRegion} = await following.send(new HeadBucketCommand({Bucket: LOGS}))
    expect([JSON.parse(Policy ?? '{}').Version, BucketRegion]).toEqual(['2012-10-17', 'eu-central-1'])
  })
})

test('KMS lists the keys of a Region, and each tells its state and policy', async () => {
  const {settings} = await open('misconfigured', 'eu-central-1')
  const client = new KMSClient(settings)

  const keys = await all(paginateListKeys({client, pageSize: 1}, {}), ({Keys}) => Keys)
  const states = await Promise.all(
    keys.map(async ({KeyId}) => (await client.send(new DescribeKeyCommand({KeyId}))).KeyMetadata?.KeyState),
  )
  const {Policy = ''} = await client.send(new GetKeyPolicyCommand({KeyId: keys[1]?.KeyId}))

  expect(states).toEqual(['Disabled', 'Enabled', 'Enabled', 'PendingDeletion'])
  expect(JSON.parse(Policy).Statement[0].Principal).toBe('*')
})

test('every Region of the clean account keeps its logs encrypted and for a year', async () => {
  const {settings, sandbox} = await open('clean', 'eu-central-1')
  const enabled = sandbox.world.catalog.regions
    .map(({name}) => name)
    .filter((name) => sandbox.world.regionState(ACCOUNT, name) === 'enabled')

  for (const region of enabled) {
    const client = new S3Client({...settings, region})
    const Bucket = `sandbox-invocation-logs-${region}`
    const {ServerSideEncryptionConfiguration: rules} = await client.send(new GetBucketEncryptionCommand({Bucket}))
    const rule = rules?.Rules?.[0]?.ApplyServerSideEncryptionByDefault
    expect(rule?.KMSMasterKeyID).toContain(`:kms:${region}:${ACCOUNT}:key/`)
  }
  const client = new CloudWatchLogsClient(settings)
  const groups = await all(paginateDescribeLogGroups({client}, {}), ({logGroups}) => logGroups)
  expect(groups.map(({retentionInDays, kmsKeyId}) => [retentionInDays, kmsKeyId === undefined])).toEqual([[365, false]])
})

describe('CloudTrail', () => {
  test('tells the trails, what they record, and the events of a source', async () => {
    const {sandbox, settings} = await open('demo', 'us-east-1')
    sandbox.quotas.enforced = false
    const client = new CloudTrailClient(settings)

    const {trailList: [trail] = []} = await client.send(new DescribeTrailsCommand({}))
    const selectors = await client.send(new GetEventSelectorsCommand({TrailName: trail?.TrailARN}))
    const LookupAttributes = [{AttributeKey: 'EventSource' as const, AttributeValue: 'bedrock.amazonaws.com'}]
    const events = await all(paginateLookupEvents({client}, {LookupAttributes}), ({Events}) => Events)

    expect(trail).toMatchObject({IsMultiRegionTrail: true, LogFileValidationEnabled: true})
    expect(selectors.EventSelectors?.[0]?.ReadWriteType).toBe('All')
    expect(events.length).toBeGreaterThan(200)
    expect(new Set(events.map(({EventId}) => EventId)).size).toBe(events.length)
  })

  test('answers two look-ups of an account at once in a Region, and throttles the rest in its own words', async () => {
    const {settings} = await open('demo', 'us-east-1')
    const look = (region: string) => {
      const client = new CloudTrailClient({...settings, region})
      return Array.from({length: 8}, () => client.send(new LookupEventsCommand({MaxResults: 1})))
    }

    const [here, there] = await Promise.all(
      ['us-east-1', 'eu-west-1'].map((region) => Promise.allSettled(look(region))),
    )

    const refused = here?.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason] : [])) ?? []
    expect(refused.length).toBeGreaterThan(3)
    expect(refused[0]).toMatchObject({name: 'ThrottlingException', message: 'Rate exceeded'})
    expect(there?.filter(({status}) => status === 'fulfilled').length).toBeGreaterThanOrEqual(2)
  })
})

test('CloudWatch knows what was called, and the numbers of an hour', async () => {
  const {sandbox, settings} = await open('demo', 'us-east-1')
  const client = new CloudWatchClient(settings)

  const wanted = {Namespace: 'AWS/Bedrock', MetricName: 'Invocations'}
  const metrics = await all(paginateListMetrics({client}, wanted), ({Metrics}) => Metrics)
  const MetricDataQueries = metrics.map((Metric, index) => ({
    Id: `m${index}`,
    MetricStat: {Metric, Period: 3600, Stat: 'Sum'},
  }))
  const EndTime = new Date(sandbox.clock.now())
  const StartTime = new Date(EndTime.getTime() - 86_400_000)
  const {MetricDataResults = []} = await client.send(new GetMetricDataCommand({MetricDataQueries, StartTime, EndTime}))

  expect(metrics.map(({Dimensions}) => Dimensions?.[0]?.Value)).toContain('us.anthropic.claude-sonnet-4-6')
  expect(MetricDataResults.map(({Values = []}) => Values.length >= 24)).toEqual(metrics.map(() => true))
})

test.each([
  ['Query', protocols.AwsQueryProtocol],
  ['RPC v2 with CBOR', protocols.AwsSmithyRpcV2CborProtocol],
])('CloudWatch says the same over %s', async (_name, protocol) => {
  const {settings} = await open('demo', 'us-east-1')
  const usual = new CloudWatchClient(settings)
  const other = new CloudWatchClient({...settings, protocol: protocol as never})
  const names = async (client: CloudWatchClient) =>
    (await client.send(new DescribeAlarmsCommand({}))).MetricAlarms?.map(({AlarmName, Threshold}) => [
      AlarmName,
      Threshold,
    ])

  expect(await names(other)).toEqual(await names(usual))
  expect(await all(paginateListMetrics({client: other}, {}), ({Metrics}) => Metrics)).toEqual(
    await all(paginateListMetrics({client: usual}, {}), ({Metrics}) => Metrics),
  )
})

test('budgets and monitors belong to the account, from whichever Region they are asked for', async () => {
  const {settings} = await open('demo', 'eu-west-1')

  const {Budgets} = await new BudgetsClient(settings).send(new DescribeBudgetsCommand({AccountId: ACCOUNT}))
  const {AnomalyMonitors} = await new CostExplorerClient(settings).send(new GetAnomalyMonitorsCommand({}))

  expect(Budgets?.map(({BudgetName}) => BudgetName)).toEqual(['bedrock-monthly'])
  expect(AnomalyMonitors?.map(({MonitorName}) => MonitorName)).toEqual(['services'])
})

test.each([
  ['demo', 'us-east-1'],
  ['clean', 'eu-central-1'],
  ['misconfigured', 'eu-central-1'],
])('each guardrail of %s can be read in each of its versions', async (scenario, region) => {
  const {settings} = await open(scenario, region)
  const client = new BedrockClient(settings)
  const drafts = await all(paginateListGuardrails({client, pageSize: 1}, {}), ({guardrails}) => guardrails)

  for (const {id} of drafts) {
    const listed = paginateListGuardrails({client}, {guardrailIdentifier: id})
    for (const {version} of await all(listed, ({guardrails}) => guardrails)) {
      const input = {guardrailIdentifier: id, guardrailVersion: version}
      expect(await client.send(new GetGuardrailCommand(input))).toMatchObject({version, guardrailId: id})
    }
  }
  expect(drafts.length).toBeGreaterThan(0)
})

/** Versions with a number: AWS describes the draft by GetAgent alone. */
function versionsOf(aliases: readonly AgentAliasSummary[]): string[] {
  const routed = aliases.flatMap(({routingConfiguration = []}) => routingConfiguration)
  return routed.flatMap(({agentVersion}) =>
    agentVersion === undefined || agentVersion === 'DRAFT' ? [] : [agentVersion],
  )
}

test('agents, knowledge bases and flows are walked from their lists to their details', async () => {
  const {settings} = await open('misconfigured', 'eu-central-1')
  const client = new BedrockAgentClient(settings)

  const agents = await all(paginateListAgents({client, pageSize: 1}, {}), ({agentSummaries}) => agentSummaries)
  const routed: unknown[] = []
  for (const {agentId = '', agentName} of agents) {
    const aliases = await all(paginateListAgentAliases({client}, {agentId}), (page) => page.agentAliasSummaries)
    for (const agentVersion of versionsOf(aliases)) {
      const found = await client.send(new GetAgentVersionCommand({agentId, agentVersion}))
      routed.push([agentName, agentVersion, found.agentVersion?.guardrailConfiguration?.guardrailVersion])
    }
  }
  const bases = await all(paginateListKnowledgeBases({client}, {}), (page) => page.knowledgeBaseSummaries)
  const flows = await all(paginateListFlows({client}, {}), ({flowSummaries}) => flowSummaries)

  expect(routed).toEqual([
    ['desk', '1', undefined],
    ['desk', '2', 'DRAFT'],
    ['desk-copy', '1', '1'],
  ])
  for (const {knowledgeBaseId = ''} of bases) {
    await client.send(new GetKnowledgeBaseCommand({knowledgeBaseId}))
    const sources = await all(paginateListDataSources({client}, {knowledgeBaseId}), (page) => page.dataSourceSummaries)
    for (const {dataSourceId} of sources) {
      const {dataSource} = await client.send(new GetDataSourceCommand({knowledgeBaseId, dataSourceId}))
      expect(dataSource?.serverSideEncryptionConfiguration).toBeUndefined()
    }
  }
  const {definition} = await client.send(new GetFlowCommand({flowIdentifier: flows[0]?.id}))
  expect(definition?.nodes?.map(({type}) => type)).toEqual(['Input', 'Prompt', 'KnowledgeBase', 'Output'])
})

test('AgentCore is open where the scenario leaves it open, and has no endpoint where AWS has none', async () => {
  const {settings} = await open('misconfigured', 'eu-central-1')
  const client = new BedrockAgentCoreControlClient(settings)

  const {agentRuntimes: [runtime] = []} = await client.send(new ListAgentRuntimesCommand({}))
  const {items: [gateway] = []} = await client.send(new ListGatewaysCommand({}))
  const {memories: [memory] = []} = await client.send(new ListMemoriesCommand({}))

  const {agentRuntimeId} = runtime ?? {}
  expect((await client.send(new GetAgentRuntimeCommand({agentRuntimeId}))).networkConfiguration?.networkMode).toBe(
    'PUBLIC',
  )
  const {authorizerType} = await client.send(new GetGatewayCommand({gatewayIdentifier: gateway?.gatewayId}))
  expect(authorizerType).toBe('NONE')
  expect((await client.send(new GetMemoryCommand({memoryId: memory?.id}))).memory?.encryptionKeyArn).toBeUndefined()
  const nowhere = new BedrockAgentCoreControlClient({...settings, region: 'eu-central-2'})
  await expect(nowhere.send(new ListGatewaysCommand({}))).rejects.toMatchObject({code: 'ECONNRESET'})
})

test('a denied read is denied by the name that IAM has for it', async () => {
  const {settings} = await open('denied', 'us-east-1')
  const client = new S3Client(settings)
  const budgets = new BudgetsClient(settings)

  await expect(client.send(new GetBucketEncryptionCommand({Bucket: LOGS}))).rejects.toMatchObject({
    name: 'AccessDenied',
    $metadata: {httpStatusCode: 403},
  })
  await expect(budgets.send(new DescribeBudgetsCommand({AccountId: ACCOUNT}))).rejects.toMatchObject({
    name: 'AccessDeniedException',
  })
  expect(await client.send(new GetBucketPolicyCommand({Bucket: LOGS}))).toHaveProperty('Policy')
})
