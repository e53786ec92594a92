const SKIP = 64
const PADDING = 0x3d
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** Value of a character by its byte; 64 for bytes that are none. */
const VALUES = new Uint8Array(256).fill(SKIP)
for (let value = 0; value < ALPHABET.length; value++) VALUES[ALPHABET.charCodeAt(value)] = value

/** Decodes base64 with its padding into `target`; how many bytes that makes, -1 where it is no such base64 or too long. */
export function decodeBase64(bytes: Uint8Array, from: number, to: number, target: Uint8Array): number {
  const length = to - from
  if (length === 0 || length % 4 !== 0 || (length / 4) * 3 > target.length) return -1
  const padding = bytes[to - 1] !== PADDING ? 0 : bytes[to - 2] !== PADDING ? 1 : 2
  const stop = padding === 0 ? to : to - 4
  let at = 0
  for (let place = from; place < stop; place += 4) {
    const quad = quadAt(bytes, place)
    if (quad === -1) return -1
    target[at] = quad >> 16
    target[at + 1] = (quad >> 8) & 255
    target[at + 2] = quad & 255
    at += 3
  }
  return padding === 0 ? at : decodeLast(bytes, stop, padding, target, at)
}

function quadAt(bytes: Uint8Array, place: number): number {
  const a = VALUES[bytes[place] as number] as number
  const b = VALUES[bytes[place + 1] as number] as number
  const c = VALUES[bytes[place + 2] as number] as number
  const d = VALUES[bytes[place + 3] as number] as number
  return ((a | b | c | d) & SKIP) === 0 ? (a << 18) | (b << 12) | (c << 6) | d : -1
}

function decodeLast(bytes: Uint8Array, place: number, padding: number, target: Uint8Array, at: number): number {
  const a = VALUES[bytes[place] as number] as number
  const b = VALUES[bytes[place + 1] as number] as number
  const c = padding === 2 ? 0 : (VALUES[bytes[place + 2] as number] as number)
  if (((a | b | c) & SKIP) !== 0) return -1
  target[at] = (a << 2) | (b >> 4)
  if (padding === 2) return at + 1
  target[at + 1] = ((b & 15) << 4) | (c >> 2)
  return at + 2
}
