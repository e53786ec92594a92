import {isTree} from '../../core/is-tree.js'

/** What a model answered to one record, as far as it could be read. */
export interface Answer {
  readonly text: string | undefined
  /** In the words of the model: `end_turn`, `stop`, `length`. */
  readonly stopReason: string | undefined
  readonly inputTokens: number | undefined
  readonly outputTokens: number | undefined
  /** One vector for each text or image of the record. */
  readonly embeddings: readonly (readonly number[])[] | undefined
}

export const NO_ANSWER: Answer = {
  text: undefined,
  stopReason: undefined,
  inputTokens: undefined,
  outputTokens: undefined,
  embeddings: undefined,
}

type Tree = Readonly<Record<string, unknown>>

export function treeAt(value: unknown, ...path: readonly (string | number)[]): Tree {
  const found = at(value, ...path)
  return isTree(found) ? found : {}
}

export function listAt(value: unknown, ...path: readonly (string | number)[]): readonly unknown[] {
  const found = at(value, ...path)
  return Array.isArray(found) ? found : []
}

export function textAt(value: unknown, ...path: readonly (string | number)[]): string | undefined {
  const found = at(value, ...path)
  return typeof found === 'string' ? found : undefined
}

export function numberAt(value: unknown, ...path: readonly (string | number)[]): number | undefined {
  const found = at(value, ...path)
  return typeof found === 'number' ? found : undefined
}

/** The texts of blocks, joined; undefined where there is none. A member that is null is not there. */
export function textOfBlocks(blocks: readonly unknown[]): string | undefined {
  const texts = blocks.flatMap((block) => textAt(block, 'text') ?? [])
  return texts.length === 0 ? undefined : texts.join('')
}

/** A sum of what is known; undefined when nothing of it is. */
export function sumOf(...counts: readonly (number | undefined)[]): number | undefined {
  const known = counts.filter((count) => count !== undefined)
  return known.length === 0 ? undefined : known.reduce((sum, count) => sum + count, 0)
}

/** A list of numbers, if that is what it is. */
export function vectorOf(value: unknown): readonly number[] | undefined {
  return Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === 'number') ? value : undefined
}

function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((inner, step) => {
    if (typeof step === 'number') return Array.isArray(inner) ? inner[step] : undefined
    return isTree(inner) && Object.hasOwn(inner, step) ? inner[step] : undefined
  }, value)
}
