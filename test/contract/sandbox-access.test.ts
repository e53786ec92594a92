import {AccountClient, ListRegionsCommand} from '@aws-sdk/client-account'
import {BedrockClient, ListFoundationModelsCommand} from '@aws-sdk/client-bedrock'
import {DescribeRegionsCommand, EC2Client} from '@aws-sdk/client-ec2'
import {DescribeServicesCommand, PricingClient} from '@aws-sdk/client-pricing'
import {ListBucketsCommand, S3Client} from '@aws-sdk/client-s3'
import {GetCallerIdentityCommand, STSClient} from '@aws-sdk/client-sts'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import type {Handlers} from '../../src/lib/sandbox/handler.js'
import {type PlainSandbox, startPlainSandbox} from '../support/plain-sandbox.js'
import {ACCOUNT, BEARER, KEY, plainWorld} from '../support/plain-world.js'
import {rawRequest} from '../support/raw-request.js'
import {presignedPath, signedHeaders} from '../support/sign.js'

const expired = {accessKeyId: 'ASIAEXPIRED000000001', secretAccessKey: 'expired', sessionToken: 'old'}
const temporary = {accessKeyId: 'ASIATEMPORARY0000001', secretAccessKey: 'temporary', sessionToken: 'token'}

const bedrock: Handlers<typeof import('@aws-sdk/client-bedrock')> = {
  ListFoundationModels: (_, {region}) => ({
    modelSummaries: [{modelArn: `arn:aws:bedrock:${region}::foundation-model/a.b`, modelId: 'a.b'}],
  }),
}
const handlers = {
  bedrock,
  sts: {GetCallerIdentity: (_: unknown, context: {account: string}) => ({Account: context.account})},
  account: {ListRegions: () => ({Regions: []})},
  ec2: {DescribeRegions: () => ({Regions: []})},
  pricing: {DescribeServices: () => ({Services: []})},
  s3: {ListBuckets: () => ({Buckets: []})},
}

let sandbox: PlainSandbox

beforeAll(async () => {
  const world = plainWorld({
    credentials: {
      [expired.accessKeyId]: {account: ACCOUNT, ...expired, expiresAt: Date.now() - 1000},
      [temporary.accessKeyId]: {account: ACCOUNT, ...temporary, expiresAt: Date.now() + 3_600_000},
    },
    notEnabled: ['af-south-1'],
    unknown: ['eu-west-9'],
    denied: ['bedrock:ListGuardrails', 'pricing:DescribeServices'],
  })
  sandbox = await startPlainSandbox(handlers, {world})
})

afterAll(() => sandbox.close())

type Settings = Readonly<Record<string, unknown>>

/** One harmless call over each family of protocols. */
const calls: Readonly<Record<string, ((settings: Settings) => Promise<unknown>) | undefined>> = {
  'REST JSON': (settings) => new BedrockClient({...options(), ...settings}).send(new ListFoundationModelsCommand()),
  JSON: (settings) => new PricingClient({...options(), ...settings}).send(new DescribeServicesCommand()),
  Query: (settings) => new STSClient({...options(), ...settings}).send(new GetCallerIdentityCommand()),
  'EC2 Query': (settings) => new EC2Client({...options(), ...settings}).send(new DescribeRegionsCommand()),
  'REST XML': (settings) =>
    new S3Client({...options(), forcePathStyle: true, ...settings}).send(new ListBucketsCommand({})),
}
const options = () => sandbox.clientOptions

async function refusal(family: string, settings: Settings): Promise<string> {
  const error = await calls[family]?.(settings).catch((caught: unknown) => caught)
  const {name, $metadata} = error as {name: string; $metadata?: {httpStatusCode?: number}}
  return `${name} ${$metadata?.httpStatusCode}`
}

const MINUTE = 60_000

describe('what a caller with bad credentials gets', () => {
  test.each([
    ['REST JSON', 'InvalidSignatureException 403'],
    ['JSON', 'InvalidSignatureException 403'],
    ['Query', 'SignatureDoesNotMatch 403'],
    ['EC2 Query', 'AuthFailure 401'],
    ['REST XML', 'SignatureDoesNotMatch 403'],
  ])('a wrong secret over %s', async (family, expected) => {
    const credentials = {accessKeyId: KEY.accessKeyId, secretAccessKey: 'wrong'}

    expect(await refusal(family, {credentials})).toBe(expected)
    expect(sandbox.journal.entries.at(-1)).toMatchObject({signature: 'bad', account: ACCOUNT})
  })

  test.each([
    ['REST JSON', 'UnrecognizedClientException 403'],
    ['JSON', 'UnrecognizedClientException 403'],
    ['Query', 'InvalidClientTokenId 403'],
    ['EC2 Query', 'AuthFailure 401'],
    ['REST XML', 'InvalidAccessKeyId 403'],
  ])('an unknown key over %s', async (family, expected) => {
    expect(await refusal(family, {credentials: {accessKeyId: 'AKIANOBODY0000000001', secretAccessKey: 'x'}})).toBe(
      expected,
    )
  })

  test.each([
    ['REST JSON', 'ExpiredTokenException 403'],
    ['JSON', 'ExpiredTokenException 403'],
    ['Query', 'ExpiredToken 403'],
    ['EC2 Query', 'RequestExpired 400'],
    ['REST XML', 'ExpiredToken 400'],
  ])('an expired token over %s', async (family, expected) => {
    expect(await refusal(family, {credentials: expired})).toBe(expected)
  })

  test.each([
    ['a token of somebody else', {...temporary, sessionToken: 'forged'}],
    ['a temporary key without its token', {...temporary, sessionToken: undefined}],
    ['a long-term key with a token', {...KEY, sessionToken: 'stray'}],
  ])('%s is no valid token', async (_, credentials) => {
    expect(await refusal('REST JSON', {credentials})).toBe('UnrecognizedClientException 403')
  })

  test('a temporary key with its token is let in', async () => {
    expect(await calls['Query']?.({credentials: temporary})).toMatchObject({Account: ACCOUNT})
  })

  test.each([
    ['REST JSON', -10, 'InvalidSignatureException 403'],
    ['REST JSON', 10, 'InvalidSignatureException 403'],
    ['Query', -10, 'SignatureDoesNotMatch 403'],
    ['EC2 Query', -10, 'RequestExpired 400'],
    ['REST XML', -20, 'RequestTimeTooSkewed 403'],
  ])('a clock that is wrong, over %s by %i minutes', async (family, minutes, expected) => {
    expect(await refusal(family, {systemClockOffset: minutes * MINUTE})).toBe(expected)
  })

  test('a late clock is told the limit in AWS’s words', async () => {
    await expect(calls['REST JSON']?.({systemClockOffset: -10 * MINUTE})).rejects.toThrow(
      /^Signature expired: \d{8}T\d{6}Z is now earlier than \d{8}T\d{6}Z \(\d{8}T\d{6}Z - 5 min\.\)$/,
    )
  })

  test('a clock four minutes off is fine', async () => {
    await expect(calls['REST JSON']?.({systemClockOffset: 4 * MINUTE})).resolves.toBeDefined()
  })
})

describe('an unsigned request is refused in the dialect of its caller', () => {
  const form = {'content-type': 'application/x-www-form-urlencoded'}

  test.each([
    ['REST JSON', {path: '/foundation-models'}, /^{"message":"Missing Authentication Token"}$/],
    [
      'JSON',
      {
        path: '/',
        method: 'POST',
        headers: {'x-amz-target': 'AWSPriceListService.DescribeServices', 'content-type': 'application/x-amz-json-1.1'},
        body: '{}',
      },
      /"__type":"MissingAuthenticationTokenException"/,
    ],
    [
      'Query',
      {path: '/', method: 'POST', headers: form, body: 'Action=GetCallerIdentity&Version=2011-06-15'},
      /^<ErrorResponse .*<Code>MissingAuthenticationToken<\/Code>/,
    ],
    [
      'EC2 Query',
      {path: '/', method: 'POST', headers: form, body: 'Action=DescribeRegions&Version=2016-11-15'},
      /<Response><Errors><Error><Code>MissingAuthenticationToken<\/Code>/,
    ],
    ['REST XML', {path: '/bucket/key'}, /<Error><Code>AccessDenied<\/Code>/],
  ])('%s', async (_, request, expected) => {
    const {status, body, headers} = await rawRequest(sandbox.url, request)

    expect(status).toBe(403)
    expect(body).toMatch(expected)
    expect(headers['x-amzn-requestid']).toMatch(/^[0-9a-f-]{36}$/)
  })
})

describe('what a signature covers', () => {
  test('a body changed on the way is refused', async () => {
    const path = '/'
    const headers = {'content-type': 'application/x-www-form-urlencoded'}
    const body = 'Action=GetCallerIdentity&Version=2011-06-15'
    const signed = signedHeaders({url: sandbox.url, path, service: 'sts', headers, body})

    const [same, changed] = await Promise.all([
      rawRequest(sandbox.url, {method: 'POST', path, headers: signed, body}),
      rawRequest(sandbox.url, {method: 'POST', path, headers: signed, body: `${body}&Extra=1`}),
    ])

    expect([same.status, changed.status]).toEqual([200, 403])
  })

  test('a request signed for another service is refused', async () => {
    const path = '/foundation-models'
    const headers = signedHeaders({url: sandbox.url, method: 'GET', path, service: 'account'})
    const target = {
      'x-amz-target': 'AWSPriceListService.DescribeServices',
      'content-type': 'application/x-amz-json-1.1',
    }
    const forPricing = signedHeaders({url: sandbox.url, path: '/', service: 'kms', headers: target, body: '{}'})

    const unrouted = await rawRequest(sandbox.url, {path, headers})
    const misdirected = await rawRequest(sandbox.url, {method: 'POST', path: '/', headers: forPricing, body: '{}'})

    expect(unrouted.status).toBe(404)
    expect(misdirected).toMatchObject({status: 403, body: expect.stringContaining("correct service: 'pricing'")})
  })

  test('a presigned URL holds as long as it says and for nothing else', async () => {
    const path = '/?Action=GetCallerIdentity&Version=2011-06-15'
    const sign = (at: Date) => presignedPath({url: sandbox.url, path, service: 'sts', expiresInSeconds: 900, at})
    const fresh = sign(new Date())

    const answers = await Promise.all(
      [fresh, sign(new Date(Date.now() - 20 * MINUTE)), fresh.replace('2011-06-15', '2011-06-16')].map((signed) =>
        rawRequest(sandbox.url, {path: signed}),
      ),
    )

    expect(answers.map(({status}) => status)).toEqual([200, 403, 403])
    expect(answers[1]?.body).toContain('Signature expired')
  })

  test('a URL signed with version 2 is told what to use', async () => {
    const path = '/bucket/key?AWSAccessKeyId=AKIA&Signature=abc&Expires=1'

    const {status, body} = await rawRequest(sandbox.url, {path})

    expect(status).toBe(400)
    expect(body).toContain('s3v4')
  })
})

describe('Bedrock API keys', () => {
  test('the path names the Region that the key cannot', async () => {
    const authorization = `Bearer ${BEARER}`
    const {body} = await rawRequest(sandbox.url, {
      path: '/_region/eu-west-1/foundation-models',
      headers: {authorization},
    })

    expect(body).toContain('arn:aws:bedrock:eu-west-1::foundation-model/a.b')
    expect(sandbox.journal.entries.at(-1)).toMatchObject({auth: 'bearer', region: 'eu-west-1', account: ACCOUNT})
  })

  test('an unknown key is refused', async () => {
    const headers = {authorization: 'Bearer nonsense'}
    const {status, body} = await rawRequest(sandbox.url, {path: '/foundation-models', headers})

    expect(status).toBe(403)
    expect(body).toContain('Please make sure your API Key is valid')
  })

  test('a signed request may use the path form, for the Region it is signed for', async () => {
    const at = (region: string) => ({...options(), endpoint: `${sandbox.url}/_region/eu-west-1`, region})

    await expect(new BedrockClient(at('eu-west-1')).send(new ListFoundationModelsCommand())).resolves.toBeDefined()
    await expect(new BedrockClient(at('eu-west-2')).send(new ListFoundationModelsCommand())).rejects.toThrow(
      'valid region',
    )
  })
})

describe('Regions', () => {
  test.each([
    ['REST JSON', 'UnrecognizedClientException 403'],
    ['Query', 'InvalidClientTokenId 403'],
    ['EC2 Query', 'AuthFailure 401'],
  ])('one that the account has not enabled knows no key, over %s', async (family, expected) => {
    expect(await refusal(family, {region: 'af-south-1'})).toBe(expected)
  })

  test('a global service answers whatever Region its caller signed for', async () => {
    const client = new AccountClient({...options(), region: 'af-south-1'})

    await expect(client.send(new ListRegionsCommand({}))).resolves.toMatchObject({Regions: []})
  })

  test.each([
    ['REST JSON', 'eu-west-9', 'there is no Region or no Bedrock in it'],
    ['EC2 Query', 'eu-west-9', 'there is no such Region'],
    ['JSON', 'eu-west-1', 'the price list has three endpoints'],
  ])('over %s, %s is unreachable: %s', async (family, region) => {
    await expect(calls[family]?.({region})).rejects.toThrow(/socket hang up|ECONNRESET/)
    expect(sandbox.journal.entries.at(-1)).toMatchObject({status: 0, errorCode: 'NoSuchEndpoint', region})
  })
})

test('a denied action is refused before its service sees it', async () => {
  const error = await calls['JSON']?.({}).catch((caught: unknown) => caught)

  expect(error).toMatchObject({
    name: 'AccessDeniedException',
    message: 'not authorized to perform: pricing:DescribeServices',
  })
})
