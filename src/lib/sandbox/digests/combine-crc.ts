/** A reflected CRC: its width in bits and its polynomial. */
interface CrcKind {
  readonly width: number
  readonly polynomial: bigint
}

const KINDS = {
  CRC32: {width: 32, polynomial: 0xedb88320n},
  CRC32C: {width: 32, polynomial: 0x82f63b78n},
  CRC64NVME: {width: 64, polynomial: 0x9a6c9329ac4bc9b5n},
} as const satisfies Readonly<Record<string, CrcKind>>

export type CombinableCrc = keyof typeof KINDS

export const isCombinable = (algorithm: string): algorithm is CombinableCrc => Object.hasOwn(KINDS, algorithm)

export interface CrcOf {
  /** Big-endian. */
  readonly digest: Buffer
  /** How many bytes it is of. */
  readonly bytes: number
}

/** The CRC of all the stretches one after another, from the CRC of each. */
export function combineCrcs(algorithm: CombinableCrc, parts: readonly CrcOf[]): Buffer {
  const kind = KINDS[algorithm]
  // Parts of an upload are all of one length, but the last.
  const shifts = new Map<number, bigint>()
  let crc = 0n
  for (const {digest, bytes} of parts) {
    const shift = shifts.get(bytes) ?? powerOfX(kind, BigInt(bytes) * 8n)
    shifts.set(bytes, shift)
    crc = multiply(kind, shift, crc) ^ toBigInt(digest)
  }
  return Buffer.from(crc.toString(16).padStart(kind.width / 4, '0'), 'hex')
}

const toBigInt = (digest: Buffer): bigint => BigInt(`0x${digest.toString('hex')}`)

/** x to the power of `exponent`, modulo the polynomial; bits reflected, as in the CRC itself. */
function powerOfX(kind: CrcKind, exponent: bigint): bigint {
  const one = 1n << BigInt(kind.width - 1)
  let result = one
  let square = one >> 1n
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = multiply(kind, square, result)
    square = multiply(kind, square, square)
  }
  return result
}

function multiply({width, polynomial}: CrcKind, a: bigint, b: bigint): bigint {
  let product = 0n
  let shifted = b
  for (let bit = 1n << BigInt(width - 1); bit > 0n; bit >>= 1n) {
    if (a & bit) product ^= shifted
    shifted = shifted & 1n ? (shifted >> 1n) ^ polynomial : shifted >> 1n
  }
  return product
}
