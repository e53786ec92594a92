import type {SpillStore} from '../../src/lib/batch/collect/spill-store.js'

/** A spill store of memory. */
export function memoryStore(): SpillStore {
  const blocks = new Map<number, Buffer>()
  let size = 0
  return {
    write(bytes) {
      const offset = size
      blocks.set(offset, Buffer.from(bytes))
      size += bytes.length
      return offset
    },
    read(offset, into) {
      const block = blocks.get(offset)
      if (block === undefined || block.length !== into.length) throw new Error(`nothing was written at ${offset}`)
      into.set(block)
    },
    close: () => blocks.clear(),
  }
}
