import {closeSync, fchmodSync, fstatSync, openSync, writeSync} from 'node:fs'
import {usageError} from '../../../core/errors.js'
import type {SamplerEvent} from '../sampler/sampler-event.js'
import type {RecordingHead} from './recording.schema.js'

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
  return {add: (event, at) => write({at, event}), close}
}

function opened(file: string): number {
  try {
    const handle = openSync(file, 'w', MODE)
    // The mode of a file that was there is its own; a device keeps it.
    if (fstatSync(handle).isFile()) fchmodSync(handle, MODE)
    return handle
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
