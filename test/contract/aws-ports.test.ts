import {afterAll, beforeAll, expect, test} from 'vitest'
import {type AwsSession, type AwsSessionOptions, openAwsSession} from '../../src/lib/aws/session.js'
import {parseArn} from '../../src/lib/core/arn.js'
import {type Sandbox, startSandbox} from '../../src/lib/sandbox/sandbox.js'

// One suite, two targets: the embedded sandbox, or a real account when BEDROCKCTL_TEST_PROFILE names a profile
// (BEDROCKCTL_TEST_REGION: a Region that needs no opt-in). Everything asserted here has to hold on both; only reads.
const PROFILE = process.env['BEDROCKCTL_TEST_PROFILE']
const REGION = process.env['BEDROCKCTL_TEST_REGION'] ?? 'us-east-1'

let sandbox: Sandbox | undefined
let session: AwsSession

async function openTarget(): Promise<AwsSessionOptions> {
  if (PROFILE !== undefined) return {profile: PROFILE, region: REGION}
  sandbox = await startSandbox()
  const {AWS_ACCESS_KEY_ID: accessKeyId = '', AWS_SECRET_ACCESS_KEY: secretAccessKey = ''} = sandbox.env()
  return {endpointUrl: sandbox.url, credentials: {accessKeyId, secretAccessKey}, region: REGION}
}

beforeAll(async () => {
  session = openAwsSession(await openTarget())
})
afterAll(async () => {
  session.close()
  await sandbox?.close()
})

test('IdentitySource: the caller, whose ARN lies in the account', async () => {
  const {account, arn, userId} = await (await session.identity()).whoAmI()

  expect(account).toMatch(/^\d{12}$/)
  expect(parseArn(arn)).toMatchObject({account})
  expect(userId).not.toBe('')
})

test('RegionOptInSource: old Regions need no opt-in, and every Region has one of the known states', async () => {
  const states = await (await session.regionOptIns()).listRegionOptIns()

  expect(states.get('us-east-1')).toBe('enabled-by-default')
  expect(states.size).toBeGreaterThan(20)
  expect(['enabled', 'disabled', 'enabling', 'disabling']).toContain(states.get('eu-south-2'))
})

test('OfferSource: models with unique ids, profiles that lead to one model and know their destinations', async () => {
  const offer = await (await session.offers()).readOffer(REGION)

  const ids = offer.models.map(({id}) => id)
  expect(offer).toMatchObject({region: REGION, origin: {kind: 'live', region: REGION}})
  expect(ids.length).toBeGreaterThan(10)
  expect(new Set(ids).size).toBe(ids.length)
  expect(offer.models.some(({inRegion}) => inRegion)).toBe(true)
  expect(offer.profiles.some(({kind}) => kind === 'global')).toBe(true)
  for (const {kind, destinations} of offer.profiles) {
    expect(kind === 'global' ? destinations : destinations?.length).toSatisfy(
      (value) => value === null || Number(value) > 0,
    )
  }
})

test('OfferSource and ReferenceSource tell the same of a profile', async () => {
  const offer = await (await session.offers()).readOffer(REGION)
  const geographic = offer.profiles.find(({kind}) => kind === 'geo')

  const found = await (await session.references()).getInferenceProfile(REGION, geographic?.id ?? '')

  const regions = new Set(found?.modelArns.map((arn) => parseArn(arn)?.region))
  expect(found).toMatchObject({kind: 'inference-profile', status: 'ACTIVE', details: {id: geographic?.id}})
  expect([...regions].toSorted((a = '', b = '') => a.localeCompare(b))).toEqual(geographic?.destinations)
})

test('AccessSource: the four states of a model in the words of AWS', async () => {
  const offer = await (await session.offers()).readOffer(REGION)
  const access = await session.access()

  const state = await access.readAccess(REGION, offer.models.find(({inRegion}) => inRegion)?.id ?? '')

  expect(state.agreement).toMatch(/^(AVAILABLE|PENDING|NOT_AVAILABLE|ERROR)$/)
  expect(state.authorization).toMatch(/^(NOT_)?AUTHORIZED$/)
  expect(state.entitlement).toMatch(/^(NOT_)?AVAILABLE$/)
  expect(state.region).toBe('AVAILABLE')
})

test('AccessSource: the data-retention mode and the use-case form of the account', async () => {
  const access = await session.access()

  expect(await access.readDataRetention(REGION)).toMatch(/^[a-z_]+$/)
  expect(await access.hasUseCaseForm(REGION)).toBeTypeOf('boolean')
})

test('AccessSource: a model of Amazon has no Marketplace offer, one of Anthropic has offers with terms', async () => {
  const offer = await (await session.offers()).readOffer(REGION)
  const ofProvider = (provider: string) => offer.models.find((model) => model.provider === provider)?.id ?? ''
  const access = await session.access()

  expect(await access.listAgreementOffers(REGION, ofProvider('Amazon'))).toEqual([])
  const offers = await access.listAgreementOffers(REGION, ofProvider('Anthropic'))
  expect(offers.length).toBeGreaterThan(0)
  expect(offers.every(({offerToken}) => offerToken !== '')).toBe(true)
})

test('ReferenceSource: what does not exist is undefined', async () => {
  const references = await session.references()
  const {account} = await (await session.identity()).whoAmI()
  const arn = (resource: string) => `arn:aws:bedrock:${REGION}:${account}:${resource}`

  expect(
    await Promise.all([
      references.getInferenceProfile(REGION, arn('application-inference-profile/zzzzzzzzzzzz')),
      references.getProvisionedModel(REGION, arn('provisioned-model/zzzzzzzzzzzz')),
      references.getImportedModel(REGION, arn('imported-model/zzzzzzzzzzzz')),
      references.getCustomModel(REGION, arn('custom-model/amazon.nova-lite-v1:0/zzzzzzzzzzzz')),
      references.getCustomModelDeployment(REGION, arn('custom-model-deployment/zzzzzzzzzzzz')),
    ]),
  ).toEqual([undefined, undefined, undefined, undefined, undefined])
})

test('ReferenceSource: every application profile of the account leads to models', async () => {
  const profiles = await (await session.references()).listApplicationProfiles(REGION)

  expect(profiles.every(({kind, modelArns}) => kind === 'application-inference-profile' && modelArns.length > 0)).toBe(
    true,
  )
})

test('DoctorSource: where the credentials came from, with no more than the end of a key', async () => {
  const facts = await (await session.doctor()).readCredentials()

  expect(facts.kind).not.toBe('unknown')
  expect(facts.accessKeyEnd).toHaveLength(4)
})

test('DoctorSource: the control plane can be reached', async () => {
  const probe = await (await session.doctor()).probeEndpoint('bedrock', REGION)

  expect(probe).toMatchObject({service: 'bedrock', region: REGION, failure: null})
  expect(probe.addresses.length).toBeGreaterThan(0)
})

test('DoctorSource: reads are probed, an action that would change something never is', async () => {
  const doctor = await session.doctor()

  expect(await doctor.probePermission('sts:GetCallerIdentity', REGION)).toEqual({state: 'allowed', reason: null})
  expect((await doctor.probePermission('bedrock:GetImportedModel', REGION)).state).toMatch(/^(allowed|denied)$/)
  expect((await doctor.probePermission('bedrock:CreateFoundationModelAgreement', REGION)).state).toBe('not-probed')
})

test('DoctorSource: the clocks agree to within the five minutes that SigV4 allows', async () => {
  await (await session.identity()).whoAmI()

  expect(Math.abs((await session.doctor()).clockSkewSeconds ?? Number.NaN)).toBeLessThan(300)
})

test('the session says that the target is simulated exactly when it is', () => {
  expect(session.simulated).toBe(PROFILE === undefined)
})
