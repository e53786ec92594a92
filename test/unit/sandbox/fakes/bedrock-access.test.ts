import {beforeEach, expect, test} from 'vitest'
import bedrock from '../../../../src/lib/sandbox/fakes/bedrock.js'
import {ACCOUNT, ask, aWorld, type TestWorld} from '../../../support/sandbox-world.js'

const CLAUDE = 'anthropic.claude-test-1'
const WRITER = 'writer.retiring-v1:0'
const FORM = new TextEncoder().encode('{"companyName": "Example"}')

let sandbox: TestWorld

beforeEach(() => {
  sandbox = aWorld({access: {entitled: []}})
})

const here = (region = 'us-east-1') => sandbox.context({region})
const availability = (modelId: string, region?: string) =>
  ask(bedrock, 'GetFoundationModelAvailability', {modelId}, here(region))

async function offerToken(modelId: string): Promise<string> {
  const {offers = []} = await ask(bedrock, 'ListFoundationModelAgreementOffers', {modelId}, here())
  return offers[0]?.offerToken ?? ''
}

const accept = (modelId: string, token: string) =>
  ask(bedrock, 'CreateFoundationModelAgreement', {modelId, offerToken: token}, here())

test('a model without a Marketplace product needs no agreement and has no offers', async () => {
  expect(await availability('amazon.nova-test-v1:0')).toMatchObject({
    agreementAvailability: {status: 'AVAILABLE'},
    authorizationStatus: 'AUTHORIZED',
    entitlementAvailability: 'AVAILABLE',
    regionAvailability: 'AVAILABLE',
  })
  await expect(offerToken('amazon.nova-test-v1:0')).rejects.toMatchObject({name: 'ResourceNotFoundException'})
})

test('an agreement is pending for a while after it was made, and can be ended', async () => {
  const status = async () => (await availability(WRITER)).agreementAvailability?.status
  expect(await status()).toBe('NOT_AVAILABLE')

  await accept(WRITER, await offerToken(WRITER))
  expect(await status()).toBe('PENDING')
  sandbox.advance(20_000)
  expect(await status()).toBe('AVAILABLE')

  await ask(bedrock, 'DeleteFoundationModelAgreement', {modelId: WRITER}, here())
  expect(await status()).toBe('NOT_AVAILABLE')
})

test('the token of another model, and a second agreement, are refused', async () => {
  const token = await offerToken(WRITER)
  await expect(accept(CLAUDE, token)).rejects.toMatchObject({name: 'ValidationException'})

  await accept(WRITER, token)

  await expect(accept(WRITER, token)).rejects.toMatchObject({name: 'ConflictException'})
})

test('Anthropic’s models need the use-case form first', async () => {
  const token = await offerToken(CLAUDE)
  await expect(accept(CLAUDE, token)).rejects.toThrow('use case details have not been submitted')

  await ask(bedrock, 'PutUseCaseForModelAccess', {formData: FORM}, here())

  expect(await accept(CLAUDE, token)).toEqual({modelId: CLAUDE})
})

test('the form holds for every Region but the opt-in ones, which ask again', async () => {
  const read = (region: string) => ask(bedrock, 'GetUseCaseForModelAccess', {}, here(region))
  await expect(read('us-east-1')).rejects.toMatchObject({name: 'ResourceNotFoundException'})

  await ask(bedrock, 'PutUseCaseForModelAccess', {formData: FORM}, here())

  expect(await read('eu-west-1')).toEqual({formData: FORM})
  await expect(read('eu-south-1')).rejects.toMatchObject({name: 'ResourceNotFoundException'})
})

test('a form that is no JSON object is refused', async () => {
  for (const text of ['not json at all', '["a", "list"]']) {
    const form = new TextEncoder().encode(text)
    const put = ask(bedrock, 'PutUseCaseForModelAccess', {formData: form}, here())
    await expect(put).rejects.toMatchObject({name: 'ValidationException'})
  }
})

test('a sales-gated model is neither authorised nor entitled, and takes no agreement', async () => {
  expect(await availability('anthropic.gated-1')).toMatchObject({
    authorizationStatus: 'NOT_AUTHORIZED',
    entitlementAvailability: 'NOT_AVAILABLE',
  })
  const token = await offerToken('anthropic.gated-1')
  await expect(accept('anthropic.gated-1', token)).rejects.toMatchObject({name: 'AccessDeniedException'})
})

test('a model that is offered elsewhere is not available here; one nobody knows is not found', async () => {
  expect((await availability(WRITER, 'eu-central-1')).regionAvailability).toBe('NOT_AVAILABLE')
  await expect(availability('acme.unknown-v1')).rejects.toMatchObject({name: 'ResourceNotFoundException'})
})

test('an offer states the prices of the calling Region and the terms', async () => {
  const {offers = []} = await ask(
    bedrock,
    'ListFoundationModelAgreementOffers',
    {modelId: CLAUDE},
    here('eu-central-1'),
  )
  const {usageBasedPricingTerm, legalTerm} = offers[0]?.termDetails ?? {}

  const rates = (usageBasedPricingTerm?.rateCard ?? []).map(({dimension, price}) => [dimension, price])
  expect(Object.fromEntries(rates)).toEqual({
    InputTokenCount: '3.3',
    CacheReadInputTokenCount: '0.33',
    InputTokenCount_Global: '3',
  })
  expect(legalTerm?.url).toMatch(/^https:/)
})

test('data retention begins at inherit and is kept per Region', async () => {
  const mode = async (region: string) => (await ask(bedrock, 'GetAccountDataRetention', {}, here(region))).mode
  expect(await mode('us-east-1')).toBe('inherit')

  const put = await ask(bedrock, 'PutAccountDataRetention', {mode: 'aws_review'}, here())

  expect(put).toEqual({mode: 'aws_review', updatedAt: new Date(sandbox.world.now())})
  expect([await mode('us-east-1'), await mode('eu-west-1')]).toEqual(['aws_review', 'inherit'])
})

test('invocation logging is off, then on with its defaults, then off, in one Region', async () => {
  const read = async (region: string) =>
    (await ask(bedrock, 'GetModelInvocationLoggingConfiguration', {}, here(region))).loggingConfig
  const loggingConfig = {s3Config: {bucketName: 'logs'}, imageDataDeliveryEnabled: false}
  await ask(bedrock, 'PutModelInvocationLoggingConfiguration', {loggingConfig}, here())

  expect(await read('us-east-1')).toMatchObject({...loggingConfig, textDataDeliveryEnabled: true})
  expect(await read('eu-west-1')).toBeUndefined()

  await ask(bedrock, 'DeleteModelInvocationLoggingConfiguration', {}, here())
  expect(await read('us-east-1')).toBeUndefined()
})

test.each([
  ['no destination', {textDataDeliveryEnabled: true}],
  ['a role of another account', {cloudWatchConfig: {logGroupName: 'g', roleArn: 'arn:aws:iam::999988887777:role/x'}}],
])('logging with %s is refused', async (_what, loggingConfig) => {
  const put = ask(bedrock, 'PutModelInvocationLoggingConfiguration', {loggingConfig}, here())

  await expect(put).rejects.toMatchObject({name: 'ValidationException'})
  expect(sandbox.world.regional(ACCOUNT, 'us-east-1').logging).toBeUndefined()
})
