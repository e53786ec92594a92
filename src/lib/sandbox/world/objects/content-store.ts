import {createHash} from 'node:crypto'
import {rmSync} from 'node:fs'
import {type FileHandle, mkdtemp, open, rm, unlink} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {fileBlob, memoryBlob} from './blob.js'
import {Content} from './content.js'

/** Bytes that came in, and their MD5. */
export interface Received {
  readonly content: Content
  /** Hexadecimal. */
  readonly md5: string
}

export interface ContentLimits {
  /** An object of more bytes goes to a file. */
  readonly object: number
  /** Bytes of all objects in memory; beyond them small ones go to a file too. */
  readonly total: number
}

const LIMITS: ContentLimits = {object: 256 * 1024, total: 64 * 1024 * 1024}
/** A file that was just being made may come into the folder while it is emptied. */
const RETRIES = 5
/** Socket reads are small: they are written together. */
const WRITE_BYTES = 1024 * 1024

/** Where the bytes of objects are: small ones in memory, others in files of a temporary folder made on first need. */
export class ContentStore {
  readonly #limits: ContentLimits
  #folder: Promise<string> | undefined
  #inMemory = 0
  #files = 0
  readonly #life = new AbortController()
  #atExit: (() => void) | undefined

  constructor(limits: ContentLimits = LIMITS) {
    this.#limits = limits
  }

  /** The temporary folder, once there is one. */
  folder(): Promise<string> | undefined {
    return this.#folder
  }

  /** Takes bytes as they come. Rejects with what the source throws; nothing is kept then. Not retained yet. */
  async receive(source: AsyncIterable<Uint8Array>): Promise<Received> {
    const md5 = createHash('md5')
    const pending: Uint8Array[] = []
    let waiting = 0
    let bytes = 0
    let writer: FileWriter | undefined
    try {
      for await (const chunk of source) {
        md5.update(chunk)
        pending.push(chunk)
        bytes += chunk.length
        waiting += chunk.length
        if (writer === undefined && this.#fits(bytes)) continue
        writer ??= await this.#newFile()
        if (waiting < WRITE_BYTES) continue
        await writer.write(pending.splice(0))
        waiting = 0
      }
      if (writer === undefined) return {content: this.#keep(Buffer.concat(pending, bytes)), md5: md5.digest('hex')}
      const blob = fileBlob(writer.path, bytes, await finished(writer, pending))
      return {content: Content.of(blob), md5: md5.digest('hex')}
    } catch (error) {
      await writer?.abandon()
      throw error
    }
  }

  /** Takes bytes that are in memory and are to stay there. */
  hold(bytes: Buffer): Received {
    return {content: this.#keep(bytes), md5: createHash('md5').update(bytes).digest('hex')}
  }

  /** Removes every file; what is read or written meanwhile fails. */
  async dispose(): Promise<void> {
    this.#life.abort(new Error('the sandbox was reset or closed'))
    const folder = await this.#folder
    if (this.#atExit) process.off('exit', this.#atExit)
    if (folder !== undefined) await rm(folder, {recursive: true, force: true, maxRetries: RETRIES})
  }

  #keep(bytes: Buffer): Content {
    this.#inMemory += bytes.length
    const blob = memoryBlob(bytes, () => {
      this.#inMemory -= bytes.length
    })
    return Content.of(blob)
  }

  #fits(bytes: number): boolean {
    return bytes <= this.#limits.object && this.#inMemory + bytes <= this.#limits.total
  }

  async #newFile(): Promise<FileWriter> {
    this.#life.signal.throwIfAborted()
    this.#folder ??= this.#makeFolder()
    this.#files += 1
    const name = String(this.#files)
    return FileWriter.open(join(await this.#folder, name))
  }

  async #makeFolder(): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'bedrockctl-sandbox-'))
    this.#atExit = () => rmSync(folder, {recursive: true, force: true})
    process.once('exit', this.#atExit)
    return folder
  }
}

async function finished(writer: FileWriter, rest: Uint8Array[]): Promise<() => void> {
  await writer.write(rest)
  await writer.close()
  return () => {
    unlink(writer.path).catch(() => undefined)
  }
}

const byteLength = (chunks: readonly Uint8Array[]): number => chunks.reduce((sum, {length}) => sum + length, 0)

/** One write is under way while the next bytes come in. */
class FileWriter {
  readonly path: string
  readonly #file: FileHandle
  #writing: Promise<unknown> = Promise.resolve()

  private constructor(path: string, file: FileHandle) {
    this.path = path
    this.#file = file
  }

  static async open(path: string): Promise<FileWriter> {
    return new FileWriter(path, await open(path, 'wx', 0o600))
  }

  async write(chunks: Uint8Array[]): Promise<void> {
    await this.#writing
    if (chunks.length === 0) return
    this.#writing = writeAll(this.#file, chunks)
    this.#writing.catch(() => undefined)
  }

  async close(): Promise<void> {
    await this.#writing
    await this.#file.close()
  }

  async abandon(): Promise<void> {
    await this.close().catch(() => undefined)
    await unlink(this.path).catch(() => undefined)
  }
}

/** A full disk shows as a short write. */
async function writeAll(file: FileHandle, chunks: readonly Uint8Array[]): Promise<void> {
  const {bytesWritten} = await file.writev(chunks)
  if (bytesWritten < byteLength(chunks)) throw new Error('the temporary folder took only a part of the bytes')
}
