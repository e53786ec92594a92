import {afterEach, beforeEach, expect, test, vi} from 'vitest'
import {type AwsSession, openAwsSession} from '../../src/lib/aws/session.js'
import {type Sandbox, startSandbox} from '../../src/lib/sandbox/sandbox.js'

// What only a sandbox can be made to do: the resources of the demo account, and everything that goes wrong.
let sandbox: Sandbox
let session: AwsSession

beforeEach(async () => {
  vi.stubEnv('AWS_MAX_ATTEMPTS', '1')
  sandbox = await startSandbox({scenario: 'demo'})
  const {AWS_ACCESS_KEY_ID: accessKeyId = '', AWS_SECRET_ACCESS_KEY: secretAccessKey = ''} = sandbox.env()
  session = openAwsSession({endpointUrl: sandbox.url, credentials: {accessKeyId, secretAccessKey}, region: 'us-east-1'})
})
afterEach(async () => {
  vi.unstubAllEnvs()
  session.close()
  await sandbox.close()
})

const ACCOUNT = '111122223333'
const arn = (resource: string) => `arn:aws:bedrock:us-east-1:${ACCOUNT}:${resource}`

test('each kind of resource comes with what stands behind it', async () => {
  const references = await session.references()

  const [profile, provisioned, imported, deployment] = await Promise.all([
    references.getInferenceProfile('us-east-1', arn('application-inference-profile/a1b2c3d4e5f6')),
    references.getProvisionedModel('us-east-1', arn('provisioned-model/pr0v1s10ned1')),
    references.getImportedModel('us-east-1', arn('imported-model/1mp0rt123456')),
    references.getCustomModelDeployment('us-east-1', arn('custom-model-deployment/d3p10y123456')),
  ])
  const custom = await references.getCustomModel('us-east-1', deployment?.modelArns[0] ?? '')

  expect(profile).toMatchObject({kind: 'application-inference-profile', name: 'checkout-assistant'})
  expect(provisioned).toMatchObject({kind: 'provisioned-model', details: {modelUnits: '1', commitment: 'OneMonth'}})
  expect(provisioned?.modelArns.join()).toContain('foundation-model/amazon.nova-lite-v1:0')
  expect(imported).toMatchObject({
    kind: 'imported-model',
    name: 'house-llama',
    modelArns: [],
    details: {architecture: 'llama'},
  })
  expect(deployment).toMatchObject({kind: 'custom-model-deployment', name: 'support-tone-live'})
  expect(custom).toMatchObject({kind: 'custom-model', name: 'support-tone', details: {customization: 'FINE_TUNING'}})
  expect(custom?.modelArns.join()).toContain('foundation-model/amazon.nova-lite-v1:0')
})

test('a Region that is not opted in is REGION_NOT_ENABLED', async () => {
  await expect((await session.offers()).readOffer('eu-south-2')).rejects.toMatchObject({
    code: 'REGION_NOT_ENABLED',
    exitCode: 4,
  })
})

test('an agreement that was accepted is there afterwards', async () => {
  const access = await session.access()
  const model = 'writer.palmyra-x4-v1:0'
  expect((await access.readAccess('us-west-2', model)).agreement).toBe('NOT_AVAILABLE')
  const [offer] = await access.listAgreementOffers('us-west-2', model)

  await access.acceptAgreement('us-west-2', model, offer?.offerToken ?? '')

  expect((await access.readAccess('us-west-2', model)).agreement).toMatch(/PENDING|AVAILABLE/)
})

test('where account:ListRegions is denied, EC2 tells which Regions are enabled', async () => {
  const asked = await (await session.regionOptIns()).listRegionOptIns()
  sandbox.faults.add({service: 'account', effect: {kind: 'access-denied'}})

  const told = await (await session.regionOptIns()).listRegionOptIns()

  expect(sandbox.journal.at(-1)).toMatchObject({service: 'ec2', operation: 'DescribeRegions'})
  expect([...told].toSorted()).toEqual([...asked].toSorted())
})

test('what is throttled for ever is THROTTLED', async () => {
  sandbox.faults.add({operation: 'ListFoundationModels', effect: {kind: 'throttle', ratePerSecond: 0.001, burst: 1}})

  const offers = await session.offers()

  await offers.readOffer('us-east-1')
  await expect(offers.readOffer('us-east-1')).rejects.toMatchObject({code: 'THROTTLED', exitCode: 5})
})

test('a wrong secret is CREDENTIALS_INVALID', async () => {
  const {AWS_ACCESS_KEY_ID: accessKeyId = ''} = sandbox.env()
  const wrong = openAwsSession({
    endpointUrl: sandbox.url,
    credentials: {accessKeyId, secretAccessKey: 'wrong'},
    region: 'us-east-1',
  })

  await expect((await wrong.identity()).whoAmI()).rejects.toMatchObject({code: 'CREDENTIALS_INVALID', exitCode: 4})
  wrong.close()
})
