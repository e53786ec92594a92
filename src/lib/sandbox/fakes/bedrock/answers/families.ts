import {anthropicMessages} from './anthropic.js'
import {mistralChat, openAiChat} from './chat.js'
import {cohereEmbed, titanImage, titanText} from './embeddings.js'
import type {Family} from './family.js'
import {novaEmbeddings, novaMessages} from './nova.js'
import {llamaPrompt, mistralPrompt} from './prompt-families.js'

/** Beginnings of model ids; the first that fits counts. */
const FAMILIES: readonly (readonly [RegExp, Family])[] = [
  [/^anthropic\./, anthropicMessages],
  [/^amazon\.nova-2-multimodal-embeddings/, novaEmbeddings],
  [/^amazon\.nova-/, novaMessages],
  [/^amazon\.titan-embed-text/, titanText],
  [/^amazon\.titan-embed-image/, titanImage],
  [/^meta\.llama/, llamaPrompt],
  [/^mistral\.(mistral-7b|mixtral|mistral-large-2402|mistral-small-2402)/, mistralPrompt],
  [/^mistral\.(mistral-large-2407|pixtral-large-2502)/, mistralChat],
  [/^cohere\.embed/, cohereEmbed],
  [/^(mistral|openai|deepseek|qwen|google|minimax|moonshot|moonshotai|nvidia|zai)\./, openAiChat],
]

const EMBEDDINGS: ReadonlySet<Family> = new Set([novaEmbeddings, titanText, titanImage, cohereEmbed])

/** True for models that Converse is open to. */
export function isChat(modelId: string): boolean {
  const family = familyOf(modelId)
  return family !== undefined && !EMBEDDINGS.has(family)
}

/** The bodies of a base model's InvokeModel; `undefined` for models the sandbox does not answer for. */
export function familyOf(modelId: string): Family | undefined {
  return FAMILIES.find(([pattern]) => pattern.test(modelId))?.[1]
}
