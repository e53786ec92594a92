import {isTree} from '../../../../core/is-tree.js'
import {converseStop, converseWording, THOUGHT_SIGNATURE} from '../../bedrock-runtime/streaming/converse-wording.js'
import {converseUsage} from './cached.js'
import type {Body, Family, Said, SaidBlock} from './family.js'
import {converseTool} from './forced-tool.js'
import {chatPrompt, limitOf} from './prompt.js'
import {inputOf, type Wish} from './say.js'
import {anything, integer, list, number, oneOf, record, text} from './shape.js'
import {speaking} from './speaking.js'
import {schemaWords} from './wording.js'

const block = record({}, {}, {open: true})
const message = record({role: oneOf('user', 'assistant'), content: list(block, {min: 1})})

const request = record(
  {messages: list(message, {min: 1})},
  {
    system: list(block),
    inferenceConfig: record(
      {},
      {
        maxTokens: integer({min: 1}),
        temperature: number({min: 0, max: 1}),
        topP: number({min: 0, max: 1}),
        stopSequences: list(text(), {max: 2500}),
      },
    ),
    toolConfig: anything,
    guardrailConfig: anything,
    additionalModelRequestFields: anything,
    additionalModelResponseFieldPaths: list(text()),
    promptVariables: anything,
    requestMetadata: anything,
    performanceConfig: anything,
    serviceTier: anything,
    outputConfig: anything,
  },
)

const NO_USER =
  'A conversation must start with a user message. Try again with a conversation that starts with a user message.'
const OUTPUT_TOKENS = 4096

/** Converse, the same for every model that it is open to. */
export const converse: Family = speaking({
  refusal(body) {
    const problem = request(body)
    if (problem) return schemaWords(problem)
    const [first] = body['messages'] as readonly Body[]
    return first?.['role'] === 'user' ? undefined : NO_USER
  },
  wish: wishOf,

  whole({said, wish}) {
    const {tokens: inputTokens} = wish.prompt
    return {
      output: {message: {role: 'assistant', content: contentOf(said)}},
      stopReason: converseStop(said.stop),
      usage: {inputTokens, outputTokens: said.tokens, totalTokens: inputTokens + said.tokens},
      metrics: {latencyMs: LATENCY_MS + said.tokens * TOKEN_MS},
    }
  },

  streamed({request: {cache, served, guard}}) {
    return converseWording(({inputTokens, outputTokens, latencyMs}) => {
      const trace = guard?.trace()
      const usage = converseUsage({inputTokens, outputTokens}, cache)
      return {metadata: {usage, metrics: {latencyMs}, ...(trace && {trace}), ...served}}
    })
  },
})

function wishOf(body: Body): Wish {
  const {messages, system, toolConfig, inferenceConfig} = body as Readonly<Record<string, Body | undefined>>
  return {
    prompt: chatPrompt(messages, system, toolConfig?.['tools']),
    limit: limitOf(inferenceConfig?.['maxTokens'], OUTPUT_TOKENS),
    stops: inferenceConfig?.['stopSequences'] as readonly string[] | undefined,
    thinks: isThinking(body['additionalModelRequestFields']),
    tool: converseTool(toolConfig),
  }
}

/** As the families' own members ask for it. */
export function isThinking(fields: unknown): boolean {
  if (!isTree(fields)) return false
  const asked = [fields['thinking'], fields['reasoning_config'], fields['reasoningConfig']]
  const kinds = asked.map((one) => (isTree(one) ? one['type'] : undefined))
  return kinds.some((kind) => kind === 'enabled' || kind === 'adaptive') || fields['reasoning_effort'] !== undefined
}

/** What was said, in Converse's blocks. */
export function contentOf({blocks}: Said): readonly Body[] {
  return blocks.map(contentBlock)
}

function contentBlock(said: SaidBlock): Body {
  const {kind, pieces, tool} = said
  const text = pieces.join('')
  if (kind === 'tool') return {toolUse: {toolUseId: tool?.id, name: tool?.name, input: inputOf(said)}}
  if (kind === 'text') return {text}
  return {reasoningContent: {reasoningText: {text, signature: THOUGHT_SIGNATURE}}}
}

const LATENCY_MS = 200
const TOKEN_MS = 8
