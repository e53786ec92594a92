import {parseArn} from '../../../../core/arn.js'
import {isTree} from '../../../../core/is-tree.js'
import type {ImportedModel} from '../../../world/import-state.js'
import type {Body, Family, Said} from '../../bedrock/answers/family.js'
import {chatPrompt, limitOf} from '../../bedrock/answers/prompt.js'
import {answerId} from '../../bedrock/answers/reply.js'
import {spokenText} from '../../bedrock/answers/say.js'
import {either, integer, list, number, oneOf, record, text} from '../../bedrock/answers/shape.js'
import {type Spoken, speaking} from '../../bedrock/answers/speaking.js'
import {schemaWords} from '../../bedrock/answers/wording.js'
import {chatWording, finishReason} from '../streaming/chat-wording.js'

const part = record(
  {type: oneOf('text', 'image_url')},
  {text: text(), image_url: record({url: text()}, {}, {open: true})},
)
const message = record(
  {role: oneOf('system', 'user', 'assistant', 'tool')},
  {content: either(text(), list(part))},
  {open: true},
)
const request = record(
  {messages: list(message, {min: 1})},
  {max_tokens: integer({min: 1}), temperature: number({min: 0}), top_p: number({min: 0, max: 1})},
  {open: true},
)

const LIMIT = 4096
const MOST_IMAGES = 3

// The refusals' words are the sandbox's.
const NO_TEMPLATE = 'The model has no chat template. Import it with one, or send a prompt.'
const NO_IMAGES = 'This model does not take images.'
const FAR_IMAGE = 'Images must be given as base64 data URLs.'
const MANY_IMAGES = `A request may have at most ${MOST_IMAGES} images.`

/** OpenAI's chat completions, as an imported model takes them. No chat template is made up for one without. */
export function chatCompletion(model: ImportedModel): Family {
  const whole = (spoken: Spoken): Body => wholeChat(spoken, model)
  return speaking({
    refusal(body) {
      if (!model.chatTemplate) return NO_TEMPLATE
      const problem = request(body)
      return problem ? schemaWords(problem) : imageProblem(imagesOf(body), model)
    },

    wish: (body) => ({
      prompt: chatPrompt(body['messages'], undefined),
      limit: limitOf(body['max_tokens'], LIMIT),
    }),
    whole,
    streamed: (spoken) => chatWording(spoken, whole(spoken)),
  })
}

function wholeChat({said, wish: {prompt}, request: {now}}: Spoken, model: ImportedModel): Body {
  return {
    id: answerId('chatcmpl-', prompt.hash),
    object: 'chat.completion',
    created: Math.floor(now / 1000),
    model: calledName(model),
    choices: [choiceOf(said)],
    service_tier: null,
    system_fingerprint: null,
    usage: {
      prompt_tokens: prompt.tokens,
      total_tokens: prompt.tokens + said.tokens,
      completion_tokens: said.tokens,
    },
    prompt_logprobs: null,
  }
}

function choiceOf(said: Said): Body {
  return {
    index: 0,
    message: {
      role: 'assistant',
      content: spokenText(said),
      refusal: null,
      annotations: null,
      audio: null,
      function_call: null,
      tool_calls: [],
      reasoning_content: null,
    },
    logprobs: null,
    finish_reason: finishReason(said),
    stop_reason: null,
    token_ids: null,
  }
}

/** `<account>-<id>`. */
function calledName({arn}: ImportedModel): string {
  const {account = '', resource = ''} = parseArn(arn) ?? {}
  return `${account}-${resource.replace(/^imported-model\//, '')}`
}

function imagesOf(body: Body): readonly string[] {
  const messages = body['messages'] as readonly Body[]
  const parts = messages.flatMap(({content}) => (Array.isArray(content) ? (content as readonly Body[]) : []))
  return parts.flatMap(({image_url: image}) => (isTree(image) ? [String(image['url'])] : []))
}

function imageProblem(images: readonly string[], {multimodal}: ImportedModel): string | undefined {
  if (images.length === 0) return undefined
  if (!multimodal) return NO_IMAGES
  if (images.length > MOST_IMAGES) return MANY_IMAGES
  return images.every((url) => /^data:image\/\w+;base64,/.test(url)) ? undefined : FAR_IMAGE
}
