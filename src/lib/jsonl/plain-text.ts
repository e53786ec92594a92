/** Bytes four at a time, little end first as every machine that Node runs on has them. */
export interface WordView {
  readonly bytes: Uint8Array
  readonly words: Int32Array
  /** Where the bytes start in the memory that the words are of. */
  readonly shift: number
  /** All bytes passed over, combined: bits 7 tell whether one was beyond ASCII. */
  seen: number
}

export function wordsOf(bytes: Uint8Array): WordView {
  const {buffer, byteOffset} = bytes
  return {bytes, words: new Int32Array(buffer, 0, buffer.byteLength >>> 2), shift: byteOffset, seen: 0}
}

/** The first byte from `start` on that is a quotation mark, a backslash or a control character; `end` without one. */
export function findPlainEnd(view: WordView, start: number, end: number): number {
  const {words, shift} = view
  let index = (start + shift) >>> 2
  const last = Math.min((end + shift + 3) >>> 2, words.length)
  if (index >= last) return findInTail(view, start, end)
  // Bytes of the first word that come before the start are made 0x7f: no borrow leaves them, no test finds them.
  const mask = -1 << (((start + shift) & 3) << 3)
  let word = ((words[index] ?? 0) & mask) | (0x7f7f7f7f & ~mask)
  let seen = view.seen
  for (;;) {
    // Below 0x21 after the exclusive or: control characters and the quotation mark. Zero after the other: the backslash.
    const low = word ^ 0x02020202
    const slash = word ^ 0x5c5c5c5c
    const found = (((low - 0x21212121) & ~low) | ((slash - 0x01010101) & ~slash)) & 0x80808080
    if (found !== 0) {
      // The lowest one is exact; those above it may come of a borrow.
      const lowest = found & -found
      view.seen = seen | (word & (lowest - 1))
      return Math.min((index << 2) + ((31 - Math.clz32(lowest)) >>> 3) - shift, end)
    }
    seen |= word
    index += 1
    if (index === last) break
    word = words[index] ?? 0
  }
  view.seen = seen
  return findInTail(view, (last << 2) - shift, end)
}

/** The bytes of a memory that fill no whole word. */
function findInTail({bytes}: WordView, start: number, end: number): number {
  for (let position = start; position < end; position += 1) {
    const byte = bytes[position] ?? 0
    if (byte < 0x20 || byte === 0x22 || byte === 0x5c) return position
  }
  return end
}
