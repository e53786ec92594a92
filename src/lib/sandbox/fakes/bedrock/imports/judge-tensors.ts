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

/** The first thing about the weights that fails an import; `undefined` when they will do. */
export function tensorProblem(tensors: Tensors, config: ModelConfig, {imports}: CustomModelFacts): string | undefined {
  return (
    typeProblem(tensors, config, imports.weightTypes) ??
    embeddingProblem(tensors, config) ??
    layerProblem(tensors, config)
  )
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
  return undefined
}
