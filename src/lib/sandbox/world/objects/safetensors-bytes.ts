const BITS: Readonly<Record<string, number>> = {BF16: 16, F16: 16, F32: 32}
const LENGTH_BYTES = 8

/** A safetensors file of weights that are all zero, from lines such as `BF16 64x16` by the name of the tensor. */
export function safetensorsBytes(tensors: Readonly<Record<string, string>>): Buffer {
  let offset = 0
  const header: Record<string, unknown> = {__metadata__: {format: 'pt'}}
  for (const [name, line] of Object.entries(tensors)) {
    const [dtype = '', sizes = ''] = line.split(' ')
    const shape = sizes.split('x').map(Number)
    const end = offset + shape.reduce((product, size) => product * size, (BITS[dtype] ?? 0) / 8)
    header[name] = {dtype, shape, data_offsets: [offset, end]}
    offset = end
  }
  const text = Buffer.from(JSON.stringify(header))
  const padded = Buffer.concat([text, Buffer.alloc(-text.length & (LENGTH_BYTES - 1), ' ')])
  const length = Buffer.alloc(LENGTH_BYTES)
  length.writeBigUInt64LE(BigInt(padded.length))
  return Buffer.concat([length, padded, Buffer.alloc(offset)])
}
