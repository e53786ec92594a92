import type {JsonTape} from '../../jsonl/json-tape.js'

/** A fixed list of names that keys and values of a tape are looked up in, without decoding them. */
export class Names {
  readonly all: readonly string[]
  /** Places in the list of the names of each length. */
  readonly #byLength: readonly (readonly number[])[]

  constructor(all: readonly string[]) {
    this.all = all
    const longest = Math.max(0, ...all.map(({length}) => length))
    this.#byLength = Array.from({length: longest + 1}, (_, length) =>
      all.flatMap((name, index) => (name.length === length ? [index] : [])),
    )
  }

  /** Place of the string at `node` in the list; -1 when it is none of the names, or no string. */
  indexOf(tape: JsonTape, node: number): number {
    if (!tape.isString(node)) return -1
    if (tape.isEscaped(node)) return this.all.indexOf(tape.text(node))
    const candidates = this.#byLength[tape.end(node) - tape.start(node) - 2]
    if (candidates === undefined) return -1
    for (const index of candidates) if (tape.equals(node, this.all[index] ?? '')) return index
    return -1
  }
}
