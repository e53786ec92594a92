import {usageError} from '../core/errors.js'
import type {ByteSource} from './byte-source.js'

interface Found {
  readonly what: string
  /** How it becomes text, with FILE for its name. */
  readonly way: string
}

const SIGNATURES: readonly (readonly [bytes: readonly number[], found: Found])[] = [
  [[0xff, 0xfe], {what: 'UTF-16 text', way: 'iconv -f UTF-16 -t UTF-8 FILE > utf8.txt'}],
  [[0xfe, 0xff], {what: 'UTF-16 text', way: 'iconv -f UTF-16 -t UTF-8 FILE > utf8.txt'}],
  [[0x1f, 0x8b], {what: 'compressed with gzip', way: 'gzip -dc FILE > unpacked.txt'}],
  [[0x28, 0xb5, 0x2f, 0xfd], {what: 'compressed with Zstandard', way: 'zstd -dc FILE > unpacked.txt'}],
  [[0x42, 0x5a, 0x68], {what: 'compressed with bzip2', way: 'bzip2 -dc FILE > unpacked.txt'}],
  [[0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00], {what: 'compressed with xz', way: 'xz -dc FILE > unpacked.txt'}],
  [[0x50, 0x4b, 0x03, 0x04], {what: 'a zip archive, as Excel files are', way: 'unzip -p FILE > unpacked.txt'}],
  [
    [0x50, 0x41, 0x52, 0x31],
    {what: 'Parquet', way: 'bedrockctl batch prepare FILE --format parquet --out records.jsonl'},
  ],
]

/** So many bytes tell what a file is. */
const HEAD = 64

/** Refuses what is no UTF-8 text by its first bytes, as long as it is known what it is instead. */
export async function refuseOtherFormat(source: ByteSource, signal?: AbortSignal): Promise<void> {
  for await (const chunk of source.read({start: 0, end: Math.min(HEAD, source.bytes)}, signal)) {
    refuseOtherHead(chunk, source.name)
    return
  }
}

/** The same by the first bytes themselves. */
export function refuseOtherHead(head: Uint8Array, name: string): void {
  const found = formatOf(head) ?? wideText(head)
  if (found === undefined) return
  throw usageError('INPUT_OTHER_FORMAT', `${name} is ${found.what}, not text in UTF-8.`, {
    hint: `Convert it first: ${found.way.replace('FILE', name)}`,
  })
}

function formatOf(head: Uint8Array): Found | undefined {
  return SIGNATURES.find(([bytes]) => bytes.every((byte, index) => head[index] === byte))?.[1]
}

/** UTF-16 without a byte order mark: of ASCII letters, every other byte is zero. */
function wideText(head: Uint8Array): Found | undefined {
  const pairs = Math.floor(Math.min(head.length, HEAD) / 2)
  if (pairs < 2) return undefined
  const isZero = (offset: number, zero: boolean): boolean =>
    Array.from({length: pairs}, (_, index) => head[2 * index + offset] === 0).every((one) => one === zero)
  const order = isZero(1, true) && isZero(0, false) ? 'LE' : isZero(0, true) && isZero(1, false) ? 'BE' : undefined
  return (
    order && {what: 'UTF-16 text without a byte order mark', way: `iconv -f UTF-16${order} -t UTF-8 FILE > utf8.txt`}
  )
}
