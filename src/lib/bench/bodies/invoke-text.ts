import type {BodyPlan, BodyPrompt} from './body-plan.js'
import {type Dialogue, dialogueOf} from './turns.js'

/** Body of Llama by InvokeModel: https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-meta.html */
export function llamaBody({model, temperature}: BodyPlan, {turns, maxTokens}: BodyPrompt): object {
  return {prompt: llamaPrompt(dialogueOf(turns), model), max_gen_len: maxTokens, temperature}
}

/** Body of Mistral's text models by InvokeModel: https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-mistral-text-completion.html */
export function mistralBody({temperature}: BodyPlan, {turns, maxTokens}: BodyPrompt): object {
  return {prompt: mistralPrompt(dialogueOf(turns)), max_tokens: maxTokens, temperature}
}

/** Body of DeepSeek-R1 by InvokeModel: https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-deepseek.html */
export function deepSeekBody({temperature}: BodyPlan, {turns, maxTokens}: BodyPrompt): object {
  const {system = '', turns: rest} = dialogueOf(turns)
  const said = rest.map(({role, text}) => (role === 'user' ? `<｜User｜>${text}` : `<｜Assistant｜>${text}`)).join('')
  return {prompt: `<｜begin▁of▁sentence｜>${system}${said}<｜Assistant｜><think>\n`, max_tokens: maxTokens, temperature}
}

function llamaPrompt({system, turns}: Dialogue, model: string): string {
  const [open, close, end] = model.includes('llama4')
    ? ['<|header_start|>', '<|header_end|>', '<|eot|>']
    : ['<|start_header_id|>', '<|end_header_id|>', '<|eot_id|>']
  const said = [...(system === undefined ? [] : [{role: 'system', text: system}]), ...turns]
  const parts = said.map(({role, text}) => `${open}${role}${close}\n\n${text}${end}`)
  return `<|begin_of_text|>${parts.join('')}${open}assistant${close}\n\n`
}

/** The system prompt goes before the first question. */
function mistralPrompt({system, turns}: Dialogue): string {
  const parts = turns.map(({role, text}, place) => {
    if (role === 'assistant') return ` ${text}</s>`
    return `[INST] ${place === 0 && system !== undefined ? `${system}\n\n` : ''}${text} [/INST]`
  })
  return `<s>${parts.join('')}`
}
