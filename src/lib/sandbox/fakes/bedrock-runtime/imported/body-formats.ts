import type {ImportedModel} from '../../../world/import-state.js'
import type {Body, Family} from '../../bedrock/answers/family.js'
import {limitOf, textPrompt} from '../../bedrock/answers/prompt.js'
import {llamaPrompt, mistralPrompt} from '../../bedrock/answers/prompt-families.js'
import {answerId} from '../../bedrock/answers/reply.js'
import {spokenText} from '../../bedrock/answers/say.js'
import {flag, integer, number, record, text} from '../../bedrock/answers/shape.js'
import {type Spoken, speaking} from '../../bedrock/answers/speaking.js'
import {schemaWords} from '../../bedrock/answers/wording.js'
import {completionWording, finishReason} from '../streaming/chat-wording.js'
import {llamaWording} from '../streaming/prompt-wordings.js'
import {chatCompletion} from './chat-completion.js'

// Models imported since then take three formats, told apart by their members; older ones that of their family.
// https://docs.aws.amazon.com/bedrock/latest/userguide/custom-model-import-advanced-features.html
const THREE_FORMATS_SINCE = Date.parse('2025-11-11')

/** How a body of InvokeModel is judged and answered. */
export function bodyFormat(model: ImportedModel, body: Body): Family {
  const {architecture, createdAt} = model
  if (createdAt < THREE_FORMATS_SINCE) return NATIVE[architecture] ?? llamaPrompt
  if (body['messages'] !== undefined) return chatCompletion(model)
  if (body['max_tokens'] !== undefined) return textCompletion
  return architecture === 'gpt_oss' ? noBedrockCompletion : bedrockCompletion
}

const NATIVE: Readonly<Record<string, Family>> = {mistral: mistralPrompt, mixtral: mistralPrompt}

const sampling = {temperature: number({min: 0}), top_p: number({min: 0, max: 1})}
const LIMIT = 512
const LOG_PROBABILITY = -0.25

// Parameters that a family does not know are ignored.
const bedrockRequest = record(
  {prompt: text({min: 1})},
  {...sampling, max_gen_len: integer({min: 1}), return_logprobs: flag},
  {open: true},
)

const bedrockCompletion: Family = speaking({
  refusal(body) {
    const problem = bedrockRequest(body)
    return problem && schemaWords(problem)
  },

  wish: (body) => ({
    prompt: textPrompt(String(body['prompt'])),
    limit: limitOf(body['max_gen_len'], LIMIT),
  }),

  whole: ({said, wish, body}) => ({
    generation: spokenText(said),
    prompt_token_count: wish.prompt.tokens,
    generation_token_count: said.tokens,
    stop_reason: said.stop === 'limit' ? 'length' : 'stop',
    logprobs:
      body['return_logprobs'] === true
        ? Array.from({length: said.tokens}, (_, index) => ({[String(index)]: LOG_PROBABILITY}))
        : null,
  }),

  streamed: llamaWording,
})

/** The words are the sandbox's. */
const noBedrockCompletion: Family = {
  ...bedrockCompletion,
  refusal: () => 'This model takes OpenAI completions and chat completions. Give max_tokens, or messages.',
}

const textRequest = record({prompt: text({min: 1}), max_tokens: integer({min: 1})}, sampling, {open: true})

const textCompletion: Family = speaking({
  refusal(body) {
    const problem = textRequest(body)
    return problem && schemaWords(problem)
  },

  wish: (body) => ({
    prompt: textPrompt(String(body['prompt'])),
    limit: limitOf(body['max_tokens'], LIMIT),
  }),

  whole: wholeCompletion,
  streamed: (spoken) => completionWording(spoken, wholeCompletion(spoken)),
})

function wholeCompletion({said, wish: {prompt}, request: {now}}: Spoken): Body {
  return {
    id: answerId('cmpl-', prompt.hash),
    object: 'text_completion',
    created: Math.floor(now / 1000),
    choices: [{index: 0, text: spokenText(said), logprobs: null, finish_reason: finishReason(said)}],
    usage: {
      prompt_tokens: prompt.tokens,
      total_tokens: prompt.tokens + said.tokens,
      completion_tokens: said.tokens,
    },
  }
}
