import {usageError} from '../../core/errors.js'
import type {ImportedModel} from '../ports.js'

/** How a request to an imported model is worded. */
export type InvokeFormat = 'converse' | 'chat-completion' | 'completion' | 'family-prompt'

export interface FormatQuestion {
  readonly model: Pick<ImportedModel, 'architecture' | 'createdAt' | 'instructSupported' | 'name'>
  /** A conversation was given, not one prompt. */
  readonly conversation: boolean
  /** As --api has it. */
  readonly api: 'invoke' | 'converse' | undefined
}

/** Models imported since then take OpenAI's formats; older ones that of their family alone (Bedrock User Guide). */
const OPEN_FORMATS_SINCE = Date.parse('2025-11-11')
/** Families whose own format is not that of Llama. */
const MISTRALS: readonly string[] = ['mistral', 'mixtral']
/** Published with a chat template that Converse does not use. */
const TEMPLATED: readonly string[] = ['gpt_oss']

/** Converse where the service says that it works; else what the model takes for a prompt or a conversation. */
export function chooseFormat({api, conversation, model}: FormatQuestion): InvokeFormat {
  const {architecture, createdAt, instructSupported, name} = model
  if (api === 'converse' || (api === undefined && instructSupported === true)) return 'converse'
  const family = architecture?.toLowerCase() ?? ''
  if (Date.parse(createdAt) < OPEN_FORMATS_SINCE) {
    if (!conversation) return MISTRALS.includes(family) ? 'completion' : 'family-prompt'
    throw usageError('FORMAT_NOT_TAKEN', `${name} takes prompts, not conversations.`, {
      why: `It was imported on ${createdAt.slice(0, 10)}: models of before 2025-11-11 take the format of their family alone.`,
      hint: 'Use --prompt, or import it again.',
    })
  }
  if (conversation) return 'chat-completion'
  return TEMPLATED.includes(family) ? 'chat-completion' : 'completion'
}
