import type {BodyPlan, BodyPrompt} from './body-plan.js'

/** Body of OpenAI's embeddings. */
export function embeddingBody({model}: BodyPlan, prompt: BodyPrompt): object {
  return {model, input: textOf(prompt), encoding_format: 'float'}
}

/** Body of an embedding model by InvokeModel, by the model's id: each provider has its own. */
export function invokeEmbeddingBody({model}: BodyPlan, prompt: BodyPrompt): object {
  const text = textOf(prompt)
  if (model.includes('cohere.embed')) return {texts: [text], input_type: 'search_document'}
  if (model.includes('twelvelabs.')) return {inputType: 'text', inputText: text}
  if (!model.includes('amazon.nova')) return {inputText: text}
  const params = {embeddingPurpose: 'GENERIC_INDEX', text: {truncationMode: 'END', value: text}}
  return {taskType: 'SINGLE_EMBEDDING', singleEmbeddingParams: params}
}

function textOf({turns}: BodyPrompt): string {
  return turns.map(({text}) => text).join('\n\n')
}
