import {
  BedrockRuntimeClient,
  type ContentBlock,
  CountTokensCommand,
  type CountTokensInput,
  type SystemContentBlock,
  type ToolConfiguration,
} from '@aws-sdk/client-bedrock-runtime'
import {BedrockctlError} from '../core/errors.js'
import {isTree} from '../core/is-tree.js'
import type {ContentPart, CountableInput, TokenCounter} from '../cost/tokens/ports.js'
import type {Wire} from './wire.js'

const SERVICE = 'bedrock-runtime'
/** Bedrock refuses prompts over 200,000 tokens whatever the model takes, and says how many they have. */
const TOO_LONG = /prompt is too long: (?<tokens>\d+) tokens/

export function createTokenCounter(wire: Wire): TokenCounter {
  return {
    async countTokens(region, modelId, input, signal) {
      const client = wire.client(SERVICE, region, (config) => new BedrockRuntimeClient(config))
      const command = new CountTokensCommand({modelId, input: toInput(input)})
      try {
        const {inputTokens = 0} = await wire.call(
          SERVICE,
          {action: 'bedrock:CountTokens', region},
          signal,
          (abortSignal) => client.send(command, {abortSignal}),
        )
        return inputTokens
      } catch (error) {
        const tokens = TOO_LONG.exec(error instanceof BedrockctlError ? error.message : '')?.groups?.['tokens']
        if (tokens === undefined) throw error
        return Number(tokens)
      }
    },
  }
}

// Parts come from files as they are; what Bedrock does not know of them it refuses itself, hence the casts.
function toInput(input: CountableInput): CountTokensInput {
  if (input.kind === 'invoke') return {invokeModel: {body: Buffer.from(JSON.stringify(input.body))}}
  const {messages, system, toolConfig} = input
  return {
    converse: {
      messages: messages.map(({role, content}) => ({
        role,
        content: content.map(withBytes) as unknown as ContentBlock[],
      })),
      ...(system && {system: system.map(withBytes) as unknown as SystemContentBlock[]}),
      ...(toolConfig && {toolConfig: toolConfig as unknown as ToolConfiguration}),
    },
  }
}

const MEDIA = ['image', 'document', 'video', 'audio'] as const

/** A block whose media hold bytes where the JSON has base64; also those that a tool returned. */
function withBytes(part: ContentPart): ContentPart {
  const {toolResult} = part
  if (isTree(toolResult) && Array.isArray(toolResult['content'])) {
    const content = toolResult['content'].map((inner: unknown) => (isTree(inner) ? withBytes(inner) : inner))
    return {...part, toolResult: {...toolResult, content}}
  }
  for (const kind of MEDIA) {
    const media = part[kind]
    if (!isTree(media) || !isTree(media['source'])) continue
    const {bytes} = media['source']
    if (typeof bytes !== 'string') continue
    return {...part, [kind]: {...media, source: {...media['source'], bytes: Buffer.from(bytes, 'base64')}}}
  }
  return part
}
