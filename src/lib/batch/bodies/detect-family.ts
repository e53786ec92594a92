import type {JsonTape} from '../../jsonl/json-tape.js'
import type {FamilyId} from './family.js'

/**
 * Members that some family has, or had. Where a family refuses what it does not know ("extraneous key"), one of another
 * family is refused for certain; any other name may be newer than this program.
 */
export const MEMBERS_OF_FAMILIES: ReadonlySet<string> = new Set([
  ...['anthropic_version', 'max_tokens', 'max_completion_tokens', 'max_gen_len', 'max_tokens_to_sample', 'messages'],
  ...['system', 'prompt', 'inferenceConfig', 'schemaVersion', 'toolConfig', 'additionalModelRequestFields'],
  ...['response_format', 'stop', 'stop_sequences', 'frequency_penalty', 'presence_penalty', 'image_url', 'type'],
  ...['inputText', 'inputImage', 'embeddingConfig', 'textGenerationConfig', 'texts', 'input_type', 'taskType'],
  ...['singleEmbeddingParams'],
])

/** With an article that fits. */
export const FAMILY_NAMES: Readonly<Record<FamilyId, string>> = {
  converse: 'a Converse body',
  'anthropic-messages': 'an Anthropic Messages body',
  'nova-messages': 'an Amazon Nova body',
  'nova-embeddings': 'an Amazon Nova embeddings body',
  llama: 'a Meta Llama body',
  'mistral-text': 'a Mistral text completion body',
  'chat-completions': 'a chat completion body as OpenAI has it',
  'titan-text-embeddings': 'a Titan text embeddings body',
  'titan-multimodal-embeddings': 'a Titan multimodal embeddings body',
  'cohere-embed': 'a Cohere Embed body',
}

/** Bodies that no job takes any more: their models are gone. */
const GONE: readonly (readonly [string, string])[] = [
  ['textGenerationConfig', 'a Titan text generation body'],
  ['max_tokens_to_sample', 'a text completion body of the first Claude models'],
]

const CHATS: readonly FamilyId[] = ['anthropic-messages', 'chat-completions']
const CHAT_NAME = 'a body of Anthropic Messages or of chat completion'

/** Members that only one family has. */
const SIGNS: readonly (readonly [string, FamilyId])[] = [
  ['anthropic_version', 'anthropic-messages'],
  ['singleEmbeddingParams', 'nova-embeddings'],
  ['schemaVersion', 'nova-messages'],
  ['max_gen_len', 'llama'],
  ['embeddingConfig', 'titan-multimodal-embeddings'],
  ['inputImage', 'titan-multimodal-embeddings'],
  ['input_type', 'cohere-embed'],
  ['texts', 'cohere-embed'],
  ['max_completion_tokens', 'chat-completions'],
  ['response_format', 'chat-completions'],
  ['reasoning_effort', 'chat-completions'],
  ['additionalModelRequestFields', 'converse'],
  ['guardrailConfig', 'converse'],
]

/** What a body is that is none of these families; undefined where it may be of one of them. */
export function nameOfOther(tape: JsonTape, node: number, own: readonly FamilyId[]): string | undefined {
  if (!tape.isObject(node)) return undefined
  const gone = GONE.find(([member]) => tape.member(node, member) >= 0)
  if (gone) return gone[1]
  const family = detectFamily(tape, node)
  if (family !== undefined) return own.includes(family) ? undefined : FAMILY_NAMES[family]
  return CHATS.some((one) => own.includes(one)) || !isChat(tape, node) ? undefined : CHAT_NAME
}

/** Whether messages are plain text, or blocks that say their type. */
function isChat(tape: JsonTape, body: number): boolean {
  const messages = tape.member(body, 'messages')
  if (messages < 0 || !tape.isArray(messages) || tape.size(messages) === 0) return false
  const content = tape.member(tape.first(messages), 'content')
  if (content < 0) return false
  return tape.isString(content) || (tape.isArray(content) && tape.member(tape.first(content), 'type') >= 0)
}

/** Guesses the family of a body from its members; undefined where several would do. */
export function detectFamily(tape: JsonTape, node: number): FamilyId | undefined {
  if (!tape.isObject(node)) return undefined
  for (const [member, family] of SIGNS) if (tape.member(node, member) >= 0) return family
  const messages = tape.member(node, 'messages')
  if (messages >= 0) return ofMessages(tape, node, messages)
  if (tape.member(node, 'inputText') >= 0) {
    return tape.member(node, 'textGenerationConfig') >= 0 ? undefined : 'titan-text-embeddings'
  }
  return tape.member(node, 'prompt') >= 0 && tape.member(node, 'max_tokens') >= 0 ? 'mistral-text' : undefined
}

function ofMessages(tape: JsonTape, body: number, messages: number): FamilyId | undefined {
  const config = tape.member(body, 'inferenceConfig')
  if (['max_new_tokens', 'top_p', 'top_k'].some((name) => tape.member(config, name) >= 0)) return 'nova-messages'
  if (config >= 0) return 'converse'
  if (!tape.isArray(messages)) return undefined
  const end = tape.after(messages)
  for (let message = tape.first(messages); message < end; message = tape.after(message)) {
    const role = tape.member(message, 'role')
    if (role >= 0 && ['system', 'developer', 'tool'].some((one) => tape.equals(role, one))) return 'chat-completions'
    const content = tape.member(message, 'content')
    if (content < 0 || !tape.isArray(content) || tape.size(content) === 0) continue
    const typed = tape.member(tape.first(content), 'type') >= 0
    if (!typed && tape.isObject(tape.first(content))) return 'converse'
    if (tape.member(tape.first(content), 'image_url') >= 0) return 'chat-completions'
  }
  return undefined
}
