import type {CustomModelFacts, ImportArchitecture} from '../../../../catalog/custom-models.schema.js'
import {isTree} from '../../../../core/is-tree.js'
import {
  fileNotFound,
  quantized,
  tooLarge,
  unreadableJson,
  unsupportedArchitecture,
  wrongClass,
} from './failure-words.js'
import {type ModelFolder, readJson} from './model-folder.js'

type Members = Readonly<Record<string, unknown>>

/** What config.json says of a model that is taken here. */
export interface ModelConfig {
  readonly architecture: ImportArchitecture
  readonly members: Members
  /** Those of its text part, where it has parts. */
  readonly text: Members
}

/** The first thing that an import does; a text says why it fails. */
export async function readConfig(
  folder: ModelFolder,
  region: string,
  {imports}: CustomModelFacts,
): Promise<ModelConfig | string> {
  if (!folder.files.has('config.json')) return fileNotFound(folder.uri('config.json'))
  const members = await readJson('config.json', folder)
  if (!members) return unreadableJson(folder.uri('config.json'))
  const taken = imports.architectures.filter(({regions}) => regions === null || regions.includes(region))
  const modelType = String(members['model_type'] ?? '')
  const sameType = taken.filter((one) => one.modelType === modelType)
  if (sameType.length === 0) {
    const supported = [...new Set(taken.map((one) => one.modelType))]
    return unsupportedArchitecture(modelType, supported)
  }
  const className = String([members['architectures']].flat()[0] ?? '')
  const architecture = sameType.find((one) => one.className === className)
  if (!architecture) return wrongClass(className, modelType)
  const text = members['text_config']
  const config = {architecture, members, text: isTree(text) ? text : members}
  return quantizationProblem(config) ?? sizeProblem(folder, architecture, imports) ?? config
}

/** Of the files that hold weights. */
export function weightBytes({files}: ModelFolder): number {
  return [...files].reduce((sum, [name, {bytes}]) => sum + (name.endsWith('.safetensors') ? bytes : 0), 0)
}

function quantizationProblem({architecture, members}: ModelConfig): string | undefined {
  const {quantization_config: quantization} = members
  if (!isTree(quantization)) return undefined
  const method = String(quantization['quant_method'] ?? 'unknown')
  return architecture.quantised && method === 'mxfp4' ? undefined : quantized(method)
}

function sizeProblem(
  folder: ModelFolder,
  {multimodal}: ImportArchitecture,
  {textBytes, multimodalBytes}: CustomModelFacts['imports'],
): string | undefined {
  const bytes = weightBytes(folder)
  const limit = multimodal ? multimodalBytes : textBytes
  return bytes >= limit ? tooLarge(bytes, limit) : undefined
}
