import {isTree} from '../../core/is-tree.js'

/** What a model answered. */
export interface ReadAnswer {
  /** null: the answer has a shape that is not known. */
  readonly text: string | null
  readonly stopReason: string | null
  readonly inputTokens: number | null
  readonly outputTokens: number | null
}

/** The text of an answer in any of the shapes that imported models have, the most likely first. */
export function readAnswer(output: Uint8Array): ReadAnswer {
  const value = parse(output)
  if (!isTree(value)) return {text: null, stopReason: null, inputTokens: null, outputTokens: null}
  const choice = first(value['choices'])
  const usage = treeOf(value['usage'])
  const text = converseText(value) ?? chatText(choice) ?? stringOf(choice['text']) ?? familyText(value)
  return {
    text: text === undefined ? null : withoutMarks(text),
    stopReason:
      stringOf(value['stopReason']) ?? stringOf(choice['finish_reason']) ?? stringOf(value['stop_reason']) ?? null,
    inputTokens:
      countOf(usage['inputTokens']) ?? countOf(usage['prompt_tokens']) ?? countOf(value['prompt_token_count']) ?? null,
    outputTokens:
      countOf(usage['outputTokens']) ??
      countOf(usage['completion_tokens']) ??
      countOf(value['generation_token_count']) ??
      null,
  }
}

type Tree = Readonly<Record<string, unknown>>

function converseText(value: Tree): string | undefined {
  const message = treeOf(treeOf(value['output'])['message'])
  const {content} = message
  if (!Array.isArray(content)) return undefined
  return content.flatMap((block: unknown) => stringOf(treeOf(block)['text']) ?? []).join('')
}

function chatText(choice: Tree): string | undefined {
  return stringOf(treeOf(choice['message'])['content'])
}

function familyText(value: Tree): string | undefined {
  return stringOf(value['generation']) ?? stringOf(value['text']) ?? stringOf(first(value['outputs'])['text'])
}

/** Marks of a chat template around an answer, which a model without one gives back. */
function withoutMarks(text: string): string {
  return text.replace(/^<\|im_start\|>assistant\n/, '').replace(/<\|im_end\|>\s*$/, '')
}

function parse(output: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(output).toString('utf8'))
  } catch {
    return undefined
  }
}

function first(value: unknown): Tree {
  return Array.isArray(value) ? treeOf(value[0]) : {}
}

function treeOf(value: unknown): Tree {
  return isTree(value) ? value : {}
}

function stringOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

function countOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined
}
