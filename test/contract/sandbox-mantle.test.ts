import {CloudWatchClient, GetMetricDataCommand, ListMetricsCommand} from '@aws-sdk/client-cloudwatch'
import {afterAll, beforeAll, beforeEach, describe, expect, test} from 'vitest'
import {type Sandbox, startSandbox} from '../../src/lib/sandbox/sandbox.js'
import {clientSettings} from '../support/sandbox-clients.js'
import {signedHeaders} from '../support/sign.js'

let sandbox: Sandbox
let key: string

beforeAll(async () => {
  sandbox = await startSandbox({checkOutput: true})
  key = sandbox.world.login.bearerToken
})

afterAll(() => sandbox.close())

beforeEach(() => {
  sandbox.faults.clear()
  sandbox.pacer.reset([{ttftMs: 0, tokensPerSecond: 1e9}])
})

interface Said {
  readonly status: number
  readonly text: string
}

async function ask(path: string, body?: object, headers: Record<string, string> = {}): Promise<Said> {
  const response = await fetch(`${sandbox.url}${path}`, {
    method: body ? 'POST' : 'GET',
    headers: {authorization: `Bearer ${key}`, 'content-type': 'application/json', ...headers},
    ...(body && {body: JSON.stringify(body)}),
  })
  return {status: response.status, text: await response.text()}
}

const json = ({text}: Said): Record<string, unknown> => JSON.parse(text) as Record<string, unknown>
const chunks = ({text}: Said): Record<string, unknown>[] =>
  text
    .split('\n')
    .filter((line) => line.startsWith('data: {'))
    .map((line) => JSON.parse(line.slice('data: '.length)) as Record<string, unknown>)

const OSS = 'openai.gpt-oss-20b'
const QWEN = 'qwen.qwen3-32b'
const OPUS = 'anthropic.claude-opus-4-8'
const asked = [{role: 'user', content: 'Say something.'}]
const VERSION = {'anthropic-version': '2023-06-01'}

describe('models', () => {
  test('are listed under the ids of the endpoint, for the Region that is called', async () => {
    const ids = async (region: string) => {
      const {data} = json(await ask(`/_region/${region}/v1/models`)) as {data: {id: string; object: string}[]}
      expect(data.every(({object}) => object === 'model')).toBe(true)
      return data.map(({id}) => id)
    }
    const virginia = await ids('us-east-1')
    expect(virginia).toContain(OSS)
    expect(virginia).not.toContain('openai.gpt-oss-20b-1:0')
    expect(await ids('us-east-2')).toContain('openai.gpt-5.4')
    expect(await ids('ap-south-1')).not.toContain('openai.gpt-5.4')
  })

  test('are shown one by one, and those that are not there are not found', async () => {
    expect(json(await ask(`/v1/models/${OSS}`))).toMatchObject({id: OSS, owned_by: 'openai'})
    expect((await ask('/v1/models/openai.gpt-oss-20b-1:0')).status).toBe(404)
    expect((await ask('/openai/v1/models')).status).toBe(404)
  })
})

describe('chat completions', () => {
  test('answer whole, with what was thought and what it took', async () => {
    const answer = json(await ask('/v1/chat/completions', {model: OSS, messages: asked, max_completion_tokens: 500}))
    expect(answer).toMatchObject({
      object: 'chat.completion',
      model: OSS,
      choices: [{finish_reason: 'stop', message: {role: 'assistant', reasoning: expect.stringContaining('mock')}}],
    })
    const usage = answer['usage'] as {prompt_tokens: number; completion_tokens: number; total_tokens: number}
    expect(usage.total_tokens).toBe(usage.prompt_tokens + usage.completion_tokens)
  })

  test('stream the same words, and their usage only to who asks for it', async () => {
    const body = {model: QWEN, messages: asked, max_tokens: 40}
    const whole = json(await ask('/v1/chat/completions', body)) as {
      choices: {message: {content: string}}[]
      usage: object
    }
    const plain = await ask('/v1/chat/completions', {...body, stream: true})
    expect(plain.text.endsWith('data: [DONE]\n\n')).toBe(true)
    expect(chunks(plain).some((chunk) => 'usage' in chunk)).toBe(false)
    const events = chunks(
      await ask('/v1/chat/completions', {...body, stream: true, stream_options: {include_usage: true}}),
    )
    const words = events.flatMap(({choices}) =>
      (choices as {delta: {content?: string}}[]).map(({delta}) => delta.content),
    )
    expect(words.join('')).toBe(whole.choices[0]?.message.content)
    expect(events.at(-1)).toMatchObject({choices: [], usage: whole.usage})
    expect(JSON.stringify(events)).not.toContain('amazon-bedrock')
  })

  test('tell the tier that is asked for, where the model is served at it', async () => {
    const body = {model: OSS, messages: asked, max_tokens: 5, service_tier: 'flex'}
    expect(json(await ask('/v1/chat/completions', body))).toMatchObject({service_tier: 'flex'})
    const events = chunks(await ask('/v1/chat/completions', {...body, stream: true}))
    expect(events.every((event) => event['service_tier'] === 'flex')).toBe(true)
    expect((await ask('/v1/chat/completions', {...body, service_tier: 'reserved'})).status).toBe(400)
  })

  test('end at the limit of the call', async () => {
    const answer = json(await ask('/v1/chat/completions', {model: QWEN, messages: asked, max_tokens: 3}))
    expect(answer).toMatchObject({choices: [{finish_reason: 'length'}], usage: {completion_tokens: 3}})
  })
})

describe('Responses', () => {
  const path = '/_region/us-east-2/openai/v1/responses'
  const body = {model: 'openai.gpt-5.4', input: 'Say something.', max_output_tokens: 200}

  test('answer whole and as the same response at the end of a stream', async () => {
    const whole = json(await ask(path, body))
    expect(whole).toMatchObject({object: 'response', status: 'completed', output: [{type: 'message'}]})
    const events = chunks(await ask(path, {...body, stream: true}))
    expect(events.map(({sequence_number: number}) => number)).toEqual(events.map((_, index) => index))
    expect(events[0]?.['type']).toBe('response.created')
    const last = events.at(-1) as {type: string; response: Record<string, unknown>}
    expect(last.type).toBe('response.completed')
    expect({...last.response, created_at: 0}).toEqual({...whole, created_at: 0})
    const words = events.filter(({type}) => type === 'response.output_text.delta').map(({delta}) => delta)
    expect(JSON.stringify(whole['output'])).toContain(words.join(''))
  })

  test('are incomplete at their limit, and think where they are told to', async () => {
    const short = json(await ask(path, {...body, max_output_tokens: 8, reasoning: {effort: 'high'}}))
    expect(short).toMatchObject({
      status: 'incomplete',
      incomplete_details: {reason: 'max_output_tokens'},
      output: [{type: 'reasoning'}, {type: 'message'}],
      usage: {output_tokens: 8, output_tokens_details: {reasoning_tokens: 4}},
    })
  })
})

describe('Messages', () => {
  const body = {model: OPUS, max_tokens: 50, messages: asked}

  test('take a key as Anthropic’s clients send it, and stream events by name', async () => {
    const response = await fetch(`${sandbox.url}/anthropic/v1/messages`, {
      method: 'POST',
      headers: {'x-api-key': key, ...VERSION},
      body: JSON.stringify({...body, stream: true}),
    })
    expect(response.headers.get('content-type')).toContain('text/event-stream')
    const names = (await response.text()).match(/^event: .*$/gm) ?? []
    expect(names[0]).toBe('event: message_start')
    expect(names.slice(-2)).toEqual(['event: message_delta', 'event: message_stop'])
  })

  test('are counted', async () => {
    const counted = json(await ask('/anthropic/v1/messages/count_tokens', {model: OPUS, messages: asked}))
    const {usage} = json(await ask('/anthropic/v1/messages', body, VERSION)) as {usage: {input_tokens: number}}
    expect(counted).toEqual({input_tokens: usage.input_tokens})
  })
})

describe('refusals', () => {
  const chat = '/v1/chat/completions'
  const unsupported = (model: string, path: string) => `The model '${model}' does not support the '${path}' API`

  test.each([
    ['a model of another path', chat, {model: OPUS, messages: asked}, 400, unsupported(OPUS, chat)],
    [
      'a path that a family lacks',
      '/openai/v1/chat/completions',
      {model: QWEN, messages: asked},
      400,
      'does not support',
    ],
    ['a model that there is not', chat, {model: 'nope', messages: asked}, 404, "The model 'nope' does not exist"],
    ['a profile', chat, {model: 'us.openai.gpt-5.6-sol', messages: asked}, 404, 'does not exist'],
    ['no messages', chat, {model: QWEN}, 400, 'messages: Field required'],
    ['a limit of nothing', chat, {model: QWEN, messages: asked, max_tokens: 0}, 400, 'max_tokens'],
    ['what would be kept', '/v1/responses', {model: OSS, input: 'a', background: true}, 400, 'keeps no responses'],
  ])('%s', async (_, path, body, status, message) => {
    const answer = await ask(path, body)
    expect(answer.status).toBe(status)
    expect(json(answer)).toMatchObject({
      error: {message: expect.stringContaining(message), type: 'invalid_request_error', param: null},
    })
  })

  test('are worded as Anthropic words them under its path', async () => {
    const answer = await ask('/anthropic/v1/messages', {model: 'nope', max_tokens: 1, messages: asked}, VERSION)
    expect(json(answer)).toMatchObject({type: 'error', error: {type: 'not_found_error'}})
    const unversioned = await ask('/anthropic/v1/messages', {model: OPUS, max_tokens: 1, messages: asked})
    expect(unversioned.status).toBe(400)
  })

  test('meet who has no key, or another one', async () => {
    const missing = await fetch(`${sandbox.url}/v1/models`)
    expect(missing.status).toBe(401)
    expect((await ask('/v1/models', undefined, {authorization: 'Bearer nobody'})).status).toBe(401)
  })

  test.each(['bedrock-mantle', 'bedrock'])('do not meet who signs for %s', async (service) => {
    const {accessKeyId, secretAccessKey} = sandbox.world.login
    const path = '/v1/chat/completions'
    const body = JSON.stringify({model: QWEN, messages: asked, max_tokens: 5})
    const signed = (over: object = {}) =>
      signedHeaders({url: sandbox.url, path, method: 'POST', service, body, accessKeyId, secretAccessKey, ...over})
    const send = (headers: Readonly<Record<string, string>>) =>
      fetch(`${sandbox.url}${path}`, {method: 'POST', headers, body})
    expect((await send(signed())).status).toBe(200)
    const forged = await send(signed({secretAccessKey: 'another'}))
    expect(forged.status).toBe(403)
    expect(await forged.json()).toMatchObject({error: {type: 'permission_denied'}})
  })

  test('meet who may not', async () => {
    sandbox.faults.add({service: 'bedrock-mantle', operation: 'ListModels', effect: {kind: 'access-denied'}})
    const answer = await ask('/v1/models')
    expect(answer.status).toBe(403)
    expect(answer.text).toContain('bedrock-mantle:ListModels')
  })

  test('are made on order, before an answer and in its middle', async () => {
    sandbox.faults.add({service: 'bedrock-mantle', times: 1, effect: {kind: 'throttle', ratePerSecond: 1e-9, burst: 1}})
    sandbox.faults.add({
      model: QWEN,
      effect: {kind: 'break', afterEvents: 3, code: 'InternalServerException', message: 'Over.'},
    })
    const broken = await ask(chat, {model: QWEN, messages: asked, stream: true})
    expect(chunks(broken).at(-1)).toMatchObject({error: {message: 'Over.'}})
    expect(broken.text).not.toContain('[DONE]')
  })
})

test('the journal names the action that a call needs', async () => {
  await ask('/v1/chat/completions', {model: QWEN, messages: asked})
  expect(sandbox.journal.at(-1)).toMatchObject({
    service: 'bedrock-mantle',
    operation: 'CreateInference',
    auth: 'bearer',
    status: 200,
  })
})

describe('CloudWatch', () => {
  test('counts what was inferred and what was refused, by model and by minute', async () => {
    const messages = [{role: 'user', content: 'Count me.'}]
    const answers = [
      await ask('/_region/eu-west-1/v1/chat/completions', {model: QWEN, messages, max_tokens: 7}),
      await ask('/_region/eu-west-1/v1/chat/completions', {model: QWEN, messages, max_tokens: 7, stream: true}),
    ]
    await ask('/_region/eu-west-1/v1/chat/completions', {model: QWEN, messages, max_tokens: 0})
    await ask('/_region/eu-west-1/v1/chat/completions', {model: 'no.such', messages})
    const {usage} = json(answers[0] as Said) as {usage: {prompt_tokens: number}}
    const cloudwatch = new CloudWatchClient({...clientSettings(sandbox, 'eu-west-1')})
    const {Metrics = []} = await cloudwatch.send(new ListMetricsCommand({Namespace: 'AWS/BedrockMantle'}))
    const now = sandbox.clock.now()
    const {MetricDataResults = []} = await cloudwatch.send(
      new GetMetricDataCommand({
        MetricDataQueries: Metrics.map((Metric, index) => ({
          Id: `m${index}`,
          Label: Metric.MetricName,
          MetricStat: {Metric, Period: 86_400, Stat: 'Sum'},
        })),
        StartTime: new Date(now - 3_600_000),
        EndTime: new Date(now + 60_000),
      }),
    )

    expect(Metrics.map(({Dimensions}) => Dimensions)).toEqual(Metrics.map(() => [{Name: 'Model', Value: QWEN}]))
    expect(Object.fromEntries(MetricDataResults.map(({Label, Values}) => [Label, Values]))).toEqual({
      Inferences: [2],
      InferenceClientErrors: [1],
      TotalInputTokens: [2 * usage.prompt_tokens],
      TotalOutputTokens: [14],
    })
  })
})
