import type {DialectId} from '../wire/lane.js'
import {anthropicMessagesBody, invokeAnthropicBody} from './anthropic.js'
import type {BodyPlan, BodyPrompt} from './body-plan.js'
import {converseBody, novaBody} from './converse.js'
import {embeddingBody, invokeEmbeddingBody} from './embedding.js'
import {deepSeekBody, llamaBody, mistralBody} from './invoke-text.js'
import {chatBody, invokeChatBody, ollamaBody, responsesBody} from './openai.js'

const BODIES: Readonly<Record<DialectId, (plan: BodyPlan, prompt: BodyPrompt) => object>> = {
  'converse-stream': converseBody,
  'invoke-anthropic': invokeAnthropicBody,
  'invoke-nova': novaBody,
  'invoke-llama': llamaBody,
  'invoke-mistral': mistralBody,
  'invoke-chat': (plan, prompt) =>
    plan.model.includes('deepseek.r1') ? deepSeekBody(plan, prompt) : invokeChatBody(plan, prompt),
  'openai-chat': chatBody,
  'openai-responses': responsesBody,
  'anthropic-messages': anthropicMessagesBody,
  'ollama-chat': ollamaBody,
  'invoke-embedding': invokeEmbeddingBody,
  'openai-embedding': embeddingBody,
}

/**
 * Bytes of the body of one request in the words of a target. ASCII letters and digits of a prompt stay as they are, so the
 * place of a nonce can be looked for in them.
 */
export function requestBody(plan: BodyPlan, prompt: BodyPrompt): Buffer {
  return Buffer.from(JSON.stringify(BODIES[plan.dialect](plan, prompt)))
}
