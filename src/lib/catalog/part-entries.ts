/** Thrown by whoever reads a part; openCatalog names the file and the remedy. */
export class DamagedPartError extends Error {}

/** An index that leads nowhere means a damaged file, never an empty answer. */
export function entryAt<Item>(table: readonly Item[], index: number): Item {
  const entry = table[index]
  if (entry === undefined) throw new DamagedPartError(`no entry ${index} in a table of ${table.length}`)
  return entry
}

/** A list that is not there means a damaged file, never an empty answer. */
export function entriesOf<Item>(list: readonly Item[] | undefined): readonly Item[] {
  if (!Array.isArray(list)) throw new DamagedPartError('a list of records is missing')
  return list
}
