const BITS: Readonly<Record<string, number>> = {BF16: 16, F16: 16, F32: 32}
const LENGTH_BYTES = 8

/** A safetensors file whose weights are all zero. */
export interface ZeroWeights {
  /** What lies before the weights. */
  readonly head: Buffer
  /** Of the weights. */
  readonly bytes: number
}

/** From lines such as `BF16 64x16` by the name of the tensor. */
export function zeroWeights(tensors: Readonly<Record<string, string>>): ZeroWeights {
  let bytes = 0
  const header: Record<string, unknown> = {__metadata__: {format: 'pt'}}
  for (const [name, line] of Object.entries(tensors)) {
    const [dtype = '', sizes = ''] = line.split(' ')
    const shape = sizes.split('x').map(Number)
    const end = bytes + shape.reduce((product, size) => product * size, (BITS[dtype] ?? 0) / 8)
    header[name] = {dtype, shape, data_offsets: [bytes, end]}
    bytes = end
  }
  const text = Buffer.from(JSON.stringify(header))
  const padded = Buffer.concat([text, Buffer.alloc(-text.length & (LENGTH_BYTES - 1), ' ')])
  const length = Buffer.alloc(LENGTH_BYTES)
  length.writeBigUInt64LE(BigInt(padded.length))
  return {head: Buffer.concat([length, padded]), bytes}
}
