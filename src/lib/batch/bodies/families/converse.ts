import type {Answer} from '../answer.js'
import {listAt, numberAt, sumOf, textAt, textOfBlocks} from '../answer.js'
import type {BodyFamily, ModelFacts} from '../family.js'
import {makeFamily} from '../make-family.js'
import {Names} from '../names.js'
import {defined, type PromptImage, type PromptInput} from '../prompt-input.js'
import {doubtful, idle, impossible, maxTokens, NO_BOUND, refused, stopSequence, tellNoMaxTokens} from '../rules.js'
import {anything, list, number, object, plain, type Shape} from '../shape.js'
import {judgeTurns} from '../turns.js'
import type {Walk} from '../walk.js'
import {contentBlocks, systemBlocks} from './message-blocks.js'

/** By the model of the API, on the content of a message. */
const IMAGE_LIMITS = {mostBytes: 3.75 * 2 ** 20, mostSide: 8000}
const MOST_IMAGES = 20

/** Bodies of Converse, as jobs of the type Converse take them from any model. */
export function converse(facts: ModelFacts): BodyFamily {
  return makeFamily(
    {
      id: 'converse',
      refusesUnknown: false,
      takes: {
        system: true,
        images: facts.takesImages === false ? 'none' : 'bytes-or-s3',
        maxTokens: 'optional',
        temperature: true,
        topP: true,
        stop: true,
        inputTypes: [],
        dimensions: [],
      },
      shape: BODY,
      build: buildConverse,
      read: readConverse,
    },
    facts,
  )
}

const inferenceConfig = object(
  {
    maxTokens: maxTokens('warning'),
    temperature: number(0, 1),
    topP: number(0, 1),
    stopSequences: list(stopSequence, {most: 2500}),
  },
  {strict: true},
)

const message = object(
  {
    'role!': plain(),
    'content!': list(contentBlocks({strict: true, images: IMAGE_LIMITS, documents: true}), {least: 1}),
  },
  {strict: true, check: judgeMessage},
)

const turns = {
  roles: new Names(['user', 'assistant']),
  userFirst: 'error',
  alternate: 'warning',
  noSystem: {severity: 'warning', text: 'Few models take a system prompt among the messages: move it to system.'},
} as const

const BODY: Shape = object(
  {
    'messages!': list(message, {least: 1, check: (walk, node) => judgeTurns(walk, node, turns)}),
    system: systemBlocks(true),
    inferenceConfig,
    additionalModelRequestFields: anything,
    additionalModelResponseFieldPaths: list(plain(), {most: 10}),
    outputConfig: anything,
    requestMetadata: anything,
    guardrailConfig: doubtful(
      'GUARDRAIL_DOUBTFUL',
      'Whether guardrails work in batch is not documented: try one record.',
    ),
    promptVariables: doubtful(
      'NO_EFFECT_IN_BATCH',
      'Variables belong to a stored prompt, which no job names: leave it out.',
    ),
    performanceConfig: idle('Batch has no latency to choose'),
    serviceTier: idle('Batch has no service tiers'),
    toolConfig: impossible(
      'Batch refuses tools in Converse records: write records for InvokeModel, whose models may take them.',
    ),
    modelId: refused('The job names the model, a record may not'),
    stream: refused('Batch does not stream'),
  },
  {strict: true, check: (walk) => tellNoMaxTokens(walk, 'inferenceConfig.maxTokens', NO_BOUND)},
)

function judgeMessage(walk: Walk, node: number): void {
  const {tape} = walk
  const content = tape.member(node, 'content')
  if (tape.size(content) > MOST_IMAGES && walk.images > MOST_IMAGES) {
    walk.problem('IMAGES_MANY', 'warning', `At most ${MOST_IMAGES} images a message are documented: split the record.`)
  }
  if (hasBlock(walk, content, TOOL_BLOCKS)) {
    walk.problem(
      'TOOL_BLOCKS',
      'error',
      'Calls of tools need toolConfig, which batch refuses in Converse records: write records for InvokeModel.',
    )
  }
  if (!hasBlock(walk, content, DOCUMENT_BLOCKS)) return
  const end = tape.after(content)
  for (let block = tape.first(content); block < end; block = tape.after(block)) {
    if (tape.member(block, 'text') >= 0) return
  }
  walk.problem(
    'DOCUMENT_WITHOUT_TEXT',
    'error',
    'A message with a document needs a text beside it: add what to do with it.',
  )
}

const TOOL_BLOCKS = new Names(['toolUse', 'toolResult'])
const DOCUMENT_BLOCKS = new Names(['document'])

function hasBlock({tape}: Walk, content: number, kinds: Names): boolean {
  if (!tape.isArray(content)) return false
  const end = tape.after(content)
  for (let block = tape.first(content); block < end; block = tape.after(block)) {
    if (tape.isObject(block) && tape.size(block) > 0 && kinds.indexOf(tape, tape.first(block)) >= 0) return true
  }
  return false
}

/** Shared with Amazon Nova, whose images are the same. */
export function imageBlockOf(image: PromptImage): Readonly<Record<string, unknown>> {
  const source = image.kind === 'bytes' ? {bytes: image.base64} : {s3Location: {uri: image.uri}}
  return {image: {format: image.format, source}}
}

function buildConverse({images = [], maxTokens: most, prompt, stop, system, temperature, topP}: PromptInput) {
  const config = defined({maxTokens: most, temperature, topP, stopSequences: stop})
  return defined({
    system: system === undefined ? undefined : [{text: system}],
    messages: [{role: 'user', content: [...images.map(imageBlockOf), {text: prompt}]}],
    inferenceConfig: Object.keys(config).length > 0 ? config : undefined,
  })
}

/** The answers of Nova are those of Converse. */
export function readConverse(output: unknown): Answer {
  return {
    text: textOfBlocks(listAt(output, 'output', 'message', 'content')),
    stopReason: textAt(output, 'stopReason'),
    inputTokens: sumOf(
      numberAt(output, 'usage', 'inputTokens'),
      numberAt(output, 'usage', 'cacheReadInputTokens') ?? numberAt(output, 'usage', 'cacheReadInputTokenCount'),
      numberAt(output, 'usage', 'cacheWriteInputTokens') ?? numberAt(output, 'usage', 'cacheWriteInputTokenCount'),
    ),
    outputTokens: numberAt(output, 'usage', 'outputTokens'),
    embeddings: undefined,
  }
}
