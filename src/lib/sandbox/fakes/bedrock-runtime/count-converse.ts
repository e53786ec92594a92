import type {
  ContentBlock,
  ConverseTokensRequest,
  DocumentBlock,
  ToolResultContentBlock,
} from '@aws-sdk/client-bedrock-runtime'
import {countText} from './count-text.js'
import {DOCUMENT_BYTES, IMAGE_TOKENS, MESSAGE_TOKENS, REQUEST_TOKENS, TOOLS_TOKENS} from './frame-tokens.js'
import {invalid} from './refusals.js'

const NO_USER =
  'A conversation must start with a user message. Try again with a conversation that starts with a user message.'

/** Tokens of a Converse request; what Converse refuses is refused here in its words. */
export function countConverse({messages = [], system = [], toolConfig}: ConverseTokensRequest): number {
  if (messages[0]?.role !== 'user') throw invalid(NO_USER)
  let count = REQUEST_TOKENS
  for (const [index, {content = []}] of messages.entries()) {
    count += MESSAGE_TOKENS
    for (const [place, block] of content.entries()) count += countBlock(block, `messages.${index}.content.${place}`)
  }
  for (const {text} of system) count += countText(text ?? '')
  const tools = toolConfig?.tools?.filter(({cachePoint}) => cachePoint === undefined)
  if (tools !== undefined) count += TOOLS_TOKENS + countText(JSON.stringify(tools))
  return count
}

function countBlock(block: ContentBlock, place: string): number {
  if (block.cachePoint !== undefined) return 0
  if (block.text !== undefined) {
    if (block.text.trim() === '') throw blank(place)
    return countText(block.text)
  }
  for (const kind of ['video', 'audio'] as const) {
    if (block[kind] !== undefined) throw invalid(`This model doesn't support the ${kind} content block.`)
  }
  if (block.toolUse !== undefined)
    return countText(`${block.toolUse.name} ${JSON.stringify(block.toolUse.input ?? {})}`)
  if (block.toolResult !== undefined) return sum(block.toolResult.content ?? [], countResult)
  return countMedia(block)
}

function countResult(block: ToolResultContentBlock): number {
  if (block.text !== undefined) return countText(block.text)
  if (block.json !== undefined) return countText(JSON.stringify(block.json))
  return countMedia(block)
}

function countMedia({
  image,
  document,
  searchResult,
  ...rest
}: Pick<ContentBlock, 'image' | 'document' | 'searchResult'>) {
  if (image !== undefined) return IMAGE_TOKENS
  if (document !== undefined) return countDocument(document)
  if (searchResult !== undefined) return countText(JSON.stringify(searchResult))
  return countText(JSON.stringify(rest))
}

function countDocument({name, source}: DocumentBlock): number {
  const texts = [name, source?.text, ...(source?.content ?? []).map(({text}) => text)]
  return sum(texts, (text) => countText(text ?? '')) + Math.ceil((source?.bytes?.length ?? 0) / DOCUMENT_BYTES)
}

function sum<Item>(items: readonly Item[], count: (item: Item) => number): number {
  return items.reduce((total, item) => total + count(item), 0)
}

function blank(place: string): Error {
  return invalid(
    `The text field in the ContentBlock object at ${place} is blank. Add text to the text field, and try again.`,
  )
}
