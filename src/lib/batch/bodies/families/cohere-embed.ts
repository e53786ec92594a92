import {listAt, NO_ANSWER, numberAt, treeAt, vectorOf} from '../answer.js'
import type {BodyFamily, ModelFacts} from '../family.js'
import {judgeImageUrl} from '../judge-image.js'
import {makeFamily} from '../make-family.js'
import {dataUrl, defined, type PromptInput} from '../prompt-input.js'
import {refused} from '../rules.js'
import {anything, checked, integer, list, object, plain, read, type Shape, tagged} from '../shape.js'
import type {Walk} from '../walk.js'
import {dimensionsOf} from './titan-text-embeddings.js'

const PURPOSES = ['search_document', 'search_query', 'classification', 'clustering']
const TYPES = ['float', 'int8', 'uint8', 'binary', 'ubinary']
const DIMENSIONS = [256, 512, 1024, 1536]
const MOST_ITEMS = 96
const MOST_CHARACTERS = 2048
const IMAGE_LIMITS = {mostBytes: 5 * 2 ** 20, mostSide: Number.POSITIVE_INFINITY}

/** Bodies of Cohere Embed 3 and 4. */
export function cohereEmbed(facts: ModelFacts): BodyFamily {
  const fourth = facts.modelId.includes('-v4')
  return makeFamily(
    {
      id: 'cohere-embed',
      refusesUnknown: true,
      takes: {
        system: false,
        images: fourth ? 'bytes' : 'none',
        maxTokens: 'none',
        temperature: false,
        topP: false,
        stop: false,
        inputTypes: PURPOSES,
        dimensions: fourth ? DIMENSIONS : [],
      },
      shape: fourth ? FOURTH : THIRD,
      build,
      read: readAnswer,
    },
    facts,
  )
}

const image = checked(plain(), (walk, node) => judgeImageUrl(walk, node, IMAGE_LIMITS))
const embeddingTypes = list(plain({oneOf: TYPES}), {least: 1})
const model = refused('The job names the model, a record may not')

const THIRD: Shape = object(
  {
    texts: list(read({most: MOST_CHARACTERS}), {least: 1, most: MOST_ITEMS}),
    images: list(image, {least: 1, most: 1}),
    'input_type!': plain({oneOf: [...PURPOSES, 'image']}),
    truncate: plain({oneOf: ['NONE', 'START', 'END']}),
    embedding_types: embeddingTypes,
    model,
  },
  {strict: true, check: (walk, node) => judgeContent(walk, node, ['texts', 'images'])},
)

const content = tagged('type', {
  text: object({'type!': anything, 'text!': read()}),
  image_url: object({'type!': anything, 'image_url!': anything}),
})

const FOURTH: Shape = object(
  {
    texts: list(read(), {least: 1, most: MOST_ITEMS}),
    images: list(image, {least: 1, most: MOST_ITEMS}),
    inputs: list(object({'content!': list(content, {least: 1})}), {least: 1, most: MOST_ITEMS}),
    'input_type!': plain({oneOf: [...PURPOSES, 'image']}),
    truncate: plain({oneOf: ['NONE', 'LEFT', 'RIGHT', 'START', 'END']}),
    embedding_types: embeddingTypes,
    output_dimension: dimensionsOf(DIMENSIONS),
    max_tokens: integer(1, 128_000),
    model,
  },
  {strict: true, check: (walk, node) => judgeContent(walk, node, ['texts', 'images', 'inputs'])},
)

function judgeContent(walk: Walk, node: number, names: readonly string[]): void {
  let found = 0
  for (const name of names) if (walk.tape.member(node, name) >= 0) found += 1
  if (found === 1) return
  walk.problem('NOT_EXACTLY_ONE', 'error', `modelInput must have exactly one of ${names.join(', ')}.`)
}

function build({dimensions, images = [], inputType, prompt}: PromptInput) {
  const pictures = images.flatMap((one) => dataUrl(one) ?? [])
  const parts = pictures.map((url) => ({type: 'image_url', image_url: url}))
  return defined({
    texts: parts.length === 0 ? [prompt] : undefined,
    inputs: parts.length === 0 ? undefined : [{content: [{type: 'text', text: prompt}, ...parts]}],
    input_type: inputType,
    output_dimension: dimensions,
  })
}

/** Vectors, or vectors by type, of which numbers with a point are wanted. */
function readAnswer(output: unknown) {
  const plainVectors = listAt(output, 'embeddings')
  const all = plainVectors.length > 0 ? plainVectors : listAt(output, 'embeddings', 'float')
  const vectors = all.flatMap((one) => {
    const vector = vectorOf(one)
    return vector ? [vector] : []
  })
  return {
    ...NO_ANSWER,
    inputTokens: numberAt(treeAt(output, 'meta', 'billed_units'), 'input_tokens'),
    embeddings: vectors.length === 0 ? undefined : vectors,
  }
}
