import {existsSync, mkdtempSync, readdirSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import fc from 'fast-check'
import {expect, onTestFinished, test} from 'vitest'
import {Spill} from '../../../../src/lib/batch/collect/spill.js'
import {openSpillFile} from '../../../../src/lib/batch/collect/spill-store.js'
import {endAt, HEAD_BYTES, valueStartAt} from '../../../../src/lib/batch/collect/spilled-entry.js'
import {memoryStore} from '../../../support/memory-spill.js'

interface Entry {
  readonly ordinal: number
  readonly round: number
  readonly succeeded: boolean
  readonly value: string
}

const SIZES = {blockBytes: 64, bucketBytes: 200, leafBytes: 600}

function fill(spill: Spill, entries: readonly Entry[]): void {
  for (const {ordinal, round, succeeded, value} of entries) {
    const id = JSON.stringify(`id-${ordinal}`)
    const line = Buffer.from(`${id}${value}`)
    const idLength = Buffer.byteLength(id)
    spill.add({ordinal, round, succeeded, idLength, valueLength: line.length - idLength}, line, 0, idLength)
  }
}

/** The value that is kept of each record, by ordinal. */
function kept(spill: Spill): ReadonlyMap<number, string> {
  const values = new Map<number, string>()
  for (const {first, end, bytes, best} of spill.leaves()) {
    expect(best.length).toBe(end - first)
    for (const [slot, offset] of best.entries()) {
      if (offset < 0) continue
      const value = valueStartAt(bytes, offset)
      expect(bytes.toString('utf8', offset + HEAD_BYTES, value)).toBe(JSON.stringify(`id-${first + slot}`))
      values.set(first + slot, bytes.toString('utf8', value, endAt(bytes, offset)))
    }
  }
  return values
}

function bestOf(entries: readonly Entry[]): ReadonlyMap<number, string> {
  const ranked = entries.toSorted(
    (a, b) =>
      Number(a.succeeded) - Number(b.succeeded) ||
      a.round - b.round ||
      Buffer.from(b.value).compare(Buffer.from(a.value)),
  )
  return new Map(ranked.map(({ordinal, value}) => [ordinal, value]))
}

const entry = fc.record({
  ordinal: fc.integer({min: 0, max: 40}),
  round: fc.integer({min: 1, max: 3}),
  succeeded: fc.boolean(),
  value: fc.string({maxLength: 300}),
})

test('the best answer of each record comes back, whatever the sizes and the order', () => {
  fc.assert(
    fc.property(fc.array(entry, {maxLength: 60}), fc.integer({min: 1, max: 4000}), (entries, expectedBytes) => {
      const spill = new Spill({first: 0, end: 41, expectedBytes, store: memoryStore(), sizes: SIZES})
      fill(spill, entries)

      expect(kept(spill)).toEqual(new Map([...bestOf(entries)].sort(([a], [b]) => a - b)))
    }),
  )
})

test('records follow each other in order and without gaps', () => {
  const spill = new Spill({first: 0, end: 10, expectedBytes: 700, store: memoryStore(), sizes: SIZES})
  fill(
    spill,
    [9, 3, 3, 0, 7].map((ordinal) => ({ordinal, round: 1, succeeded: true, value: 'x'.repeat(400)})),
  )

  const ranges = [...spill.leaves()].map(({first, end}) => [first, end])

  expect(
    ranges.flatMap(([first = 0, end = 0]) => Array.from({length: end - first}, (_, index) => first + index)),
  ).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
})

test('two answers of one record are told where they are of one round', () => {
  const spill = new Spill({first: 0, end: 2, expectedBytes: 1, store: memoryStore(), sizes: SIZES})
  const one = {ordinal: 1, succeeded: true, value: '1'}
  fill(spill, [
    {...one, round: 1},
    {...one, round: 2},
    {...one, round: 2},
    {...one, round: 1},
  ])

  const repeated = [...spill.leaves()].reduce((sum, leaf) => sum + leaf.repeated, 0)

  expect(repeated).toBe(2)
})

test('a spill file is nobody else’s, holds what it is given, and leaves nothing behind', () => {
  const folder = mkdtempSync(join(tmpdir(), 'spill-test-'))
  onTestFinished(() => rmSync(folder, {recursive: true}))
  const store = openSpillFile(folder)
  const first = store.write(Buffer.from('one'))
  const second = store.write(Buffer.from('second'))
  const into = Buffer.alloc(6)
  store.read(second, into)

  expect([first, second, into.toString()]).toEqual([0, 3, 'second'])

  store.close()
  store.close()

  expect(readdirSync(folder)).toEqual([])
})

test('where answers cannot be put aside, it says how to go on', () => {
  const folder = join(tmpdir(), 'no-such-folder-for-a-spill')

  expect(existsSync(folder)).toBe(false)
  expect(() => openSpillFile(folder)).toThrow(expect.objectContaining({code: 'NO_ROOM_TO_JOIN'}))
})
