import type {ModelFolder} from '../../src/lib/imports/files/model-folder.js'
import type {ModelFiles} from './tiny-model.js'

/** A model folder that lies in memory; `longest` is the longest read that was asked for. */
export function memoryFolder(files: ModelFiles): ModelFolder & {longest: number} {
  const paths = [...files].map(([path, bytes]) => ({path, bytes: bytes.length}))
  const folder = {
    name: 'memory',
    kind: 'local' as const,
    longest: 0,
    list: async () => ({files: paths.sort((a, b) => (a.path < b.path ? -1 : 1)), odd: [], unseen: []}),
    async read(file: {readonly path: string}, start: number, end: number) {
      folder.longest = Math.max(folder.longest, end - start)
      return files.get(file.path)?.subarray(start, end) ?? Buffer.alloc(0)
    },
  }
  return folder
}
