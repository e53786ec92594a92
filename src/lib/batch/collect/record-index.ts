import {randomInt} from 'node:crypto'
import {IdIndex} from '../../jsonl/id-index.js'
import {unescaped} from './id-text.js'
import {OrdinalSet} from './ordinal-set.js'
import {type InputPart, type RecordReading, readRecords} from './pile.js'
import {RecordReader} from './record-reader.js'

/** The records of an input by their ids. */
export interface RecordIndex {
  readonly records: number
  /** Records without an id, for which the service makes one up: nothing can be joined to them. */
  readonly withoutId: number
  /** Records whose id an earlier one has. */
  readonly repeated: number
  /** Whether the record has an id that is its own. */
  isOwn(ordinal: number): boolean
  /**
   * The record with the id of this JSON string, quotation marks included, or -1. Ids are compared by hashes of 64 bits,
   * seeded by chance: who acts on it compares the ids.
   */
  find(bytes: Buffer, start: number, end: number, isEscaped: boolean): number
}

const MOST_SEED = 2 ** 31

/** Reads the input once; 20 bytes of memory a record at most. */
export async function indexRecords(parts: readonly InputPart[], reading: RecordReading): Promise<RecordIndex> {
  const ids = new IdIndex(randomInt(MOST_SEED))
  const reader = new RecordReader()
  const strangers = new OrdinalSet()
  let withoutId = 0
  const records = await readRecords(parts, reading, ({bytes, end, start}, ordinal) => {
    if (!reader.readId(bytes, start, end)) {
      withoutId += 1
      strangers.add(ordinal)
      return
    }
    const {idEnd, idStart, isIdEscaped} = reader
    const key = isIdEscaped ? unescaped(bytes, idStart, idEnd) : undefined
    const before = key ? ids.add(key, 0, key.length, ordinal) : ids.add(bytes, idStart + 1, idEnd - 1, ordinal)
    if (before >= 0) strangers.add(ordinal)
  })
  return {
    records,
    withoutId,
    repeated: strangers.size - withoutId,
    isOwn: (ordinal) => !strangers.has(ordinal),
    find(bytes, start, end, isEscaped) {
      if (!isEscaped) return ids.find(bytes, start + 1, end - 1)
      const key = unescaped(bytes, start, end)
      return ids.find(key, 0, key.length)
    },
  }
}
