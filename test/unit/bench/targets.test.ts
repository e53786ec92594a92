import fc from 'fast-check'
import {beforeAll, describe, expect, test} from 'vitest'
import type {CellEnd} from '../../../src/lib/bench/load/load.js'
import {readProbe} from '../../../src/lib/bench/run/probe.js'
import {dialectOf, mantleApi} from '../../../src/lib/bench/target/dialect-of.js'
import {insteadOf} from '../../../src/lib/bench/target/instead.js'
import {nameTargets, targetAddress} from '../../../src/lib/bench/target/name-targets.js'
import {parseTarget} from '../../../src/lib/bench/target/parse-target.js'
import {proxyFor} from '../../../src/lib/bench/target/proxy.js'
import type {Target} from '../../../src/lib/bench/target/target.js'
import {targetLane} from '../../../src/lib/bench/target/target-lane.js'
import type {Catalog} from '../../../src/lib/catalog/catalog.js'
import {openCatalog} from '../../../src/lib/catalog/open-catalog.js'

let catalog: Catalog
beforeAll(async () => {
  catalog = await openCatalog()
})

const ARN = 'arn:aws:bedrock:us-east-1:111122223333:'

function parsed(text: string): Target {
  const {problems, ...rest} = parseTarget(text, catalog)
  expect(problems).toBeUndefined()
  return (rest as {target: Target}).target
}

describe('a target', () => {
  const nova = {
    kind: 'bedrock',
    modelId: 'amazon.nova-lite-v1:0',
    region: undefined,
    api: 'converse',
    tier: 'default',
    latency: 'standard',
  }

  test.each<[string, object]>([
    ['bedrock:amazon.nova-lite-v1:0', nova],
    ['bedrock:amazon.nova-lite-v1:0@eu-west-1', {...nova, region: 'eu-west-1'}],
    [
      'bedrock:amazon.nova-lite-v1:0@us-east-1?api=invoke&tier=flex',
      {...nova, region: 'us-east-1', api: 'invoke', tier: 'flex'},
    ],
    ['bedrock:amazon.nova-lite-v1:0?latency=optimized', {...nova, latency: 'optimized'}],
    ['bedrock:openai.gpt-oss-120b-1:0?api=mantle', {...nova, modelId: 'openai.gpt-oss-120b-1:0', api: 'mantle-chat'}],
    ['bedrock:openai.gpt-5.5', {...nova, modelId: 'openai.gpt-5.5', api: 'mantle-responses'}],
    ['bedrock:amazon.titan-embed-text-v2:0', {...nova, modelId: 'amazon.titan-embed-text-v2:0', api: 'invoke'}],
    [
      `bedrock:${ARN}inference-profile/us.amazon.nova-lite-v1:0`,
      {...nova, modelId: `${ARN}inference-profile/us.amazon.nova-lite-v1:0`, region: 'us-east-1'},
    ],
    [
      `imported:${ARN}imported-model/abc123`,
      {kind: 'imported', arn: `${ARN}imported-model/abc123`, region: 'us-east-1', api: 'converse'},
    ],
    [
      `provisioned:${ARN}provisioned-model/xyz?api=invoke`,
      {kind: 'provisioned', arn: `${ARN}provisioned-model/xyz`, region: 'us-east-1', api: 'invoke'},
    ],
    [
      `provisioned:${ARN}custom-model-deployment/xyz`,
      {kind: 'provisioned', arn: `${ARN}custom-model-deployment/xyz`, region: 'us-east-1', api: 'converse'},
    ],
    ['openai:http://localhost:8000', {kind: 'openai', baseUrl: 'http://localhost:8000/v1', model: undefined}],
    ['openai:http://localhost:8000/v1/', {kind: 'openai', baseUrl: 'http://localhost:8000/v1', model: undefined}],
    [
      'openai:https://gpu.example/llm/v1/chat/completions#meta-llama/Llama-3.1-8B',
      {kind: 'openai', baseUrl: 'https://gpu.example/llm/v1', model: 'meta-llama/Llama-3.1-8B'},
    ],
    ['openai:http://[::1]:8000/v1#a%20b', {kind: 'openai', baseUrl: 'http://[::1]:8000/v1', model: 'a b'}],
    [
      'ollama:http://localhost:11434#llama3.2:1b',
      {kind: 'ollama', url: 'http://localhost:11434', model: 'llama3.2:1b'},
    ],
    ['ollama:http://localhost:11434/api/chat#q', {kind: 'ollama', url: 'http://localhost:11434', model: 'q'}],
  ])('%s is read', (text, expected) => {
    expect(parseTarget(text, catalog)).toEqual({target: expected})
  })

  test.each<[string, readonly RegExp[]]>([
    ['nova', [/at 1: “nova” is no kind of target/]],
    ['bedrock:Nova Lite', [/at 13: a space/]],
    ['opnai:http://x', [/at 1: .*Did you mean openai:/]],
    ['bedrock:', [/at 9: a model or profile must follow/]],
    [
      'bedrock:m@eu-wst-1?api=convers&foo=1&tier=flex&tier=flex',
      [
        /at 11: .*Did you mean eu-west-1/,
        /at 24: api is one of .*converse/,
        /at 32: “foo” cannot be set/,
        /at 48: tier is set twice/,
      ],
    ],
    ['bedrock:m?latency=optimized&tier=flex', [/cannot be asked for together/]],
    ['bedrock:m?api=mantle&latency=optimized', [/mantle has none/]],
    [`bedrock:${ARN}imported-model/abc`, [/write imported:arn/]],
    [`bedrock:${ARN}inference-profile/x@eu-west-1`, [/eu-west-1 is not the Region of the ARN, us-east-1/]],
    ['imported:house-llama', [/at 10: the ARN of an imported model must follow/]],
    [`imported:${ARN}provisioned-model/abc`, [/the ARN of provisioned-model, not of an imported model/]],
    ['openai:localhost:8000', [/at 8: a URL with http/]],
    ['openai:http://user:key@x/v1', [/no place for a key/]],
    ['openai:http://x/v1#', [/at 19: a model must follow/]],
    ['ollama:http://x', [/a model must follow: ollama/]],
    ['ollama:ftp://x', [/http:\/\//, /a model must follow/]],
  ])('%s is refused with all that is wrong, by place', (text, wrong) => {
    const {problems = []} = parseTarget(text, catalog)

    expect(problems).toHaveLength(wrong.length)
    for (const [index, pattern] of wrong.entries()) expect(problems[index]).toMatch(pattern)
  })

  test('no text makes the parser fail, and what it takes it takes again as it writes it', () => {
    const kinds = fc.constantFrom('bedrock:', 'openai:http://h', 'ollama:http://h#', 'imported:', 'x')
    fc.assert(
      fc.property(kinds, fc.string(), (kind, text) => {
        const first = parseTarget(`${kind}${text}`, catalog)
        if (first.problems !== undefined) return first.problems.length > 0
        const again = parseTarget(targetAddress(first.target), catalog)
        expect(again).toEqual(first)
      }),
    )
  })

  test('names are short, unique, and longer only where they must be', () => {
    const name = (...texts: string[]) => nameTargets(texts.map(parsed))

    expect(name('bedrock:eu.anthropic.claude-sonnet-4-6', 'openai:http://gpu:8000#org/llama')).toEqual([
      'claude-sonnet-4-6',
      'llama',
    ])
    expect(name('bedrock:amazon.nova-lite-v1:0', 'bedrock:amazon.nova-lite-v1:0?api=invoke')).toEqual([
      'nova-lite',
      'nova-lite invoke',
    ])
    expect(name('openai:http://a:1#m', 'openai:http://b:1#m')).toEqual(['m a:1', 'm b:1'])
    expect(name('openai:http://a:1#m', 'openai:http://a:1#m')).toEqual(['m a:1', 'm a:1 #2'])
  })
})

describe('the dialect', () => {
  test.each([
    ['bedrock:us.amazon.nova-lite-v1:0?api=invoke', 'invoke-nova'],
    ['bedrock:us.anthropic.claude-sonnet-4-6?api=invoke', 'invoke-anthropic'],
    ['bedrock:us.meta.llama3-3-70b-instruct-v1:0?api=invoke', 'invoke-llama'],
    ['bedrock:mistral.mixtral-8x7b-instruct-v0:1?api=invoke', 'invoke-mistral'],
    ['bedrock:openai.gpt-oss-20b-1:0?api=invoke', 'invoke-chat'],
    ['bedrock:cohere.embed-english-v3', 'invoke-embedding'],
    ['bedrock:ai21.jamba-1-5-large-v1:0?api=invoke', undefined],
    ['bedrock:anthropic.claude-opus-5?api=mantle', 'anthropic-messages'],
    ['openai:http://x#text-embedding-3', 'openai-embedding'],
    ['ollama:http://x#m', 'ollama-chat'],
  ])('of %s is %s', (text, dialect) => {
    expect(dialectOf(parsed(text), catalog)).toBe(dialect)
  })

  test('mantle serves each model on one API', () => {
    const apis = catalog.models
      .filter(({mantle}) => mantle.length > 0)
      .map(({id}) => [id, mantleApi(id, catalog)] as const)

    expect(apis.filter(([id]) => id.startsWith('anthropic.')).every(([, api]) => api === 'mantle-messages')).toBe(true)
    expect(apis.find(([id]) => id === 'qwen.qwen3-32b')?.[1]).toBe('mantle-chat')
  })
})

test.each([
  ['bedrock:anthropic.claude-sonnet-4-6@us-east-1', /us\.anthropic\.claude-sonnet-4-6/],
  ['bedrock:anthropic.claude-sonet-4-6@us-east-1', /claude-sonnet-4-6/],
  ['bedrock:eu.anthropic.claude-sonnet-4-6@us-east-1', /is called from eu-/],
  [`imported:${ARN}imported-model/abc`, /\?api=invoke/],
])('in place of %s there is %s', (text, said) => {
  expect(insteadOf(parsed(text), catalog)).toMatch(said)
})

describe('a lane', () => {
  const context = {
    name: 'x',
    endpoint: (service: string, region: string) => `http://127.0.0.1:4570/_region/${region}/${service}`,
    bedrockBearer: false,
    openAiKey: false,
    caPem: undefined,
    insecure: false,
    timeouts: {connectMs: 1, ttftMs: 1, idleMs: 1, requestMs: 1},
    env: {},
  }
  const lane = (text: string, more: object = {}) => targetLane(parsed(text), {...context, facts: catalog, ...more})

  test('keeps the path of the endpoint and encodes the id once', () => {
    expect(lane('bedrock:amazon.nova-lite-v1:0@eu-west-1')).toMatchObject({
      origin: {tls: false, host: '127.0.0.1', port: 4570},
      path: '/_region/eu-west-1/bedrock-runtime/model/amazon.nova-lite-v1%3A0/converse-stream',
      auth: {kind: 'sigv4', service: 'bedrock', region: 'eu-west-1'},
    })
    expect(lane(`imported:${ARN}imported-model/abc`).path).toContain(
      '/model/arn%3Aaws%3Abedrock%3Aus-east-1%3A111122223333%3Aimported-model%2Fabc/',
    )
  })

  test('says tier and latency of InvokeModel in headers, and a key wins over signatures', () => {
    const made = lane('bedrock:amazon.nova-lite-v1:0@us-east-1?api=invoke&tier=priority', {bedrockBearer: true})

    expect(made.headers).toContainEqual(['X-Amzn-Bedrock-Service-Tier', 'priority'])
    expect(made.auth).toEqual({kind: 'bearer'})
    expect(made.path).toMatch(/invoke-with-response-stream$/)
  })

  test('goes to the paths of mantle, OpenAI and Ollama', () => {
    expect(lane('bedrock:openai.gpt-5.5@us-east-1').path).toMatch(/\/openai\/v1\/responses$/)
    expect(lane('openai:https://gpu/v1#m', {openAiKey: true})).toMatchObject({
      path: '/v1/chat/completions',
      origin: {tls: true, host: 'gpu', port: 443},
      auth: {kind: 'bearer'},
    })
    expect(lane('ollama:http://h:11434#m').path).toBe('/api/chat')
  })

  test.each([
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE, gpu:443', 'is not trusted', '--ca-file'],
    ['ERR_TLS_CERT_ALTNAME_INVALID, gpu:443', 'is for another name', 'the host that the certificate is for'],
    ['CERT_HAS_EXPIRED, gpu:443', 'is not valid now', 'its dates'],
    ['EPROTO, gpu:443', 'No TLS connection', 'http://'],
  ])('of which %s is told, is explained with what mends it', (detail, said, hint) => {
    const target = parsed('openai:https://gpu/v1#m')
    const end = {failures: [{error: 'tls', status: 0, detail, count: 1}]} as Partial<CellEnd> as CellEnd

    const told = readProbe(
      {name: 'm', target, lane: lane('openai:https://gpu/v1#m'), others: undefined},
      {end, rows: []},
    )

    expect(told).toMatchObject({said: expect.stringContaining(said), hint: expect.stringContaining(hint)})
  })

  test('without a Region cannot be', () => {
    expect(() => lane('bedrock:amazon.nova-lite-v1:0')).toThrow(/In which Region/)
  })
})

test.each([
  ['https://a.example/v1', {https_proxy: 'http://p:3128'}, {tls: false, host: 'p', port: 3128}],
  ['https://a.example/v1', {HTTPS_PROXY: 'p:3128', NO_PROXY: '.example'}, undefined],
  [
    'https://a.example/v1',
    {https_proxy: 'http://p:3128', no_proxy: 'b.example, a.example:8443'},
    {tls: false, host: 'p', port: 3128},
  ],
  ['https://a.example/v1', {https_proxy: 'http://p:3128', NO_PROXY: '*'}, undefined],
  ['http://a.example/v1', {https_proxy: 'http://p:3128'}, undefined],
  ['http://a.example/v1', {http_proxy: 'http://p:3128'}, {tls: false, host: 'p', port: 3128}],
  ['http://a.example/v1', {ALL_PROXY: 'http://p'}, {tls: false, host: 'p', port: 80}],
])('the proxy of %s with %o is %o', (url, env, proxy) => {
  expect(proxyFor(new URL(url), env)).toEqual(proxy)
})
