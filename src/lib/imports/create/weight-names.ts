import type {ModelFile, ModelFolder} from '../files/model-folder.js'
import {unsafeName, weightMapOf} from '../read/weight-map.js'

const INDEX = 'model.safetensors.index.json'
/** More than an index of the largest models has. */
const MOST_BYTES = 64 * 1024 * 1024

/** Files of weights that the index of a folder names; undefined where there is no index that can be read. */
export async function readWeightNames(
  folder: ModelFolder,
  files: readonly ModelFile[],
  signal: AbortSignal,
): Promise<ReadonlySet<string> | undefined> {
  const index = files.find(({path}) => path === INDEX)
  if (index === undefined || index.bytes > MOST_BYTES) return undefined
  const map = weightMapOf(parse(await folder.read(index, 0, index.bytes, signal)))
  return map && new Set([...map.values()].filter((name) => unsafeName(name) === undefined))
}

function parse(bytes: Buffer): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'))
    return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : undefined
  } catch {
    return undefined
  }
}
