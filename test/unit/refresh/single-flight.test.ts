import {spawnSync} from 'node:child_process'
import {existsSync, readdirSync, writeFileSync} from 'node:fs'
import {hostname} from 'node:os'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {singleFlight} from '../../../src/lib/refresh/single-flight.js'
import {withFolder} from '../../support/process-stage.js'

const options = {signal: undefined, now: Date.now, pollMs: 1}

/** A process id that nobody has: that of a child that has ended. */
const gone = spawnSync(process.execPath, ['-e', '0']).pid

test('one works at a time, and each in turn', () =>
  withFolder(async (folder) => {
    const file = join(folder, 'prices.json')
    let [inside, most] = [0, 0]
    const work = async () => {
      inside += 1
      most = Math.max(most, inside)
      await new Promise((resolve) => setImmediate(resolve))
      inside -= 1
      return most
    }

    const results = await Promise.all(Array.from({length: 5}, () => singleFlight(file, work, options)))

    expect(results).toEqual([1, 1, 1, 1, 1])
    expect(readdirSync(folder)).toEqual([])
  }))

test.each([
  ['whose owner has ended', JSON.stringify({pid: gone, host: hostname(), at: Date.now()})],
  ['of another machine that is too old', JSON.stringify({pid: 1, host: 'elsewhere', at: Date.now() - 600_000})],
])('a lock %s is taken over', (_, text) =>
  withFolder(async (folder) => {
    const file = join(folder, 'prices.json')
    writeFileSync(`${file}.lock`, text)

    expect(await singleFlight(file, async () => 'done', options)).toBe('done')
    expect(readdirSync(folder)).toEqual([])
  }),
)

test('a lock that is held is waited for until the caller gives up', () =>
  withFolder(async (folder) => {
    const file = join(folder, 'prices.json')
    writeFileSync(`${file}.lock`, JSON.stringify({pid: process.pid, host: hostname(), at: Date.now()}))
    const stop = new AbortController()

    const waiting = singleFlight(file, async () => 'done', {...options, signal: stop.signal})
    stop.abort(new Error('given up'))

    await expect(waiting).rejects.toThrow()
    expect(existsSync(`${file}.lock`)).toBe(true)
  }))

test('work that fails gives the lock back', () =>
  withFolder(async (folder) => {
    const file = join(folder, 'prices.json')
    const failing = singleFlight(file, () => Promise.reject(new Error('no')), options)

    await expect(failing).rejects.toThrow('no')
    expect(readdirSync(folder)).toEqual([])
  }))

test('where no lock can be written the work is done without', () =>
  withFolder(async (folder) => {
    writeFileSync(join(folder, 'file'), '')

    expect(await singleFlight(join(folder, 'file', 'prices.json'), async () => 'done', options)).toBe('done')
  }))
