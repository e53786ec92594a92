import {mkdir, open, readFile, rename, rm, stat} from 'node:fs/promises'
import {hostname} from 'node:os'
import {dirname} from 'node:path'
import {setTimeout as wait} from 'node:timers/promises'

export interface SingleFlightOptions {
  readonly signal: AbortSignal | undefined
  readonly now: () => number
  /** An owner that is older is not waited for. */
  readonly staleAfterMs?: number
  readonly pollMs?: number
}

interface Owner {
  readonly pid: number
  readonly host: string
  /** Milliseconds since 1970. */
  readonly at: number
}

const STALE_AFTER_MS = 120_000
const POLL_MS = 50
/** A lock that is not readable is being written, unless it is older than this. */
const WRITTEN_WITHIN_MS = 5000

/**
 * Runs `work` while no other process does for the same file; the others wait for it. A lock whose owner is gone or too
 * old is taken over, and where no lock can be written, `work` runs without one.
 */
export async function singleFlight<T>(file: string, work: () => Promise<T>, options: SingleFlightOptions): Promise<T> {
  const lock = `${file}.lock`
  const mine = JSON.stringify({pid: process.pid, host: hostname(), at: options.now()} satisfies Owner)
  const held = await acquire(lock, mine, options)
  try {
    return await work()
  } finally {
    if (held) await release(lock, mine)
  }
}

async function acquire(lock: string, mine: string, options: SingleFlightOptions): Promise<boolean> {
  const {now, pollMs = POLL_MS, signal, staleAfterMs = STALE_AFTER_MS} = options
  for (;;) {
    signal?.throwIfAborted()
    const created = await create(lock, mine)
    if (created !== 'exists') return created === 'created'
    const text = await readFile(lock, 'utf8').catch(() => '')
    if (await isStale(lock, text, now(), staleAfterMs)) await takeAway(lock, text)
    else await wait(pollMs, undefined, {signal: signal ?? new AbortController().signal})
  }
}

async function create(lock: string, mine: string): Promise<'created' | 'exists' | 'not writable'> {
  if (!(await canMake(dirname(lock)))) return 'not writable'
  try {
    const handle = await open(lock, 'wx', 0o600)
    try {
      await handle.writeFile(mine)
    } finally {
      await handle.close()
    }
    return 'created'
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EEXIST' ? 'exists' : 'not writable'
  }
}

async function canMake(folder: string): Promise<boolean> {
  return mkdir(folder, {recursive: true}).then(
    () => true,
    () => false,
  )
}

async function isStale(lock: string, text: string, nowMs: number, staleAfterMs: number): Promise<boolean> {
  const owner = parseOwner(text)
  if (owner === undefined) {
    const written = await stat(lock).catch(() => undefined)
    return written !== undefined && nowMs - written.mtimeMs > WRITTEN_WITHIN_MS
  }
  if (Math.abs(nowMs - owner.at) > staleAfterMs) return true
  return owner.host === hostname() && !isAlive(owner.pid)
}

function parseOwner(text: string): Owner | undefined {
  try {
    const {at, host, pid} = JSON.parse(text)
    return typeof pid === 'number' && typeof host === 'string' && typeof at === 'number' ? {pid, host, at} : undefined
  } catch {
    return undefined
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** Of several that find the same stale lock one moves it; a fresh one that was moved instead is put back. */
async function takeAway(lock: string, text: string): Promise<void> {
  const aside = `${lock}.${process.pid}`
  try {
    await rename(lock, aside)
  } catch {
    return
  }
  if ((await readFile(aside, 'utf8').catch(() => text)) === text) await rm(aside, {force: true})
  else await rename(aside, lock).catch(() => undefined)
}

async function release(lock: string, mine: string): Promise<void> {
  if ((await readFile(lock, 'utf8').catch(() => '')) === mine) await rm(lock, {force: true})
}
