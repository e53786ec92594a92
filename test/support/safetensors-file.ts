/** A tensor of a made-up file. Its data is as long as `bytes` says, which need not be what its shape comes to. */
export interface TinyTensor {
  readonly name: string
  readonly dtype: string
  readonly shape: readonly number[]
  readonly bytes: number
  /** Number of the shard that it is in, from 1. */
  readonly shard: number
}

const LENGTH_BYTES = 8

/** A safetensors file with tensors one behind the other. `rewrite` may say what its header is to read instead. */
export function safetensors(
  tensors: readonly TinyTensor[],
  rewrite: (header: string) => string = (header) => header,
): Buffer {
  let offset = 0
  const entries = tensors.map(({name, dtype, shape, bytes}) => {
    offset += bytes
    return [name, {dtype, shape, data_offsets: [offset - bytes, offset]}] as const
  })
  const header = Buffer.from(rewrite(JSON.stringify({__metadata__: {format: 'pt'}, ...Object.fromEntries(entries)})))
  const padded = Buffer.concat([header, Buffer.alloc(-header.length & (LENGTH_BYTES - 1), ' ')])
  return withHeaderLength(Buffer.concat([Buffer.alloc(LENGTH_BYTES), padded, weights(offset)]), BigInt(padded.length))
}

/** The same file with another header length, as `write` writes it: little-endian unless told otherwise. */
export function withHeaderLength(file: Buffer, length: bigint, order: 'little' | 'big' = 'little'): Buffer {
  const copy = Buffer.from(file)
  if (order === 'little') copy.writeBigUInt64LE(length)
  else copy.writeBigUInt64BE(length)
  return copy
}

/** Small finite numbers in bfloat16. */
function weights(bytes: number): Buffer {
  const data = Buffer.alloc(bytes)
  for (let at = 0; at + 1 < bytes; at += 2) data.writeUInt16LE(0x3c00 + ((at * 7) & 0x7f), at)
  return data
}
