import type {TruthOptions} from '../options.js'
import {metrics} from './anthropic.js'
import type {Dialect, Piece, Usage} from './dialect.js'
import {openAiChat} from './openai-chat.js'

const PROBLEM: Piece = {
  name: 'modelStreamErrorException',
  exception: true,
  json: {message: 'the engine stopped', originalStatusCode: 500, originalMessage: 'gone'},
}

/** Events of ConverseStream. */
export function converseStream(options: TruthOptions): Dialect {
  const text = options.reasoning > 0 ? 1 : 0
  return {
    coding: 'event-stream',
    opening: () => [{name: 'messageStart', json: {role: 'assistant'}}],
    turn: () => [
      {
        name: 'contentBlockDelta',
        json: {contentBlockIndex: 0, delta: {reasoningContent: {signature: 'c2lnbmVk'}}},
      },
      {name: 'contentBlockStop', json: {contentBlockIndex: 0}},
    ],
    event: (words, {reasons}) => ({
      name: 'contentBlockDelta',
      json: {
        contentBlockIndex: reasons ? 0 : text,
        delta: reasons ? {reasoningContent: {text: words}} : {text: words},
      },
    }),
    closing: (usage) => [
      {name: 'contentBlockStop', json: {contentBlockIndex: text}},
      {name: 'messageStop', json: {stopReason: 'max_tokens'}},
      {name: 'metadata', json: {...(usage.told && {usage: counts(usage)}), metrics: {latencyMs: latencyMs(options)}}},
    ],
    problem: PROBLEM,
  }
}

/** Nova's own stream has the members of ConverseStream inside its frames. */
export function nova(options: TruthOptions): Dialect {
  const inner = converseStream(options)
  const wrapped = ({name, json}: Piece): Piece => ({json: {[name ?? '']: json}})
  return {
    coding: 'invoke-stream',
    opening: (usage) => inner.opening(usage).map(wrapped),
    turn: () => (inner.turn?.() ?? []).map(wrapped),
    event: (words, at) => wrapped(inner.event(words, at)),
    closing: (usage) =>
      inner.closing(usage).map(({name, json}) => ({
        json: {[name ?? '']: json, ...(name === 'metadata' && usage.told && metrics(usage, options))},
      })),
    problem: PROBLEM,
  }
}

/** Llama counts its tokens in every event, the prompt's in the first alone. */
export function llama(options: TruthOptions): Dialect {
  return {
    coding: 'invoke-stream',
    opening: () => [],
    event: (words, {index}) => ({
      json: {
        generation: words,
        prompt_token_count: index === 0 ? 12 : null,
        generation_token_count: (index + 1) * options.tokensPerEvent,
        stop_reason: null,
      },
    }),
    closing: (usage) => [
      {
        json: {
          generation: '',
          prompt_token_count: null,
          generation_token_count: usage.output,
          stop_reason: 'length',
          ...(usage.told && metrics(usage, options)),
        },
      },
    ],
    problem: PROBLEM,
  }
}

/** Mistral's text models. */
export function mistral(options: TruthOptions): Dialect {
  const output = (text: string, stop: string | null, more: object = {}): Piece => ({
    json: {outputs: [{text, stop_reason: stop}], ...more},
  })
  return {
    coding: 'invoke-stream',
    opening: () => [],
    event: (words) => output(words, null),
    closing: (usage) => [output('', 'length', usage.told ? metrics(usage, options) : {})],
    problem: PROBLEM,
  }
}

/** Families that speak as OpenAI's chat does. */
export function invokeChat(options: TruthOptions): Dialect {
  const inner = openAiChat({...options, flavour: 'vllm', done: false})
  return {
    ...inner,
    coding: 'invoke-stream',
    closing: (usage) => [...inner.closing(usage), ...(usage.told ? [{json: metrics(usage, options)}] : [])],
    problem: PROBLEM,
  }
}

function counts({input, output, cached}: Usage): object {
  return {
    inputTokens: input,
    outputTokens: output,
    totalTokens: input + output + (cached ?? 0),
    ...(cached !== undefined && {cacheReadInputTokens: cached, cacheWriteInputTokens: 0}),
  }
}

function latencyMs({ttftMs, itlMs, tokens}: TruthOptions): number {
  return Math.round(ttftMs + itlMs * (tokens === 'asked' ? 0 : Math.max(tokens - 1, 0)))
}
