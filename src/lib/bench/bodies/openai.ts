import type {BodyPlan, BodyPrompt} from './body-plan.js'
import {dialogueOf, messagesOf} from './turns.js'

/** Body of chat completions, on mantle and on servers of one's own. */
export function chatBody({model, tier, temperature, traits}: BodyPlan, {turns, maxTokens}: BodyPrompt): object {
  return {
    model,
    messages: messagesOf(dialogueOf(turns)),
    [traits.maxCompletionTokens ? 'max_completion_tokens' : 'max_tokens']: maxTokens,
    temperature,
    ignore_eos: traits.ignoreEos ? true : undefined,
    min_tokens: traits.minTokens ? maxTokens : undefined,
    service_tier: tier === 'default' ? undefined : tier,
    stream: true,
    stream_options: traits.usageOption ? {include_usage: true} : undefined,
  }
}

/** Body of chat models and imported models by InvokeModel: the model is in the path, the operation says that it streams. */
export function invokeChatBody({model, temperature}: BodyPlan, {turns, maxTokens}: BodyPrompt): object {
  const limit = model.includes('openai.') ? 'max_completion_tokens' : 'max_tokens'
  return {messages: messagesOf(dialogueOf(turns)), [limit]: maxTokens, temperature}
}

/** Body of Responses. Nothing is kept by the server. */
export function responsesBody({model, tier, temperature}: BodyPlan, {turns, maxTokens}: BodyPrompt): object {
  const dialogue = dialogueOf(turns)
  return {
    model,
    instructions: dialogue.system,
    input: dialogue.turns.map(({role, text}) => ({role, content: text})),
    max_output_tokens: maxTokens,
    temperature,
    service_tier: tier === 'default' ? undefined : tier,
    store: false,
    stream: true,
  }
}

/** Body of Ollama's /api/chat. */
export function ollamaBody({model, temperature}: BodyPlan, {turns, maxTokens}: BodyPrompt): object {
  return {
    model,
    messages: messagesOf(dialogueOf(turns)),
    stream: true,
    options: {num_predict: maxTokens, temperature},
  }
}
