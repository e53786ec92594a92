import type {BodyFamily, ModelFacts} from '../family.js'
import {makeFamily} from '../make-family.js'
import {Names} from '../names.js'
import {defined, type PromptInput} from '../prompt-input.js'
import {maxTokens, NO_BOUND, refused, stopSequence, tellNoMaxTokens} from '../rules.js'
import {anything, counted, list, number, object, plain, type Shape} from '../shape.js'
import {judgeTurns} from '../turns.js'
import {imageBlockOf, readConverse} from './converse.js'
import {contentBlocks, systemBlocks} from './message-blocks.js'

const VERSION = 'messages-v1'
/** The user guide sets no size for one image; the payload is judged as a whole. */
const IMAGE_LIMITS = {mostBytes: Number.POSITIVE_INFINITY, mostSide: 8000}

/** Bodies of Amazon Nova and Nova 2, as their user guides have them for the Invoke API. */
export function novaMessages(facts: ModelFacts): BodyFamily {
  return makeFamily(
    {
      id: 'nova-messages',
      refusesUnknown: true,
      kin: ['converse'],
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
      build,
      read: readConverse,
    },
    facts,
  )
}

const topP = number(0, 1)
const topK = number(0, 500)
const most = maxTokens('warning')

const inferenceConfig = object(
  {
    maxTokens: most,
    max_new_tokens: most,
    temperature: number(0, 1),
    topP,
    top_p: topP,
    topK,
    top_k: topK,
    stopSequences: list(stopSequence),
  },
  {strict: true},
)

const message = object(
  {
    'role!': plain(),
    'content!': list(contentBlocks({strict: true, images: IMAGE_LIMITS, documents: true}), {least: 1}),
  },
  {strict: true},
)

const turns = {
  roles: new Names(['user', 'assistant']),
  userFirst: 'error',
  alternate: 'warning',
  noSystem: {severity: 'error', text: 'A system prompt is not a message here: move it to system.'},
} as const

const BODY: Shape = object(
  {
    schemaVersion: plain({oneOf: [VERSION]}),
    'messages!': list(message, {least: 1, check: (walk, node) => judgeTurns(walk, node, turns)}),
    system: systemBlocks(true),
    inferenceConfig,
    toolConfig: counted,
    reasoningConfig: anything,
    additionalModelRequestFields: anything,
    model: refused('The job names the model, a record may not'),
    modelId: refused('The job names the model, a record may not'),
    stream: refused('Batch does not stream'),
  },
  {strict: true, check: (walk) => tellNoMaxTokens(walk, 'inferenceConfig.maxTokens', NO_BOUND)},
)

function build({images = [], maxTokens: limit, prompt, stop, system, temperature, topP: share}: PromptInput) {
  const config = defined({maxTokens: limit, temperature, topP: share, stopSequences: stop})
  return defined({
    schemaVersion: VERSION,
    system: system === undefined ? undefined : [{text: system}],
    messages: [{role: 'user', content: [...images.map(imageBlockOf), {text: prompt}]}],
    inferenceConfig: Object.keys(config).length > 0 ? config : undefined,
  })
}
