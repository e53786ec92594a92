import {isTree} from '../../../../core/is-tree.js'
import type {Content} from '../../../world/objects/content.js'

/** A tensor as the header of its file has it. */
export interface Tensor {
  readonly name: string
  readonly dtype: string
  readonly shape: readonly number[]
  readonly bytes: number
}

const LENGTH_BYTES = 8
const LONGEST_HEADER = 100_000_000
const BITS: Readonly<Record<string, number>> = {
  ...Object.fromEntries(['F64', 'I64', 'U64', 'C64'].map((dtype) => [dtype, 64])),
  ...Object.fromEntries(['F32', 'I32', 'U32'].map((dtype) => [dtype, 32])),
  ...Object.fromEntries(['F16', 'BF16', 'I16', 'U16'].map((dtype) => [dtype, 16])),
  ...Object.fromEntries(['BOOL', 'U8', 'I8'].map((dtype) => [dtype, 8])),
  ...Object.fromEntries(['F8_E5M2', 'F8_E4M3', 'F8_E8M0', 'F8_E4M3FNUZ', 'F8_E5M2FNUZ'].map((dtype) => [dtype, 8])),
  F6_E2M3: 6,
  F6_E3M2: 6,
  F4: 4,
}

/** The tensors of a file, or what is wrong with it: its header is read and nothing behind it. */
export async function readTensors(content: Content): Promise<readonly Tensor[] | string> {
  if (content.bytes < LENGTH_BYTES) return 'header too small'
  const declared = (await bytesOf(content.slice(0, LENGTH_BYTES))).readBigUInt64LE()
  if (declared > BigInt(LONGEST_HEADER)) return 'header too large'
  const length = Number(declared)
  const data = content.bytes - LENGTH_BYTES - length
  if (data < 0) return 'invalid header length'
  const header = parse(await bytesOf(content.slice(LENGTH_BYTES, LENGTH_BYTES + length)))
  if (!isTree(header) || !isMetadata(header['__metadata__'])) return 'invalid JSON in header'
  return tensorsOf(header, data)
}

/** Everything at once: for what has been found to be small. */
export async function bytesOf(content: Content): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of content.read()) chunks.push(chunk)
  return Buffer.concat(chunks)
}

function parse(bytes: Buffer): unknown {
  try {
    const text = new TextDecoder('utf-8', {fatal: true, ignoreBOM: true}).decode(bytes)
    // 64.0 and 6.4e1 are no sizes, and come out of JSON.parse as 64.
    return FRACTION.test(text) ? undefined : (JSON.parse(text) as unknown)
  } catch {
    return undefined
  }
}

const FRACTION = /"(?:shape|data_offsets)"\s*:\s*\[[^\]]*[.eE]/

const isMetadata = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  (isTree(value) && Object.values(value).every((one) => typeof one === 'string'))

interface Placed extends Tensor {
  readonly begin: number
  readonly end: number
}

function tensorsOf(header: Readonly<Record<string, unknown>>, data: number): readonly Tensor[] | string {
  const placed: Placed[] = []
  for (const [name, entry] of Object.entries(header)) {
    if (name === '__metadata__') continue
    const tensor = readEntry(name, entry)
    if (typeof tensor === 'string') return tensor
    placed.push(tensor)
  }
  placed.sort((a, b) => a.begin - b.begin || a.end - b.end)
  let covered = 0
  for (const {name, begin, end} of placed) {
    if (begin !== covered) return `invalid offset for tensor \`${name}\``
    covered = end
  }
  return covered === data ? placed : 'incomplete metadata, file not fully covered'
}

function readEntry(name: string, entry: unknown): Placed | string {
  const wrong = `invalid JSON in header: tensor \`${name}\``
  if (!isTree(entry)) return wrong
  const {dtype, shape, data_offsets: offsets} = entry
  const bits = typeof dtype === 'string' && Object.hasOwn(BITS, dtype) ? BITS[dtype] : undefined
  if (typeof dtype !== 'string' || bits === undefined || !isSizes(shape) || !isSizes(offsets)) return wrong
  const [begin, end] = offsets
  if (begin === undefined || end === undefined || offsets.length !== 2) return wrong
  const elements = shape.reduce((product, size) => product * BigInt(size), 1n)
  const bytes = end - begin
  if (elements * BigInt(bits) !== BigInt(bytes) * 8n) {
    return `invalid shape, data type, or offset for tensor \`${name}\``
  }
  return {name, dtype, shape, bytes, begin, end}
}

const isSizes = (value: unknown): value is readonly number[] =>
  Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size >= 0)
