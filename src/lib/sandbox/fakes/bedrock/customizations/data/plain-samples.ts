import {isTree} from '../../../../../core/is-tree.js'
import {type Sample, type SampleReader, spoken} from './sample.js'

/** `{"prompt": …, "completion": …}` and nothing else. */
export const promptCompletion: SampleReader = (row) => {
  const {prompt, completion} = row
  const input = spoken(prompt)
  const output = spoken(completion)
  if (input === undefined || output === undefined || Object.keys(row).length > 2) return PAIR
  return {input, output, media: []}
}

const PAIR = `must follow '{"prompt": "<input text>", "completion": "<output text>"}' format`

/** `{"input": …}`: text to go on with. */
export const plainText: SampleReader = (row) => {
  const input = spoken(row['input'])
  return input === undefined || Object.keys(row).length > 1
    ? `must follow '{"input": "<input text>"}' format`
    : {input, output: '', media: []}
}

/** `{"image-ref": …, "caption": …}`. */
export const imageCaption: SampleReader = (row) => {
  const {'image-ref': image, caption} = row
  if (typeof image !== 'string' || !image.startsWith('s3://') || typeof caption !== 'string') {
    return `must follow '{"image-ref": "<S3 URI>", "caption": "<text>"}' format`
  }
  return {input: caption, output: '', media: [image]}
}

/** Claude's: texts of user and assistant in turn, the assistant last. */
export const claudeMessages: SampleReader = ({system, messages}) => {
  const turns = textTurns(messages)
  if (typeof turns === 'string') return turns
  const roles = turns.map(({role}) => role)
  if (system !== undefined && typeof system !== 'string') return 'system must be a text'
  if (roles.some((role, index) => role !== (index % 2 === 0 ? 'user' : 'assistant'))) {
    return "messages must alternate between 'user' and 'assistant' roles, starting with 'user'"
  }
  return roles.at(-1) === 'assistant' ? sampleOf(turns, system) : "the last message must be from 'assistant'"
}

/** Prompts of a reinforcement, as OpenAI shapes messages: whatever else a line holds is the grader's. */
export const gradedPrompt: SampleReader = ({messages}) => {
  const turns = textTurns(messages)
  if (typeof turns === 'string') return turns
  if (turns.findLastIndex(({role}) => role === 'system') > 0) return "a message of 'system' must be the first"
  return turns.some(({role}) => role === 'user') ? sampleOf(turns, undefined) : "messages must hold one of 'user'"
}

interface Turn {
  readonly role: string
  readonly text: string
}

const ROLES = new Set(['system', 'user', 'assistant'])

function textTurns(messages: unknown): readonly Turn[] | string {
  if (!Array.isArray(messages) || messages.length === 0) return 'messages must be a list that is not empty'
  const turns: Turn[] = []
  for (const [index, message] of messages.entries()) {
    const role: unknown = isTree(message) ? message['role'] : undefined
    const text = isTree(message) ? spoken(message['content']) : undefined
    if (typeof role !== 'string' || !ROLES.has(role)) return `messages[${index}].role is not known`
    if (text === undefined) return `messages[${index}].content must be a text that is not empty`
    turns.push({role, text})
  }
  return turns
}

function sampleOf(turns: readonly Turn[], system: unknown): Sample {
  const of = (answer: boolean) => turns.filter(({role}) => (role === 'assistant') === answer).map(({text}) => text)
  const before = typeof system === 'string' ? [system] : []
  return {input: [...before, ...of(false)].join('\n'), output: of(true).join('\n'), media: []}
}
