import type {ModelFolder} from './model-folder.js'

export interface ReadCount {
  bytes: number
  /** Reads of a file or a part of one; a listing is none. */
  reads: number
}

/** The same folder; what is read of it is added up in `count`. */
export function countedFolder(folder: ModelFolder, count: ReadCount): ModelFolder {
  return {
    ...folder,
    async read(file, start, end, signal) {
      const bytes = await folder.read(file, start, end, signal)
      count.bytes += bytes.length
      count.reads += 1
      return bytes
    },
  }
}
