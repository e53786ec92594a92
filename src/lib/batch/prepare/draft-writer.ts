import {type FileHandle, open, realpath, rename, rm} from 'node:fs/promises'
import {usageError} from '../../core/errors.js'

/** Characters that are collected before they are written. */
const PIECE = 256 * 1024

/** A file of lines that takes its name when it is whole; until then it lies beside it under another. */
export class DraftWriter {
  readonly #target: string
  readonly #draft: string
  #handle: FileHandle | undefined
  #piece = ''
  bytes = 0

  private constructor(target: string, draft: string, handle: FileHandle) {
    this.#target = target
    this.#draft = draft
    this.#handle = handle
  }

  static async open(file: string, flag: string): Promise<DraftWriter> {
    const target = await realpath(file).catch(() => file)
    const draft = `${target}.${process.pid}.tmp`
    try {
      return new DraftWriter(target, draft, await open(draft, 'w'))
    } catch (cause) {
      throw usageError('OUTPUT_NOT_WRITTEN', `${file} cannot be written.`, {
        why: cause instanceof Error ? cause.message : undefined,
        hint: `Name another file with ${flag}.`,
        cause,
      })
    }
  }

  /** To be awaited where it is a promise: so much is collected that it is written now. */
  write(line: string): Promise<void> | undefined {
    this.#piece += line
    return this.#piece.length >= PIECE ? this.#flush() : undefined
  }

  /** Gives the file its name. */
  async keep(): Promise<void> {
    await this.#flush()
    await this.#close()
    await rename(this.#draft, this.#target)
  }

  /** Leaves what was there as it is; does nothing to a file that was kept. */
  async drop(): Promise<void> {
    await this.#close()
    await rm(this.#draft, {force: true})
  }

  async #flush(): Promise<void> {
    const bytes = Buffer.from(this.#piece)
    this.#piece = ''
    this.bytes += bytes.length
    await this.#handle?.writeFile(bytes)
  }

  async #close(): Promise<void> {
    const handle = this.#handle
    this.#handle = undefined
    await handle?.close()
  }
}
