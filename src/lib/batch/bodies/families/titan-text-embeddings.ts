import {NO_ANSWER, numberAt, treeAt, vectorOf} from '../answer.js'
import type {BodyFamily, ModelFacts} from '../family.js'
import {makeFamily} from '../make-family.js'
import {defined, type PromptInput} from '../prompt-input.js'
import {refused} from '../rules.js'
import {checked, flag, integer, list, object, plain, read, type Shape} from '../shape.js'

/** A longer text is refused. */
const MOST_CHARACTERS = 50_000
const DIMENSIONS = [256, 512, 1024]

/** Bodies of Titan Text Embeddings: V2, and G1, which takes the text alone. */
export function titanTextEmbeddings(facts: ModelFacts): BodyFamily {
  const second = facts.modelId.includes('-v2')
  return makeFamily(
    {
      id: 'titan-text-embeddings',
      refusesUnknown: true,
      takes: {
        system: false,
        images: 'none',
        maxTokens: 'none',
        temperature: false,
        topP: false,
        stop: false,
        inputTypes: [],
        dimensions: second ? DIMENSIONS : [],
      },
      shape: second ? SECOND : FIRST,
      build: ({dimensions, prompt}: PromptInput) => defined({inputText: prompt, dimensions}),
      read: readTitanEmbedding,
    },
    facts,
  )
}

const inputText = read({most: MOST_CHARACTERS})
const model = refused('The job names the model, a record may not')

const FIRST: Shape = object({'inputText!': inputText, model}, {strict: true})

const SECOND: Shape = object(
  {
    'inputText!': inputText,
    dimensions: dimensionsOf(DIMENSIONS),
    normalize: flag,
    embeddingTypes: list(plain({oneOf: ['float', 'binary']}), {least: 1}),
    model,
  },
  {strict: true},
)

/** A length out of a few. */
export function dimensionsOf(few: readonly number[]): Shape {
  return checked(integer(1, Number.POSITIVE_INFINITY), (walk, node) => {
    if (few.includes(walk.tape.number(node))) return
    walk.problem('VALUE_UNKNOWN', 'error', `The length of an embedding must be one of ${few.join(', ')}.`)
  })
}

/** The same for text and images. */
export function readTitanEmbedding(output: unknown) {
  const vector = vectorOf(treeAt(output)['embedding'])
  return {...NO_ANSWER, inputTokens: numberAt(output, 'inputTextTokenCount'), embeddings: vector && [vector]}
}
