import type {CustomModelFacts} from '../../../../catalog/custom-models.schema.js'
import {fileNotFound, noEndTokens, unreadableJson} from './failure-words.js'
import {tensorProblem} from './judge-tensors.js'
import {type ModelFolder, readJson, readText} from './model-folder.js'
import {unitsOf} from './model-units.js'
import {type ModelConfig, readConfig} from './read-config.js'
import {readWeights} from './read-weights.js'
import type {Tensor} from './safetensors-header.js'

/** What an import makes of a folder. */
export interface ReadModel {
  readonly architecture: string
  readonly instructSupported: boolean
  readonly chatTemplate: boolean
  readonly multimodal: boolean
  readonly customModelUnits: number
  readonly customModelUnitsVersion: string
  readonly bytes: number
}

/** Reads all of a model that an import looks at; a text says why it fails. */
export async function readModel(
  folder: ModelFolder,
  region: string,
  facts: CustomModelFacts,
): Promise<ReadModel | string> {
  const config = await readConfig(folder, region, facts)
  if (typeof config === 'string') return config
  const tensors = await readWeights(folder)
  if (typeof tensors === 'string') return tensors
  const problem = tensorProblem(tensors, config, facts) ?? (await companionProblem(folder, config))
  if (problem !== undefined) return problem
  const chatTemplate = await hasChatTemplate(folder)
  const {modelType, converse, multimodal} = config.architecture
  const bytes = storedBytes(tensors)
  return {
    architecture: modelType,
    instructSupported: converse === true && chatTemplate,
    chatTemplate,
    multimodal,
    bytes,
    ...unitsOf(bytes, modelType),
  }
}

const TOKENIZERS = ['tokenizer.json', 'tokenizer.model', 'spiece.model', 'vocab.json']
// https://docs.aws.amazon.com/bedrock/latest/userguide/invoke-imported-model.html
const GPT_OSS_ENDS = [200_002, 199_999, 200_012]

/** Read with the model where they are there. */
const COMPANIONS = [
  ...['tokenizer_config.json', 'tokenizer.json', 'vocab.json', 'added_tokens.json', 'special_tokens_map.json'],
  ...['generation_config.json', 'preprocessor_config.json', 'processor_config.json'],
]

async function companionProblem(folder: ModelFolder, {architecture}: ModelConfig): Promise<string | undefined> {
  const {files} = folder
  const filled = (name: string) => (files.get(name)?.bytes ?? 0) > 0
  if (!filled('tokenizer_config.json')) return fileNotFound(folder.uri('tokenizer_config.json'))
  if (!TOKENIZERS.some(filled)) return fileNotFound(folder.uri('tokenizer.json'))
  for (const name of COMPANIONS) {
    if (files.has(name) && !(await readJson(name, folder))) return unreadableJson(folder.uri(name))
  }
  if (architecture.modelType !== 'gpt_oss') return undefined
  const ends = [(await readJson('generation_config.json', folder))?.['eos_token_id']].flat()
  return GPT_OSS_ENDS.every((id) => ends.includes(id)) ? undefined : noEndTokens()
}

/** A file of its own counts as well as the tokenizer's settings. */
async function hasChatTemplate(folder: ModelFolder): Promise<boolean> {
  const own = (await readText('chat_template.jinja', folder).catch(() => undefined)) ?? ''
  if (own.trim() !== '') return true
  for (const name of ['chat_template.json', 'tokenizer_config.json']) {
    const template = (await readJson(name, folder))?.['chat_template']
    if (Array.isArray(template) ? template.length > 0 : typeof template === 'string' && template !== '') return true
  }
  return false
}

/** FP32 weights are kept as BF16. */
function storedBytes(tensors: ReadonlyMap<string, Tensor>): number {
  let total = 0
  for (const {dtype, bytes} of tensors.values()) total += dtype === 'F32' ? bytes / 2 : bytes
  return total
}
