/** How transformers names the weights of a family, and where its config.json has their sizes. */
export interface WeightLayout {
  /** Of the input embedding; any one of them. */
  readonly embedding: readonly string[]
  /** Of the output layer; any one of them. */
  readonly output: readonly string[]
  /** Of the norm behind the last layer; any one of them. */
  readonly norm: readonly string[]
  /** Whether input and output share their weights where config.json does not say. */
  readonly tied: boolean
  /** Rows of the embedding beyond vocab_size. */
  readonly extraRows: number
  readonly width: readonly string[]
  /** Beginnings of the names of layers, any one of each, and the members with their number. */
  readonly stacks: readonly {readonly prefixes: readonly string[]; readonly count: readonly string[]}[]
  /** Tensors of every layer, where their names are the same in all releases. */
  readonly layer: readonly string[] | null
}

const ATTENTION = ['q_proj', 'k_proj', 'v_proj', 'o_proj'].map((name) => `self_attn.${name}.weight`)
const DENSE = ['gate_proj', 'up_proj', 'down_proj'].map((name) => `mlp.${name}.weight`)
const NORMS = ['input_layernorm.weight', 'post_attention_layernorm.weight']
const LLAMA_LAYER = [...ATTENTION, ...DENSE, ...NORMS]

const CAUSAL: WeightLayout = {
  embedding: ['model.embed_tokens.weight'],
  output: ['lm_head.weight'],
  norm: ['model.norm.weight'],
  tied: false,
  extraRows: 0,
  width: ['hidden_size'],
  stacks: [{prefixes: ['model.layers.'], count: ['num_hidden_layers']}],
  layer: null,
}
const NESTED = 'model.language_model.'
const VISION: WeightLayout = {
  ...CAUSAL,
  embedding: ['model.embed_tokens.weight', `${NESTED}embed_tokens.weight`],
  norm: ['model.norm.weight', `${NESTED}norm.weight`],
  stacks: [{prefixes: ['model.layers.', `${NESTED}layers.`], count: ['num_hidden_layers']}],
}

/** By model_type. https://github.com/huggingface/transformers/tree/v4.51.3/src/transformers/models */
const LAYOUTS: Readonly<Record<string, WeightLayout>> = {
  llama: {...CAUSAL, layer: LLAMA_LAYER},
  mistral: {...CAUSAL, layer: LLAMA_LAYER},
  mixtral: CAUSAL,
  qwen2: {
    ...CAUSAL,
    layer: [...LLAMA_LAYER, ...['q_proj', 'k_proj', 'v_proj'].map((name) => `self_attn.${name}.bias`)],
  },
  qwen3: {...CAUSAL, layer: [...LLAMA_LAYER, 'self_attn.q_norm.weight', 'self_attn.k_norm.weight']},
  qwen3_moe: CAUSAL,
  gpt_oss: CAUSAL,
  qwen2_vl: VISION,
  qwen2_5_vl: VISION,
  mllama: {
    ...CAUSAL,
    embedding: ['language_model.model.embed_tokens.weight', `${NESTED}embed_tokens.weight`],
    output: ['language_model.lm_head.weight', 'lm_head.weight'],
    norm: ['language_model.model.norm.weight', `${NESTED}norm.weight`],
    // nn.Embedding(vocab_size + 8, …): tokens of images.
    extraRows: 8,
    stacks: [{prefixes: ['language_model.model.layers.', `${NESTED}layers.`], count: ['num_hidden_layers']}],
  },
  t5: {
    ...CAUSAL,
    embedding: ['shared.weight', 'encoder.embed_tokens.weight', 'decoder.embed_tokens.weight'],
    norm: ['decoder.final_layer_norm.weight'],
    tied: true,
    width: ['d_model'],
    stacks: [
      {prefixes: ['encoder.block.'], count: ['num_layers']},
      {prefixes: ['decoder.block.'], count: ['num_decoder_layers', 'num_layers']},
    ],
  },
  gpt_bigcode: {
    ...CAUSAL,
    embedding: ['transformer.wte.weight'],
    norm: ['transformer.ln_f.weight'],
    tied: true,
    width: ['n_embd', 'hidden_size'],
    stacks: [{prefixes: ['transformer.h.'], count: ['n_layer', 'num_hidden_layers']}],
  },
}

/** The layout of a family; undefined where it is not known. */
export function layoutOf(modelType: string | undefined): WeightLayout | undefined {
  return modelType !== undefined && Object.hasOwn(LAYOUTS, modelType) ? LAYOUTS[modelType] : undefined
}
