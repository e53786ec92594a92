import type {HeaderFault} from './header-fault.js'

/** Bytes before the header: its length, a 64-bit number, little-endian. */
export const LENGTH_BYTES = 8
/** The format allows no header beyond (huggingface/safetensors, MAX_HEADER_SIZE). */
export const MOST_HEADER_BYTES = 100_000_000

const OPEN = 0x7b
const CLOSE = 0x7d
const SPACE = 0x20
const FORMAT = new Intl.NumberFormat('en-US')

/** How long the header of a file is, by its first nine bytes; nothing is allocated for what they claim. */
export function headerLength(
  first: Buffer,
  fileBytes: number,
): {readonly bytes: number} | {readonly fault: HeaderFault} {
  if (fileBytes < LENGTH_BYTES || first.length < LENGTH_BYTES) {
    return fault(`It has ${FORMAT.format(fileBytes)} bytes, and the length of the header alone takes ${LENGTH_BYTES}.`)
  }
  const claimed = first.readBigUInt64LE()
  if (isPlausible(claimed, fileBytes)) return {bytes: Number(claimed)}
  if (looksBigEndian(first, fileBytes)) {
    const said = 'The length of its header is written big-endian; safetensors are little-endian, the weights too.'
    return {fault: {kind: 'big-endian', said}}
  }
  if (claimed < 2n) return fault(`Its header is said to have ${claimed} bytes.`)
  const claim = `Its header is said to have ${claimed.toLocaleString('en-US')} bytes`
  return claimed > BigInt(MOST_HEADER_BYTES)
    ? fault(`${claim}; ${FORMAT.format(MOST_HEADER_BYTES)} are allowed.`)
    : fault(`${claim}, the whole file has ${FORMAT.format(fileBytes)}.`)
}

/** Turned round, the length is possible and leads from the beginning of an object to its end, as far as bytes are there. */
function looksBigEndian(first: Buffer, fileBytes: number): boolean {
  const turned = first.readBigUInt64BE()
  if (!isPlausible(turned, fileBytes) || first[LENGTH_BYTES] !== OPEN) return false
  const last = first[LENGTH_BYTES + Number(turned) - 1]
  return last === undefined || last === CLOSE || last === SPACE
}

function isPlausible(length: bigint, fileBytes: number): boolean {
  return length >= 2n && length <= BigInt(Math.min(MOST_HEADER_BYTES, fileBytes - LENGTH_BYTES))
}

function fault(said: string): {readonly fault: HeaderFault} {
  return {fault: {kind: 'length', said}}
}
