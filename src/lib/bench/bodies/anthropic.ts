import type {BodyPlan, BodyPrompt} from './body-plan.js'
import {dialogueOf} from './turns.js'

/** Body of Claude by InvokeModel; the model is in the path. */
export function invokeAnthropicBody({temperature}: BodyPlan, prompt: BodyPrompt): object {
  return {anthropic_version: 'bedrock-2023-05-31', ...messages(prompt), temperature}
}

/** Body of Anthropic's Messages API. */
export function anthropicMessagesBody({model, temperature}: BodyPlan, prompt: BodyPrompt): object {
  return {model, ...messages(prompt), temperature, stream: true}
}

function messages({turns, maxTokens}: BodyPrompt): object {
  const dialogue = dialogueOf(turns)
  return {
    max_tokens: maxTokens,
    system: dialogue.system,
    messages: dialogue.turns.map(({role, text}) => ({role, content: text})),
  }
}
