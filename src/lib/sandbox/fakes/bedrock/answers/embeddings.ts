import {countText} from '../../bedrock-runtime/count-text.js'
import type {Family} from './family.js'
import {limitOf, textPrompt} from './prompt.js'
import {answerId, hashText} from './reply.js'
import {anything, flag, integer, list, oneOf, record, text} from './shape.js'
import {signsOf, vectorFor} from './vectors.js'
import {schemaWords} from './wording.js'

const titanTextRequest = record(
  {inputText: text({min: 1, max: 50_000})},
  {
    dimensions: oneOf(256, 512, 1024),
    normalize: flag,
    embeddingTypes: list(oneOf('float', 'binary'), {min: 1}),
  },
)

/** Titan Text Embeddings V2. */
export const titanText: Family = {
  refusal(body) {
    const problem = titanTextRequest(body)
    return problem && schemaWords(problem)
  },

  answer(body) {
    const {tokens, hash} = textPrompt(String(body['inputText']))
    const float = vectorFor(hash, limitOf(body['dimensions'], 1024))
    const wanted = (body['embeddingTypes'] as readonly string[] | undefined) ?? ['float']
    const output = {
      ...(wanted.includes('float') && {embedding: float}),
      embeddingsByType: {
        ...(wanted.includes('float') && {float}),
        ...(wanted.includes('binary') && {binary: signsOf(float)}),
      },
      inputTextTokenCount: tokens,
    }
    return {output, inputTokens: tokens, outputTokens: 0}
  },
}

const titanImageRequest = record(
  {},
  {
    inputText: text({min: 1}),
    inputImage: text({min: 1}),
    embeddingConfig: record({}, {outputEmbeddingLength: oneOf(256, 384, 1024)}),
  },
)

/** Titan Multimodal Embeddings: a text, an image, or both. */
export const titanImage: Family = {
  refusal(body) {
    const problem = titanImageRequest(body)
    if (problem) return schemaWords(problem)
    const given = body['inputText'] !== undefined || body['inputImage'] !== undefined
    return given ? undefined : 'Input image or input text is required, please reformat your input and try again.'
  },

  answer({inputText, inputImage, embeddingConfig}) {
    const words = typeof inputText === 'string' ? inputText : ''
    const hash = hashText(`${words}${typeof inputImage === 'string' ? inputImage : ''}`)
    const {outputEmbeddingLength} = (embeddingConfig ?? {}) as Readonly<Record<string, unknown>>
    const tokens = countText(words)
    const embedding = vectorFor(hash, limitOf(outputEmbeddingLength, 1024))
    return {output: {embedding, inputTextTokenCount: tokens, message: null}, inputTokens: tokens, outputTokens: 0}
  },
}

const cohereRequest = record(
  {input_type: oneOf('search_document', 'search_query', 'classification', 'clustering', 'image')},
  {
    texts: list(text(), {min: 1, max: 96}),
    images: list(text(), {min: 1, max: 96}),
    inputs: list(anything, {min: 1, max: 96}),
    truncate: oneOf('NONE', 'START', 'END', 'LEFT', 'RIGHT'),
    embedding_types: list(oneOf('float', 'int8', 'uint8', 'binary', 'ubinary')),
    max_tokens: integer({min: 1}),
    output_dimension: oneOf(256, 512, 1024, 1536),
  },
)

/** Cohere Embed; without `embedding_types` its answer is a plain list. */
export const cohereEmbed: Family = {
  refusal(body) {
    const problem = cohereRequest(body)
    if (problem) return schemaWords(problem)
    const given = [body['texts'], body['images'], body['inputs']].filter((one) => one !== undefined)
    return given.length === 1 ? undefined : 'Malformed input request: give one of texts, images and inputs.'
  },

  answer(body) {
    const texts = ((body['texts'] ?? body['inputs'] ?? body['images']) as readonly unknown[]).map((one) =>
      typeof one === 'string' ? one : JSON.stringify(one),
    )
    const length = limitOf(body['output_dimension'], 1024)
    const vectors = texts.map((one) => vectorFor(hashText(one), length))
    const types = body['embedding_types'] as readonly string[] | undefined
    const embeddings = types ? Object.fromEntries(types.map((type) => [type, vectors])) : vectors
    const output = {
      id: answerId('', hashText(texts.join('\n'))),
      texts,
      embeddings,
      response_type: types ? 'embeddings_by_type' : 'embeddings_floats',
    }
    const inputTokens = texts.reduce((sum, one) => sum + countText(one), 0)
    return {output, inputTokens, outputTokens: 0}
  },
}
