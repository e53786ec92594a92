import {converseStop, converseWording} from '../../bedrock-runtime/streaming/converse-wording.js'
import {cachedTokens} from './cached.js'
import {contentOf, isThinking} from './converse.js'
import type {Body, CacheUse, Family} from './family.js'
import {converseTool} from './forced-tool.js'
import {chatPrompt, limitOf, textPrompt} from './prompt.js'
import {anything, integer, list, number, oneOf, record, text} from './shape.js'
import {invocationMetrics, speaking} from './speaking.js'
import {vectorFor} from './vectors.js'
import {schemaWords} from './wording.js'

const block = record({}, {}, {open: true})
const message = record({role: oneOf('user', 'assistant'), content: list(block, {min: 1})})

const request = record(
  {messages: list(message, {min: 1})},
  {
    schemaVersion: oneOf('messages-v1'),
    system: list(record({text: text()}, {cachePoint: anything})),
    inferenceConfig: record(
      {},
      {
        maxTokens: integer({min: 1}),
        max_new_tokens: integer({min: 1}),
        temperature: number({min: 0, max: 1}),
        topP: number({min: 0, max: 1}),
        top_p: number({min: 0, max: 1}),
        topK: integer({min: 0}),
        top_k: integer({min: 0}),
        stopSequences: list(text()),
        reasoningConfig: anything,
      },
    ),
    toolConfig: anything,
    reasoningConfig: anything,
    outputConfig: anything,
  },
)

const OUTPUT_TOKENS = 10_000

/** Amazon Nova's understanding models. */
export const novaMessages: Family = speaking({
  refusal(body) {
    const problem = request(body)
    return problem && schemaWords(problem)
  },

  wish(body) {
    const {messages, system, toolConfig, inferenceConfig} = body as Readonly<Record<string, Body | undefined>>
    return {
      prompt: chatPrompt(messages, system, toolConfig?.['tools']),
      limit: limitOf(inferenceConfig?.['maxTokens'] ?? inferenceConfig?.['max_new_tokens'], OUTPUT_TOKENS),
      stops: inferenceConfig?.['stopSequences'] as readonly string[] | undefined,
      thinks: isThinking(body) || isThinking(inferenceConfig),
      tool: converseTool(toolConfig),
    }
  },

  whole: ({said, wish, request}) => ({
    output: {message: {content: contentOf(said), role: 'assistant'}},
    stopReason: converseStop(said.stop),
    usage: usageOf(wish.prompt.tokens - cachedTokens(request.cache), said.tokens, request.cache),
  }),

  streamed: ({request: {cache}}) =>
    converseWording((metrics) => {
      const usage = {...usageOf(metrics.inputTokens, metrics.outputTokens, cache), totalTokens: undefined}
      return {metadata: {usage, metrics: {}, trace: {}}, ...invocationMetrics(metrics, cache)}
    }),
})

const usageOf = (inputTokens: number, outputTokens: number, cache: CacheUse | undefined): Body => ({
  inputTokens,
  outputTokens,
  totalTokens: inputTokens + cachedTokens(cache) + outputTokens,
  cacheReadInputTokenCount: cache?.read ?? 0,
  cacheWriteInputTokenCount: cache?.write ?? 0,
})

const DIMENSIONS = [256, 384, 1024, 3072] as const

const embedRequest = record(
  {
    singleEmbeddingParams: record(
      {embeddingPurpose: text()},
      {
        embeddingDimension: oneOf(...DIMENSIONS),
        text: record({truncationMode: oneOf('START', 'END', 'NONE')}, {value: text({min: 1}), source: anything}),
        image: anything,
        video: anything,
        audio: anything,
      },
    ),
  },
  {schemaVersion: oneOf('nova-multimodal-embed-v1'), taskType: oneOf('SINGLE_EMBEDDING')},
)

/** Nova Multimodal Embeddings, one embedding a record. */
export const novaEmbeddings: Family = {
  refusal(body) {
    const problem = embedRequest(body)
    return problem && schemaWords(problem)
  },

  answer(body) {
    const params = body['singleEmbeddingParams'] as Readonly<Record<string, unknown>>
    const {tokens, hash} = textPrompt(JSON.stringify(params['text'] ?? params))
    const kind = ['text', 'image', 'video', 'audio'].find((one) => params[one] !== undefined) ?? 'text'
    const embedding = vectorFor(hash, limitOf(params['embeddingDimension'], 3072))
    const output = {embeddings: [{embeddingType: kind.toUpperCase(), embedding}]}
    return {output, inputTokens: tokens, outputTokens: 0}
  },
}
