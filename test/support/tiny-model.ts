import {mkdir, mkdtemp, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {dirname, join} from 'node:path'
import {safetensors, type TinyTensor} from './safetensors-file.js'

type Members = Readonly<Record<string, unknown>>

/** The files of a model, by their path below its folder. */
export type ModelFiles = ReadonlyMap<string, Buffer>

/** What is to be otherwise than in the valid model. Each thing is changed alone: nothing else is made to fit it. */
export interface TinyModelOptions {
  /** Laid over config.json; `undefined` takes a member out. */
  readonly config?: Members
  /** Laid over tokenizer_config.json. */
  readonly tokenizerConfig?: Members
  /** Laid over tokenizer.json. */
  readonly tokenizer?: Members
  /** The index as it is to be written, from the one that fits the tensors. */
  readonly index?: (index: TinyIndex) => unknown
  /** The tensors; shards and index follow them. */
  readonly tensors?: (tensors: readonly TinyTensor[]) => readonly TinyTensor[]
  /** The text of a shard's header, before it is padded to eight bytes. */
  readonly header?: (text: string, shard: string) => string
  /** Last of all, by name: other bytes, or `undefined` for no such file. */
  readonly files?: Readonly<Record<string, FileChange>>
}

type FileChange = string | Buffer | undefined | ((before: Buffer) => Buffer | string)

export interface TinyIndex {
  readonly metadata: {readonly total_size: number}
  readonly weight_map: Readonly<Record<string, string>>
}

const VOCABULARY = 64
const HIDDEN = 16
const LAYERS = 2
const HEADS = 2
const KEY_HEADS = 1
const HEAD = 8
const INNER = 32

/**
 * A valid model as Custom Model Import takes it, some 20 KB: Llama's config.json, a tokenizer with a chat template and
 * two shards with their index.
 */
export function tinyModel(options: TinyModelOptions = {}): ModelFiles {
  const tensors = (options.tensors ?? ((all) => all))(llamaTensors())
  const shards = [...new Set(tensors.map(({shard}) => shard))].sort((a, b) => a - b)
  const name = (shard: number) => `model-${digits(shard)}-of-${digits(Math.max(...shards))}.safetensors`
  const files = new Map<string, Buffer>([
    ['config.json', json(overlaid(CONFIG, options.config))],
    ['generation_config.json', json({bos_token_id: 0, eos_token_id: 4, transformers_version: '4.51.3'})],
    ['tokenizer.json', json(overlaid(tokenizer(), options.tokenizer))],
    ['tokenizer_config.json', json(overlaid(TOKENIZER_CONFIG, options.tokenizerConfig))],
  ])
  for (const shard of shards) {
    const own = tensors.filter((tensor) => tensor.shard === shard)
    files.set(
      name(shard),
      safetensors(own, (text) => options.header?.(text, name(shard)) ?? text),
    )
  }
  const index: TinyIndex = {
    metadata: {total_size: tensors.reduce((sum, {bytes}) => sum + bytes, 0)},
    weight_map: Object.fromEntries(tensors.map((tensor) => [tensor.name, name(tensor.shard)])),
  }
  files.set('model.safetensors.index.json', json((options.index ?? ((one) => one))(index)))
  for (const [path, change] of Object.entries(options.files ?? {})) applyChange(files, path, change)
  return files
}

/** Writes a model into a folder of its own and returns its path. */
export async function tinyFolder(options: TinyModelOptions = {}): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'tiny-model-'))
  for (const [path, bytes] of tinyModel(options)) {
    await mkdir(dirname(join(folder, path)), {recursive: true})
    await writeFile(join(folder, path), bytes)
  }
  return folder
}

/** Puts a model below `prefix`, which ends with a slash, by whatever way the caller has to a bucket. */
export async function putModel(
  put: (key: string, bytes: Buffer) => Promise<unknown>,
  prefix: string,
  options: TinyModelOptions = {},
): Promise<void> {
  for (const [path, bytes] of tinyModel(options)) await put(`${prefix}${path}`, bytes)
}

function applyChange(files: Map<string, Buffer>, path: string, change: FileChange): void {
  if (change === undefined) files.delete(path)
  else files.set(path, Buffer.from(typeof change === 'function' ? change(files.get(path) ?? Buffer.alloc(0)) : change))
}

const digits = (shard: number): string => String(shard).padStart(5, '0')

const json = (value: unknown): Buffer => Buffer.from(`${JSON.stringify(value, undefined, 2)}\n`)

const overlaid = (base: Members, over: Members = {}): Members => ({...base, ...over})

const CONFIG: Members = {
  architectures: ['LlamaForCausalLM'],
  attention_bias: false,
  bos_token_id: 0,
  eos_token_id: 4,
  head_dim: HEAD,
  hidden_act: 'silu',
  hidden_size: HIDDEN,
  intermediate_size: INNER,
  max_position_embeddings: 2048,
  model_type: 'llama',
  num_attention_heads: HEADS,
  num_hidden_layers: LAYERS,
  num_key_value_heads: KEY_HEADS,
  rms_norm_eps: 1e-5,
  rope_theta: 500000,
  tie_word_embeddings: false,
  torch_dtype: 'bfloat16',
  transformers_version: '4.51.3',
  use_cache: true,
  vocab_size: VOCABULARY,
}

/** The first shard holds the embedding and layer 0, the second the rest. */
function llamaTensors(): readonly TinyTensor[] {
  const tensor = (shard: number, name: string, ...shape: readonly number[]): TinyTensor => {
    const bytes = shape.reduce((product, size) => product * size, 2)
    return {name, dtype: 'BF16', shape, bytes, shard}
  }
  const layer = (shard: number, index: number) => {
    const part = (name: string, ...shape: readonly number[]) =>
      tensor(shard, `model.layers.${index}.${name}.weight`, ...shape)
    return [
      part('self_attn.q_proj', HEADS * HEAD, HIDDEN),
      part('self_attn.k_proj', KEY_HEADS * HEAD, HIDDEN),
      part('self_attn.v_proj', KEY_HEADS * HEAD, HIDDEN),
      part('self_attn.o_proj', HIDDEN, HEADS * HEAD),
      part('mlp.gate_proj', INNER, HIDDEN),
      part('mlp.up_proj', INNER, HIDDEN),
      part('mlp.down_proj', HIDDEN, INNER),
      part('input_layernorm', HIDDEN),
      part('post_attention_layernorm', HIDDEN),
    ]
  }
  return [
    tensor(1, 'model.embed_tokens.weight', VOCABULARY, HIDDEN),
    ...layer(1, 0),
    ...layer(2, 1),
    tensor(2, 'model.norm.weight', HIDDEN),
    tensor(2, 'lm_head.weight', VOCABULARY, HIDDEN),
  ]
}

const SPECIAL = ['<|begin_of_text|>', '<|end_of_text|>', '<|start_header_id|>', '<|end_header_id|>', '<|eot_id|>']
const CHAT_TEMPLATE =
  "{{ bos_token }}{% for message in messages %}{{ '<|start_header_id|>' + message['role'] + '<|end_header_id|>\\n\\n' + " +
  "message['content'] | trim + '<|eot_id|>' }}{% endfor %}{% if add_generation_prompt %}" +
  "{{ '<|start_header_id|>assistant<|end_header_id|>\\n\\n' }}{% endif %}"

const TOKENIZER_CONFIG: Members = {
  bos_token: SPECIAL[0],
  chat_template: CHAT_TEMPLATE,
  clean_up_tokenization_spaces: true,
  eos_token: SPECIAL[4],
  model_max_length: 2048,
  tokenizer_class: 'PreTrainedTokenizerFast',
}

/** Bytes that are letters of their own, and no merges: small, and whole. */
function tokenizer(): Members {
  const signs = [...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUV0123456789'].slice(
    0,
    VOCABULARY - SPECIAL.length - 2,
  )
  const vocab = Object.fromEntries([...SPECIAL, 'Ġ', 'Ċ', ...signs].map((token, id) => [token, id]))
  const flags = {single_word: false, lstrip: false, rstrip: false, normalized: false, special: true}
  const bytes = {type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true}
  return {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: SPECIAL.map((content, id) => ({id, content, ...flags})),
    normalizer: null,
    pre_tokenizer: bytes,
    post_processor: null,
    decoder: bytes,
    model: {
      type: 'BPE',
      dropout: null,
      unk_token: null,
      continuing_subword_prefix: null,
      end_of_word_suffix: null,
      fuse_unk: false,
      byte_fallback: false,
      ignore_merges: false,
      vocab,
      merges: [],
    },
  }
}
