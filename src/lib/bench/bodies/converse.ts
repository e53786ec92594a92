import type {BodyPlan, BodyPrompt} from './body-plan.js'
import {dialogueOf} from './turns.js'

/** Body of ConverseStream; the model is in the path. */
export function converseBody({tier, latency, temperature}: BodyPlan, {turns, maxTokens}: BodyPrompt): object {
  return {
    ...blocks(turns),
    inferenceConfig: {maxTokens, temperature},
    serviceTier: tier === 'default' ? undefined : {type: tier},
    performanceConfig: latency === 'standard' ? undefined : {latency},
  }
}

/** Body of Nova by InvokeModel: that of Converse, with tier and latency in headers. */
export function novaBody({temperature}: BodyPlan, {turns, maxTokens}: BodyPrompt): object {
  return {schemaVersion: 'messages-v1', ...blocks(turns), inferenceConfig: {maxTokens, temperature}}
}

function blocks(turns: BodyPrompt['turns']): object {
  const dialogue = dialogueOf(turns)
  return {
    messages: dialogue.turns.map(({role, text}) => ({role, content: [{text}]})),
    system: dialogue.system === undefined ? undefined : [{text: dialogue.system}],
  }
}
