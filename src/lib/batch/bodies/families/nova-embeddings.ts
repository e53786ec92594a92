import {IMAGE_FORMATS} from '../../../core/image-head.js'
import {listAt, NO_ANSWER, numberAt, treeAt, vectorOf} from '../answer.js'
import type {BodyFamily, ModelFacts} from '../family.js'
import {countImage, judgeImage, NO_IMAGE_LIMITS} from '../judge-image.js'
import {makeFamily} from '../make-family.js'
import {defined, type PromptInput} from '../prompt-input.js'
import {refused} from '../rules.js'
import {object, plain, read, type Shape} from '../shape.js'
import type {Walk} from '../walk.js'
import {mediaSource} from './message-blocks.js'
import {dimensionsOf} from './titan-text-embeddings.js'

const VERSION = 'nova-multimodal-embed-v1'
const TASK = 'SINGLE_EMBEDDING'
const DIMENSIONS = [256, 384, 1024, 3072]
const PURPOSES = [
  ...['GENERIC_INDEX', 'GENERIC_RETRIEVAL', 'TEXT_RETRIEVAL', 'IMAGE_RETRIEVAL', 'VIDEO_RETRIEVAL'],
  ...['DOCUMENT_RETRIEVAL', 'AUDIO_RETRIEVAL', 'CLASSIFICATION', 'CLUSTERING'],
]

/** Bodies of Amazon Nova Multimodal Embeddings: one text, image, video or piece of audio. */
export function novaEmbeddings(facts: ModelFacts): BodyFamily {
  return makeFamily(
    {
      id: 'nova-embeddings',
      refusesUnknown: true,
      takes: {
        system: false,
        images: 'none',
        maxTokens: 'none',
        temperature: false,
        topP: false,
        stop: false,
        inputTypes: PURPOSES,
        dimensions: DIMENSIONS,
      },
      shape: BODY,
      build,
      read: readAnswer,
    },
    facts,
  )
}

const image = object(
  {
    'format!': plain({oneOf: IMAGE_FORMATS}),
    'source!': mediaSource(),
    detailLevel: plain({oneOf: ['STANDARD_IMAGE', 'DOCUMENT_IMAGE']}),
  },
  {strict: true, check: judgeImageMember},
)

const text = object(
  {
    'truncationMode!': plain({oneOf: ['START', 'END', 'NONE']}),
    value: read(),
    source: mediaSource(),
  },
  {strict: true, exactlyOneOf: ['value', 'source']},
)

const media = object({
  'format!': plain(),
  'source!': mediaSource(),
  embeddingMode: plain({oneOf: ['AUDIO_VIDEO_COMBINED', 'AUDIO_VIDEO_SEPARATE']}),
})

const BODY: Shape = object(
  {
    schemaVersion: plain({oneOf: [VERSION]}),
    'taskType!': plain({oneOf: [TASK]}),
    'singleEmbeddingParams!': object(
      {
        'embeddingPurpose!': plain({oneOf: PURPOSES}),
        embeddingDimension: dimensionsOf(DIMENSIONS),
        text,
        image,
        video: media,
        audio: media,
      },
      {strict: true, exactlyOneOf: ['text', 'image', 'video', 'audio']},
    ),
    model: refused('The job names the model, a record may not'),
  },
  {strict: true},
)

function judgeImageMember(walk: Walk, node: number): void {
  const {tape} = walk
  countImage(walk)
  const bytes = tape.member(tape.member(node, 'source'), 'bytes')
  const format = tape.member(node, 'format')
  if (bytes >= 0 && format >= 0 && tape.isString(bytes)) {
    judgeImage(walk, bytes, {node: format, prefix: ''}, NO_IMAGE_LIMITS)
  }
}

function build({dimensions, inputType, prompt}: PromptInput) {
  return {
    taskType: TASK,
    singleEmbeddingParams: defined({
      embeddingPurpose: inputType,
      embeddingDimension: dimensions,
      text: {truncationMode: 'END', value: prompt},
    }),
  }
}

function readAnswer(output: unknown) {
  const vectors = listAt(output, 'embeddings').flatMap((one) => {
    const vector = vectorOf(treeAt(one)['embedding'])
    return vector ? [vector] : []
  })
  return {
    ...NO_ANSWER,
    inputTokens: numberAt(output, 'inputTextTokenCount'),
    embeddings: vectors.length === 0 ? undefined : vectors,
  }
}
