/** Text or sets that stand once and are named by their index; the order is that of the first use. */
export class Table<Item> {
  readonly items: Item[] = []
  readonly #places = new Map<string, number>()

  /** The index of an equal item, added when it is new. */
  add(item: Item): number {
    const key = JSON.stringify(item)
    const known = this.#places.get(key)
    if (known !== undefined) return known
    this.items.push(item)
    this.#places.set(key, this.items.length - 1)
    return this.items.length - 1
  }
}

/** A part as it is written: every list one element a line, so that a diff shows the records that changed. */
export function formatPart(part: Readonly<Record<string, unknown>>): string {
  const members = Object.entries(part).map(([key, value]) => `${JSON.stringify(key)}: ${formatMember(value)}`)
  return `{\n${members.join(',\n')}\n}\n`
}

function formatMember(value: unknown): string {
  if (!Array.isArray(value)) return JSON.stringify(value)
  return value.length === 0 ? '[]' : `[\n${value.map((item) => JSON.stringify(item)).join(',\n')}\n]`
}

/** Code-unit order: the same on every machine, whatever its locale. */
export function inOrder(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0
}

export function sorted(texts: Iterable<string>): string[] {
  return [...new Set(texts)].sort(inOrder)
}

/** Members of `left` that are not in `right`, sorted. */
export function difference(left: Iterable<string>, right: Iterable<string>): string[] {
  const known = new Set(right)
  return sorted(left).filter((text) => !known.has(text))
}
