import type {CustomModelFacts} from '../../../../catalog/custom-models.schema.js'
import {badTensor} from './failure-words.js'
import type {ModelConfig} from './read-config.js'
import type {Tensor} from './safetensors-header.js'

type Tensors = ReadonlyMap<string, Tensor>

/** Buffers that are no weights. */
const BUFFER = /(inv_freq|masked_bias|attn\.bias|position_ids|num_batches_tracked)$/
/** GPT-OSS keeps its experts in four bits. */
const PACKED = /_(blocks|scales)$/

const EMBEDDINGS = [
  'model.embed_tokens.weight',
  'model.language_model.embed_tokens.weight',
  'language_model.model.embed_tokens.weight',
  'shared.weight',
  'transformer.wte.weight',
]
const MLLAMA_EXTRA_ROWS = 8

const OUTPUTS = ['lm_head.weight', 'language_model.lm_head.weight']
/** They share weights between input and output unless config.json says otherwise. */
const TIED = ['t5', 'gpt_bigcode']
const ADAPTER = /\.lora_[AB]\b|^base_model\.model\./
const LAYER = /^(?:model|language_model\.model|model\.language_model|transformer)\.(?:layers|h)\.(\d+)\./

/** The first thing about the weights that fails an import; `undefined` when they will do. */
export function tensorProblem(tensors: Tensors, config: ModelConfig, {imports}: CustomModelFacts): string | undefined {
  return (
    adapterProblem(tensors) ??
    typeProblem(tensors, config, imports.weightTypes) ??
    embeddingProblem(tensors, config) ??
    layerProblem(tensors, config) ??
    outputProblem(tensors, config) ??
    matrixProblem(tensors, config)
  )
}

function adapterProblem(tensors: Tensors): string | undefined {
  const name = [...tensors.keys()].find((one) => ADAPTER.test(one))
  return name && badTensor(name, 'is of an adapter that is not merged')
}

function typeProblem(tensors: Tensors, {architecture}: ModelConfig, taken: readonly string[]): string | undefined {
  const packed = (name: string) => architecture.quantised && PACKED.test(name)
  const odd = [...tensors.values()].find(
    ({name, dtype}) => !(taken.includes(dtype) || BUFFER.test(name) || packed(name)),
  )
  return odd && badTensor(odd.name, `has the type ${odd.dtype}; supported are ${taken.join(', ')}`)
}

function embeddingProblem(tensors: Tensors, {architecture, text}: ModelConfig): string | undefined {
  const embedding = EMBEDDINGS.map((name) => tensors.get(name)).find((tensor) => tensor !== undefined)
  if (!embedding) return badTensor(EMBEDDINGS[0] ?? '', 'is missing')
  const {vocab_size: vocabulary} = text
  const rows = typeof vocabulary === 'number' ? vocabulary : undefined
  const width = [text['hidden_size'], text['d_model'], text['n_embd']].find((size) => typeof size === 'number')
  if (width !== undefined && embedding.shape[1] !== width) {
    return badTensor(embedding.name, `is ${embedding.shape[1]} wide, config.json says ${width}`)
  }
  const extra = architecture.modelType === 'mllama' ? MLLAMA_EXTRA_ROWS : 0
  if (rows === undefined || embedding.shape[0] === rows + extra) return undefined
  return badTensor(embedding.name, `has ${embedding.shape[0]} rows, config.json has a vocab_size of ${rows}`)
}

function layerProblem(tensors: Tensors, {architecture, text}: ModelConfig): string | undefined {
  const {num_hidden_layers: layers} = text
  if (typeof layers !== 'number' || architecture.modelType === 't5') return undefined
  const seen = new Set([...tensors.keys()].map((name) => /\.(?:layers|h)\.(\d+)\./.exec(name)?.[1]))
  for (let layer = 0; layer < layers; layer++) {
    if (!seen.has(String(layer))) return badTensor(`of layer ${layer}`, 'is missing')
  }
  const beyond = [...tensors.keys()].find((name) => Number(LAYER.exec(name)?.[1] ?? -1) >= layers)
  return beyond && badTensor(beyond, `is beyond the ${layers} layers of config.json`)
}

function outputProblem(tensors: Tensors, {architecture, members, text}: ModelConfig): string | undefined {
  const {modelType} = architecture
  const tied = members['tie_word_embeddings'] ?? text['tie_word_embeddings'] ?? TIED.includes(modelType)
  const output = OUTPUTS.map((name) => tensors.get(name)).find((tensor) => tensor !== undefined)
  if (!output) return tied === true ? undefined : badTensor(OUTPUTS[0] ?? '', 'is missing')
  const {vocab_size: vocabulary} = text
  if (typeof vocabulary !== 'number' || output.shape[0] === vocabulary) return undefined
  return badTensor(output.name, `has ${output.shape[0]} rows, config.json has a vocab_size of ${vocabulary}`)
}

/** Families whose layers are all built alike. */
const UNIFORM = ['llama', 'mistral', 'qwen2', 'qwen3']

/** Attention and feed-forward of every layer, and the norm behind the last one. */
function matrixProblem(tensors: Tensors, {architecture, text}: ModelConfig): string | undefined {
  const {num_hidden_layers: layers} = text
  if (typeof layers !== 'number' || !UNIFORM.includes(architecture.modelType)) return undefined
  for (const [part, shape] of Object.entries(matrixShapes(text))) {
    for (let layer = 0; layer < layers; layer++) {
      const name = `model.layers.${layer}.${part}.weight`
      const found = tensors.get(name)
      if (!found) return badTensor(name, 'is missing')
      if (shape.some((size, index) => size !== undefined && found.shape[index] !== size)) {
        return badTensor(name, `is ${found.shape.join('x')}, config.json makes it ${shape.join('x')}`)
      }
    }
  }
  return tensors.has('model.norm.weight') ? undefined : badTensor('model.norm.weight', 'is missing')
}

type Shape = readonly [number | undefined, number | undefined]

/** Sizes that config.json does not say are `undefined`. */
function matrixShapes(text: ModelConfig['text']): Readonly<Record<string, Shape>> {
  const size = (name: string): number | undefined => {
    const value = text[name]
    return typeof value === 'number' ? value : undefined
  }
  const [width, inner, heads] = [size('hidden_size'), size('intermediate_size'), size('num_attention_heads')]
  const head = size('head_dim') ?? (width !== undefined && heads !== undefined ? width / heads : undefined)
  const all = (count: number | undefined) => (count !== undefined && head !== undefined ? count * head : undefined)
  const keys = all(size('num_key_value_heads') ?? heads)
  return {
    'self_attn.q_proj': [all(heads), width],
    'self_attn.k_proj': [keys, width],
    'self_attn.v_proj': [keys, width],
    'self_attn.o_proj': [width, all(heads)],
    'mlp.gate_proj': [inner, width],
    'mlp.up_proj': [inner, width],
    'mlp.down_proj': [width, inner],
  }
}
