import {GLOBAL} from '../read.js'
import type {ReadId, Reads, ReadValues} from '../snapshot.schema.js'

/** The reads so far, as those see them that build on them. */
export interface KnownValues {
  /** The value of a read in a Region; undefined when it was not read. */
  value<Id extends ReadId>(id: Id, region?: string): ReadValues[Id] | undefined
  /** Every Region's value of a read. */
  values<Id extends ReadId>(id: Id): readonly {readonly region: string; readonly value: ReadValues[Id]}[]
}

export function knownValues(reads: Reads): KnownValues {
  const values = <Id extends ReadId>(id: Id) =>
    (reads[id] ?? []).flatMap((entry) =>
      entry.status === 'read' ? [{region: entry.region, value: entry.value as ReadValues[Id]}] : [],
    )
  return {
    values,
    value: (id, region = GLOBAL) => values(id).find((one) => one.region === region)?.value,
  }
}
