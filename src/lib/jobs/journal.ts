import {type FileHandle, open, readFile} from 'node:fs/promises'
import {dirname} from 'node:path'
import {BedrockctlError, usageError} from '../core/errors.js'

/** What a journal makes of the JSON value of a line: the event, or what is wrong with it. */
export type ReadEvent<Event> = (value: unknown) => {readonly event: Event} | {readonly wrong: string}

/** Events in the order in which they happened; a line each, on disk before `append` resolves. */
export interface Journal<Event> {
  readonly events: readonly Event[]
  /** Events that are appended at the same time share one flush. */
  append(event: Event): Promise<void>
  close(): Promise<void>
}

interface Read<Event> {
  readonly events: readonly Event[]
  /** Bytes of the lines that are whole. */
  readonly whole: number
  /** The last event is whole but for its line feed. */
  readonly unended: boolean
}

/** The events of a journal as it stands, without touching it; none where there is no file. */
export async function readJournal<Event>(file: string, readEvent: ReadEvent<Event>): Promise<readonly Event[]> {
  return (await read(file, readEvent)).events
}

/**
 * Opens a journal for appending; the caller holds the lock. A last line that was cut off while it was written is taken
 * away: nobody was told that its event is kept.
 */
export async function openJournal<Event>(file: string, readEvent: ReadEvent<Event>): Promise<Journal<Event>> {
  const {events, whole, unended} = await read(file, readEvent)
  const handle = await open(file, 'a', 0o600)
  try {
    if ((await handle.stat()).size > whole) await handle.truncate(whole)
    if (unended) await handle.appendFile('\n')
    await handle.datasync()
    await syncFolder(dirname(file))
  } catch (cause) {
    await handle.close()
    throw notWritten(file, cause)
  }
  return new OpenJournal(file, handle, whole + (unended ? 1 : 0), [...events])
}

class OpenJournal<Event> implements Journal<Event> {
  readonly events: Event[]
  readonly #file: string
  readonly #handle: FileHandle
  #bytes: number
  #waiting: Event[] = []
  #flush: Promise<void> | undefined
  #broken: BedrockctlError | undefined

  constructor(file: string, handle: FileHandle, bytes: number, events: Event[]) {
    this.#file = file
    this.#handle = handle
    this.#bytes = bytes
    this.events = events
  }

  append(event: Event): Promise<void> {
    this.#waiting.push(event)
    // What arrives while a flush is under way goes with the next one.
    const before = this.#flush
    if (this.#waiting.length > 1 && before !== undefined) return before
    const flush = (before ?? Promise.resolve()).catch(() => undefined).then(() => this.#write())
    this.#flush = flush
    return flush
  }

  async close(): Promise<void> {
    await this.#flush?.catch(() => undefined)
    await this.#handle.close()
  }

  async #write(): Promise<void> {
    const batch = this.#waiting
    this.#waiting = []
    if (this.#broken) throw this.#broken
    const text = Buffer.from(batch.map((event) => `${JSON.stringify(event)}\n`).join(''))
    try {
      await this.#handle.appendFile(text)
      await this.#handle.datasync()
    } catch (cause) {
      this.#broken = notWritten(this.#file, cause)
      // Half a line would be read as a torn one; a line that was not flushed must not be believed.
      await this.#handle.truncate(this.#bytes).catch(() => undefined)
      throw this.#broken
    }
    this.#bytes += text.length
    this.events.push(...batch)
  }
}

async function read<Event>(file: string, readEvent: ReadEvent<Event>): Promise<Read<Event>> {
  const bytes = await readFile(file).catch((cause: unknown) => {
    if (codeOf(cause) === 'ENOENT') return Buffer.alloc(0)
    throw usageError('JOURNAL_UNREADABLE', `${file} cannot be read.`, {
      why: cause instanceof Error ? cause.message : undefined,
      hint: 'Check the permissions of the file and of its folder.',
      cause,
    })
  })
  const events: Event[] = []
  let start = 0
  for (let line = 1; start < bytes.length; line += 1) {
    const end = bytes.indexOf(0x0a, start)
    const found = parse(bytes.subarray(start, end === -1 ? bytes.length : end), readEvent)
    // JSON objects have no prefix that is one: what does not parse was cut off.
    if (end === -1 && found === undefined) return {events, whole: start, unended: false}
    if (found === undefined) throw damaged(file, line, 'It is no JSON.')
    if ('wrong' in found) throw damaged(file, line, found.wrong)
    events.push(found.event)
    if (end === -1) return {events, whole: bytes.length, unended: true}
    start = end + 1
  }
  return {events, whole: bytes.length, unended: false}
}

function parse<Event>(line: Uint8Array, readEvent: ReadEvent<Event>): ReturnType<ReadEvent<Event>> | undefined {
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder('utf-8', {fatal: true}).decode(line))
  } catch {
    return undefined
  }
  return readEvent(value)
}

/** Makes the name of a new file last, where the platform can. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

function damaged(file: string, line: number, why: string): BedrockctlError {
  return usageError('JOURNAL_DAMAGED', `Line ${line} of ${file} is damaged.`, {
    why,
    hint: 'A newer bedrockctl may have written it. Otherwise restore the file from a backup; do not delete the line: it says what was done.',
  })
}

function notWritten(file: string, cause: unknown): BedrockctlError {
  return new BedrockctlError('JOURNAL_NOT_WRITTEN', `${file} cannot be written.`, {
    fault: 'usage',
    why: cause instanceof Error ? cause.message : undefined,
    hint: 'Make room or correct the permissions, then run the same command again: it goes on where it was.',
    cause,
  })
}

function codeOf(cause: unknown): unknown {
  return cause instanceof Error && 'code' in cause ? cause.code : undefined
}
