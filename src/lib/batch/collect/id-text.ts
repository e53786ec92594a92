/**
 * The characters of a JSON string as UTF-8, so that two ways to write one id are the same. One that is no proper Unicode
 * stays as it is written: as UTF-8 it would be the same as others.
 */
export function unescaped(bytes: Buffer, start: number, end: number): Buffer {
  const text = String(JSON.parse(bytes.toString('utf8', start, end)))
  return /\p{Surrogate}/u.test(text) ? bytes.subarray(start, end) : Buffer.from(text)
}

/** Whether two JSON strings, quotation marks included, are the same id. */
export function isSameId(
  bytes: Buffer,
  start: number,
  end: number,
  other: Buffer,
  otherStart: number,
  otherEnd: number,
): boolean {
  if (bytes.compare(other, otherStart, otherEnd, start, end) === 0) return true
  return unescaped(bytes, start, end).equals(unescaped(other, otherStart, otherEnd))
}
