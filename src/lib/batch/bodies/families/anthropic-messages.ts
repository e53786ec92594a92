import {KIND} from '../../../jsonl/json-nodes.js'
import {memberInsertion} from '../../../jsonl/tape-edits.js'
import {listAt, numberAt, sumOf, textAt, textOfBlocks} from '../answer.js'
import type {BodyFamily, ModelFacts} from '../family.js'
import {countImage, judgeImage} from '../judge-image.js'
import {makeFamily} from '../make-family.js'
import {Names} from '../names.js'
import {defined, mediaType, type PromptInput} from '../prompt-input.js'
import {CACHE_WHY, idle, maxTokens, refused, stopSequence} from '../rules.js'
import {
  anything,
  type Check,
  checked,
  counted,
  either,
  flag,
  integer,
  later,
  list,
  number,
  type ObjectShape,
  object,
  plain,
  read,
  type Shape,
  tagged,
} from '../shape.js'
import {judgeTurns, type TurnRules} from '../turns.js'
import type {Walk} from '../walk.js'

const VERSION = 'bedrock-2023-05-31'
/** 5 MiB of base64. */
const IMAGE_LIMITS = {mostBytes: 3.75 * 2 ** 20, mostSide: 8000}
const MEDIA_TYPES = ['image/jpeg', 'image/png', 'image/gif', 'image/webp']
/** Images a message by the page of Bedrock; Anthropic's own pages allow newer models more. */
const MANY_IMAGES = 20
const LEAST_BUDGET = 1024

/** Up to Opus 4.7 a role `system` is refused; later models know messages of the system. */
const NO_SYSTEM_ROLE = /claude-(3|instant|haiku-4|sonnet-4|opus-4-([1-7]|\d{8})\b)/
/** They refuse to go on with a message that was begun for them. */
const NO_PREFILL = /claude-(opus-4-[678]|sonnet-4-6|(opus|sonnet|haiku)-5|fable|mythos)/
const NO_SAMPLING = /claude-(opus-4-[78]|(opus|sonnet|haiku)-5|fable|mythos)/
/** By the page of Bedrock on the request. */
const ONE_OF_TEMPERATURE_AND_TOP_P = /claude-(sonnet|haiku)-4-5/

/** Bodies of Anthropic's Messages API as Bedrock takes them. */
export function anthropicMessages(facts: ModelFacts): BodyFamily {
  return makeFamily(
    {
      id: 'anthropic-messages',
      refusesUnknown: true,
      takes: {
        system: true,
        images: facts.takesImages === false ? 'none' : 'bytes',
        maxTokens: 'required',
        temperature: true,
        topP: true,
        stop: true,
        inputTypes: [],
        dimensions: [],
      },
      shape: bodyOf(facts.modelId),
      build,
      read: readAnswer,
    },
    facts,
  )
}

function bodyOf(modelId: string): Shape {
  const turns = turnsOf(modelId)
  const sampling = (shape: Shape): Shape => (NO_SAMPLING.test(modelId) ? checked(shape, tellSampling) : shape)
  return object(
    {
      anthropic_version: plain({oneOf: [VERSION]}),
      'max_tokens!': maxTokens('error'),
      'messages!': list(message, {least: 1, check: (walk, node) => judgeTurns(walk, node, turns)}),
      system: either({text: read(), list: list(tagged('type', {text: textBlock}))}),
      temperature: sampling(number(0, 1)),
      top_p: sampling(number(0, 1)),
      top_k: sampling(integer(0, 500)),
      stop_sequences: list(stopSequence),
      anthropic_beta: list(plain()),
      tools: list(counted),
      tool_choice: anything,
      thinking: checked(anything, judgeThinking),
      metadata: anything,
      output_config: anything,
      output_format: anything,
      context_management: anything,
      mcp_servers: anything,
      container: anything,
      cache_control: idle(CACHE_WHY),
      service_tier: idle('Batch has no service tiers'),
      model: refused('The job names the model, a record may not'),
      modelId: refused('The job names the model, a record may not'),
      stream: refused('Batch does not stream'),
    },
    {strict: true, check: ONE_OF_TEMPERATURE_AND_TOP_P.test(modelId) ? judgeOneOfTwo : judgeVersion},
  )
}

const block = (members: Readonly<Record<string, Shape>>, check?: Check): ObjectShape =>
  object({'type!': anything, cache_control: idle(CACHE_WHY), ...members}, {strict: true, check})

const textBlock = block({'text!': read(), citations: anything})

const blocks = list(
  later(() => contentBlock),
  {least: 1},
)

const base64Image = object(
  {'type!': anything, 'media_type!': plain({oneOf: MEDIA_TYPES}), 'data!': plain()},
  {check: judgeSource},
)

const byUrl = object(
  {'type!': anything, 'url!': plain()},
  {
    check: (walk) => walk.problem('SOURCE_URL', 'error', 'Batch refuses sources by URL: put the bytes in as base64.'),
  },
)

const contentBlock: Shape = tagged('type', {
  text: textBlock,
  image: block(
    {
      'source!': tagged('type', {
        base64: base64Image,
        url: byUrl,
        file: object({'type!': anything, 'file_id!': plain()}),
      }),
    },
    countImage,
  ),
  document: block({'source!': anything, title: anything, context: read({mayBeBlank: true}), citations: anything}),
  tool_use: block({'id!': plain(), 'name!': plain(), 'input!': counted, caller: anything}),
  tool_result: block({
    'tool_use_id!': plain(),
    content: either({text: read({mayBeBlank: true}), list: blocks}),
    is_error: flag,
  }),
  thinking: block({'thinking!': read({mayBeBlank: true}), signature: plain()}),
  redacted_thinking: block({'data!': plain()}),
  search_result: block({'source!': plain(), 'title!': read(), 'content!': blocks, citations: anything}),
})

const message = object(
  {'role!': plain(), 'content!': either({text: read(), list: blocks})},
  {
    strict: true,
    check: (walk, node) => {
      if (walk.tape.size(walk.tape.member(node, 'content')) > MANY_IMAGES && walk.images > MANY_IMAGES) {
        walk.problem(
          'IMAGES_MANY',
          'warning',
          `Bedrock documents at most ${MANY_IMAGES} images a message: split the record.`,
        )
      }
    },
  },
)

function judgeSource(walk: Walk, node: number): void {
  const declared = walk.tape.member(node, 'media_type')
  const data = walk.tape.member(node, 'data')
  if (declared < 0 || data < 0 || !walk.tape.isString(data)) return
  judgeImage(walk, data, {node: declared, prefix: 'image/'}, IMAGE_LIMITS)
}

function judgeVersion(walk: Walk, node: number): void {
  const {tape} = walk
  const version = tape.member(node, 'anthropic_version')
  if (version >= 0 && tape.kind(version) !== KIND.null) return
  const edit = memberInsertion(tape, node, 'anthropic_version', JSON.stringify(VERSION))
  walk.problem('MEMBER_MISSING', 'error', `modelInput needs anthropic_version: add "${VERSION}".`, {
    member: 'anthropic_version',
    edit,
  })
}

function judgeOneOfTwo(walk: Walk, node: number): void {
  judgeVersion(walk, node)
  if (walk.tape.member(node, 'temperature') < 0 || walk.tape.member(node, 'top_p') < 0) return
  walk.problem('TEMPERATURE_AND_TOP_P', 'error', 'This model takes temperature or top_p, not both: leave one out.')
}

function tellSampling(walk: Walk): void {
  walk.problem(
    'SAMPLING_DOUBTFUL',
    'warning',
    'Claude since Opus 4.7 refuses temperature, top_p and top_k: leave it out.',
  )
}

/** A budget is part of what may be written; a beta lets it go beyond, between calls of tools. */
function judgeThinking(walk: Walk, node: number): void {
  const {holder, tape} = walk
  const budget = tape.member(node, 'budget_tokens')
  if (budget < 0) return
  const tokens = tape.number(budget)
  const most = tape.member(holder, 'max_tokens')
  if (tokens < LEAST_BUDGET) {
    walk.problem('THINKING_BUDGET', 'error', `budget_tokens must be at least ${LEAST_BUDGET}.`, {
      member: 'budget_tokens',
    })
  } else if (most >= 0 && tokens >= tape.number(most) && tape.member(holder, 'anthropic_beta') < 0) {
    walk.problem('THINKING_BUDGET', 'error', 'budget_tokens must be less than max_tokens: raise that limit.', {
      member: 'budget_tokens',
    })
  }
}

function turnsOf(modelId: string): TurnRules {
  return {
    roles: new Names(['user', 'assistant']),
    userFirst: 'error',
    alternate: 'warning',
    noSystem: {
      severity: NO_SYSTEM_ROLE.test(modelId) ? 'error' : 'warning',
      text: 'A system prompt is not a message here: move it to system.',
    },
    endsWithAssistant: NO_PREFILL.test(modelId)
      ? 'This model does not go on with an answer that was begun for it: end with a message of the user.'
      : undefined,
  }
}

function build({images = [], maxTokens: most, prompt, stop, system, temperature, topP}: PromptInput) {
  const pictures = images.flatMap((image) =>
    image.kind === 'bytes'
      ? [{type: 'image', source: {type: 'base64', media_type: mediaType(image.format), data: image.base64}}]
      : [],
  )
  return defined({
    anthropic_version: VERSION,
    max_tokens: most,
    system,
    messages: [{role: 'user', content: [...pictures, {type: 'text', text: prompt}]}],
    temperature,
    top_p: topP,
    stop_sequences: stop,
  })
}

function readAnswer(output: unknown) {
  return {
    text: textOfBlocks(listAt(output, 'content')),
    stopReason: textAt(output, 'stop_reason'),
    inputTokens: sumOf(
      numberAt(output, 'usage', 'input_tokens'),
      numberAt(output, 'usage', 'cache_read_input_tokens'),
      numberAt(output, 'usage', 'cache_creation_input_tokens'),
    ),
    outputTokens: numberAt(output, 'usage', 'output_tokens'),
    embeddings: undefined,
  }
}
