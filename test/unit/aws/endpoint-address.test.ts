import {afterEach, beforeEach, expect, test, vi} from 'vitest'
import {endpointAddress} from '../../../src/lib/aws/endpoint-address.js'
import {createRequestHandler} from '../../../src/lib/aws/wire.js'
import type {ProbedService} from '../../../src/lib/doctor/ports.js'

beforeEach(() => {
  for (const name of Object.keys(process.env)) if (/^AWS_(?!SDK_JS)/.test(name)) vi.stubEnv(name, undefined)
  vi.stubEnv('AWS_CONFIG_FILE', '/nonexistent/config')
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', '/nonexistent/credentials')
})
afterEach(() => {
  vi.unstubAllEnvs()
})

const BASE = {requestHandler: createRequestHandler(), credentials: {accessKeyId: 'a', secretAccessKey: 'b'}}
const address = (service: ProbedService, region: string, base: object = {}) =>
  endpointAddress(service, region, {...BASE, ...base})

test.each([
  ['bedrock', 'eu-central-1', 'https://bedrock.eu-central-1.amazonaws.com'],
  ['bedrock-runtime', 'us-gov-west-1', 'https://bedrock-runtime.us-gov-west-1.amazonaws.com'],
  ['bedrock', 'eusc-de-east-1', 'https://bedrock.eusc-de-east-1.amazonaws.eu'],
  ['bedrock-agent', 'eu-central-1', 'https://bedrock-agent.eu-central-1.amazonaws.com'],
  ['bedrock-mantle', 'eu-central-1', 'https://bedrock-mantle.eu-central-1.api.aws'],
  ['sts', 'eu-central-1', 'https://sts.eu-central-1.amazonaws.com'],
  ['service-quotas', 'eu-central-1', 'https://servicequotas.eu-central-1.amazonaws.com'],
] as const)('%s in %s is %s', async (service, region, url) => {
  expect(await address(service, region)).toEqual({region, url})
})

test.each([
  ['us-west-2', 'us-east-1'],
  ['eu-north-1', 'eu-central-1'],
  ['me-south-1', 'eu-central-1'],
  ['ap-southeast-2', 'ap-south-1'],
])('prices for %s are asked of %s', async (region, asked) => {
  expect(await address('pricing', region)).toEqual({region: asked, url: `https://api.pricing.${asked}.amazonaws.com`})
})

test('FIPS, endpoint variables and a given endpoint are followed, the last before all', async () => {
  vi.stubEnv('AWS_USE_FIPS_ENDPOINT', 'true')
  expect((await address('bedrock', 'us-east-1')).url).toBe('https://bedrock-fips.us-east-1.amazonaws.com')

  vi.stubEnv('AWS_USE_FIPS_ENDPOINT', undefined)
  vi.stubEnv('AWS_ENDPOINT_URL_BEDROCK', 'http://127.0.0.1:1234')
  expect((await address('bedrock', 'us-east-1')).url).toBe('http://127.0.0.1:1234')
  expect((await address('sts', 'us-east-1')).url).toBe('https://sts.us-east-1.amazonaws.com')
  expect((await address('bedrock', 'us-east-1', {endpoint: 'http://127.0.0.1:99'})).url).toBe('http://127.0.0.1:99')
})
