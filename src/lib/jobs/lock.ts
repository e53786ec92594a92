import {randomUUID} from 'node:crypto'
import {link, readdir, readFile, rm, truncate, writeFile} from 'node:fs/promises'
import {hostname} from 'node:os'
import {join} from 'node:path'
import {setTimeout as pause} from 'node:timers/promises'
import {BedrockctlError} from '../core/errors.js'
import {isTree} from '../core/is-tree.js'

/** Who holds a lock. */
export interface LockHolder {
  readonly pid: number
  readonly host: string
  /** ISO 8601: when the lock was taken. */
  readonly since: string
  /** Start of the process where the platform tells it: a process id alone is given again to others. */
  readonly processStart: string | null
}

export interface LockOptions {
  /** False: who finds the lock held fails at once. */
  readonly wait: boolean
  /** The wait ends after so long, counted from the call; no end unless given. */
  readonly timeoutMs?: number | undefined
  /** Told once, before the first wait. */
  readonly onWait?: ((holder: LockHolder) => void) | undefined
  readonly signal?: AbortSignal | undefined
  readonly now: () => Date
}

export interface Lock {
  release(): Promise<void>
}

const NAME = /^lock\.(\d+)$/
const LOOK_AGAIN_MS = 200

/**
 * Takes the lock of a folder. Locks are numbered, and the highest number counts: whoever finds its holder gone makes
 * the next number, which only one process can, and removes what is below. A lock that was given back stays as an empty
 * file, so that no number is ever given twice.
 */
export async function takeLock(folder: string, options: LockOptions): Promise<Lock> {
  const deadline = options.now().getTime() + (options.timeoutMs ?? Number.POSITIVE_INFINITY)
  let tell = options.onWait
  for (;;) {
    options.signal?.throwIfAborted()
    const tried = await tryLock(folder, options.now)
    if ('release' in tried) return tried
    if (!options.wait) throw held(folder, tried, 'service')
    const left = deadline - options.now().getTime()
    if (left <= 0) throw held(folder, tried, 'timedOut')
    tell?.(tried.holder)
    tell = undefined
    await pause(Math.min(LOOK_AGAIN_MS, left), undefined, options.signal ? {signal: options.signal} : {})
  }
}

interface HeldLock {
  readonly number: number
  readonly holder: LockHolder
}

/** Takes the lock where nobody holds it; else tells who does. */
async function tryLock(folder: string, now: () => Date): Promise<Lock | HeldLock> {
  for (;;) {
    const number = await highest(folder)
    const holder = number === 0 ? undefined : await holderOf(folder, number)
    if (holder !== undefined && !(await isGone(holder))) return {number, holder}
    const taken = await makeNext(folder, number + 1, now())
    if (taken) return taken
  }
}

async function makeNext(folder: string, number: number, now: Date): Promise<Lock | undefined> {
  const file = join(folder, `lock.${number}`)
  const draft = join(folder, `.lock-${randomUUID()}`)
  const holder: LockHolder = {
    pid: process.pid,
    host: hostname(),
    since: now.toISOString(),
    processStart: (await processStart(process.pid)) ?? null,
  }
  try {
    await writeFile(draft, JSON.stringify(holder), {mode: 0o600})
    await link(draft, file)
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'EEXIST') return undefined
    throw cause
  } finally {
    await rm(draft, {force: true})
  }
  // A listing that others change may have missed a higher one.
  const above = (await highest(folder)) > number
  if (above) await rm(file, {force: true})
  if (above) return undefined
  await removeBelow(folder, number)
  return {release: () => truncate(file, 0).catch(() => undefined)}
}

async function removeBelow(folder: string, number: number): Promise<void> {
  for (const name of await readdir(folder)) {
    const found = NAME.exec(name)?.[1]
    if (found !== undefined && Number(found) < number) await rm(join(folder, name), {force: true})
  }
}

async function highest(folder: string): Promise<number> {
  const numbers = (await readdir(folder)).map((name) => Number(NAME.exec(name)?.[1] ?? 0))
  return Math.max(0, ...numbers)
}

/** Undefined when the lock was given back, or is none that can be read: it is written as a whole or not at all. */
async function holderOf(folder: string, number: number): Promise<LockHolder | undefined> {
  const text = await readFile(join(folder, `lock.${number}`), 'utf8').catch(() => '')
  if (text === '') return undefined
  const value: unknown = parse(text)
  if (!isTree(value) || typeof value['pid'] !== 'number' || typeof value['host'] !== 'string') return undefined
  const {pid, host, since, processStart: start} = value
  return {
    pid,
    host,
    since: typeof since === 'string' ? since : 'an unknown time',
    processStart: typeof start === 'string' ? start : null,
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** True when the process has surely ended. Of another machine nothing is known. */
async function isGone({pid, host, processStart: start}: LockHolder): Promise<boolean> {
  if (host !== hostname()) return false
  try {
    process.kill(pid, 0)
  } catch (cause) {
    // EPERM: it lives, and is somebody else's.
    return cause instanceof Error && 'code' in cause && cause.code === 'ESRCH'
  }
  const current = await processStart(pid)
  return start !== null && current !== undefined && current !== start
}

/** Boot and start tick of a process, on Linux. */
async function processStart(pid: number): Promise<string | undefined> {
  try {
    const [boot, stat] = await Promise.all([
      readFile('/proc/sys/kernel/random/boot_id', 'utf8'),
      readFile(`/proc/${pid}/stat`, 'utf8'),
    ])
    // The name of the program stands in parentheses and may hold anything; the 22nd field is the 20th after it.
    const tick = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
    return tick === undefined ? undefined : `${boot.trim()}:${tick}`
  } catch {
    return undefined
  }
}

function held(folder: string, {holder, number}: HeldLock, fault: 'service' | 'timedOut'): BedrockctlError {
  const {host, pid, since} = holder
  const elsewhere = host !== hostname()
  const file = join(folder, `lock.${number}`)
  return new BedrockctlError('GROUP_BUSY', `Process ${pid} on ${host} is at work here since ${since}.`, {
    fault,
    why: `It holds ${file}${fault === 'timedOut' ? ', and the time to wait is over' : ''}.`,
    hint: elsewhere
      ? `Wait for it. If that machine is gone, remove ${file} and run this again.`
      : 'Wait for it to end, then run this again.',
  })
}
