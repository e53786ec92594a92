import {didYouMean} from '../../core/closest.js'
import {fingerprintOf} from '../../jsonl/json-nodes.js'
import type {JsonTape} from '../../jsonl/json-tape.js'

/** So many names that are not in the list are remembered: those of a file are few, and the same in every line. */
const MOST_STRANGERS = 100

/** A fixed list of names that keys and values of a tape are looked up in, without decoding them. */
export class Names {
  readonly all: readonly string[]
  /** Slots of a table by fingerprint: the place of a name in the list, -1 for none. */
  readonly #slots: Int16Array
  /** Names that meet in a slot have to be looked for one by one. */
  readonly #others: readonly number[]
  readonly #meant = new Map<string, string | undefined>()

  constructor(all: readonly string[]) {
    this.all = all
    this.#slots = new Int16Array(all.length < 8 ? 32 : 256).fill(-1)
    this.#others = all.flatMap((name, index) => {
      const slot = this.#slotOf(fingerprintOfText(name))
      if (slot < 0 || this.#slots[slot] !== -1) return [index]
      this.#slots[slot] = index
      return []
    })
  }

  /** Place of the string at `node` in the list; -1 when it is none of the names, or no string. */
  indexOf(tape: JsonTape, node: number): number {
    const fingerprint = tape.fingerprint(node)
    if (fingerprint === -1) return tape.isString(node) ? this.all.indexOf(tape.text(node)) : -1
    const index = this.#slots[this.#slotOf(fingerprint)] ?? -1
    if (index >= 0 && tape.equals(node, this.all[index] ?? '')) return index
    if (this.#others.length === 0) return -1
    return this.#others.find((other) => tape.equals(node, this.all[other] ?? '')) ?? -1
  }

  /** `Did you mean system?` for a name that is not in the list; undefined when nothing is near. */
  didYouMean(name: string): string | undefined {
    if (this.#meant.has(name)) return this.#meant.get(name)
    if (this.#meant.size >= MOST_STRANGERS) this.#meant.clear()
    const meant = didYouMean(name, this.all)
    this.#meant.set(name, meant)
    return meant
  }

  #slotOf(fingerprint: number): number {
    if (fingerprint === -1) return -1
    return (Math.imul(fingerprint, 0x9e3779b1) >>> 16) & (this.#slots.length - 1)
  }
}

function fingerprintOfText(name: string): number {
  const {length} = name
  // biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII begins with them.
  if (!/^[\u0000-\u007f]+$/.test(name)) return -1
  const [first, middle, last] = [0, length >>> 1, length - 1].map((index) => name.charCodeAt(index))
  return fingerprintOf(length, first ?? 0, middle ?? 0, last ?? 0)
}
