import {type DraftFile, openDraft} from '../../jsonl/draft-file.js'

/** Characters that are collected before they are written. */
const PIECE = 256 * 1024

/** A file of lines that takes its name when it is whole. */
export class DraftWriter {
  readonly #draft: DraftFile
  #piece = ''

  private constructor(draft: DraftFile) {
    this.#draft = draft
  }

  static async open(file: string, flag: string): Promise<DraftWriter> {
    return new DraftWriter(await openDraft(file, flag))
  }

  /** To be awaited where it is a promise: so much is collected that it is written now. */
  write(line: string): Promise<void> | undefined {
    this.#piece += line
    return this.#piece.length >= PIECE ? this.#flush() : undefined
  }

  /** Writes what is left; nothing follows. */
  finish(): Promise<void> {
    return this.#flush()
  }

  /** Gives the file its name, once it is finished. */
  keep(): Promise<void> {
    return this.#draft.keep()
  }

  /** Leaves what was there as it is; does nothing to a file that was kept. */
  drop(): Promise<void> {
    return this.#draft.drop()
  }

  #flush(): Promise<void> {
    const bytes = Buffer.from(this.#piece)
    this.#piece = ''
    return this.#draft.write(bytes)
  }
}
