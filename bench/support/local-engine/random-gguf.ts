import {writeFileSync} from 'node:fs'
import {draw} from '../../../test/support/truth-server/draws.js'

const EMBEDDING = 64
const FORWARD = 128
const HEADS = 4
const LAYERS = 2
const CONTEXT = 4096
const TYPES = {uint32: 4, float32: 6, string: 8, array: 9, int32: 5} as const
const ALIGNMENT = 32
const SEED = 7

/** A model of GGUF version 3: two layers of Llama with weights by chance, 0.7 MB. What it writes means nothing; how it runs is real. */
export function writeRandomGguf(file: string): void {
  const vocabulary = tokens()
  const tensors = tensorsOf(vocabulary.length)
  const meta = metadata(vocabulary)
  let offset = 0
  const infos = tensors.map(([name, shape]) => {
    const info = Buffer.concat([
      string(name),
      uint32(shape.length),
      ...shape.map((size) => uint64(size)),
      uint32(0),
      uint64(offset),
    ])
    offset += padded(elements(shape) * 4)
    return info
  })
  const head = Buffer.concat([
    Buffer.from('GGUF'),
    uint32(3),
    uint64(tensors.length),
    uint64(meta.length),
    ...meta,
    ...infos,
  ])
  const data = tensors.map(([name, shape], index) => weights(name, shape, index))
  writeFileSync(file, Buffer.concat([pad(head), ...data]))
}

/** Unknown, begin, end, each byte, and words. */
function tokens(): readonly string[] {
  const bytes = Array.from({length: 256}, (_, byte) => `<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`)
  const words = Array.from({length: 765}, (_, word) => `▁w${word.toString(36)}`)
  return ['<unk>', '<s>', '</s>', ...bytes, ...words]
}

function metadata(vocabulary: readonly string[]): readonly Buffer[] {
  const types = vocabulary.map((_, index) => (index === 0 ? 2 : index < 3 ? 3 : index < 259 ? 6 : 1))
  const number = (name: string, value: number) => Buffer.concat([string(name), uint32(TYPES.uint32), uint32(value)])
  const text = (name: string, value: string) => Buffer.concat([string(name), uint32(TYPES.string), string(value)])
  const array = (name: string, type: keyof typeof TYPES, values: readonly Buffer[]) =>
    Buffer.concat([string(name), uint32(TYPES.array), uint32(TYPES[type]), uint64(values.length), ...values])
  return [
    text('general.architecture', 'llama'),
    text('general.name', 'random'),
    number('llama.block_count', LAYERS),
    number('llama.context_length', CONTEXT),
    number('llama.embedding_length', EMBEDDING),
    number('llama.feed_forward_length', FORWARD),
    number('llama.attention.head_count', HEADS),
    number('llama.attention.head_count_kv', HEADS),
    number('llama.rope.dimension_count', EMBEDDING / HEADS),
    number('llama.vocab_size', vocabulary.length),
    Buffer.concat([string('llama.attention.layer_norm_rms_epsilon'), uint32(TYPES.float32), float32(1e-5)]),
    text('tokenizer.ggml.model', 'llama'),
    array('tokenizer.ggml.tokens', 'string', vocabulary.map(string)),
    array(
      'tokenizer.ggml.scores',
      'float32',
      vocabulary.map((_, index) => float32(-index)),
    ),
    array('tokenizer.ggml.token_type', 'int32', types.map(uint32)),
    number('tokenizer.ggml.unknown_token_id', 0),
    number('tokenizer.ggml.bos_token_id', 1),
    number('tokenizer.ggml.eos_token_id', 2),
  ]
}

type Tensor = readonly [name: string, shape: readonly number[]]

function tensorsOf(vocabulary: number): readonly Tensor[] {
  const layers = Array.from({length: LAYERS}, (_, layer): readonly Tensor[] =>
    (
      [
        ['attn_norm', [EMBEDDING]],
        ['attn_q', [EMBEDDING, EMBEDDING]],
        ['attn_k', [EMBEDDING, EMBEDDING]],
        ['attn_v', [EMBEDDING, EMBEDDING]],
        ['attn_output', [EMBEDDING, EMBEDDING]],
        ['ffn_norm', [EMBEDDING]],
        ['ffn_gate', [EMBEDDING, FORWARD]],
        ['ffn_up', [EMBEDDING, FORWARD]],
        ['ffn_down', [FORWARD, EMBEDDING]],
      ] as const
    ).map(([name, shape]) => [`blk.${layer}.${name}.weight`, shape]),
  )
  return [
    ['token_embd.weight', [EMBEDDING, vocabulary]],
    ['output_norm.weight', [EMBEDDING]],
    ['output.weight', [EMBEDDING, vocabulary]],
    ...layers.flat(),
  ]
}

function weights(name: string, shape: readonly number[], index: number): Buffer {
  const norm = name.includes('norm')
  const values = Float32Array.from({length: elements(shape)}, (_, at) => (norm ? 1 : (draw(SEED, index, at) - 0.5) / 4))
  return pad(Buffer.from(values.buffer))
}

function elements(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1)
}

function padded(length: number): number {
  return Math.ceil(length / ALIGNMENT) * ALIGNMENT
}

function pad(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.alloc(padded(bytes.length) - bytes.length)])
}

function string(value: string): Buffer {
  const bytes = Buffer.from(value)
  return Buffer.concat([uint64(bytes.length), bytes])
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}

function uint64(value: number): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64LE(BigInt(value))
  return bytes
}

function float32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeFloatLE(value)
  return bytes
}
