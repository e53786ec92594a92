import type {JsonTape} from './json-tape.js'

/** Bytes from `start` up to, but not including, `end` are replaced. */
export interface ByteEdit {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** Takes a member out of its object, with the comma that parts it from its neighbour. */
export function memberRemoval(tape: JsonTape, object: number, key: number): ByteEdit {
  const next = tape.after(key + 1)
  if (next < tape.after(object)) return {start: tape.start(key), end: tape.start(next), text: ''}
  const before = lastBefore(tape, object, key)
  return {start: before < 0 ? tape.start(key) : tape.end(before), end: tape.end(key + 1), text: ''}
}

/** Takes an item out of its list; undefined for the only one, which would leave an empty list. */
export function itemRemoval(tape: JsonTape, list: number, item: number): ByteEdit | undefined {
  if (tape.size(list) < 2) return undefined
  const next = tape.after(item)
  if (next < tape.after(list)) return {start: tape.start(item), end: tape.start(next), text: ''}
  let before = tape.first(list)
  while (tape.after(before) < item) before = tape.after(before)
  return {start: tape.end(before), end: tape.end(item), text: ''}
}

/** Puts a member before the others; its value is JSON. */
export function memberInsertion(tape: JsonTape, object: number, name: string, value: string): ByteEdit {
  const start = tape.start(object) + 1
  return {start, end: start, text: `${JSON.stringify(name)}:${value}${tape.size(object) > 0 ? ',' : ''}`}
}

/** The value of the member before; -1 for the first. */
function lastBefore(tape: JsonTape, object: number, key: number): number {
  let found = -1
  for (let each = tape.first(object); each < key; each = tape.after(each + 1)) found = each + 1
  return found
}
