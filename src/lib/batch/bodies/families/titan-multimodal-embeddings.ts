import type {BodyFamily, ModelFacts} from '../family.js'
import {countImage, judgeImage} from '../judge-image.js'
import {makeFamily} from '../make-family.js'
import {defined, type PromptInput} from '../prompt-input.js'
import {refused} from '../rules.js'
import {object, plain, read, type Shape} from '../shape.js'
import {dimensionsOf, readTitanEmbedding} from './titan-text-embeddings.js'

const DIMENSIONS = [256, 384, 1024]
const IMAGE_LIMITS = {mostBytes: 25 * 2 ** 20, mostSide: Number.POSITIVE_INFINITY}

/** Bodies of Titan Multimodal Embeddings: a text, an image, or both. */
export function titanMultimodalEmbeddings(facts: ModelFacts): BodyFamily {
  return makeFamily(
    {
      id: 'titan-multimodal-embeddings',
      refusesUnknown: true,
      takes: {
        system: false,
        images: 'bytes',
        maxTokens: 'none',
        temperature: false,
        topP: false,
        stop: false,
        inputTypes: [],
        dimensions: DIMENSIONS,
      },
      shape: BODY,
      build,
      read: readTitanEmbedding,
    },
    facts,
  )
}

const BODY: Shape = object(
  {
    inputText: read(),
    inputImage: plain({
      check: (walk, node) => {
        countImage(walk)
        judgeImage(walk, node, undefined, IMAGE_LIMITS)
      },
    }),
    embeddingConfig: object({outputEmbeddingLength: dimensionsOf(DIMENSIONS)}, {strict: true}),
    model: refused('The job names the model, a record may not'),
  },
  {
    strict: true,
    check: (walk, node) => {
      if (walk.tape.member(node, 'inputText') >= 0 || walk.tape.member(node, 'inputImage') >= 0) return
      walk.problem('MEMBER_MISSING', 'error', 'Neither inputText nor inputImage is there: add one.')
    },
  },
)

function build({dimensions, images = [], prompt}: PromptInput) {
  const [image] = images
  return defined({
    inputText: prompt === '' ? undefined : prompt,
    inputImage: image?.kind === 'bytes' ? image.base64 : undefined,
    embeddingConfig: dimensions === undefined ? undefined : {outputEmbeddingLength: dimensions},
  })
}
