import {isTree} from '../../../../core/is-tree.js'
import type {Body} from '../../bedrock/answers/family.js'

/** The texts of a request that a guardrail looks at: what is marked as guarded, else what the messages say. */
export function guardedTexts(request: Body): readonly string[] {
  const {messages, system, prompt, inputText} = request
  const spoken = blocksIn(messages)
  const marked = [...blocksIn([{content: system}]), ...spoken].flatMap(markedText)
  if (marked.length > 0) return marked
  const plain = [prompt, inputText].filter((text) => typeof text === 'string')
  return [...plain, ...spoken.flatMap(({text}) => (typeof text === 'string' ? [text] : []))]
}

function blocksIn(messages: unknown): readonly Body[] {
  const all = Array.isArray(messages) ? messages.filter(isTree) : []
  return all.flatMap(({content}) => {
    if (typeof content === 'string') return [{text: content}]
    return Array.isArray(content) ? content.filter(isTree) : []
  })
}

function markedText({guardContent}: Body): readonly string[] {
  const inner = isTree(guardContent) ? guardContent['text'] : undefined
  return isTree(inner) && typeof inner['text'] === 'string' ? [inner['text']] : []
}
