import {type FileHandle, open, realpath, rename, rm, stat} from 'node:fs/promises'
import {type BedrockctlError, usageError} from '../core/errors.js'
import type {ByteTarget} from './byte-writer.js'

/** A file that takes its name when it is whole. */
export interface DraftFile extends ByteTarget {
  /** Puts it in the place of what was there. */
  keep(): Promise<void>
  /** Leaves what was there; does nothing once it was kept. */
  drop(): Promise<void>
}

/** Only its owner can read the file: prompts and answers are nobody else's. `flag` is where another one is named. */
export async function openDraft(file: string, flag: string): Promise<DraftFile> {
  const target = await realpath(file).catch(() => file)
  const draft = `${target}.${process.pid}.tmp`
  await refuseNoFile(file, flag)
  const guarded = async <Value>(run: () => Promise<Value>): Promise<Value> => {
    try {
      return await run()
    } catch (cause) {
      throw notWritten(file, flag, cause)
    }
  }
  const handle: FileHandle = await guarded(() => open(draft, 'w', 0o600))
  let isOpen = true
  const close = async () => {
    if (!isOpen) return
    isOpen = false
    await handle.close()
  }
  return {
    write: (bytes) => guarded(() => handle.writeFile(bytes)),
    keep: () =>
      guarded(async () => {
        await close()
        await rename(draft, target)
      }),
    async drop() {
      await close()
      await rm(draft, {force: true})
    },
  }
}

/** A draft would take the place of a device, or of a pipe that somebody reads. */
async function refuseNoFile(file: string, flag: string): Promise<void> {
  const facts = await stat(file).catch(() => undefined)
  if (facts === undefined || facts.isFile()) return
  throw usageError('OUTPUT_NOT_WRITTEN', `${file} is ${facts.isDirectory() ? 'a folder' : 'no regular file'}.`, {
    hint: `Name a file with ${flag}.`,
  })
}

function notWritten(file: string, flag: string, cause: unknown): BedrockctlError {
  const isFull = cause instanceof Error && 'code' in cause && (cause.code === 'ENOSPC' || cause.code === 'EDQUOT')
  return usageError('OUTPUT_NOT_WRITTEN', `${file} cannot be written.`, {
    why: cause instanceof Error ? cause.message : undefined,
    hint: isFull ? `Free space there, or name one elsewhere with ${flag}.` : `Name another one with ${flag}.`,
    cause,
  })
}
