import type {ByteSource} from './byte-source.js'
import {ByteWriter} from './byte-writer.js'
import type {DraftFile} from './draft-file.js'
import type {Line} from './line-cutter.js'

export interface CopyCounts {
  readonly file: string
  readonly lines: number
  readonly bytes: number
}

/** A file that grows line by line. */
export class LineCopy {
  readonly #file: string
  readonly #writer: ByteWriter
  readonly #draft: DraftFile
  #lines = 0
  #longBytes = 0

  constructor(file: string, draft: DraftFile) {
    this.#file = file
    this.#draft = draft
    this.#writer = new ByteWriter(draft)
  }

  /** The line with its byte order mark and what ends it. */
  putRaw({bytes, start, end, ending, hasMark}: Line): void {
    this.#lines += 1
    this.#writer.put(bytes, hasMark ? start - 3 : start, end + ending.length)
  }

  /** A text that becomes a line. */
  putText(text: Buffer): void {
    this.#lines += 1
    this.#writer.put(text)
    this.#writer.put(LINE_FEED)
  }

  async putRange(source: ByteSource, start: number, end: number, signal?: AbortSignal): Promise<void> {
    this.#lines += 1
    this.#longBytes += end - start
    for await (const chunk of source.read({start, end}, signal)) await this.#draft.write(chunk)
  }

  flush(): Promise<void> {
    return this.#writer.flush()
  }

  counts(): CopyCounts {
    return {file: this.#file, lines: this.#lines, bytes: this.#writer.bytes + this.#longBytes}
  }
}

const LINE_FEED = Buffer.from('\n')
