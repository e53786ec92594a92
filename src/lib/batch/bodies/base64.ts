/** What is known of base64 text without decoding it. */
export type Base64Facts =
  | {readonly kind: 'valid'; readonly bytes: number}
  | {readonly kind: 'broken-lines'}
  | {readonly kind: 'invalid'}

const CHARACTER = 1
const SPACE = 2
const KINDS = new Uint8Array(256)
for (const byte of Buffer.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'))
  KINDS[byte] = CHARACTER
for (const byte of Buffer.from(' \t\r\n')) KINDS[byte] = SPACE
const PADDING = 0x3d

/** Base64 of the standard alphabet with padding, between `start` and `end`. */
export function judgeBase64(bytes: Buffer, start: number, end: number): Base64Facts {
  let last = end
  while (last > start && end - last < 2 && bytes[last - 1] === PADDING) last -= 1
  let spaces = false
  for (let index = start; index < last; index += 1) {
    const kind = KINDS[bytes[index] ?? 0]
    if (kind === CHARACTER) continue
    if (kind !== SPACE) return {kind: 'invalid'}
    spaces = true
  }
  if (spaces) return {kind: 'broken-lines'}
  const length = end - start
  return length % 4 === 0 && length > 0 ? {kind: 'valid', bytes: (length / 4) * 3 - (end - last)} : {kind: 'invalid'}
}
