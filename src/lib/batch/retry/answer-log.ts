import {createReadStream} from 'node:fs'
import {type FileHandle, open, rm} from 'node:fs/promises'
import {join} from 'node:path'
import {syncFolder} from '../../jobs/journal.js'
import {AnswerReader} from '../collect/answer-reader.js'

/** Answers that were paid and are not in S3 yet, a line each, in a file that nobody else may read. */
export interface AnswerLog {
  readonly total: number
  readonly succeeded: number
  has(recordId: string): boolean
  /** The line is on disk once this resolves; without its line feed. */
  add(line: Buffer): Promise<void>
  /** All lines. */
  read(): Promise<Buffer>
  close(): Promise<void>
}

const LINE_FEED = 0x0a

/** The file of a round in the folder of its group. */
function fileOf(folder: string, round: number): string {
  return join(folder, `answers-r${round}.jsonl`)
}

/** Opens the answers of a round to go on; a last line that was cut off is taken away. The caller holds the group. */
export async function openAnswerLog(folder: string, round: number): Promise<AnswerLog> {
  const file = fileOf(folder, round)
  const handle = await open(file, 'a', 0o600)
  try {
    await syncFolder(folder)
    const log = new OpenAnswerLog(file, handle)
    const whole = log.takeIn(await bytesOf(file))
    await handle.truncate(whole)
    return log
  } catch (cause) {
    await handle.close()
    throw cause
  }
}

/** Once they are in S3, answers are kept there alone. */
export function removeAnswerLog(folder: string, round: number): Promise<void> {
  return rm(fileOf(folder, round), {force: true})
}

class OpenAnswerLog implements AnswerLog {
  readonly #file: string
  readonly #handle: FileHandle
  readonly #reader = new AnswerReader()
  readonly #ids = new Set<string>()
  #succeeded = 0
  #last: Promise<void> = Promise.resolve()

  constructor(file: string, handle: FileHandle) {
    this.#file = file
    this.#handle = handle
  }

  get total(): number {
    return this.#ids.size
  }

  get succeeded(): number {
    return this.#succeeded
  }

  has(recordId: string): boolean {
    return this.#ids.has(recordId)
  }

  add(line: Buffer): Promise<void> {
    const whole = Buffer.concat([line, Buffer.of(LINE_FEED)])
    // One after the other; once a write failed, nothing may come after half a line.
    this.#last = this.#last.then(async () => {
      await this.#handle.appendFile(whole)
      await this.#handle.datasync()
      this.#note(line)
    })
    return this.#last
  }

  read(): Promise<Buffer> {
    return bytesOf(this.#file)
  }

  async close(): Promise<void> {
    await this.#last.catch(() => undefined)
    await this.#handle.close()
  }

  /** Returns how many bytes are whole lines. */
  takeIn(bytes: Buffer): number {
    let start = 0
    for (let end = bytes.indexOf(LINE_FEED); end !== -1; end = bytes.indexOf(LINE_FEED, start)) {
      if (!this.#note(bytes.subarray(start, end))) return start
      start = end + 1
    }
    return start
  }

  #note(line: Buffer): boolean {
    const answer = this.#reader
    if (answer.read(line, 0, line.length) !== undefined) return false
    this.#ids.add(JSON.parse(line.toString('utf8', answer.idStart, answer.idEnd)) as string)
    if (answer.succeeded) this.#succeeded += 1
    return true
  }
}

async function bytesOf(file: string): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of createReadStream(file)) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}
