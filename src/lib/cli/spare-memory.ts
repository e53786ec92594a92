import {stat} from 'node:fs/promises'
import {setFlagsFromString} from 'node:v8'

/** A snapshot of this size holds some ten thousand resources. */
const LARGE_BYTES = 8 * 1024 * 1024

/**
 * For a large file, lets V8 collect garbage early instead of letting the heap grow: a quarter less memory for a tenth more
 * time (bench/audit-saved.ts). A machine that judges many accounts at once needs the memory more.
 */
export async function spareMemory(file: string): Promise<void> {
  const found = await stat(file).catch(() => undefined)
  if (found !== undefined && found.size > LARGE_BYTES) setFlagsFromString('--optimize-for-size')
}
