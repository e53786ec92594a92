import type {DatasetRules, Medium} from '../datasets/dataset-rules.js'

export interface ImageBounds {
  readonly leastSide: number
  readonly mostSide: number | null
  readonly mostPixels: number | null
  /** Of the longer side to the shorter. */
  readonly mostRatio: number | null
}

export interface MediaBounds {
  readonly bytes: number | null
  /** null where nothing is published. */
  readonly image: ImageBounds | null
  readonly seconds: number | null
}

const MB = 1024 * 1024
const UNKNOWN: MediaBounds = {bytes: null, image: null, seconds: null}
const NOVA: Readonly<Record<Medium, MediaBounds>> = {
  image: {bytes: 10 * MB, image: {leastSide: 25, mostSide: null, mostPixels: null, mostRatio: null}, seconds: null},
  video: {bytes: 50 * MB, image: null, seconds: 90},
  document: {bytes: 10 * MB, image: null, seconds: null},
}

// User guide, "Prepare data for fine-tuning"; guide to Nova; whether AWS means 10^6 or 2^20 bytes is not documented, and
// the larger is taken: what is refused here is refused there.
const IMAGES: Partial<Readonly<Record<DatasetRules['family'], MediaBounds>>> = {
  llama: {bytes: 10 * MB, image: {leastSide: 10, mostSide: 8192, mostPixels: null, mostRatio: null}, seconds: null},
  'titan-image': {
    bytes: 50 * MB,
    image: {leastSide: 512, mostSide: 4096, mostPixels: 12_582_912, mostRatio: 4},
    seconds: null,
  },
  'titan-embeddings': {
    bytes: 5 * MB,
    image: {leastSide: 128, mostSide: 4096, mostPixels: 12_528_912, mostRatio: 4},
    seconds: null,
  },
}

/** How large a medium of a base may be. */
export function mediaBounds(family: DatasetRules['family'], kind: Medium): MediaBounds {
  if (family === 'nova' || family === 'nova-2') return NOVA[kind]
  return (kind === 'image' ? IMAGES[family] : undefined) ?? UNKNOWN
}
