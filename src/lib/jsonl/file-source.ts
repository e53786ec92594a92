import {closeSync, openSync, readSync, type Stats} from 'node:fs'
import {type FileHandle, open, stat} from 'node:fs/promises'
import {type BedrockctlError, usageError} from '../core/errors.js'
import type {ByteRange, ByteSource} from './byte-source.js'

const CHUNK = 1024 * 1024
/** Memory that no reading uses now: a fresh piece costs more than a read into it. */
const idle: Buffer[] = []
const MOST_IDLE = 4

export interface FileReading {
  /** Reads block the thread: for one that has nothing else to do, which the hops to other threads would only slow down. */
  readonly blocking?: boolean | undefined
}

/** A regular file that can be read. Anything else is a wrong argument, told with what to do instead. */
export async function openFileSource(path: string, {blocking = false}: FileReading = {}): Promise<ByteSource> {
  if (path === '-') throw noStream('standard input')
  const facts = await statusOf(path)
  if (facts.isDirectory()) {
    throw usageError('INPUT_IS_FOLDER', `${path} is a folder.`, {hint: 'Name one file of JSON Lines.'})
  }
  if (!facts.isFile()) throw noStream(path)
  await open(path, 'r').then(
    (handle) => handle.close(),
    (cause: unknown) => {
      throw unreadable(path, cause)
    },
  )
  return {
    name: path,
    bytes: facts.size,
    revision: `${facts.size}-${facts.mtimeMs}-${facts.ino}`,
    read: (range, signal) => (blocking ? readBlocking(path, range, signal) : readFile(path, range, signal)),
  }
}

async function* readFile(path: string, {start, end}: ByteRange, signal?: AbortSignal): AsyncGenerator<Uint8Array> {
  const handle = await open(path, 'r')
  const buffers = [takeBuffer(), takeBuffer()] as const
  let reading: Promise<Uint8Array> | undefined
  try {
    reading = readAt(handle, buffers[0], start, end)
    let position = start
    for (let turn = 1; ; turn += 1) {
      signal?.throwIfAborted()
      const chunk = await reading
      reading = undefined
      if (chunk.length === 0) return
      position += chunk.length
      // The next piece is read while this one is worked on.
      reading = readAt(handle, buffers[turn % 2 === 0 ? 0 : 1], position, end)
      yield chunk
    }
  } finally {
    await reading?.catch(() => undefined)
    if (idle.length < MOST_IDLE) idle.push(...buffers)
    await handle.close()
  }
}

async function* readBlocking(path: string, {start, end}: ByteRange, signal?: AbortSignal): AsyncGenerator<Uint8Array> {
  const file = openSync(path, 'r')
  const buffer = takeBuffer()
  try {
    for (let position = start; position < end; ) {
      signal?.throwIfAborted()
      const bytes = readSync(file, buffer, 0, Math.min(buffer.length, end - position), position)
      if (bytes === 0) return
      position += bytes
      yield buffer.subarray(0, bytes)
    }
  } finally {
    if (idle.length < MOST_IDLE) idle.push(buffer)
    closeSync(file)
  }
}

function takeBuffer(): Buffer {
  return idle.pop() ?? Buffer.allocUnsafeSlow(CHUNK)
}

/** Starts a read; whoever waits for it later gets its error, and until then it counts as handled. */
function readAt(handle: FileHandle, buffer: Buffer, position: number, end: number): Promise<Uint8Array> {
  const wanted = Math.min(buffer.length, end - position)
  if (wanted <= 0) return Promise.resolve(buffer.subarray(0, 0))
  const reading = handle.read(buffer, 0, wanted, position).then(({bytesRead}) => buffer.subarray(0, bytesRead))
  reading.catch(() => undefined)
  return reading
}

async function statusOf(path: string): Promise<Stats> {
  try {
    return await stat(path)
  } catch (cause) {
    throw unreadable(path, cause)
  }
}

function unreadable(path: string, cause: unknown): BedrockctlError {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
  if (code === 'ENOENT') {
    return usageError('INPUT_MISSING', `There is no file ${path}.`, {hint: 'Check the path.', cause})
  }
  return usageError('INPUT_UNREADABLE', `${path} cannot be read.`, {
    why: cause instanceof Error ? cause.message : undefined,
    hint: 'Check the permissions of the file and of its folder.',
    cause,
  })
}

function noStream(name: string): BedrockctlError {
  return usageError('INPUT_NOT_A_FILE', `${name} is not a regular file.`, {
    why: 'The input is read more than once and in parts, which a stream does not allow.',
    hint: 'Write it to a file first and name that file.',
  })
}
