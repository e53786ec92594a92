import {mkdtemp, readFile, rm, stat, truncate, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import fc from 'fast-check'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {allocateColumns, type SampleColumns} from '../../../src/lib/bench/samples/columns.js'
import {GapRecorder, gapBucket, gapOfBucket, mergeGaps} from '../../../src/lib/bench/samples/gaps.js'
import {NumberReader, NumberWriter} from '../../../src/lib/bench/samples/leb128.js'
import {createSampleFile, readSampleFile} from '../../../src/lib/bench/samples/sample-file.js'
import {makeSamples} from '../../support/bench-samples.js'

let folder: string
let made = 0

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'samples-'))
})

afterAll(() => rm(folder, {recursive: true}))

async function written(segments: readonly SampleColumns[]): Promise<string> {
  made += 1
  const path = join(folder, `${made}.bcol`)
  const file = await createSampleFile(path)
  await Promise.all(segments.map((segment) => file.append(segment)))
  await file.close()
  return path
}

async function read(path: string, cell?: number): Promise<SampleColumns[]> {
  const found: SampleColumns[] = []
  for await (const segment of readSampleFile(path, cell)) found.push(segment)
  return found
}

/** Times as they are kept: to the nanosecond. */
const toNs = (segment: SampleColumns) =>
  Object.fromEntries(
    Object.entries(segment).map(([name, column]) => [
      name,
      column instanceof Float64Array ? Array.from(column, (ms) => Math.round(ms * 1e6)) : column,
    ]),
  )

const time = fc.oneof(fc.constant(Number.NaN), fc.double({min: 0, max: 1e7, noNaN: true}))
const aRow = fc.record({
  k: fc.nat(4_294_967_295),
  times: fc.array(time, {minLength: 7, maxLength: 7}),
  count: fc.integer({min: -1, max: 2_147_483_647}),
  byte: fc.nat(255),
})

function segmentOf(rows: readonly {k: number; times: number[]; count: number; byte: number}[]): SampleColumns {
  const segment = allocateColumns(3, rows.length)
  for (const [at, {k, times, count, byte}] of rows.entries()) {
    segment.k[at] = k
    const names = ['sched', 'sent', 'headers', 'first', 'visible', 'last', 'end'] as const
    for (const [place, name] of names.entries()) segment[name][at] = times[place] ?? 0
    for (const name of ['input', 'output', 'reasoning', 'wantedOut'] as const) segment[name][at] = count
    for (const name of ['error', 'finish', 'flags', 'phase'] as const) segment[name][at] = byte
    segment.serverMs[at] = times[6] ?? 0
    segment.session[at] = k
  }
  return segment
}

describe('a file of samples', () => {
  test('gives back any columns to the nanosecond, and the counts as they were', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(aRow, {minLength: 1, maxLength: 30}), {maxLength: 3}), async (rows) => {
        const segments = rows.map(segmentOf)

        const found = await read(await written(segments))

        expect(found.map(toNs)).toEqual(segments.map(toNs))
      }),
      {numRuns: 40},
    )
  })

  test('is smaller than 34 bytes a request, and for the owner alone', async () => {
    const path = await written([makeSamples({requests: 20_000}).columns])

    const {mode, size} = await stat(path)
    expect(size / 20_000).toBeLessThan(34)
    expect(mode & 0o777).toBe(0o600)
  })

  test('gives the segments of one cell when asked for it', async () => {
    const path = await written([0, 1, 0].map((cell) => makeSamples({cell, requests: 10}).columns))

    expect((await read(path, 1)).map(({cell}) => cell)).toEqual([1])
    expect((await read(path)).map(({cell}) => cell)).toEqual([0, 1, 0])
    expect(await read(join(folder, 'none.bcol'))).toEqual([])
  })

  test('that was cut anywhere is read to its last whole segment', async () => {
    const whole = await readFile(await written([0, 1, 2].map((cell) => makeSamples({cell, requests: 5}).columns)))
    const bytes = whole.subarray(0, Number(whole.readBigUInt64LE(whole.length - 16)))
    const one = (bytes.length - 8) / 3
    for (const at of [0, 5, 8, 9, 100, Math.ceil(8 + one + 20), bytes.length - 1, bytes.length]) {
      await writeFile(join(folder, 'cut.bcol'), bytes.subarray(0, at))

      const cells = (await read(join(folder, 'cut.bcol'))).map(({cell}) => cell)

      expect(cells).toEqual([0, 1, 2].slice(0, cells.length))
      expect(cells.length).toBeGreaterThanOrEqual(Math.floor((at - 8) / (one + 10)))
    }
  })

  test('that was cut while its index was written has all its segments', async () => {
    const path = await written([makeSamples({requests: 5}).columns])
    const {size} = await stat(path)
    await truncate(path, size - 3)

    expect(await read(path)).toHaveLength(1)
  })

  test.each<[string, (bytes: Buffer) => Buffer, string]>([
    ['of another program', () => Buffer.from('PK\u0003\u0004 something else'), 'At byte 0: it does not begin'],
    ['with a byte changed', (bytes) => flip(bytes, bytes.length - 60), 'checksum does not match'],
    ['with a head changed', (bytes) => flip(bytes, 14), 'At byte 8: the head'],
    ['of a later version', (bytes) => replaced(bytes, '"schemaVersion":1', '"schemaVersion":2'), 'It is version 2'],
    ['that was cut and ends as a whole one', (bytes) => without(bytes, 200, 50), 'At byte'],
    ['with a huge length', (bytes) => huge(bytes), 'the head of a segment would be'],
  ])('%s is refused with the place', async (_, harm, why) => {
    const path = await written([makeSamples({requests: 50}).columns])
    await writeFile(path, harm(await readFile(path)))

    await expect(read(path)).rejects.toMatchObject({fault: 'usage', why: expect.stringContaining(why)})
  })
})

function flip(bytes: Buffer, at: number): Buffer {
  bytes[at] = (bytes[at] ?? 0) ^ 0xff
  return bytes
}

const replaced = (bytes: Buffer, from: string, to: string) =>
  Buffer.from(bytes.toString('latin1').replace(from, to), 'latin1')

const without = (bytes: Buffer, at: number, count: number) =>
  Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + count)])

function huge(bytes: Buffer): Buffer {
  bytes.writeUInt32LE(4_000_000_000, 8)
  return bytes
}

describe('whole numbers', () => {
  test('come back, signed and not', () => {
    const most = Number.MAX_SAFE_INTEGER
    fc.assert(
      fc.property(fc.array(fc.integer({min: -(2 ** 51), max: 2 ** 51})), fc.array(fc.nat(most)), (signed, plain) => {
        const writer = new NumberWriter()
        for (const value of signed) writer.pushSigned(value)
        for (const value of plain) writer.push(value)
        const reader = new NumberReader(writer.take())

        expect(signed.map(() => reader.nextSigned() + 0)).toEqual(signed.map((value) => value + 0))
        expect(plain.map(() => reader.next())).toEqual(plain)
        expect(reader.done).toBe(true)
      }),
    )
  })
})

describe('gaps', () => {
  test('are told by their bucket to 0.035 %', () => {
    fc.assert(
      fc.property(fc.double({min: 1e-3, max: 1e6, noNaN: true}), (ms) => {
        expect(Math.abs(gapOfBucket(gapBucket(ms)) / ms - 1)).toBeLessThan(0.00035)
      }),
    )
    expect(gapOfBucket(gapBucket(0))).toBe(0)
  })

  test('are the same in any grouping and order', () => {
    const gaps = fc.array(fc.double({min: 0, max: 1000, noNaN: true}), {maxLength: 50})
    fc.assert(
      fc.property(gaps, gaps, gaps, (a, b, c) => {
        const recorded = (...lists: number[][]) => {
          const recorder = new GapRecorder()
          for (const ms of lists.flat()) recorder.add(ms)
          return recorder.histogram()
        }

        const whole = recorded(a, b, c)

        expect(mergeGaps([recorded(c), recorded(a), recorded(b)])).toEqual(whole)
        expect(mergeGaps([mergeGaps([recorded(a), recorded(b)]), recorded(c)])).toEqual(whole)
      }),
    )
  })
})
