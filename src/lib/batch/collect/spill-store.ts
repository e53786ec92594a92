import {closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync} from 'node:fs'
import {join} from 'node:path'
import {BedrockctlError} from '../../core/errors.js'

/** Bytes that are put aside until they are read again, in any order. Nothing of it outlives the run. */
export interface SpillStore {
  /** Returns where they are. */
  write(bytes: Uint8Array): number
  /** Fills `into` from there. */
  read(offset: number, into: Uint8Array): void
  close(): void
}

/**
 * One file that only its owner can read, in a folder of its own inside `folder`. Where the system allows it, it has no
 * name from the moment it is open: even a killed process leaves nothing of the answers behind.
 */
export function openSpillFile(folder: string): SpillStore {
  const own = guarded(folder, () => mkdtempSync(join(folder, '.bedrockctl-collect-')))
  const remove = () => rmSync(own, {recursive: true, force: true})
  process.once('exit', remove)
  const descriptor = guarded(folder, () => openSync(join(own, 'answers'), 'wx+', 0o600))
  tryQuietly(remove)
  let size = 0
  let open = true
  return {
    write(bytes) {
      const offset = size
      for (let done = 0; done < bytes.length; ) {
        done += guarded(folder, () => writeSync(descriptor, bytes, done, bytes.length - done, offset + done))
      }
      size += bytes.length
      return offset
    },
    read(offset, into) {
      for (let done = 0; done < into.length; ) {
        const count = guarded(folder, () => readSync(descriptor, into, done, into.length - done, offset + done))
        if (count === 0) throw new Error('a temporary file is shorter than what was written to it')
        done += count
      }
    },
    close() {
      if (!open) return
      open = false
      closeSync(descriptor)
      remove()
      process.removeListener('exit', remove)
    },
  }
}

function guarded<Value>(folder: string, run: () => Value): Value {
  try {
    return run()
  } catch (cause) {
    throw new BedrockctlError('NO_ROOM_TO_JOIN', `Answers cannot be put aside in ${folder}.`, {
      fault: 'usage',
      why: cause instanceof Error ? cause.message : undefined,
      hint: 'Answers are put in order by way of a temporary file of their size: free space there, or name --out elsewhere.',
      cause,
    })
  }
}

/** Windows removes no open file: there it goes when it is closed. */
function tryQuietly(run: () => void): void {
  try {
    run()
  } catch {
    return
  }
}
