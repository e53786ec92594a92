import {BedrockClient, GetFoundationModelCommand, ListFoundationModelsCommand} from '@aws-sdk/client-bedrock'
import {BedrockRuntimeClient, ConverseStreamCommand, type ConverseStreamOutput} from '@aws-sdk/client-bedrock-runtime'
import {GetCallerIdentityCommand, STSClient} from '@aws-sdk/client-sts'
import {afterAll, beforeAll, beforeEach, describe, expect, test} from 'vitest'
import {type Sandbox, startSandbox} from '../../src/lib/sandbox/sandbox.js'
import {type PlainSandbox, startPlainSandbox} from '../support/plain-sandbox.js'
import {rawRequest} from '../support/raw-request.js'

let sandbox: PlainSandbox

async function* words(): AsyncGenerator<ConverseStreamOutput> {
  for (const text of ['a', 'b', 'c', 'd']) yield {contentBlockDelta: {contentBlockIndex: 0, delta: {text}}}
}

beforeAll(async () => {
  sandbox = await startPlainSandbox({
    bedrock: {ListFoundationModels: () => ({modelSummaries: []}), GetFoundationModel: () => ({})},
    'bedrock-runtime': {ConverseStream: () => ({stream: words()})},
    sts: {GetCallerIdentity: () => ({})},
  })
})
beforeEach(() => sandbox.faults.clear())
afterAll(() => sandbox.close())

const list = (region = 'eu-central-1') =>
  new BedrockClient({...sandbox.clientOptions, region}).send(new ListFoundationModelsCommand())
const identity = () => new STSClient(sandbox.clientOptions).send(new GetCallerIdentityCommand())

async function outcome(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => 'ok',
    (error: Error) => error.name,
  )
}

async function converse(modelId: string): Promise<string> {
  const client = new BedrockRuntimeClient(sandbox.clientOptions)
  let text = ''
  try {
    const {stream} = await client.send(new ConverseStreamCommand({modelId, messages: []}))
    for await (const event of stream ?? []) text += event.contentBlockDelta?.delta?.text ?? ''
  } catch (error) {
    text += ` ${(error as Error).name}`
  }
  client.destroy()
  return text
}

describe('faults', () => {
  test('an error is sent as it is given', async () => {
    sandbox.faults.add({effect: {kind: 'error', code: 'ServiceUnavailableException', status: 503, message: 'later'}})

    await expect(list()).rejects.toMatchObject({
      name: 'ServiceUnavailableException',
      message: 'later',
      $metadata: {httpStatusCode: 503},
    })
  })

  test('a rule applies to its service, operation pattern and Region alone', async () => {
    sandbox.faults.add({service: 'bedrock', operation: 'List*', region: 'eu-*', effect: {kind: 'access-denied'}})
    const get = new BedrockClient(sandbox.clientOptions).send(
      new GetFoundationModelCommand({modelIdentifier: 'amazon.nova'}),
    )

    expect(await Promise.all([list(), list('us-east-1'), identity(), get].map(outcome))).toEqual([
      'AccessDeniedException',
      'ok',
      'ok',
      'ok',
    ])
  })

  test('a refusal is worded as the protocol words it', async () => {
    sandbox.faults.add({effect: {kind: 'access-denied'}})

    await expect(identity()).rejects.toMatchObject({
      name: 'AccessDenied',
      message: expect.stringContaining(
        'User: arn:aws:iam::111122223333:user/plain is not authorized to perform: sts:GetCallerIdentity',
      ),
    })
  })

  test('a rule with a count is spent', async () => {
    sandbox.faults.add({times: 2, effect: {kind: 'region-not-enabled'}})

    const outcomes = [await outcome(list()), await outcome(list()), await outcome(list())]

    expect(outcomes).toEqual(['UnrecognizedClientException', 'UnrecognizedClientException', 'ok'])
  })

  test('a share of the requests fails, the same ones for the same seed', async () => {
    sandbox.faults.add({rate: 0.5, effect: {kind: 'error', code: 'Oops', status: 400, message: ''}})

    const outcomes: string[] = []
    for (let call = 0; call < 40; call++) outcomes.push(await outcome(list()))

    const failures = outcomes.filter((each) => each === 'Oops').length
    expect(failures).toBeGreaterThan(10)
    expect(failures).toBeLessThan(30)
  })

  test('a dropped connection is no answer', async () => {
    sandbox.faults.add({effect: {kind: 'drop'}})

    await expect(list()).rejects.toThrow(/socket hang up|ECONNRESET/)
    expect(sandbox.journal.entries.at(-1)).toMatchObject({status: 0, operation: 'ListFoundationModels'})
  })

  test('a throttle takes its burst and then refuses, per Region', async () => {
    sandbox.faults.add({effect: {kind: 'throttle', ratePerSecond: 0.001, burst: 2}})

    const here = [await outcome(list()), await outcome(list()), await outcome(list())]

    expect(here).toEqual(['ok', 'ok', 'ThrottlingException'])
    expect(await outcome(list('us-east-1'))).toBe('ok')
  })

  test('latency delays the answer', async () => {
    sandbox.faults.add({effect: {kind: 'latency', ms: 30}})

    await list()

    expect(sandbox.journal.entries.at(-1)?.ms).toBeGreaterThanOrEqual(30)
  })

  test('a stream breaks for the models of the rule alone', async () => {
    sandbox.faults.add({model: 'a.*', effect: {kind: 'break', afterEvents: 2, code: 'ThrottlingException'}})
    sandbox.faults.add({model: 'cut.*', effect: {kind: 'break', afterEvents: 1}})

    expect(await converse('a.b')).toBe('ab ThrottlingException')
    expect(await converse('c.d')).toBe('abcd')
    expect(await converse('cut.b')).toMatch(/^a \w*Error/)
  })
})

describe('control paths', () => {
  let running: Sandbox
  const call = async (method: string, path: string, body?: unknown) => {
    const {status, body: text} = await rawRequest(running.url, {
      method,
      path: `/_sandbox/${path}`,
      ...(body === undefined ? {} : {body: JSON.stringify(body)}),
    })
    return {status, body: JSON.parse(text) as Readonly<Record<string, unknown>>}
  }

  beforeAll(async () => {
    running = await startSandbox({clock: 'manual'})
  })
  afterAll(() => running.close())

  test('the state names no secret', async () => {
    const {body} = await call('GET', 'state')

    expect(body).toMatchObject({scenario: 'demo', url: running.url})
    expect(JSON.stringify(body)).not.toContain(running.world.login.secretAccessKey)
  })

  test('the journal is read and cleared', async () => {
    await rawRequest(running.url, {path: '/foundation-models'})

    expect((await call('GET', 'journal')).body['entries']).toMatchObject([{service: 'bedrock', status: 403}])
    await call('DELETE', 'journal')
    expect(running.journal).toEqual([])
  })

  test('the clock is moved forward', async () => {
    const before = running.clock.now()

    await call('POST', 'clock', {advanceMs: 60_000})

    expect(running.clock.now()).toBe(before + 60_000)
    expect(await call('POST', 'clock', {advanceMs: -1})).toMatchObject({status: 400})
  })

  test('faults are added, listed and removed, and a wrong one is explained', async () => {
    const rule = {service: 'bedrock', effect: {kind: 'drop'}}
    const {body} = await call('POST', 'faults', rule)

    expect((await call('GET', 'faults')).body).toEqual({faults: [{id: body['id'], ...rule}]})
    expect(await call('DELETE', `faults/${String(body['id'])}`)).toMatchObject({status: 200})
    expect(await call('DELETE', 'faults/999')).toMatchObject({status: 404})
    expect(await call('POST', 'faults', {effect: {kind: 'explode'}})).toMatchObject({status: 400})
  })

  test('a reset goes back to the scenario’s beginning', async () => {
    const world = running.world
    running.faults.add({effect: {kind: 'drop'}})

    await call('POST', 'reset')

    expect(running.world).not.toBe(world)
    expect(running.faults.rules).toEqual([])
  })

  test('a web page is refused', async () => {
    const headers = {origin: 'http://evil.example'}

    expect(await rawRequest(running.url, {method: 'POST', path: '/_sandbox/reset', headers})).toMatchObject({
      status: 403,
    })
  })

  test('an unknown path lists the known ones', async () => {
    expect(await call('GET', 'nothing')).toMatchObject({
      status: 404,
      body: {paths: expect.arrayContaining(['GET state'])},
    })
  })
})

test('a port that is taken is a usage error', async () => {
  const port = Number(new URL(sandbox.url).port)

  await expect(startSandbox({port})).rejects.toMatchObject({code: 'PORT_UNAVAILABLE', fault: 'usage'})
})

test('the environment alone points a client at the sandbox', async () => {
  const running = await startSandbox()
  const env = running.env({region: 'eu-west-1', bearer: true})
  await running.close()

  expect(env).toMatchObject({
    AWS_ENDPOINT_URL: running.url,
    AWS_ENDPOINT_URL_BEDROCK: `${running.url}/_region/eu-west-1`,
    AWS_REGION: 'eu-west-1',
    AWS_EC2_METADATA_DISABLED: 'true',
  })
})
