import {BedrockClient, ListFoundationModelsCommand} from '@aws-sdk/client-bedrock'
import fc from 'fast-check'
import {afterAll, beforeAll, expect, test} from 'vitest'
import {type PlainSandbox, startPlainSandbox} from '../support/plain-sandbox.js'
import {rawBytes, rawRequest} from '../support/raw-request.js'
import {signedHeaders} from '../support/sign.js'

let sandbox: PlainSandbox

beforeAll(async () => {
  sandbox = await startPlainSandbox({
    bedrock: {ListFoundationModels: () => ({}), CreateInferenceProfile: () => ({inferenceProfileArn: 'arn'})},
    sts: {AssumeRole: () => ({})},
    cloudwatch: {PutMetricData: () => ({}), GetMetricData: () => ({})},
    s3: {PutBucketTagging: () => ({})},
  })
})
afterAll(() => sandbox.close())

const alive = () => new BedrockClient(sandbox.clientOptions).send(new ListFoundationModelsCommand())

test('no bytes on the port bring the server down', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({unit: 'binary', maxLength: 300}), async (bytes) => {
      await rawBytes(sandbox.url, bytes)
    }),
    {numRuns: 50},
  )

  await expect(alive()).resolves.toBeDefined()
})

const dialects = [
  {service: 'bedrock', path: '/inference-profiles', headers: {'content-type': 'application/json'}},
  {service: 'sts', path: '/', headers: {'content-type': 'application/x-www-form-urlencoded'}},
  {
    service: 'monitoring',
    path: '/',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': 'GraniteServiceVersion20100801.GetMetricData',
    },
  },
  {
    service: 'monitoring',
    path: '/service/GraniteServiceVersion20100801/operation/PutMetricData',
    headers: {'content-type': 'application/cbor', 'smithy-protocol': 'rpc-v2-cbor'},
  },
  {service: 's3', method: 'PUT', path: '/bucket?tagging=', headers: {'content-type': 'application/xml'}},
] as const

const bodies = fc.oneof(
  fc.uint8Array({maxLength: 200}).map((bytes) => Buffer.from(bytes)),
  fc.json().map((text) => Buffer.from(text)),
  fc.string().map((text) => Buffer.from(`Action=AssumeRole&Version=2011-06-15&${text}`)),
  fc.string().map((text) => Buffer.from(`<Tagging>${text}</Tagging>`)),
)

test.each(dialects)(
  'no body is more than a client’s mistake: $service $path',
  async ({service, path, headers, ...rest}) => {
    const method = 'method' in rest ? rest.method : 'POST'

    await fc.assert(
      fc.asyncProperty(bodies, async (body) => {
        const signed = signedHeaders({url: sandbox.url, method, path, service, headers, body})
        const answer = await rawRequest(sandbox.url, {method, path, headers: signed, body})

        expect(answer.status, answer.body).toBeLessThan(500)
        expect(answer.status === 200 || answer.body !== '').toBe(true)
        expect(answer.body).not.toMatch(/\bat .*\.[jt]s:\d+/)
      }),
      {numRuns: 100},
    )
  },
)
