import {isTree} from '../../core/is-tree.js'
import {readChat} from './chat-messages.js'
import {type ContentTexts, contentTexts, joined} from './content-texts.js'
import type {ContentPart, ConversePrompt, CountableInput, CountableMessage} from './ports.js'
import {type Sample, SampleProblem} from './sample.js'

type Tree = Readonly<Record<string, unknown>>

/** Members that hold the prompt in bodies without messages: Llama, Mistral, Titan, Cohere, and embeddings. */
const PROMPTS = ['prompt', 'inputText', 'message', 'texts', 'chat_history', 'preamble'] as const
const OUTPUTS = ['completion', 'output'] as const

/** A sample of one line's JSON; throws a SampleProblem. */
export function parseSample(value: unknown): Sample {
  if (typeof value === 'string') return promptSample(value)
  if (!isTree(value)) throw new SampleProblem('is neither text nor an object')
  const {modelInput} = value
  if (modelInput !== undefined && !isTree(modelInput)) throw new SampleProblem('modelInput must be an object')
  const sample = readBody(modelInput ?? value)
  if (sample.texts.every((text) => text.trim() === '') && sample.beyondText === 0) {
    throw new SampleProblem('holds an empty prompt')
  }
  return {...sample, output: outputOf(value)}
}

/** A prompt that is text alone. */
export function promptSample(text: string): Sample {
  if (text.trim() === '') throw new SampleProblem('holds an empty prompt')
  return converseSample({kind: 'converse', messages: [{role: 'user', content: [{text}]}]}, 0)
}

function readBody(body: Tree): Sample {
  const {messages} = body
  if (messages !== undefined && !Array.isArray(messages)) throw new SampleProblem('messages must be a list')
  if (messages === undefined) return plainBody(body)
  if (messages.length === 0) throw new SampleProblem('messages is an empty list')
  if (body['anthropic_version'] !== undefined) return invokeSample(body, messages)
  if (isConverse(messages)) return converseSample(readConverse(body, messages), 0)
  const {prompt, leftOut} = readChat(body, messages)
  return converseSample(prompt, leftOut)
}

function plainBody(body: Tree): Sample {
  const held = PROMPTS.map((name) => body[name]).filter((part) => part !== undefined)
  if (held.length === 0) throw new SampleProblem('has no prompt, messages or modelInput')
  const {prompt} = body
  if (typeof prompt === 'string' && held.length === 1) return promptSample(prompt)
  const found = joined(held.map(contentTexts))
  return sampleOf({kind: 'invoke', body}, found, {messages: 1, tools: false, leftOut: 0})
}

function invokeSample(body: Tree, messages: readonly unknown[]): Sample {
  const said = messages.map((message, index) => {
    if (isTree(message) && message['content'] !== undefined) return contentTexts(message['content'])
    throw new SampleProblem(`messages[${index}] has no content`)
  })
  const tools = Array.isArray(body['tools']) && body['tools'].length > 0
  const told = tools ? [contentTexts(JSON.stringify(body['tools']))] : []
  const found = joined([contentTexts(body['system']), ...said, ...told])
  return sampleOf({kind: 'invoke', body}, found, {messages: messages.length, tools, leftOut: 0})
}

/** Blocks of Converse have no type, those of other APIs do. */
function isConverse(messages: readonly unknown[]): boolean {
  return messages.some(
    (message) =>
      isTree(message) &&
      Array.isArray(message['content']) &&
      message['content'].some((part: unknown) => isTree(part) && part['type'] === undefined),
  )
}

function readConverse(body: Tree, messages: readonly unknown[]): ConversePrompt {
  const {system, toolConfig} = body
  return {
    kind: 'converse',
    messages: messages.map(readMessage),
    ...(system !== undefined && {system: readParts(system, 'system')}),
    ...(isTree(toolConfig) && {toolConfig}),
  }
}

function readMessage(message: unknown, index: number): CountableMessage {
  const place = `messages[${index}]`
  if (!isTree(message)) throw new SampleProblem(`${place} must be an object with role and content`)
  const {role, content} = message
  if (role !== 'user' && role !== 'assistant') throw new SampleProblem(`${place}.role must be user or assistant`)
  return {role, content: readParts(content, `${place}.content`)}
}

function readParts(value: unknown, place: string): readonly ContentPart[] {
  const parts = typeof value === 'string' ? [{text: value}] : value
  if (Array.isArray(parts) && parts.every(isTree)) return parts
  throw new SampleProblem(`${place} must be text or a list of blocks`)
}

function converseSample(prompt: ConversePrompt, leftOut: number): Sample {
  const {messages, system, toolConfig} = prompt
  const told = toolConfig === undefined ? [] : [contentTexts(JSON.stringify(toolConfig))]
  const found = joined([contentTexts(system), ...messages.map(({content}) => contentTexts(content)), ...told])
  return sampleOf(prompt, found, {messages: messages.length, tools: toolConfig !== undefined, leftOut})
}

function sampleOf(
  input: CountableInput,
  {texts, beyondText}: ContentTexts,
  rest: Pick<Sample, 'messages' | 'tools' | 'leftOut'>,
): Sample {
  return {input, texts, beyondText: beyondText + rest.leftOut, output: null, ...rest}
}

function outputOf(value: Tree): string | null {
  const name = OUTPUTS.find((one) => value[one] !== undefined && value[one] !== null)
  if (name === undefined) return null
  const output = value[name]
  if (typeof output !== 'string') throw new SampleProblem(`${name} must be text`)
  return output
}
