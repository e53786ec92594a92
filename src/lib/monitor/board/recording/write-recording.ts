import {createHash} from 'node:crypto'
import {closeSync, openSync, rmSync, statSync, writeSync} from 'node:fs'
import {usageError} from '../../../core/errors.js'
import type {SamplerEvent} from '../sampler/sampler-event.js'
import {feedKey} from '../topics.js'
import type {RecordedLine, RecordingHead} from './recording.schema.js'

/** A file that what the board is told is written to, one line at a time. */
export interface Recorder {
  add(event: SamplerEvent, atMs: number): void
  close(): void
}

/** Names, ids and amounts of an account: for its user alone. */
const MODE = 0o600

/**
 * Begins a recording, in place of what the file held. Each line is with the operating system before the next is told,
 * so that a board that is killed leaves whole lines. A disk that is full ends the recording, not the board: `onTrouble`
 * is told once.
 */
export function createRecorder(file: string, head: RecordingHead, onTrouble: (text: string) => void): Recorder {
  let handle: number | undefined = opened(file)
  const close = () => {
    if (handle !== undefined) closeSync(handle)
    handle = undefined
  }
  const write = (line: object) => {
    if (handle === undefined) return
    try {
      writeAll(handle, Buffer.from(`${JSON.stringify(line)}\n`))
    } catch (cause) {
      close()
      onTrouble(`Nothing more is recorded: ${file} cannot be written (${reason(cause)}).`)
    }
  }
  write(head)
  const shortened = againShortener()
  return {add: (event, at) => write({at, event: shortened(event)}), close}
}

/** Most looks at what changes seldom bring the same rows again: those are written once. */
function againShortener(): (event: SamplerEvent) => SamplerEvent | RecordedLine['event'] {
  const brought = new Map<string, {readonly digest: string; readonly atMs: number}>()
  return (event) => {
    if (event.type !== 'read') return event
    const {rows, ...look} = event.reading
    const key = feedKey(look.topic, look.place)
    const digest = createHash('sha256').update(JSON.stringify(rows)).digest('base64')
    const before = brought.get(key)
    if (before?.digest === digest && rows.length > 0) {
      return {type: 'again', of: before.atMs, ...look, nextAtMs: event.nextAtMs}
    }
    brought.set(key, {digest, atMs: look.atMs})
    return event
  }
}

function opened(file: string): number {
  try {
    // A new file has this mode, and another board that still writes to the one that was there does not write into this one.
    if (statSync(file, {throwIfNoEntry: false})?.isFile()) rmSync(file)
    return openSync(file, 'w', MODE)
  } catch (cause) {
    throw usageError('RECORDING_UNWRITABLE', `${file} cannot be written.`, {
      why: reason(cause),
      hint: 'Name a file in a folder that exists and may be written to.',
      cause,
    })
  }
}

function writeAll(handle: number, bytes: Buffer): void {
  for (let from = 0; from < bytes.length; ) from += writeSync(handle, bytes, from)
}

function reason(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause)
}
