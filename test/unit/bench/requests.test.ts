import {describe, expect, test} from 'vitest'
import {type BodyPlan, type ServerTraits, serverTraits} from '../../../src/lib/bench/bodies/body-plan.js'
import {requestBody} from '../../../src/lib/bench/bodies/request-body.js'
import type {Turn} from '../../../src/lib/bench/data/conversation.js'
import type {DialectId, LanePlan} from '../../../src/lib/bench/wire/lane.js'
import {createRequestHead} from '../../../src/lib/bench/wire/request-head.js'
import {createSigner, type Keys} from '../../../src/lib/bench/wire/sigv4.js'

const KEYS: Keys = {
  kind: 'keys',
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
  sessionToken: undefined,
  expiresAtMs: undefined,
}
const THEN = Date.UTC(2015, 7, 30, 12, 36, 0)

describe('a signature', () => {
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-test-suite.html
  test.each<[string, string, [string, string][], string, string]>([
    ['post-vanilla', '/', [], '', '5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b'],
    [
      'post-vanilla-query',
      '/?Param1=value1',
      [],
      '',
      '28038455d6de14eafc1f9222cf5aa6f1a96197d7deb8263271d420d138af7f11',
    ],
    [
      'post-x-www-form-urlencoded',
      '/',
      [['Content-Type', 'application/x-www-form-urlencoded']],
      'Param1=value1',
      'ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a',
    ],
  ])('is that of the published %s', (_, path, headers, body, signature) => {
    const parts = {method: 'POST', path, service: 'service', region: 'us-east-1'}
    const sign = createSigner({...parts, headers: [['Host', 'example.amazonaws.com'], ...headers]})

    expect(sign(KEYS, Buffer.from(body), THEN)).toContain(`, Signature=${signature}\r\n`)
  })

  test('is made anew for another day, another second, other keys and another token', () => {
    const sign = createSigner({method: 'POST', path: '/', service: 's', region: 'r', headers: [['host', 'h']]})
    const body = Buffer.from('{}')
    const fresh = (keys: Keys, at: number) =>
      createSigner({method: 'POST', path: '/', service: 's', region: 'r', headers: [['host', 'h']]})(keys, body, at)
    const asked: [Keys, number][] = [
      [KEYS, THEN],
      [KEYS, THEN + 1000],
      [KEYS, THEN + 86_400_000],
      [{...KEYS, secretAccessKey: 'other'}, THEN + 86_400_000],
      [{...KEYS, sessionToken: 'one'}, THEN],
      [{...KEYS, sessionToken: 'two'}, THEN],
      [KEYS, THEN],
    ]

    const lines = asked.map(([keys, at]) => sign(keys, body, at))

    expect(lines).toEqual(asked.map(([keys, at]) => fresh(keys, at)))
    expect(new Set(lines).size).toBe(6)
    expect(lines[4]).toMatch(
      /^x-amz-date: 20150830T123600Z\r\nx-amz-security-token: one\r\nauthorization: AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/20150830\/r\/s\/aws4_request, SignedHeaders=host;x-amz-date;x-amz-security-token, Signature=[\da-f]{64}\r\n$/,
    )
  })
})

describe('the head of a request', () => {
  const lane: LanePlan = {
    name: 'a',
    dialect: 'openai-chat',
    origin: {tls: false, host: 'gpu', port: 8000},
    path: '/v1/chat/completions',
    headers: [['User-Agent', 'mine\r\nx-evil: 1']],
    auth: {kind: 'bearer'},
    caPem: undefined,
    insecure: false,
    proxy: undefined,
    timeouts: {connectMs: 1, ttftMs: 1, idleMs: 1, requestMs: 1},
  }
  const start = (path: string, host: string) =>
    `POST ${path} HTTP/1.1\r\nhost: ${host}\r\ncontent-type: application/json\r\naccept: text/event-stream\r\nuser-agent: mine x-evil: 1\r\nconnection: keep-alive\r\ncontent-length: 2\r\n`

  test.each<[string, Partial<LanePlan>, Parameters<ReturnType<typeof createRequestHead>>[0], string]>([
    [
      'with a key',
      {},
      {kind: 'bearer', token: 'abc'},
      `${start(lane.path, 'gpu:8000')}authorization: Bearer abc\r\n\r\n`,
    ],
    ['without one', {auth: {kind: 'none'}}, {kind: 'none'}, `${start(lane.path, 'gpu:8000')}\r\n`],
    [
      'to the usual port',
      {origin: {tls: true, host: 'gpu', port: 443}},
      {kind: 'none'},
      `${start(lane.path, 'gpu')}\r\n`,
    ],
    [
      'to an IPv6 address',
      {origin: {tls: false, host: '::1', port: 80}},
      {kind: 'none'},
      `${start(lane.path, '[::1]')}\r\n`,
    ],
    [
      'through a proxy',
      {proxy: {tls: false, host: 'proxy', port: 3128}},
      {kind: 'none'},
      `${start('http://gpu:8000/v1/chat/completions', 'gpu:8000')}\r\n`,
    ],
  ])('%s', (_, changes, secret, head) => {
    expect(createRequestHead({...lane, ...changes})(secret, Buffer.from('{}'), THEN)).toBe(head)
  })

  test('signs host, type and what is of Amazon', () => {
    const head = createRequestHead({
      ...lane,
      dialect: 'converse-stream',
      auth: {kind: 'sigv4', service: 'bedrock', region: 'us-east-1'},
      headers: [['X-Amzn-Bedrock-Service-Tier', 'flex']],
    })(KEYS, Buffer.from('{}'), THEN)

    expect(head).toContain('SignedHeaders=content-type;host;x-amz-date;x-amzn-bedrock-service-tier, ')
    expect(head).toContain('accept: application/vnd.amazon.eventstream\r\n')
  })
})

describe('the body of a request', () => {
  const plan: BodyPlan = {
    dialect: 'converse-stream',
    model: 'm',
    tier: 'default',
    latency: 'standard',
    temperature: 0,
    traits: serverTraits(undefined),
  }
  const turns: readonly Turn[] = [
    {role: 'system', text: 'S'},
    {role: 'user', text: 'q7VxN0ncE4kZ2hW9 A'},
    {role: 'user', text: 'B'},
    {role: 'assistant', text: 'C'},
    {role: 'user', text: 'D'},
  ]
  const asked = 'q7VxN0ncE4kZ2hW9 A\n\nB'
  const messages = [
    {role: 'user', content: asked},
    {role: 'assistant', content: 'C'},
    {role: 'user', content: 'D'},
  ]
  const withSystem = [{role: 'system', content: 'S'}, ...messages]
  const blocks = {
    messages: messages.map(({role, content}) => ({role, content: [{text: content}]})),
    system: [{text: 'S'}],
  }
  const traits: ServerTraits = {usageOption: false, ignoreEos: true, minTokens: true, maxCompletionTokens: true}
  const inferenceConfig = {maxTokens: 9, temperature: 0}
  const chat = {model: 'm', messages: withSystem, temperature: 0, stream: true}

  test.each<[DialectId, Partial<BodyPlan>, object]>([
    ['converse-stream', {}, {...blocks, inferenceConfig}],
    [
      'converse-stream',
      {tier: 'flex', latency: 'optimized', temperature: undefined},
      {
        ...blocks,
        inferenceConfig: {maxTokens: 9},
        serviceTier: {type: 'flex'},
        performanceConfig: {latency: 'optimized'},
      },
    ],
    [
      'invoke-anthropic',
      {},
      {anthropic_version: 'bedrock-2023-05-31', max_tokens: 9, system: 'S', messages, temperature: 0},
    ],
    ['invoke-nova', {tier: 'flex'}, {schemaVersion: 'messages-v1', ...blocks, inferenceConfig}],
    [
      'invoke-mistral',
      {},
      {prompt: `<s>[INST] S\n\n${asked} [/INST] C</s>[INST] D [/INST]`, max_tokens: 9, temperature: 0},
    ],
    ['invoke-chat', {}, {messages: withSystem, max_tokens: 9, temperature: 0}],
    [
      'invoke-chat',
      {model: 'openai.gpt-oss-20b-1:0'},
      {messages: withSystem, max_completion_tokens: 9, temperature: 0},
    ],
    ['openai-chat', {}, {...chat, max_tokens: 9, stream_options: {include_usage: true}}],
    [
      'openai-chat',
      {traits, tier: 'priority'},
      {...chat, max_completion_tokens: 9, ignore_eos: true, min_tokens: 9, service_tier: 'priority'},
    ],
    [
      'openai-responses',
      {},
      {
        model: 'm',
        instructions: 'S',
        input: messages,
        max_output_tokens: 9,
        temperature: 0,
        store: false,
        stream: true,
      },
    ],
    ['anthropic-messages', {}, {model: 'm', max_tokens: 9, system: 'S', messages, temperature: 0, stream: true}],
    ['ollama-chat', {}, {model: 'm', messages: withSystem, stream: true, options: {num_predict: 9, temperature: 0}}],
  ])('of %s with %j', (dialect, changes, body) => {
    const bytes = requestBody({...plan, dialect, ...changes}, {turns, maxTokens: 9})

    expect(JSON.parse(bytes.toString())).toEqual(body)
    expect(bytes.indexOf('q7VxN0ncE4kZ2hW9')).toBeGreaterThan(0)
  })

  test.each<[DialectId, string, object]>([
    [
      'invoke-llama',
      'meta.llama3-1-8b-instruct-v1:0',
      {
        max_gen_len: 9,
        temperature: 0,
        prompt:
          '<|begin_of_text|><|start_header_id|>user<|end_header_id|>\n\nA<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n',
      },
    ],
    [
      'invoke-llama',
      'meta.llama4-scout-17b-instruct-v1:0',
      {
        max_gen_len: 9,
        temperature: 0,
        prompt:
          '<|begin_of_text|><|header_start|>user<|header_end|>\n\nA<|eot|><|header_start|>assistant<|header_end|>\n\n',
      },
    ],
    [
      'invoke-chat',
      'deepseek.r1-v1:0',
      {max_tokens: 9, temperature: 0, prompt: '<｜begin▁of▁sentence｜><｜User｜>A<｜Assistant｜><think>\n'},
    ],
    ['openai-embedding', 'e', {model: 'e', input: 'A', encoding_format: 'float'}],
    ['invoke-embedding', 'amazon.titan-embed-text-v2:0', {inputText: 'A'}],
    ['invoke-embedding', 'cohere.embed-v4:0', {texts: ['A'], input_type: 'search_document'}],
  ])('of %s for %s', (dialect, model, body) => {
    const bytes = requestBody({...plan, dialect, model}, {turns: [{role: 'user', text: 'A'}], maxTokens: 9})

    expect(JSON.parse(bytes.toString())).toEqual(body)
  })

  test.each<[string | undefined, Partial<ServerTraits>]>([
    ['vLLM', {ignoreEos: true, minTokens: true, maxCompletionTokens: false}],
    ['llama.cpp', {ignoreEos: true, minTokens: false}],
    ['openai', {ignoreEos: false, maxCompletionTokens: true}],
    [undefined, {usageOption: true, ignoreEos: false, minTokens: false, maxCompletionTokens: false}],
  ])('has for %s only what that takes', (software, expected) => {
    expect(serverTraits(software)).toMatchObject(expected)
  })
})
