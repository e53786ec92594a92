import {closeSync, mkdirSync, openSync, truncateSync, writeFileSync, writeSync} from 'node:fs'
import {join} from 'node:path'

/** Name, type and shape of the tensors of each shard. */
type Shards = readonly (readonly {readonly name: string; readonly shape: readonly number[]}[])[]

interface LargeModel {
  readonly shards: Shards
  /** The small files of the model, by name. */
  readonly files: Readonly<Record<string, string>>
}

const SHARDS = 80
const BYTES = 2
const VOCABULARY = 128_256
const HIDDEN = 8192
const KEYS = 1024
const TOKENIZER_BYTES = 9e6

/** A model of some 198 GB in 80 shards: dense as Llama, or of many small experts, which has long headers. */
export function largeModel(kind: 'dense' | 'experts'): LargeModel {
  const [layers, inner, experts] = kind === 'dense' ? [113, 28_672, 0] : [94, 272, 128]
  const tensors = [
    {name: 'model.embed_tokens.weight', shape: [VOCABULARY, HIDDEN]},
    ...Array.from({length: layers}, (_, layer) => layerOf(layer, inner, experts)).flat(),
    {name: 'model.norm.weight', shape: [HIDDEN]},
    {name: 'lm_head.weight', shape: [VOCABULARY, HIDDEN]},
  ]
  const start = (shard: number) => Math.floor((shard * tensors.length) / SHARDS)
  const shards = Array.from({length: SHARDS}, (_, shard) => tensors.slice(start(shard), start(shard + 1)))
  const weightMap = Object.fromEntries(shards.flatMap((own, shard) => own.map(({name}) => [name, shardName(shard)])))
  const config = {
    architectures: [kind === 'dense' ? 'LlamaForCausalLM' : 'Qwen3MoeForCausalLM'],
    model_type: kind === 'dense' ? 'llama' : 'qwen3_moe',
    ...{vocab_size: VOCABULARY, hidden_size: HIDDEN, num_hidden_layers: layers, intermediate_size: inner},
    ...{num_attention_heads: 64, num_key_value_heads: 8, head_dim: 128, max_position_embeddings: 131_072},
    ...{tie_word_embeddings: false, torch_dtype: 'bfloat16', transformers_version: '4.51.3'},
  }
  const total = tensors.reduce((sum, {shape}) => sum + bytesOf(shape), 0)
  return {
    shards,
    files: {
      'config.json': JSON.stringify(config),
      'generation_config.json': '{}',
      'model.safetensors.index.json': JSON.stringify({metadata: {total_size: total}, weight_map: weightMap}),
      'tokenizer.json': tokenizer(),
      'tokenizer_config.json': JSON.stringify({
        chat_template: '{{ messages }}',
        tokenizer_class: 'PreTrainedTokenizerFast',
      }),
    },
  }
}

export function shardName(shard: number): string {
  return `model-${String(shard + 1).padStart(5, '0')}-of-${String(SHARDS).padStart(5, '0')}.safetensors`
}

/** Writes the model with holes in place of its weights: they take no room. Returns its bytes. */
export function writeSparse(folder: string, {files, shards}: LargeModel): number {
  mkdirSync(folder, {recursive: true})
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  return shards.reduce((sum, tensors, shard) => {
    const path = join(folder, shardName(shard))
    let offset = 0
    const entries = tensors.map(({name, shape}) => {
      const begin = offset
      offset += bytesOf(shape)
      return [name, {dtype: 'BF16', shape, data_offsets: [begin, offset]}]
    })
    const text = JSON.stringify(Object.fromEntries(entries))
    const header = Buffer.from(text.padEnd(Math.ceil(text.length / 8) * 8))
    const length = Buffer.alloc(8)
    length.writeBigUInt64LE(BigInt(header.length))
    const file = openSync(path, 'w')
    writeSync(file, Buffer.concat([length, header]))
    closeSync(file)
    truncateSync(path, 8 + header.length + offset)
    return sum + offset
  }, 0)
}

/** A scenario of the sandbox with the model in a bucket, in the Region us-east-1. */
export function largeScenario(bucket: string, {files, shards}: LargeModel): string {
  const objects = [
    ...Object.entries(files).map(([key, content]) => ({key: `model/${key}`, content})),
    ...shards.map((tensors, shard) => ({
      key: `model/${shardName(shard)}`,
      content: {tensors: Object.fromEntries(tensors.map(({name, shape}) => [name, `BF16 ${shape.join('x')}`]))},
    })),
  ]
  const keys = [{accessKeyId: 'AKIASANDBOX000000001', secretAccessKey: 'secret', user: 'sandbox'}]
  const regions = {'us-east-1': {buckets: [{name: bucket, createdOn: '2025-01-10', objects}]}}
  const account = {
    id: '111122223333',
    name: 'bench',
    createdOn: '2024-05-14',
    keys,
    bearerToken: 'ABSKsandbox',
    regions,
  }
  return JSON.stringify({
    description: 'a large model',
    accounts: [{...account, access: {agreements: 'accepted', useCaseForm: true}}],
  })
}

function layerOf(layer: number, inner: number, experts: number) {
  const part = (name: string, ...shape: readonly number[]) => ({name: `model.layers.${layer}.${name}.weight`, shape})
  const feed = (name: string) => [
    part(`${name}gate_proj`, inner, HIDDEN),
    part(`${name}up_proj`, inner, HIDDEN),
    part(`${name}down_proj`, HIDDEN, inner),
  ]
  return [
    part('self_attn.q_proj', HIDDEN, HIDDEN),
    part('self_attn.k_proj', KEYS, HIDDEN),
    part('self_attn.v_proj', KEYS, HIDDEN),
    part('self_attn.o_proj', HIDDEN, HIDDEN),
    part('input_layernorm', HIDDEN),
    part('post_attention_layernorm', HIDDEN),
    ...(experts === 0 ? feed('mlp.') : Array.from({length: experts}, (_, n) => feed(`mlp.experts.${n}.`)).flat()),
  ]
}

function tokenizer(): string {
  const vocab = Object.fromEntries(Array.from({length: VOCABULARY}, (_, id) => [`token-number-${id}`, id]))
  const merges: string[] = []
  for (let bytes = VOCABULARY * 28; bytes < TOKENIZER_BYTES; bytes += 25) merges.push(`left-${bytes} right-${bytes}`)
  return JSON.stringify({version: '1.0', added_tokens: [], model: {type: 'BPE', vocab, merges}})
}

function bytesOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, BYTES)
}
