import {type FileHandle, open} from 'node:fs/promises'

/** Bytes that never change, in memory or in a file. Whoever keeps one retains it; the last to let go frees it. */
export interface Blob {
  readonly bytes: number
  retain(): void
  release(): void
  /** From `start` up to, not including, `end`. Retain it for as long as the chunks are wanted. */
  read(start: number, end: number): AsyncIterable<Buffer>
}

/** `free` is called once nobody needs the bytes any more. */
export function memoryBlob(whole: Buffer, free: () => void): Blob {
  return {
    bytes: whole.length,
    ...counted(free),
    async *read(start, end) {
      if (end > start) yield whole.subarray(start, end)
    },
  }
}

/** Zeros, as many as one likes: they take no memory. */
export function zeroBlob(bytes: number): Blob {
  return {
    bytes,
    ...counted(() => undefined),
    async *read(start, end) {
      for (let at = start; at < end; at += READ_BYTES) yield Buffer.alloc(Math.min(READ_BYTES, end - at))
    },
  }
}

/** `remove` is called once nobody needs the file any more. */
export function fileBlob(path: string, bytes: number, remove: () => void): Blob {
  return {bytes, ...counted(remove), read: (start, end) => readFile(path, start, end)}
}

function counted(free: () => void): Pick<Blob, 'retain' | 'release'> {
  let holders = 0
  return {
    retain() {
      holders += 1
    },
    release() {
      holders -= 1
      if (holders === 0) free()
    },
  }
}

const READ_BYTES = 512 * 1024

async function* readFile(path: string, start: number, end: number): AsyncIterable<Buffer> {
  if (end <= start) return
  const file = await open(path, 'r')
  try {
    let next: Promise<Buffer> | undefined = readAt(file, start, end)
    for (let at = start; next !== undefined; ) {
      const chunk: Buffer = await next
      if (chunk.length === 0) throw new Error(`${path} ends before byte ${end}`)
      at += chunk.length
      // The disk works while the caller does.
      next = at < end ? settledLater(readAt(file, at, end)) : undefined
      yield chunk
    }
  } finally {
    await file.close()
  }
}

/** A failure that nobody waits for any more is none. */
function settledLater(reading: Promise<Buffer>): Promise<Buffer> {
  reading.catch(() => undefined)
  return reading
}

async function readAt(file: FileHandle, position: number, end: number): Promise<Buffer> {
  const length = Math.min(READ_BYTES, end - position)
  const {buffer, bytesRead} = await file.read(Buffer.allocUnsafe(length), 0, length, position)
  return buffer.subarray(0, bytesRead)
}
