import type {Catalog} from '../../catalog/catalog.js'
import {findModel} from '../../catalog/model-lookup.js'
import type {DialectId} from '../wire/lane.js'
import type {Target} from './target.js'

type Facts = Pick<Catalog, 'model' | 'models' | 'profile'>

/** Which models answer InvokeModel in which dialect, by the ids of AWS; the first that fits. */
const FAMILIES: readonly (readonly [RegExp, DialectId])[] = [
  [/embed/, 'invoke-embedding'],
  [/^anthropic\.claude-(?!v\d|instant)/, 'invoke-anthropic'],
  [/^amazon\.nova-/, 'invoke-nova'],
  [/^meta\.llama/, 'invoke-llama'],
  [/^mistral\.(mistral-7b|mixtral|mistral-large-2402|mistral-small-2402)/, 'invoke-mistral'],
  [/^(mistral|openai|qwen|moonshot|moonshotai|zai|minimax|nvidia|xai|google\.gemma|deepseek|writer)\b/, 'invoke-chat'],
]

/** How the answers of a target come; undefined where InvokeModel of the model has no dialect that is known. */
export function dialectOf(target: Target, facts: Facts): DialectId | undefined {
  switch (target.kind) {
    case 'openai':
      return target.model !== undefined && /embed/i.test(target.model) ? 'openai-embedding' : 'openai-chat'
    case 'ollama':
      return 'ollama-chat'
    case 'imported':
    case 'provisioned':
      return target.api === 'converse' ? 'converse-stream' : 'invoke-chat'
    case 'bedrock':
      break
  }
  switch (target.api) {
    case 'converse':
      return 'converse-stream'
    case 'mantle-chat':
      return 'openai-chat'
    case 'mantle-responses':
      return 'openai-responses'
    case 'mantle-messages':
      return 'anthropic-messages'
    case 'invoke': {
      const id = baseModel(target.modelId, facts)
      return FAMILIES.find(([ids]) => ids.test(id))?.[1]
    }
  }
}

/** Which of the APIs of mantle a model answers: Anthropic's for its own, Responses where there is no chat, else chat. */
export function mantleApi(modelId: string, facts: Facts): 'mantle-chat' | 'mantle-responses' | 'mantle-messages' {
  const id = baseModel(modelId, facts)
  if (id.startsWith('anthropic.')) return 'mantle-messages'
  // AWS serves these on /openai/v1/responses alone, whatever else a list of APIs says.
  if (/^(openai\.gpt-[5-9]|google\.gemma-4|xai\.)/.test(id)) return 'mantle-responses'
  const apis = facts.model(id)?.apis ?? []
  return apis.includes('Responses') && !apis.includes('Chat Completions') ? 'mantle-responses' : 'mantle-chat'
}

/** The base model behind an id, a profile or the ARN of one; the text itself, without the word of a profile, where none is known. */
export function baseModel(id: string, facts: Facts): string {
  const name = id.startsWith('arn:') ? id.slice(id.lastIndexOf('/') + 1) : id
  const known = facts.profile(name)?.model ?? findModel(facts, name)?.model
  return known?.id ?? name.replace(/^(us|eu|apac|jp|au|ca|in|us-gov|global)\./, '')
}
