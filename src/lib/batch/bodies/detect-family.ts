import type {JsonTape} from '../../jsonl/json-tape.js'
import type {FamilyId} from './family.js'

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
