import type {Catalog} from '../../catalog/catalog.js'
import type {CatalogModel} from '../../catalog/catalog.schema.js'
import {findModel} from '../../catalog/model-lookup.js'
import {usageError} from '../../core/errors.js'
import type {BatchApi} from '../ports.js'
import {anthropicMessages} from './families/anthropic-messages.js'
import {chatCompletions} from './families/chat-completions.js'
import {cohereEmbed} from './families/cohere-embed.js'
import {converse} from './families/converse.js'
import {llama} from './families/llama.js'
import {mistralText} from './families/mistral-text.js'
import {novaEmbeddings} from './families/nova-embeddings.js'
import {novaMessages} from './families/nova-messages.js'
import {titanMultimodalEmbeddings} from './families/titan-multimodal-embeddings.js'
import {titanTextEmbeddings} from './families/titan-text-embeddings.js'
import type {BodyFamily, FamilyId, ModelFacts} from './family.js'

type Make = (facts: ModelFacts) => BodyFamily

const FAMILIES: Readonly<Record<FamilyId, Make>> = {
  converse,
  'anthropic-messages': anthropicMessages,
  'nova-messages': novaMessages,
  'nova-embeddings': novaEmbeddings,
  llama,
  'mistral-text': mistralText,
  'chat-completions': chatCompletions,
  'titan-text-embeddings': titanTextEmbeddings,
  'titan-multimodal-embeddings': titanMultimodalEmbeddings,
  'cohere-embed': cohereEmbed,
}

/** Which models take which bodies with InvokeModel, by the ids of AWS; the first that fits. */
const OWNERS: readonly (readonly [RegExp, FamilyId])[] = [
  [/^anthropic\.claude-(?!v\d|instant)/, 'anthropic-messages'],
  [/^amazon\.nova-.*embeddings/, 'nova-embeddings'],
  [/^amazon\.nova-(2-)?(micro|lite|pro|premier)/, 'nova-messages'],
  [/^amazon\.titan-embed-image/, 'titan-multimodal-embeddings'],
  [/^amazon\.titan-embed-(g1-)?text/, 'titan-text-embeddings'],
  [/^cohere\.embed-/, 'cohere-embed'],
  [/^meta\.llama/, 'llama'],
  [/^mistral\.(mistral-7b|mixtral|mistral-large-2402|mistral-small-2402)/, 'mistral-text'],
  [/^(mistral|openai\.gpt-oss|qwen|moonshot|moonshotai|zai|minimax|nvidia|xai)\b/, 'chat-completions'],
  [/^(google\.gemma|deepseek\.v3|writer\.palmyra-vision)/, 'chat-completions'],
]

/**
 * The family of bodies that a model takes; undefined where it is not known. The model is told by its id, by that of a
 * profile, or by the ARN of one of these.
 */
export function familyOf(
  modelId: string,
  catalog: Pick<Catalog, 'model' | 'models' | 'profile'>,
  api: BatchApi = 'InvokeModel',
): BodyFamily | undefined {
  const model = modelOf(modelId, catalog)
  const facts = factsOf(model, model?.id ?? modelId)
  if (api === 'Converse') return converse(facts)
  const owner = model && OWNERS.find(([ids]) => ids.test(model.id))
  return owner && FAMILIES[owner[1]](facts)
}

/** Refuses Converse for a model that writes no text, such as one of embeddings: there it is not offered. */
export function assertApi(
  modelId: string,
  catalog: Pick<Catalog, 'model' | 'models' | 'profile'>,
  api: BatchApi | undefined,
): void {
  if (api !== 'Converse' || takesConverse(modelId, catalog)) return
  throw usageError('CONVERSE_NOT_TAKEN', `${modelId} takes no Converse records.`, {
    why: 'Converse is for models that write text.',
    hint: 'Leave --api out: the records are then bodies of the model itself.',
  })
}

/** Whether a model may be called by Converse, as far as is known: what writes no text is not. */
export function takesConverse(modelId: string, catalog: Pick<Catalog, 'model' | 'models' | 'profile'>): boolean {
  return modelOf(modelId, catalog)?.outputModalities?.includes('TEXT') ?? true
}

/** Of a model, a profile, or the ARN of one; undefined where the catalog knows none such. */
export function baseModelId(id: string, catalog: Pick<Catalog, 'model' | 'models' | 'profile'>): string | undefined {
  return modelOf(id, catalog)?.id
}

/** A family for bodies of a model that nothing is known of, or just these facts. */
export function familyById(id: FamilyId, facts = factsOf(undefined, 'the model')): BodyFamily {
  return FAMILIES[id](facts)
}

function modelOf(id: string, catalog: Pick<Catalog, 'model' | 'models' | 'profile'>): CatalogModel | undefined {
  const name = id.startsWith('arn:') ? id.slice(id.lastIndexOf('/') + 1) : id
  return catalog.profile(name)?.model ?? findModel(catalog, name)?.model
}

function factsOf(model: CatalogModel | undefined, modelId: string): ModelFacts {
  return {
    modelId,
    maxOutputTokens: model?.maxOutputTokens ?? undefined,
    takesImages: model?.inputModalities?.includes('IMAGE'),
  }
}
