import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {SAW_ESCAPE, SAW_SCRIPT} from '../../../src/lib/jsonl/string-scan-code.js'
import {StringScanner} from '../../../src/lib/jsonl/string-scanner.js'

const BACKSLASH = 0x5c
const SHORT = Buffer.from('"\\/bfnrt')

/** What the scanner should find, a byte at a time. */
function expected(bytes: Uint8Array, start: number, end: number): {place: number; excess: number; escaped: boolean} {
  let excess = 0
  let escaped = false
  for (let place = start; place < end; place += 1) {
    const byte = bytes[place] ?? 0
    if (byte === BACKSLASH && place + 1 < end && SHORT.includes(bytes[place + 1] ?? 0)) {
      excess += 1
      escaped = true
      place += 1
    } else if (byte === 0x22 || byte === BACKSLASH || byte < 0x20) return {place, excess, escaped}
    else if ((byte & 0xc0) === 0x80) excess += 1
  }
  return {place: end, excess, escaped}
}

/** From one stop to the next as the tape goes: over one byte where the scanner stops, and over two at a backslash. */
function agrees(bytes: Uint8Array, start: number, end: number): void {
  const scanner = new StringScanner()
  scanner.begin(bytes, start, end)
  for (let position = start; position < end; ) {
    scanner.excess = 0
    scanner.flags = 0
    // A backslash as the last byte of what is taken into memory is left to the tape: both ways come to the same place.
    let place = scanner.find(position)
    let {excess} = scanner
    let escaped = (scanner.flags & SAW_ESCAPE) !== 0
    while (place + 1 < end && bytes[place] === BACKSLASH && SHORT.includes(bytes[place + 1] ?? 0)) {
      scanner.excess = 0
      place = scanner.find(place + 2)
      excess += scanner.excess + 1
      escaped = true
    }
    expect({place, excess, escaped}).toEqual(expected(bytes, position, end))
    position = place + 1
  }
}

/** Bytes in which those that count are frequent. */
const bytes = fc
  .array(
    fc.oneof(
      {weight: 6, arbitrary: fc.constant(0x61)},
      {weight: 2, arbitrary: fc.integer({min: 0, max: 255})},
      {weight: 1, arbitrary: fc.constantFrom(0x22, BACKSLASH, 0x1f, 0x20, 0x00, 0x7f, 0x80, 0xbf, 0xc0, 0xff)},
      {weight: 1, arbitrary: fc.constantFrom(...SHORT)},
    ),
    {maxLength: 200},
  )
  .map((values) => Buffer.from(values))

describe('where strings end', () => {
  test('in bytes of all kinds, anywhere in a buffer', () => {
    fc.assert(
      fc.property(bytes, fc.nat(40), fc.nat(40), (text, before, after) => {
        const buffer = Buffer.concat([Buffer.alloc(before, 0x22), text, Buffer.alloc(after, 0x22)])
        agrees(buffer, before, before + text.length)
      }),
      {numRuns: 3000},
    )
  })

  test('where a text is longer than what is looked at in one go', () => {
    const parts = fc.array(fc.tuple(bytes, fc.integer({min: 0, max: 20_000})), {minLength: 1, maxLength: 4})
    fc.assert(
      fc.property(parts, (chosen) => {
        const text = Buffer.concat(chosen.flatMap(([some, length]) => [Buffer.alloc(length, 'aé'), some]))
        agrees(text, 0, text.length)
      }),
      {numRuns: 200},
    )
  })

  test('with each byte at each place around the end of what is looked at', () => {
    for (const byte of [0x22, BACKSLASH, 0x0a, 0x00, 0xc3]) {
      for (let place = 16_050; place < 16_150; place += 1) {
        const text = Buffer.alloc(16_200, 'a')
        text[place] = byte
        text[place + 1] = 0x6e
        agrees(text, 0, text.length)
      }
    }
  })
})

describe('whether other scripts than the Latin one may be there', () => {
  const seen = (text: string): boolean => {
    const scanner = new StringScanner()
    const line = Buffer.from(text)
    scanner.begin(line, 0, line.length)
    scanner.find(0)
    return (scanner.flags & SAW_SCRIPT) !== 0
  }

  test('every character of another script is seen, wherever it stands', () => {
    const other = fc.integer({min: 0x370, max: 0x10ffff}).filter((point) => (point & 0xffffc0) !== 0x2000)
    const character = other
      .filter((point) => point < 0xd800 || point > 0xdfff)
      .map((point) => String.fromCodePoint(point))
    fc.assert(
      fc.property(fc.nat(20_000), character, fc.nat(40), (before, one, after) => {
        expect(seen('a'.repeat(before) + one + 'b'.repeat(after))).toBe(true)
      }),
      {numRuns: 500},
    )
  })

  test.each(['plain', 'ÀÉîõüßñ', '“quoted” – and so on…'])('none in %s, whatever line was before', (text) => {
    expect(seen('日本語'.repeat(20))).toBe(true)

    expect(seen(text)).toBe(false)
  })
})
