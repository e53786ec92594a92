import {isTree} from '../../../../core/is-tree.js'
import {badIndex, badShard, fileNotFound, noWeights, unreadableJson} from './failure-words.js'
import {type ModelFolder, readJson} from './model-folder.js'
import {readTensors, type Tensor} from './safetensors-header.js'

const INDEX = 'model.safetensors.index.json'
const SINGLE = 'model.safetensors'

/** The tensors of all shards by name, from their headers; a text says why the import fails. */
export async function readWeights(folder: ModelFolder): Promise<ReadonlyMap<string, Tensor> | string> {
  const shards = await shardsOf(folder)
  if (typeof shards === 'string') return shards
  const tensors = new Map<string, Tensor>()
  for (const [shard, expected] of shards) {
    const object = folder.files.get(shard)
    if (!object) return fileNotFound(folder.uri(shard))
    const found = await readTensors(object.content)
    if (typeof found === 'string') return badShard(folder.uri(shard), found)
    for (const tensor of found) tensors.set(tensor.name, tensor)
    const names = new Set(found.map(({name}) => name))
    const missing = expected.find((name) => !names.has(name))
    if (missing !== undefined) return badIndex(`places the tensor ${missing} in ${shard}, which does not have it`)
  }
  return tensors
}

type Shards = ReadonlyMap<string, readonly string[]>

/** Shards and the tensors that the index expects in each. */
async function shardsOf(folder: ModelFolder): Promise<Shards | string> {
  const {files} = folder
  if (files.has(INDEX)) {
    const index = await readJson(INDEX, folder)
    return index ? indexed(index) : unreadableJson(folder.uri(INDEX))
  }
  if (files.has(SINGLE)) return new Map([[SINGLE, []]])
  const weights = [...files.keys()].filter((name) => name.endsWith('.safetensors'))
  return weights.length === 0 ? noWeights(folder.uri('')) : fileNotFound(folder.uri(INDEX))
}

function indexed({metadata, weight_map: map}: Readonly<Record<string, unknown>>): Shards | string {
  if (!isTree(metadata)) return badIndex('has no metadata at its root')
  const unknown = Object.keys(metadata).find((key) => key !== 'total_size')
  if (unknown !== undefined) return badIndex(`has metadata that is not supported: ${unknown}`)
  if (!isTree(map) || Object.keys(map).length === 0) return badIndex('has no weight_map')
  const shards = new Map<string, string[]>()
  for (const [tensor, shard] of Object.entries(map)) {
    if (typeof shard !== 'string' || !/^[^/\\]+\.safetensors$/.test(shard)) {
      return badIndex(`places the tensor ${tensor} in no file of this folder`)
    }
    const placed = shards.get(shard)
    if (placed) placed.push(tensor)
    else shards.set(shard, [tensor])
  }
  return shards
}
