import {isTree} from '../../core/is-tree.js'

/** What content holds: its texts, and how many of its parts are none. */
export interface ContentTexts {
  readonly texts: readonly string[]
  readonly beyondText: number
}

const NOTHING: ContentTexts = {texts: [], beyondText: 0}
/** Blocks that are instructions to the service. */
const MARKS: ReadonlySet<string> = new Set(['cachePoint'])

/** The texts of content in any of the forms models take: text, blocks of Converse, blocks with a type. */
export function contentTexts(content: unknown): ContentTexts {
  if (typeof content === 'string') return {texts: [content], beyondText: 0}
  if (Array.isArray(content)) return joined(content.map(contentTexts))
  return isTree(content) ? blockTexts(content) : NOTHING
}

export function joined(parts: readonly ContentTexts[]): ContentTexts {
  return {
    texts: parts.flatMap(({texts}) => texts),
    beyondText: parts.reduce((sum, {beyondText}) => sum + beyondText, 0),
  }
}

function blockTexts(block: Readonly<Record<string, unknown>>): ContentTexts {
  if (typeof block['text'] === 'string') return contentTexts(block['text'])
  if (typeof block['thinking'] === 'string') return contentTexts(block['thinking'])
  if (block['type'] === 'tool_result') return contentTexts(block['content'])
  if (block['type'] === 'tool_use') return asJson(block['name'], block['input'])
  return converseTexts(block)
}

function converseTexts(block: Readonly<Record<string, unknown>>): ContentTexts {
  const {toolUse, toolResult, reasoningContent, guardContent, document, json} = block
  if (isTree(toolUse)) return asJson(toolUse['name'], toolUse['input'])
  if (isTree(toolResult)) return contentTexts(toolResult['content'])
  if (isTree(reasoningContent)) return contentTexts(reasoningContent['reasoningText'])
  if (isTree(guardContent)) return contentTexts(guardContent['text'])
  if (json !== undefined) return asJson(json)
  if (isTree(document) && isTree(document['source'])) {
    const {text, content} = document['source']
    if (text !== undefined || content !== undefined) return joined([contentTexts(text), contentTexts(content)])
  }
  return Object.keys(block).every((name) => MARKS.has(name)) ? NOTHING : {texts: [], beyondText: 1}
}

function asJson(...values: readonly unknown[]): ContentTexts {
  return {texts: values.flatMap((value) => (value === undefined ? [] : [JSON.stringify(value)])), beyondText: 0}
}
