import {execFile} from 'node:child_process'
import {mkdtemp, readdir, readFile, rm, writeFile} from 'node:fs/promises'
import {hostname, tmpdir} from 'node:os'
import {join} from 'node:path'
import {promisify} from 'node:util'
import {afterEach, beforeEach, describe, expect, test} from 'vitest'
import {type LockOptions, takeLock} from '../../../src/lib/jobs/lock.js'

const AT_ONCE: LockOptions = {wait: false, now: () => new Date('2026-11-21T12:00:00Z')}

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lock-'))
})

afterEach(() => rm(folder, {recursive: true}))

describe('a lock', () => {
  test('is held by one at a time, and says who holds it', async () => {
    const lock = await takeLock(folder, AT_ONCE)

    await expect(takeLock(folder, AT_ONCE)).rejects.toMatchObject({
      code: 'GROUP_BUSY',
      exitCode: 5,
      message: `Process ${process.pid} on ${hostname()} is at work here since 2026-11-21T12:00:00.000Z.`,
    })
    await lock.release()
    await expect(takeLock(folder, AT_ONCE)).resolves.toBeDefined()
  })

  test('is waited for, and its holder told once', async () => {
    const told: number[] = []
    const first = await takeLock(folder, AT_ONCE)

    const second = takeLock(folder, {
      ...AT_ONCE,
      wait: true,
      onWait: (holder) => {
        told.push(holder.pid)
        void first.release()
      },
    })

    await expect(second).resolves.toBeDefined()
    expect(told).toEqual([process.pid])
  })

  test('is waited for as long as is said, and no longer', async () => {
    await takeLock(folder, AT_ONCE)
    let minutes = 0
    const now = () => new Date(Date.parse('2026-11-21T12:00:00Z') + 60_000 * minutes++)

    await expect(takeLock(folder, {wait: true, timeoutMs: 150_000, now})).rejects.toMatchObject({
      code: 'GROUP_BUSY',
      exitCode: 7,
      message: `Process ${process.pid} on ${hostname()} is at work here since 2026-11-21T12:00:00.000Z.`,
      why: `It holds ${join(folder, 'lock.1')}, and the time to wait is over.`,
      hint: 'Wait for it to end, then run this again.',
    })
    expect(minutes).toBe(4)
  })

  test('of a process that has ended is taken over by exactly one of many', async () => {
    await heldBy({pid: await deadProcess()})

    const takers = await Promise.allSettled(Array.from({length: 12}, () => takeLock(folder, AT_ONCE)))

    expect(takers.filter(({status}) => status === 'fulfilled')).toHaveLength(1)
    expect(await readdir(folder)).toEqual(['lock.2'])
  })

  test.runIf(process.platform === 'linux')('of a process whose id somebody else has now is taken over', async () => {
    await heldBy({pid: process.pid, processStart: 'another-boot:1'})

    await expect(takeLock(folder, AT_ONCE)).resolves.toBeDefined()
  })

  test('of another machine is never taken over, and the file to remove is named', async () => {
    await heldBy({pid: await deadProcess(), host: 'elsewhere'})

    await expect(takeLock(folder, AT_ONCE)).rejects.toMatchObject({
      code: 'GROUP_BUSY',
      hint: expect.stringContaining(join(folder, 'lock.1')),
    })
  })

  test('ends to be waited for when the wait is stopped', async () => {
    const stop = new AbortController()
    await takeLock(folder, AT_ONCE)

    const waiting = takeLock(folder, {...AT_ONCE, wait: true, signal: stop.signal, onWait: () => stop.abort()})

    await expect(waiting).rejects.toThrow(/abort/i)
  })

  test('names its holder to people who look', async () => {
    await takeLock(folder, AT_ONCE)

    expect(JSON.parse(await readFile(join(folder, 'lock.1'), 'utf8'))).toMatchObject({pid: process.pid})
  })
})

async function heldBy(holder: {pid: number; host?: string; processStart?: string}): Promise<void> {
  const whole = {host: hostname(), since: '2026-11-21T11:00:00.000Z', processStart: null, ...holder}
  await writeFile(join(folder, 'lock.1'), JSON.stringify(whole))
}

async function deadProcess(): Promise<number> {
  const {stdout} = await promisify(execFile)(process.execPath, ['-p', 'process.pid'])
  return Number(stdout)
}
