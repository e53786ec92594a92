import type {AccountSnapshot, Entry, ReadId, Reads} from '../snapshot.schema.js'

/** The entries of a snapshot in the making. */
export class EntryLog {
  readonly #entries = new Map<ReadId, Map<string, Entry<unknown>>>()

  add(id: ReadId, entry: Entry<unknown>): void {
    const known = this.#entries.get(id) ?? new Map<string, Entry<unknown>>()
    this.#entries.set(id, known.set(entry.region, entry))
  }

  entry(id: ReadId, region: string): Entry<unknown> | undefined {
    return this.#entries.get(id)?.get(region)
  }

  of(id: ReadId): readonly Entry<unknown>[] {
    return [...(this.#entries.get(id)?.values() ?? [])]
  }

  /** In the order given, Regions by name: two snapshots of the same account are the same text. */
  toReads(order: readonly ReadId[]): Reads {
    const sorted = order.flatMap((id) => {
      const entries = this.of(id).toSorted((a, b) => (a.region < b.region ? -1 : 1))
      return entries.length === 0 ? [] : [[id, entries] as const]
    })
    return Object.fromEntries(sorted) as Reads
  }
}

/** Entries of an earlier snapshot that need not be read again: whole, and not older than asked for. */
export function keptEntry(
  previous: AccountSnapshot | undefined,
  {id, region}: {readonly id: ReadId; readonly region: string},
  oldest: number,
): Entry<unknown> | undefined {
  const entry = previous?.reads[id]?.find((one) => one.region === region)
  if (entry?.status !== 'read' || entry.gaps.length > 0) return undefined
  return Date.parse(entry.at) >= oldest ? entry : undefined
}
