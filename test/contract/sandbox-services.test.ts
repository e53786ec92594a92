import {
  AccountClient,
  EnableRegionCommand,
  GetRegionOptStatusCommand,
  paginateListRegions,
} from '@aws-sdk/client-account'
import {
  BedrockClient,
  CreateFoundationModelAgreementCommand,
  CreateInferenceProfileCommand,
  DeleteInferenceProfileCommand,
  GetAccountDataRetentionCommand,
  GetCustomModelDeploymentCommand,
  GetFoundationModelAvailabilityCommand,
  GetImportedModelCommand,
  GetInferenceProfileCommand,
  GetModelInvocationLoggingConfigurationCommand,
  GetProvisionedModelThroughputCommand,
  GetUseCaseForModelAccessCommand,
  ListFoundationModelAgreementOffersCommand,
  ListFoundationModelsCommand,
  ListTagsForResourceCommand,
  paginateListInferenceProfiles,
} from '@aws-sdk/client-bedrock'
import {DescribeRegionsCommand, EC2Client} from '@aws-sdk/client-ec2'
import {GetProductsCommand, PricingClient} from '@aws-sdk/client-pricing'
import {GetServiceQuotaCommand, paginateListServiceQuotas, ServiceQuotasClient} from '@aws-sdk/client-service-quotas'
import {AssumeRoleCommand, GetCallerIdentityCommand, STSClient} from '@aws-sdk/client-sts'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {openCatalog} from '../../src/lib/catalog/open-catalog.js'
import {type Sandbox, startSandbox} from '../../src/lib/sandbox/sandbox.js'
import {clientSettings, openSandbox} from '../support/sandbox-clients.js'

// The SDK's own clients against the served scenarios: what a command of ours, or anybody's program, meets.

const MODEL = 'anthropic.claude-sonnet-4-6'
const ACCOUNT = '111122223333'
const settings = (sandbox: Sandbox, region = 'us-east-1') => clientSettings(sandbox, region)

const bedrock = (sandbox: Sandbox, region?: string) => new BedrockClient(settings(sandbox, region))
const models = async (sandbox: Sandbox, region: string) =>
  (await bedrock(sandbox, region).send(new ListFoundationModelsCommand({}))).modelSummaries ?? []

describe('demo', () => {
  let sandbox: Sandbox

  beforeAll(async () => {
    sandbox = await startSandbox({scenario: 'demo', clock: 'manual', checkOutput: true})
  })
  afterAll(() => sandbox.close())

  test('every enabled Region lists exactly the models the catalog gives it', async () => {
    const catalog = await openCatalog()
    const enabled = catalog.regions.filter(({name}) => sandbox.world.regionState(ACCOUNT, name) === 'enabled')
    expect(enabled).toHaveLength(19)

    const now = new Date(sandbox.clock.now()).toISOString()
    const listed = catalog.models.filter(
      ({lifecycle: {status, endOfLife}}) => !['EOL', 'UNLISTED'].includes(status) && (endOfLife ?? '9999') > now,
    )

    for (const {name} of enabled) {
      const expected = listed.flatMap(({id, inRegion, profiles, provisioned}) => [
        ...(inRegion.includes(name) || profiles.some(({routes}) => name in routes) ? [id] : []),
        ...provisioned.filter(({regions}) => regions.includes(name)).map((variant) => variant.id),
      ])
      const ids = (await models(sandbox, name)).map(({modelId = ''}) => modelId)
      expect(ids).toHaveLength(new Set(ids).size)
      expect(new Set(ids)).toEqual(new Set(expected))
    }
  })

  test('a profile’s destinations are those seen from the called Region', async () => {
    const destinations = async (region: string) => {
      const profile = {inferenceProfileIdentifier: `eu.${MODEL}`}
      const {models: to = []} = await bedrock(sandbox, region).send(new GetInferenceProfileCommand(profile))
      return to.map(({modelArn}) => modelArn?.split(':')[3])
    }

    expect(await destinations('eu-central-1')).not.toContain('eu-west-2')
    expect(await destinations('eu-west-2')).toContain('eu-west-2')
  })

  test('system profiles page to the end, three at a time', async () => {
    const client = bedrock(sandbox)
    const sizes: number[] = []
    const ids = new Set<string | undefined>()

    for await (const {inferenceProfileSummaries = []} of paginateListInferenceProfiles({client, pageSize: 3}, {})) {
      sizes.push(inferenceProfileSummaries.length)
      for (const {inferenceProfileId} of inferenceProfileSummaries) ids.add(inferenceProfileId)
    }

    expect(Math.max(...sizes)).toBe(3)
    expect(ids.size).toBe(sizes.reduce((sum, size) => sum + size, 0))
    expect(ids).toContain(`us.${MODEL}`)
  })

  test('the account has one of each thing an id may stand for', async () => {
    const client = bedrock(sandbox)

    const provisioned = await client.send(
      new GetProvisionedModelThroughputCommand({provisionedModelId: 'nova-lite-night-batch'}),
    )
    const imported = await client.send(new GetImportedModelCommand({modelIdentifier: 'house-llama'}))
    const deployment = await client.send(
      new GetCustomModelDeploymentCommand({customModelDeploymentIdentifier: 'support-tone-live'}),
    )
    const own = await client.send(new GetInferenceProfileCommand({inferenceProfileIdentifier: 'a1b2c3d4e5f6'}))

    expect([provisioned.status, imported.modelArchitecture, deployment.status, own.type]).toEqual([
      'InService',
      'llama',
      'Active',
      'APPLICATION',
    ])
    const {tags} = await client.send(new ListTagsForResourceCommand({resourceARN: own.inferenceProfileArn}))
    expect(tags).toContainEqual({key: 'team', value: 'checkout'})
  })

  test('one model of each kind is blocked, and the rest are not', async () => {
    const access = async (modelId: string) =>
      bedrock(sandbox).send(new GetFoundationModelAvailabilityCommand({modelId}))

    expect((await access(MODEL)).agreementAvailability?.status).toBe('AVAILABLE')
    expect((await access('writer.palmyra-x4-v1:0')).agreementAvailability?.status).toBe('NOT_AVAILABLE')
    expect((await access('twelvelabs.pegasus-1-2-v1:0')).agreementAvailability?.status).toBe('PENDING')
    expect((await access('anthropic.claude-opus-5-5')).authorizationStatus).toBe('NOT_AUTHORIZED')
    expect((await bedrock(sandbox).send(new GetAccountDataRetentionCommand({}))).mode).toBe('default')
  })

  test('invocations are logged in one Region', async () => {
    const logging = async (region: string) =>
      (await bedrock(sandbox, region).send(new GetModelInvocationLoggingConfigurationCommand({}))).loggingConfig

    expect((await logging('us-east-1'))?.s3Config?.bucketName).toBe('sandbox-invocation-logs-111122223333')
    expect(await logging('eu-central-1')).toBeUndefined()
  })

  test('a Region that is not enabled refuses the key, whichever partition it is of', async () => {
    for (const region of ['af-south-1', 'us-gov-west-1']) {
      await expect(models(sandbox, region)).rejects.toMatchObject({name: 'UnrecognizedClientException'})
    }
  })

  test('the account of the other partition sees its own Regions, with its own ARNs', async () => {
    const client = new BedrockClient({
      ...settings(sandbox, 'us-gov-west-1'),
      credentials: {accessKeyId: 'AKIASANDBOX000000004', secretAccessKey: 'sandbox-secret-4'},
    })

    const {modelSummaries = []} = await client.send(new ListFoundationModelsCommand({}))

    expect(modelSummaries.length).toBeGreaterThan(0)
    expect(
      modelSummaries.filter(({modelArn}) => !modelArn?.startsWith('arn:aws-us-gov:bedrock:us-gov-west-1::')),
    ).toEqual([])
  })

  test('Regions are told alike by Account and EC2', async () => {
    const client = new AccountClient(settings(sandbox))
    const byAccount: (string | undefined)[] = []
    const states = {RegionOptStatusContains: ['ENABLED', 'ENABLED_BY_DEFAULT']} as const
    for await (const {Regions = []} of paginateListRegions(
      {client, pageSize: 5},
      {RegionOptStatusContains: [...states.RegionOptStatusContains]},
    )) {
      byAccount.push(...Regions.map(({RegionName}) => RegionName))
    }
    const {Regions = []} = await new EC2Client(settings(sandbox)).send(new DescribeRegionsCommand({}))

    expect(byAccount).toHaveLength(19)
    expect(Regions.map(({RegionName}) => RegionName)).toEqual(byAccount)
  })

  test('quotas page, and prices come as JSON texts', async () => {
    const client = new ServiceQuotasClient(settings(sandbox))
    let quotas = 0
    for await (const {Quotas = []} of paginateListServiceQuotas({client, pageSize: 50}, {ServiceCode: 'bedrock'}))
      quotas += Quotas.length
    const {PriceList = []} = await new PricingClient(settings(sandbox)).send(
      new GetProductsCommand({
        ServiceCode: 'AmazonBedrockFoundationModels',
        Filters: [
          {Type: 'TERM_MATCH', Field: 'regionCode', Value: 'eu-central-1'},
          {Type: 'TERM_MATCH', Field: 'servicename', Value: 'Claude Sonnet 4.6 (Amazon Bedrock Edition)'},
        ],
      }),
    )

    expect(quotas).toBeGreaterThan(100)
    const usd = PriceList.map((text: unknown) => /"usagetype":"([^"]+)".*"USD":"([\d.]+)"/.exec(String(text))?.slice(1))
    expect(Object.fromEntries(usd)).toMatchObject({
      'EUC1-MP:EUC1_InputTokenCount-Units': '3.3000000000',
      'EUC1-MP:EUC1_OutputTokenCount_Global-Units': '15.0000000000',
    })
  })

  test('a quota that is not there has the service’s own error', async () => {
    const request = new GetServiceQuotaCommand({ServiceCode: 'bedrock', QuotaCode: 'L-00000000'})

    await expect(new ServiceQuotasClient(settings(sandbox)).send(request)).rejects.toMatchObject({
      name: 'NoSuchResourceException',
    })
  })
})

test('what is made can be read, is listed on the clock, and can be deleted', async () => {
  const sandbox = await openSandbox('fresh-account')
  const client = bedrock(sandbox, 'eu-central-1')
  const copyFrom = `arn:aws:bedrock:eu-central-1:${ACCOUNT}:inference-profile/eu.${MODEL}`
  const mine = async () => {
    const found: (string | undefined)[] = []
    for await (const page of paginateListInferenceProfiles({client}, {typeEquals: 'APPLICATION'})) {
      found.push(...(page.inferenceProfileSummaries ?? []).map(({inferenceProfileName}) => inferenceProfileName))
    }
    return found
  }
  const request = {inferenceProfileName: 'claims', modelSource: {copyFrom}, clientRequestToken: 'once'}

  const {inferenceProfileArn} = await client.send(new CreateInferenceProfileCommand(request))
  const again = await client.send(new CreateInferenceProfileCommand(request))

  expect(again.inferenceProfileArn).toBe(inferenceProfileArn)
  expect(await mine()).toEqual([])
  await sandbox.clock.advance(2000)
  expect(await mine()).toEqual(['claims'])
  await client.send(new DeleteInferenceProfileCommand({inferenceProfileIdentifier: inferenceProfileArn}))
  expect(await mine()).toEqual([])
})

test('a fresh account has no form, no agreements and no opt-in Regions, and can get them', async () => {
  const sandbox = await openSandbox('fresh-account')
  const client = bedrock(sandbox)
  const modelId = 'writer.palmyra-x4-v1:0'
  await expect(client.send(new GetUseCaseForModelAccessCommand({}))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  })

  const {offers} = await client.send(new ListFoundationModelAgreementOffersCommand({modelId}))
  await client.send(new CreateFoundationModelAgreementCommand({modelId, offerToken: offers?.[0]?.offerToken}))
  const account = new AccountClient(settings(sandbox))
  await account.send(new EnableRegionCommand({RegionName: 'eu-south-1'}))
  await expect(models(sandbox, 'eu-south-1')).rejects.toMatchObject({name: 'UnrecognizedClientException'})
  await sandbox.clock.advance(30_000)

  const {agreementAvailability} = await client.send(new GetFoundationModelAvailabilityCommand({modelId}))
  const {RegionOptStatus} = await account.send(new GetRegionOptStatusCommand({RegionName: 'eu-south-1'}))
  expect([agreementAvailability?.status, RegionOptStatus]).toEqual(['AVAILABLE', 'ENABLED'])
  expect(await models(sandbox, 'eu-south-1')).not.toEqual([])
})

test('denied reads are refused as IAM refuses them, and only they', async () => {
  const sandbox = await openSandbox('denied')

  await expect(models(sandbox, 'eu-west-1')).rejects.toMatchObject({
    name: 'AccessDeniedException',
    $metadata: {httpStatusCode: 403},
    message:
      'User: arn:aws:iam::111122223333:user/sandbox is not authorized to perform: bedrock:ListFoundationModels ' +
      'because no identity-based policy allows the bedrock:ListFoundationModels action',
  })
  expect(await models(sandbox, 'us-east-1')).not.toEqual([])
  const quotas = new ServiceQuotasClient(settings(sandbox)).send(
    new GetServiceQuotaCommand({ServiceCode: 'bedrock', QuotaCode: 'L-40EC9882'}),
  )
  await expect(quotas).rejects.toMatchObject({name: 'AccessDeniedException'})
})

test('throttled reads are refused once the burst is spent', async () => {
  const sandbox = await openSandbox('throttled')

  const answers = await Promise.allSettled(Array.from({length: 8}, () => models(sandbox, 'us-east-1')))

  const refused = answers.filter((answer) => answer.status === 'rejected').map(({reason}) => reason.name)
  expect(new Set(refused)).toEqual(new Set(['ThrottlingException']))
  expect(refused.length).toBeGreaterThanOrEqual(3)
  expect(answers.length - refused.length).toBeGreaterThanOrEqual(4)
})

test('three Regions of a degraded AWS fail, each in its own way', async () => {
  const sandbox = await openSandbox('degraded')

  await expect(models(sandbox, 'eu-west-3')).rejects.toMatchObject({code: 'ECONNRESET'})
  await expect(models(sandbox, 'ap-south-1')).rejects.toMatchObject({name: 'ServiceUnavailableException'})
  await expect(models(sandbox, 'sa-east-1')).rejects.toMatchObject({name: 'AccessDeniedException'})
  expect(await models(sandbox, 'eu-central-1')).not.toEqual([])
})

test('an organisation’s other accounts are reached by their role, and each has its own state', async () => {
  const sandbox = await openSandbox('organization')
  const assume = {RoleArn: 'arn:aws:iam::222233334444:role/auditor', RoleSessionName: 'audit'}
  const {Credentials} = await new STSClient(settings(sandbox)).send(new AssumeRoleCommand(assume))
  const {AccessKeyId = '', SecretAccessKey = '', SessionToken = ''} = Credentials ?? {}
  const credentials = {accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken}
  const there = {...settings(sandbox, 'eu-central-1'), credentials}

  const identity = await new STSClient(there).send(new GetCallerIdentityCommand({}))
  const retention = await new BedrockClient(there).send(new GetAccountDataRetentionCommand({}))
  const own = await bedrock(sandbox, 'eu-central-1').send(new GetAccountDataRetentionCommand({}))

  expect(identity.Arn).toBe('arn:aws:sts::222233334444:assumed-role/auditor/audit')
  expect([retention.mode, own.mode]).toEqual(['aws_review', 'inherit'])
})
