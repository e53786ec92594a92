import type {ModelFile} from '../files/model-folder.js'

export interface ChosenFiles {
  /** In the order in which they go up: weights first, what names them last, so that half an upload is none. */
  readonly needed: readonly ModelFile[]
  /** What stays behind. */
  readonly leftOut: readonly ModelFile[]
}

const INDEX = 'model.safetensors.index.json'
const CONFIG = 'config.json'

// Files that an import reads besides weights (Bedrock User Guide, and what Hugging Face puts beside them).
const SMALL: readonly RegExp[] = [
  /^generation_config\.json$/,
  /^tokenizer[^/]*\.json$/,
  /^tokenizer\.model$/,
  /^spiece\.model$/,
  /^vocab\.json$/,
  /^merges\.txt$/,
  /^special_tokens_map\.json$/,
  /^added_tokens\.json$/,
  /^chat_template\.(jinja|json)$/,
  /^(video_)?preprocessor_config\.json$/,
  /^processor_config\.json$/,
]

/** The files of a model that its import needs. `shards`: those of the index; undefined where there is none. */
export function neededFiles(files: readonly ModelFile[], shards: ReadonlySet<string> | undefined): ChosenFiles {
  const rankOf = ({path}: ModelFile): number | undefined => {
    if (path === CONFIG) return 3
    if (path === INDEX) return shards === undefined ? undefined : 2
    if (SMALL.some((pattern) => pattern.test(path))) return 1
    const isShard = shards === undefined ? path === 'model.safetensors' || isNumbered(path) : shards.has(path)
    return isShard ? 0 : undefined
  }
  const ranked = files.map((file) => ({file, rank: rankOf(file)}))
  const needed = ranked.flatMap(({file, rank}) => (rank === undefined ? [] : [{file, rank}]))
  return {
    needed: needed.toSorted((a, b) => a.rank - b.rank).map(({file}) => file),
    leftOut: ranked.flatMap(({file, rank}) => (rank === undefined ? [file] : [])),
  }
}

function isNumbered(path: string): boolean {
  return /^model-\d+-of-\d+\.safetensors$/.test(path)
}
