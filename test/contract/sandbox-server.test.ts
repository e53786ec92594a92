import {request} from 'node:http'
import {connect} from 'node:http2'
import {BedrockClient, CreateInferenceProfileCommand, ListFoundationModelsCommand} from '@aws-sdk/client-bedrock'
import {
  BedrockRuntimeClient,
  ConverseCommand,
  ConverseStreamCommand,
  type ConverseStreamCommandOutput,
  type ConverseStreamOutput,
  ThrottlingException,
} from '@aws-sdk/client-bedrock-runtime'
import {DescribeVpcsCommand, EC2Client} from '@aws-sdk/client-ec2'
import {KMSClient, ListKeysCommand} from '@aws-sdk/client-kms'
import {AssumeRoleCommand, STSClient} from '@aws-sdk/client-sts'
import {afterEach, describe, expect, test} from 'vitest'
import {type Handlers, WireError} from '../../src/lib/sandbox/handler.js'
import type {Parts} from '../../src/lib/sandbox/parts.js'
import {type PlainSandbox, startPlainSandbox} from '../support/plain-sandbox.js'
import {rawBytes, rawRequest} from '../support/raw-request.js'
import {signedHeaders} from '../support/sign.js'

let sandbox: PlainSandbox | undefined

afterEach(async () => {
  await sandbox?.close()
  sandbox = undefined
})

interface Services {
  readonly bedrock?: Handlers<typeof import('@aws-sdk/client-bedrock')>
  readonly 'bedrock-runtime'?: Handlers<typeof import('@aws-sdk/client-bedrock-runtime')>
  readonly sts?: Handlers<typeof import('@aws-sdk/client-sts')>
}

async function start(handlers: Services, overrides: Partial<Parts> = {}): Promise<PlainSandbox> {
  sandbox = await startPlainSandbox({...handlers}, overrides)
  return sandbox
}

const noModels: Services = {bedrock: {ListFoundationModels: () => ({modelSummaries: []})}}
const listModels = ({clientOptions}: PlainSandbox) =>
  new BedrockClient(clientOptions).send(new ListFoundationModelsCommand())

const delta = (text: string): ConverseStreamOutput => ({contentBlockDelta: {contentBlockIndex: 0, delta: {text}}})

function converse({clientOptions}: PlainSandbox, modelId = 'a.b'): Promise<ConverseStreamCommandOutput> {
  return new BedrockRuntimeClient(clientOptions).send(new ConverseStreamCommand({modelId, messages: []}))
}

async function collect({stream}: ConverseStreamCommandOutput): Promise<string> {
  let text = ''
  for await (const event of stream ?? []) text += event.contentBlockDelta?.delta?.text ?? ''
  return text
}

describe('HTTP', () => {
  test('the runtime client’s HTTP/2 and everybody else’s HTTP/1.1 share a port', async () => {
    const running = await start(
      {
        ...noModels,
        'bedrock-runtime': {
          Converse: () => ({output: undefined, stopReason: 'end_turn', usage: undefined, metrics: undefined}),
        },
      },
      {checkOutput: false},
    )

    await listModels(running)
    await new BedrockRuntimeClient(running.clientOptions).send(new ConverseCommand({modelId: 'a.b', messages: []}))

    expect(running.journal.entries.map(({httpVersion, status}) => [httpVersion, status])).toEqual([
      ['1.1', 200],
      ['2.0', 200],
    ])
  })

  test('a slash inside a path label is no separator', async () => {
    const seen: string[] = []
    const running = await start({
      'bedrock-runtime': {
        ConverseStream: ({modelId}) => {
          seen.push(modelId)
          return {stream: events([])}
        },
      },
    })
    const arn = 'arn:aws:bedrock:eu-central-1:111122223333:inference-profile/eu.a.b-v1:0'

    await collect(await converse(running, arn))

    expect(seen).toEqual([arn])
  })

  test.each([['evil.example'], ['evil.example:80'], ['127.0.0.1:1'], ['']])(
    'the host %j is not served',
    async (host) => {
      const {url} = await start(noModels)

      expect(await rawRequest(url, {path: '/foundation-models', headers: {host}})).toMatchObject({status: 403})
    },
  )

  test('a body beyond the limit is refused whether or not its length is announced', async () => {
    const {url} = await start(noModels, {bodyLimit: 1000})
    const body = 'x'.repeat(1001)

    const announced = await rawRequest(url, {method: 'POST', path: '/', body, headers: {'content-length': '1001'}})
    const chunked = await rawRequest(url, {method: 'POST', path: '/', body, headers: {'transfer-encoding': 'chunked'}})

    expect([announced.status, chunked.status]).toEqual([413, 413])
  })

  test.each([
    ['no HTTP at all', 'hello\r\n\r\n', /^HTTP\/1\.1 400 /],
    ['a header that never ends', `GET / HTTP/1.1\r\nx: ${'y'.repeat(80_000)}`, /^HTTP\/1\.1 431 /],
    ['a path that is no percent-encoding', 'GET /%zz?%zz=%zz HTTP/1.1\r\n\r\n', /^HTTP\/1\.1 400 /],
  ])('%s is answered and the server lives', async (_, bytes, expected) => {
    const running = await start(noModels)

    expect(await rawBytes(running.url, bytes)).toMatch(expected)
    await expect(listModels(running)).resolves.toBeDefined()
  })

  test('closing cuts HTTP/2 sessions that are still open', async () => {
    const running = await start(noModels)
    const session = connect(running.url)
    await new Promise((resolve) => session.once('connect', resolve))
    const closed = new Promise((resolve) => session.once('close', resolve))
    session.on('error', () => undefined)

    await running.close()

    await expect(closed).resolves.toBeUndefined()
  })
})

describe('requests that cannot be served', () => {
  test('a known operation without a handler answers 501 and says which', async () => {
    const {clientOptions} = await start({})

    await expect(new EC2Client(clientOptions).send(new DescribeVpcsCommand({}))).rejects.toMatchObject({
      name: 'NotImplemented',
      message: 'The sandbox does not implement ec2:DescribeVpcs.',
      $metadata: {httpStatusCode: 501},
    })
    await expect(new KMSClient(clientOptions).send(new ListKeysCommand({}))).rejects.toThrow('kms:ListKeys')
  })

  const target = (name: string) => ({'x-amz-target': name, 'content-type': 'application/x-amz-json-1.1'})
  const form = {'content-type': 'application/x-www-form-urlencoded'}

  test.each([
    ['JSON', 'kms', target('TrentService.Nothing'), '{}', 404, 'UnknownOperationException'],
    [
      'Query',
      'sts',
      form,
      'Action=Nothing&Version=2011-06-15',
      400,
      'Could not find operation Nothing for version 2011-06-15',
    ],
    ['EC2 Query', 'ec2', form, 'Action=Nothing&Version=2016-11-15', 400, '<Code>InvalidAction</Code>'],
    ['another service', 'dynamodb', target('DynamoDB_20120810.ListTables'), '{}', 501, 'DynamoDB_20120810'],
    ['no action', 'sts', form, 'Version=2011-06-15', 400, 'MissingAction'],
    ['broken JSON', 'kms', target('TrentService.ListKeys'), '{"Limit":', 501, 'kms:ListKeys'],
  ])('an operation that AWS does not have, over %s', async (_, service, headers, body, status, expected) => {
    const {url} = await start({})
    const signed = signedHeaders({url, path: '/', service, headers, body})

    const answer = await rawRequest(url, {method: 'POST', path: '/', headers: signed, body})

    expect(answer).toMatchObject({status, body: expect.stringContaining(expected)})
  })

  test('a route that no service has is unknown', async () => {
    const {url} = await start({})
    const headers = signedHeaders({url, method: 'GET', path: '/no/such/route', service: 'bedrock'})

    const {status, headers: answered} = await rawRequest(url, {path: '/no/such/route', headers})

    expect([status, answered['x-amzn-errortype']]).toEqual([404, 'UnknownOperationException'])
  })
})

describe('input', () => {
  const create: Services = {bedrock: {CreateInferenceProfile: () => ({inferenceProfileArn: 'arn'})}}

  async function createWith(body: string): Promise<{status: number; body: string; type: unknown}> {
    const {url} = await start(create)
    const path = '/inference-profiles'
    const headers = signedHeaders({url, path, service: 'bedrock', headers: {'content-type': 'application/json'}, body})
    const answer = await rawRequest(url, {method: 'POST', path, headers, body})
    return {status: answer.status, body: answer.body, type: answer.headers['x-amzn-errortype']}
  }

  test.each([
    ['broken JSON', '{"a":'],
    ['no object', '[]'],
    ['null', 'null'],
    ['a number for a string', '{"inferenceProfileName":5,"modelSource":{"copyFrom":"a.b"}}'],
    ['a list for a structure', '{"inferenceProfileName":"n","modelSource":["a.b"]}'],
    ['bytes that are no UTF-8 JSON', '\u0000\u0001'],
  ])('%s is a serialization error', async (_, body) => {
    expect(await createWith(body)).toMatchObject({status: 400, type: 'SerializationException'})
  })

  test('every missing and every wrong member is named in AWS’s words', async () => {
    const {body} = await createWith('{"inferenceProfileName":"!","tags":[{"key":"k","value":"^"}]}')

    const {message} = JSON.parse(body) as {message: string}
    expect(message).toMatch(/^3 validation errors detected: Value null at 'modelSource' failed .* must not be null; /)
    expect(message).toContain(
      "Value '!' at 'inferenceProfileName' failed to satisfy constraint: Member must satisfy regular",
    )
    expect(message).toContain("Value '^' at 'tags.1.member.value' failed")
  })

  test('an enum is closed on the way in', async () => {
    const {clientOptions} = await start(noModels)
    const command = new ListFoundationModelsCommand({byOutputModality: 'SMELL' as never})

    await expect(new BedrockClient(clientOptions).send(command)).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringMatching(
        /^1 validation error detected: Value 'SMELL' at 'byOutputModality' .* enum value set: \[/,
      ),
    })
  })

  test('Query services name the same mistake ValidationError', async () => {
    const {clientOptions} = await start({sts: {AssumeRole: () => ({})}})
    const command = new AssumeRoleCommand({RoleArn: 'short', RoleSessionName: 'n'})

    await expect(new STSClient(clientOptions).send(command)).rejects.toMatchObject({
      name: 'ValidationError',
      message: expect.stringContaining(
        "Value 'short' at 'roleArn' failed to satisfy constraint: Member must have length",
      ),
    })
  })

  test('a valid input reaches the handler', async () => {
    const {clientOptions} = await start(create)
    const command = new CreateInferenceProfileCommand({
      inferenceProfileName: 'team a',
      modelSource: {copyFrom: 'arn:aws:bedrock:eu-central-1::foundation-model/amazon.nova-lite-v1:0'},
    })

    await expect(new BedrockClient(clientOptions).send(command)).resolves.toMatchObject({inferenceProfileArn: 'arn'})
  })
})

describe('what handlers may do', () => {
  test('an output that breaks its schema is an error that says so', async () => {
    const running = await start({
      bedrock: {ListFoundationModels: () => ({modelSummaries: [{modelId: 'a.b'}] as never})},
    })

    await expect(listModels(running)).rejects.toThrow('modelSummaries.1.member.modelArn: Member must not be null')
  })

  test('an unexpected exception is a 500 without a stack trace', async () => {
    const running = await start({
      bedrock: {
        ListFoundationModels: () => {
          throw new TypeError('oops')
        },
      },
    })

    await expect(listModels(running)).rejects.toMatchObject({
      name: 'InternalServerException',
      message: expect.stringMatching(/^The sandbox failed: oops$/),
    })
  })

  test('status and headers can be set', async () => {
    const running = await start({
      bedrock: {
        ListFoundationModels: (_, context) => {
          context.setStatus(202)
          context.setHeader('X-Own', 'yes')
          return {}
        },
      },
    })
    const path = '/foundation-models'
    const headers = signedHeaders({url: running.url, method: 'GET', path, service: 'bedrock'})

    expect(await rawRequest(running.url, {path, headers})).toMatchObject({status: 202, headers: {'x-own': 'yes'}})
  })
})

async function* events(items: readonly (ConverseStreamOutput | Error)[]): AsyncGenerator<ConverseStreamOutput> {
  for (const item of items) {
    if (item instanceof Error) throw item
    yield item
  }
}

describe('event streams', () => {
  const streaming = (...items: (ConverseStreamOutput | Error)[]): Services => ({
    'bedrock-runtime': {ConverseStream: () => ({stream: events(items)})},
  })

  test('events arrive in order', async () => {
    const running = await start(streaming(delta('one '), delta('two')))

    expect(await collect(await converse(running))).toBe('one two')
  })

  test('a modelled exception in the middle is raised as itself', async () => {
    const throttled = new ThrottlingException({message: 'slow down', $metadata: {}})
    const running = await start(streaming(delta('one'), throttled))

    await expect(collect(await converse(running))).rejects.toMatchObject({
      name: 'ThrottlingException',
      message: 'slow down',
    })
  })

  test('any other failure in the middle is an error message', async () => {
    const running = await start(streaming(delta('one'), new WireError('OddFailure', 'who knows')))

    await expect(collect(await converse(running))).rejects.toThrow(/who knows|OddFailure/)
  })

  const leave: Readonly<Record<string, (url: string, path: string) => Promise<void>>> = {
    'HTTP/1.1': (url, path) =>
      new Promise((resolve) => {
        const headers = signedHeaders({url, path, service: 'bedrock', body: '{}'})
        const {hostname, port} = new URL(url)
        const outgoing = request({hostname, port, method: 'POST', path, headers}, (incoming) => {
          incoming.once('data', () => outgoing.destroy())
          incoming.on('error', () => undefined)
          incoming.on('close', resolve)
        })
        outgoing.end('{}')
      }),
    'HTTP/2': (url, path) =>
      new Promise((resolve) => {
        const headers = signedHeaders({url, path, service: 'bedrock', body: '{}'})
        const session = connect(url)
        const stream = session.request({':method': 'POST', ':path': path, ...headers})
        stream.once('data', () => stream.close())
        stream.on('close', () => session.close(resolve))
        stream.end('{}')
      }),
  }

  test.each(Object.entries(leave))('a caller that leaves over %s stops the handler', async (_, leaving) => {
    let stopped = (): void => undefined
    const finished = new Promise<void>((resolve) => {
      stopped = resolve
    })
    async function* endless(): AsyncGenerator<ConverseStreamOutput> {
      try {
        for (;;) {
          await new Promise(setImmediate)
          yield delta('more '.repeat(1000))
        }
      } finally {
        stopped()
      }
    }
    const {url} = await start({'bedrock-runtime': {ConverseStream: () => ({stream: endless()})}})

    await leaving(url, '/model/a.b/converse-stream')

    await expect(finished).resolves.toBeUndefined()
  })
})
