/** An answer put aside: a head, the JSON string of the id with its quotation marks, the JSON of answer or error. */
export const HEAD_BYTES = 16

const ID_LENGTH = 4
const VALUE_LENGTH = 8
const ROUND = 12
const SUCCEEDED = 14

/** Where an answer came from, and what it is. */
export interface EntryHead {
  readonly ordinal: number
  readonly idLength: number
  readonly valueLength: number
  readonly round: number
  readonly succeeded: boolean
}

export function writeHead(into: Buffer, {ordinal, idLength, valueLength, round, succeeded}: EntryHead): void {
  into.writeUInt32LE(ordinal, 0)
  into.writeUInt32LE(idLength, ID_LENGTH)
  into.writeUInt32LE(valueLength, VALUE_LENGTH)
  into.writeUInt16LE(round, ROUND)
  into.writeUInt16LE(succeeded ? 1 : 0, SUCCEEDED)
}

export function ordinalAt(bytes: Buffer, offset: number): number {
  return bytes.readUInt32LE(offset)
}

export function roundAt(bytes: Buffer, offset: number): number {
  return bytes.readUInt16LE(offset + ROUND)
}

export function hasSucceededAt(bytes: Buffer, offset: number): boolean {
  return bytes.readUInt16LE(offset + SUCCEEDED) === 1
}

export function valueStartAt(bytes: Buffer, offset: number): number {
  return offset + HEAD_BYTES + bytes.readUInt32LE(offset + ID_LENGTH)
}

/** Where the next entry starts. */
export function endAt(bytes: Buffer, offset: number): number {
  return valueStartAt(bytes, offset) + bytes.readUInt32LE(offset + VALUE_LENGTH)
}

/**
 * Whether an answer takes the place of another of the same record: success before failure, then the later round. Of two
 * of one round the order of their bytes decides, so that the order in which they were read does not.
 */
export function isBetter(bytes: Buffer, offset: number, than: Buffer, other: number): boolean {
  const succeeded = hasSucceededAt(bytes, offset)
  if (succeeded !== hasSucceededAt(than, other)) return succeeded
  const round = roundAt(bytes, offset)
  const otherRound = roundAt(than, other)
  if (round !== otherRound) return round > otherRound
  return bytes.compare(than, other + HEAD_BYTES, endAt(than, other), offset + HEAD_BYTES, endAt(bytes, offset)) < 0
}
