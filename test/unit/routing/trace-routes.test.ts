import {describe, expect, test} from 'vitest'
import {openCatalog} from '../../../src/lib/catalog/open-catalog.js'
import {readEndpointFacts} from '../../../src/lib/routing/endpoints.js'
import {endpointFactsSchema} from '../../../src/lib/routing/endpoints.schema.js'
import {routesTraceSchema} from '../../../src/lib/routing/routes-trace.schema.js'
import {traceOffline} from './read-bundled-routes.js'

const SONNET = 'anthropic.claude-sonnet-4-6'
const NOVA = 'amazon.nova-lite-v1:0'
const EU = ['eu-central-1', 'eu-north-1', 'eu-south-1', 'eu-south-2', 'eu-west-1', 'eu-west-3']
const US = ['us-east-1', 'us-east-2', 'us-west-2']

// Destinations as AWS's API gave them for the Region called; null: nobody saw them.
const ROUTES: readonly (readonly [string, string, readonly (readonly [string, readonly string[] | null])[]])[] = [
  [
    SONNET,
    'eu-central-1',
    [
      [`eu.${SONNET}`, EU],
      [`global.${SONNET}`, null],
    ],
  ],
  [
    SONNET,
    'us-east-1',
    [
      [`us.${SONNET}`, US],
      [`global.${SONNET}`, null],
    ],
  ],
  [
    SONNET,
    'ca-central-1',
    [
      [`us.${SONNET}`, ['ca-central-1', ...US]],
      [`global.${SONNET}`, null],
    ],
  ],
  [
    SONNET,
    'ap-southeast-6',
    [
      [`au.${SONNET}`, null],
      [`global.${SONNET}`, null],
    ],
  ],
  [
    NOVA,
    'eu-north-1',
    [
      [NOVA, ['eu-north-1']],
      [`eu.${NOVA}`, ['eu-central-1', 'eu-north-1', 'eu-west-1', 'eu-west-3']],
    ],
  ],
  [
    `apac.${NOVA}`,
    'ap-south-1',
    [
      [
        `apac.${NOVA}`,
        ['ap-northeast-1', 'ap-northeast-2', 'ap-northeast-3', 'ap-south-1', 'ap-southeast-1', 'ap-southeast-2'],
      ],
    ],
  ],
  [NOVA, 'us-gov-west-1', [[NOVA, ['us-gov-west-1']]]],
]

test.each(ROUTES)('%s from %s goes where the facts say', async (model, from, routes) => {
  const result = await traceOffline(model, from)

  const traced = result.routes.map(({id, destinations}) => [id, destinations?.map(({region}) => region) ?? null])
  expect(traced).toEqual(routes)
  expect(routesTraceSchema.safeParse(result).error).toBeUndefined()
})

describe('residency', () => {
  const verdictsOf = async (model: string, from: string, id: string) => {
    const {routes} = await traceOffline(model, from)
    const verdicts = routes.find((route) => route.id === id)?.residency ?? []
    return Object.fromEntries(verdicts.map(({geography, verdict}) => [geography, verdict]))
  }

  test.each([
    [SONNET, 'eu-central-1', `eu.${SONNET}`, {eu: 'stays', 'eu-union': 'stays', us: 'leaves', apac: 'leaves'}],
    [SONNET, 'eu-central-1', `global.${SONNET}`, {eu: 'leaves', us: 'leaves'}],
    [SONNET, 'ca-central-1', `us.${SONNET}`, {ca: 'leaves', us: 'leaves'}],
    [SONNET, 'ap-southeast-6', `au.${SONNET}`, {apac: 'unknown', au: 'leaves'}],
    [NOVA, 'us-gov-west-1', NOVA, {'us-gov': 'stays', us: 'leaves'}],
  ])('%s from %s by %s', async (model, from, id, expected) => {
    expect(await verdictsOf(model, from, id)).toMatchObject(expected)
  })

  test.each([
    [SONNET, 'eu-central-1', 'geo:eu', undefined, true],
    [SONNET, 'eu-central-1', 'geo:eu', 'global', false],
    [SONNET, 'eu-central-1', 'in-region', undefined, false],
    [SONNET, 'eu-west-2', 'in-region', undefined, true],
    [SONNET, 'eu-central-1', 'within:eu-central-1,eu-west-1', undefined, false],
    [SONNET, 'ap-southeast-6', 'geo:apac', undefined, false],
    [NOVA, 'us-gov-west-1', 'geo:us-gov', undefined, true],
  ])('%s from %s, %s by %s: %s', async (model, from, residency, via, passes) => {
    const {gate} = await traceOffline(model, from, {residency, via})

    expect(gate.passed).toBe(passes)
    expect(gate.failures.length > 0).toBe(!passes)
  })

  test('destinations that are not known hold nothing, and it is said so', async () => {
    const {gate, routes} = await traceOffline(SONNET, 'ap-southeast-6', {residency: 'geo:apac', via: 'geo'})

    expect(routes.map(({holds}) => holds)).toEqual(['unknown'])
    expect(gate.failures).toEqual([`au.${SONNET} cannot be shown to hold geo:apac`])
  })

  test('a residency that allows everything is refused', async () => {
    await expect(traceOffline(SONNET, 'eu-central-1', {residency: 'global'})).rejects.toMatchObject({
      code: 'INVALID_REQUIREMENT',
    })
  })
})

describe('a model without a route', () => {
  test('is told with every reason and the nearest thing that works', async () => {
    const {gate, routes, passedOver, nearest} = await traceOffline(NOVA, 'us-gov-east-1')

    expect(routes).toEqual([])
    expect(gate.passed).toBe(false)
    expect(passedOver.map(({kind, answer}) => [kind, answer])).toContainEqual(['in-region', 'no'])
    expect(nearest).toMatchObject({id: NOVA, region: 'us-gov-west-1'})
  })

  test('a profile is not replaced by another one', async () => {
    const {gate, routes, passedOver} = await traceOffline(`us.${SONNET}`, 'eu-central-1')

    expect(routes).toEqual([])
    expect(passedOver).toMatchObject([{id: `us.${SONNET}`, answer: 'no'}])
    expect(gate.passed).toBe(false)
  })
})

describe('names of endpoints', () => {
  const endpointsOf = async (model: string, from: string) => {
    const {routes} = await traceOffline(model, from)
    return routes[0]?.endpoints ?? []
  }

  test('the runtime of the Region called, with the PrivateLink service and its private name', async () => {
    const [runtime, openAi, fips] = await endpointsOf(SONNET, 'eu-central-1')

    expect(runtime).toMatchObject({
      answer: 'yes',
      url: 'https://bedrock-runtime.eu-central-1.amazonaws.com',
      apis: ['InvokeModel', 'Converse'],
      privateLink: {
        serviceName: 'com.amazonaws.eu-central-1.bedrock-runtime',
        privateDnsName: 'bedrock-runtime.eu-central-1.amazonaws.com',
      },
    })
    expect(openAi?.answer).toBe('no')
    expect(fips).toMatchObject({answer: 'no', url: null, privateLink: null})
  })

  test('FIPS where it exists, GovCloud included', async () => {
    const fips = (await endpointsOf(NOVA, 'us-gov-west-1')).find(({family}) => family === 'bedrock-runtime-fips')

    expect(fips).toMatchObject({answer: 'yes', url: 'https://bedrock-runtime-fips.us-gov-west-1.amazonaws.com'})
  })

  test('a model of bedrock-mantle alone has the mantle endpoint and its own IAM prefix', async () => {
    const {routes} = await traceOffline('openai.gpt-5.5', 'us-east-1')

    expect(routes.map(({kind}) => kind)).toEqual(['mantle'])
    expect(routes[0]?.endpoints.map(({url}) => url)).toEqual(['https://bedrock-mantle.us-east-1.api.aws'])
    expect(routes[0]?.permissions[0]?.actions).toContain('bedrock-mantle:CreateInference')
    expect(routes[0]?.dataHandling.map(({statement}) => statement).join()).toContain('never covered')
  })

  test('the bundled names fit their schema and know only Regions of the catalog', async () => {
    const facts = endpointFactsSchema.parse(readEndpointFacts())
    const catalog = await openCatalog()

    const named = facts.families.flatMap(({regions}) => regions ?? [])
    expect(named.filter((name) => catalog.region(name) === undefined)).toEqual([])
    const partitions = facts.partitions.map(({id}) => id)
    expect(catalog.regions.filter(({partition}) => !partitions.includes(partition))).toEqual([])
  })
})

test('an ARN is traced from its own Region only', async () => {
  const arn = `arn:aws:bedrock:eu-west-1:111122223333:inference-profile/eu.${SONNET}`

  await expect(traceOffline(arn, 'eu-central-1')).rejects.toMatchObject({code: 'REGION_MISMATCH', exitCode: 2})
})

test('--via that names nothing is refused with what there is', async () => {
  await expect(traceOffline(SONNET, 'eu-central-1', {via: 'us.nothing'})).rejects.toMatchObject({
    code: 'UNKNOWN_ROUTE',
    hint: expect.stringContaining(`eu.${SONNET}`),
  })
})

test('offline nothing is said of the account', async () => {
  const {account, invocationLogging, routes} = await traceOffline(SONNET, 'eu-central-1')

  expect(account).toBeNull()
  expect(invocationLogging).toMatchObject({answer: 'unknown', asOf: null})
  expect(routes[0]?.arn).toContain('<account>')
  expect(routes[0]?.destinations?.map(({enabled}) => enabled)).toEqual(EU.map(() => null))
})
