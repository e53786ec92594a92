import {memberRemoval} from '../../../jsonl/tape-edits.js'
import type {Answer} from '../answer.js'
import {listAt, NO_ANSWER, numberAt, textAt, textOfBlocks} from '../answer.js'
import type {BodyFamily, ModelFacts} from '../family.js'
import {judgeImageUrl} from '../judge-image.js'
import {makeFamily} from '../make-family.js'
import {Names} from '../names.js'
import {dataUrl, defined, type PromptInput} from '../prompt-input.js'
import {maxTokens, NO_BOUND, stopSequence, tellNoMaxTokens} from '../rules.js'
import {
  anything,
  checked,
  counted,
  either,
  flag,
  integer,
  list,
  number,
  object,
  plain,
  read,
  type Shape,
  tagged,
} from '../shape.js'
import {judgeTurns} from '../turns.js'
import type {Walk} from '../walk.js'

/** Bodies of chat completion as OpenAI has it: gpt-oss, Qwen, DeepSeek, Kimi, GLM, MiniMax, Gemma, newer Mistral. */
export function chatCompletions(facts: ModelFacts): BodyFamily {
  return makeFamily(
    {
      id: 'chat-completions',
      refusesUnknown: false,
      takes: {
        system: true,
        images: facts.takesImages === true ? 'bytes' : 'none',
        maxTokens: 'optional',
        temperature: true,
        topP: true,
        stop: true,
        inputTypes: [],
        dimensions: [],
      },
      shape: BODY,
      build: (prompt) => build(prompt, facts.modelId),
      read: readAnswer,
    },
    facts,
  )
}

const NO_LIMITS = {mostBytes: Number.POSITIVE_INFINITY, mostSide: Number.POSITIVE_INFINITY}

const imageUrl = checked(plain(), (walk, node) => judgeImageUrl(walk, node, NO_LIMITS))

const part = tagged('type', {
  text: object({'type!': anything, 'text!': read(), cache_control: anything}),
  image_url: object({
    'type!': anything,
    'image_url!': either({text: imageUrl, object: object({'url!': imageUrl, detail: anything})}),
  }),
  input_audio: object({'type!': anything, 'input_audio!': anything}),
  file: object({'type!': anything, 'file!': anything}),
  refusal: object({'type!': anything, 'refusal!': read({mayBeBlank: true})}),
})

/** The assistant may have said nothing but calls of tools. */
const message = object(
  {
    'role!': plain(),
    content: either({text: read({mayBeBlank: true}), list: list(part, {least: 1})}),
    name: anything,
    tool_calls: list(counted),
    tool_call_id: anything,
    reasoning_content: read({mayBeBlank: true}),
    refusal: anything,
    prefix: anything,
  },
  {nulls: true, check: judgeMessage},
)

const turns = {
  roles: new Names(['system', 'developer', 'user', 'assistant', 'tool', 'function']),
  userFirst: 'warning',
  alternate: 'no',
} as const

const most = maxTokens('warning')
const stop = either({text: stopSequence, list: list(stopSequence)})

const BODY: Shape = object(
  {
    'messages!': list(message, {least: 1, check: (walk, node) => judgeTurns(walk, node, turns)}),
    max_tokens: most,
    max_completion_tokens: most,
    temperature: number(0, 2, {severity: 'warning'}),
    top_p: number(0, 1, {severity: 'warning'}),
    top_k: anything,
    stop,
    n: checked(integer(1, 128, {severity: 'warning'}), tellChoices),
    seed: anything,
    tools: list(counted),
    tool_choice: anything,
    parallel_tool_calls: flag,
    response_format: anything,
    reasoning_effort: plain(),
    frequency_penalty: anything,
    presence_penalty: anything,
    repetition_penalty: anything,
    logit_bias: anything,
    logprobs: anything,
    top_logprobs: anything,
    min_p: anything,
    user: anything,
    metadata: anything,
    chat_template_kwargs: anything,
    service_tier: anything,
    model: checked(anything, tellModel),
    stream: checked(flag, tellStream),
  },
  {nulls: true, check: (walk) => tellNoMaxTokens(walk, 'max_completion_tokens', NO_BOUND)},
)

function judgeMessage(walk: Walk, node: number): void {
  const {tape} = walk
  const content = tape.member(node, 'content')
  if (content >= 0 && (tape.isArray(content) || tape.characters(content) > 0)) return
  const role = tape.member(node, 'role')
  if (tape.equals(role, 'assistant') || tape.equals(role, 'tool')) return
  walk.problem('TEXT_BLANK', 'error', 'A message says nothing: give it content or leave it out.', {member: 'content'})
}

function tellChoices(walk: Walk, node: number): void {
  if (walk.tape.number(node) === 1) return
  walk.problem('CHOICES_MANY', 'warning', 'Of several choices only the first is read: ask for one.')
}

function tellModel(walk: Walk, node: number): void {
  const edit = memberRemoval(walk.tape, walk.holder, node - 1)
  const text = 'The job names the model, and another name here is refused: leave it out.'
  walk.problem('MODEL_IN_BODY', 'warning', text, {edit})
}

function tellStream(walk: Walk, node: number): void {
  if (walk.tape.text(node) === 'false') return
  const edit = memberRemoval(walk.tape, walk.holder, node - 1)
  walk.problem('MEMBER_REFUSED', 'error', 'Batch does not stream: leave it out.', {edit})
}

/** gpt-oss is documented with `max_completion_tokens`, the others with `max_tokens`. */
function build(
  {images = [], maxTokens: limit, prompt, stop: ends, system, temperature, topP}: PromptInput,
  modelId: string,
) {
  const pictures = images.flatMap((image) => {
    const url = dataUrl(image)
    return url === undefined ? [] : [{type: 'image_url', image_url: {url}}]
  })
  const content = pictures.length === 0 ? prompt : [...pictures, {type: 'text', text: prompt}]
  return defined({
    messages: [...(system === undefined ? [] : [{role: 'system', content: system}]), {role: 'user', content}],
    [modelId.startsWith('openai.') ? 'max_completion_tokens' : 'max_tokens']: limit,
    temperature,
    top_p: topP,
    stop: ends,
  })
}

function readAnswer(output: unknown): Answer {
  const choice = listAt(output, 'choices')[0]
  return {
    ...NO_ANSWER,
    text:
      textAt(choice, 'message', 'content') ??
      textOfBlocks(listAt(choice, 'message', 'content')) ??
      textAt(choice, 'text'),
    stopReason: textAt(choice, 'finish_reason') ?? textAt(choice, 'stop_reason'),
    inputTokens: numberAt(output, 'usage', 'prompt_tokens'),
    outputTokens: numberAt(output, 'usage', 'completion_tokens'),
  }
}
