// Mean gaps between tokens in every dialect, against what was sent: npm run bench -- bench-icl [--users N] [--requests N] [--assert]
import type {DialectId} from '../src/lib/bench/wire/lane.js'
import type {Flavour} from '../test/support/truth-server/options.js'
import {runClient} from './support/load/run-client.js'
import {describeMachine, judge, numberOption} from './support/measure.js'

const CHAT = ['openai-chat', '/v1/chat/completions', false] as const
const LANES: readonly (readonly [
  name: string,
  dialect: DialectId,
  path: string,
  signed: boolean,
  options: {readonly flavour?: Flavour; readonly crlf?: boolean; readonly reasoning?: number},
])[] = [
  ['vLLM, NIM and LM Studio', ...CHAT, {}],
  ['vLLM, half of it reasoning', ...CHAT, {reasoning: 16}],
  ['vLLM with CRLF', ...CHAT, {crlf: true}],
  ['SGLang', ...CHAT, {flavour: 'sglang'}],
  ['TGI', ...CHAT, {flavour: 'tgi'}],
  ['llama.cpp', ...CHAT, {flavour: 'llama.cpp'}],
  ['transformers serve', ...CHAT, {flavour: 'transformers'}],
  ['Ollama /v1', ...CHAT, {flavour: 'ollama'}],
  ['Ollama', 'ollama-chat', '/api/chat', false, {}],
  ['Responses', 'openai-responses', '/v1/responses', false, {}],
  ['Anthropic Messages', 'anthropic-messages', '/v1/messages', false, {}],
  ['ConverseStream', 'converse-stream', '/model/truth/converse-stream', true, {reasoning: 8}],
  ['Invoke, Anthropic', 'invoke-anthropic', '/model/anthropic.x/invoke-with-response-stream', true, {}],
  ['Invoke, Nova', 'invoke-nova', '/model/amazon.nova-x/invoke-with-response-stream', true, {}],
  ['Invoke, Llama', 'invoke-llama', '/model/meta.llama-x/invoke-with-response-stream', true, {}],
  ['Invoke, Mistral', 'invoke-mistral', '/model/mistral.x/invoke-with-response-stream', true, {}],
  ['Invoke, OpenAI', 'invoke-chat', '/model/openai.x/invoke-with-response-stream', true, {}],
]

const users = numberOption('users', 32)
const requests = numberOption('requests', 320)
console.log(`${describeMachine()}\n${users} users, ${requests} requests of 32 tokens in each dialect\n`)
const off: number[] = []
let wrong = 0
for (const [name, dialect, path, signed, options] of LANES) {
  const verdict = await runClient(
    {
      client: 'engine',
      dialect,
      path,
      signed,
      level: {kind: 'concurrency', users},
      requests,
      durationMs: undefined,
      expectedE2eMs: 100 + 31 * 20,
      maxTokens: 32,
    },
    {ttftMs: 100, itlMs: 20, jitter: 0.5, ...options},
  )
  off.push(verdict.meanIclErrorPercent)
  wrong += verdict.failed + verdict.miscounted
  const {meanIclErrorPercent: mean, iclP99ErrorMs: p99, failed, miscounted} = verdict
  console.log(
    `${name.padEnd(28)} mean off by ${mean.toFixed(4)} %, p99 by ${p99.toFixed(2)} ms; failed ${failed}, miscounted ${miscounted}`,
  )
}
judge([
  // In thousandths of the gap, so that a figure of one decimal tells them apart.
  {says: 'mean gap, off by at most', value: Math.max(...off) * 10, bound: 1, unit: '‰', kind: 'at most'},
  {says: 'requests that failed or were miscounted', value: wrong, bound: 0, unit: '', kind: 'at most'},
])
