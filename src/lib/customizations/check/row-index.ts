import {IdIndex} from '../../jsonl/id-index.js'
import type {Row} from '../datasets/row.js'

/** What a row has in common with one before it, by hashes of 64 bits. */
export interface Repeat {
  /** `row`: all of it; `prompt`: all but the answer. */
  readonly what: 'row' | 'prompt'
  /** Of the row before. */
  readonly ordinal: number
}

/** Finds rows and prompts that came before, of all files of one check: about 40 bytes a row. */
export class RowIndex {
  readonly #rows = new IdIndex()
  readonly #prompts = new IdIndex()

  /** Adds a row; what it repeats, if anything. Ordinals are below 2^32 - 1. */
  add(row: Row, ordinal: number): Repeat | undefined {
    if (!row.hasHash || row.isDropped) return undefined
    const [high, low] = row.hash
    const same = this.#rows.addHash(high, low, ordinal)
    const asked = row.hasPrompt ? this.#prompts.addHash(row.prompt[0], row.prompt[1], ordinal) : -1
    if (same >= 0) return {what: 'row', ordinal: same}
    return asked >= 0 ? {what: 'prompt', ordinal: asked} : undefined
  }
}
