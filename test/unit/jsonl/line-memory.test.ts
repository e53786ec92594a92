import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {JsonTape} from '../../../src/lib/jsonl/json-tape.js'
import {lineFeeds, lineMemory, lineTable, scanLine, takeLines} from '../../../src/lib/jsonl/line-memory.js'
import {TABLE_NODES, TEXT_AT, TEXT_BYTES} from '../../../src/lib/jsonl/wasm/layout.js'

/** Takes a line into the memory; returns where it ends. */
function take(line: Buffer, ending = '\n'): number {
  takeLines(Buffer.concat([line, Buffer.from(ending)]), 0, line.length + ending.length)
  return TEXT_AT + line.length
}

/** All that a tape says of a text, with places that count from its start. */
function told(tape: JsonTape, bytes: Buffer, start: number, end: number): object {
  const fault = tape.scan(bytes, start, end)
  const nodes = []
  for (let node = 0; !fault && node < (tape.after(0) || 1); node += 1) {
    nodes.push({
      kind: tape.kind(node),
      start: tape.start(node) - start,
      end: tape.end(node) - start,
      size: tape.size(node),
      after: tape.after(node),
      characters: tape.characters(node),
      text: tape.text(node),
      isInteger: tape.isInteger(node),
      isEscaped: tape.isEscaped(node),
    })
  }
  const notes = tape.notes.map(({code, offset}) => ({code, offset: offset - start}))
  return {fault: fault && {...fault, offset: fault.offset - start}, nodes, notes}
}

const shared = new JsonTape()
/** A line is told the same whether it stands in the memory of the scanner or elsewhere. */
function agrees(text: string | Buffer, ending?: string): void {
  const line = Buffer.from(text as string)
  fc.pre(!line.includes(0x0a))
  const elsewhere = told(new JsonTape(), line, 0, line.length)
  const end = take(line, ending)
  expect(told(shared, lineMemory, TEXT_AT, end)).toEqual(elsewhere)
}

const isWhole = (text: string, most = TABLE_NODES, depth = 64): boolean =>
  scanLine(TEXT_AT, take(Buffer.from(text)), most, depth) > 0

describe('a line in the memory of the scanner is told as it is elsewhere', () => {
  test('any JSON value', () => {
    fc.assert(
      fc.property(fc.json({stringUnit: 'binary'}), (text) => agrees(text)),
      {numRuns: 300},
    )
  })

  test('with blanks between all parts, and with each way to end a line', () => {
    const ending = fc.constantFrom('\n', '\r\n')
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(' ', '\t', ' \t ', '\r'), ending, (value, blank, last) =>
        agrees(JSON.stringify(value, undefined, blank).replaceAll('\n', blank), last),
      ),
    )
  })

  test('with one byte changed, added or left out', () => {
    const byte = fc.oneof(fc.constantFrom(...Buffer.from('"\\,:{}[]0-.eE+tfn \t\r\u0000u')), fc.nat(255))
    fc.assert(
      fc.property(
        fc.json({depthSize: 'medium'}),
        fc.nat(),
        byte,
        fc.nat(2),
        fc.nat(1),
        (text, at, one, added, left) => {
          const bytes = Buffer.from(text)
          const place = at % (bytes.length + 1)
          const middle = Buffer.alloc(added, one)
          agrees(Buffer.concat([bytes.subarray(0, place), middle, bytes.subarray(place + left)]))
        },
      ),
      {numRuns: 1000},
    )
  })

  test('texts made of the parts of JSON', () => {
    const parts = [
      ...['{', '}', '[', ']', ',', ':', '"', '"a"', '"b":', '"a":1', 'null', 'true', 'false', 'nul', ' ', '\t', '\r'],
      ...['0', '-0', '01', '1.5', '1.', '.5', '1e5', '1E+05', '1e', '-', '123456789012345', '1234567890123456'],
      ...['"\\n"', '"\\x"', '"\\u0041"', '"\\u00"', '"\\u0000"', '"\\ud83d\\ude00"', '"\\ud83d"', '"\\ude00"'],
      ...['"\\u0061"', '"é"', '"日本"', '"“”"', '"\\ud83d\\n"', '"0123456789abcdef0123456789\\"é"'],
    ]
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...parts), {maxLength: 12}), (chosen) => agrees(chosen.join(''))),
      {numRuns: 3000},
    )
  })

  test('strings with each byte that counts at each place', () => {
    for (const one of ['"', '\\', '\\"', '\\u00e9', 'é', '\u0000', '日', '\t', '\x7f']) {
      for (let place = 0; place < 40; place += 1) agrees(`["${'a'.repeat(place)}${one}${'b'.repeat(20)}",1]`)
    }
  })

  test('keys that are the same, and keys that only look it', () => {
    const key = fc.constantFrom('a', 'b', 'aaaaaaaaXbbbbbbbb', 'aaaaaaaaYbbbbbbbb', '', 'é', 'aaaaaaaa', 'aaaaaaab')
    const object = fc.array(key, {maxLength: 6}).map((keys) => `{${keys.map((one) => `"${one}":{"${one}":[]}`)}}`)
    fc.assert(
      fc.property(object, (text) => agrees(text)),
      {numRuns: 1000},
    )
    agrees(`{${Array.from({length: 100}, (_, index) => `"k${index}":${index}`)}}`)
  })

  test('more nesting and more values than are passed over in one go', () => {
    for (const depth of [63, 64, 65, 66]) agrees('['.repeat(depth) + ']'.repeat(depth))
    for (const count of [TABLE_NODES - 2, TABLE_NODES - 1, TABLE_NODES]) agrees(`[${Array(count).fill(1)}]`)
  })
})

describe('what is passed over in one go', () => {
  test.each([
    '{"recordId":"r1","modelInput":{"max_tokens":5,"temperature":0.2,"messages":[{"role":"user","content":"caf\\u00e9"}]}}',
    '[1,-2.5e+10,"\\ud83d\\ude00 \\n",null,true,false,{},[],{"é":[{}]}]',
    '"text"',
    ' 5 ',
  ])('%s', (text) => {
    expect(isWhole(text)).toBe(true)
  })

  test.each(['{"a":1,"a":2}', '"\\u0000"', '"\\ud800"', '12345678901234567', '{"\\u0061":1}', '[1]]', '', '[1,]'])(
    'but not %s, of which something may be told',
    (text) => {
      expect(isWhole(text)).toBe(false)
    },
  )

  test('neither too many values nor too deep ones', () => {
    expect([isWhole('[1,2]', 4), isWhole('[1,2]', 3)]).toEqual([true, false])
    expect([isWhole('[[1]]', 9, 2), isWhole('[[1]]', 9, 1)]).toEqual([true, false])
  })
})

describe('characters of other scripts than the Latin one', () => {
  test('are seen in every string that has some, and in no string of letters with accents', () => {
    const text = fc.string({unit: 'grapheme', maxLength: 60})
    fc.assert(
      fc.property(fc.array(text, {minLength: 1, maxLength: 4}), (texts) => {
        const end = take(Buffer.from(JSON.stringify(texts)))
        expect(shared.scan(lineMemory, TEXT_AT, end)).toBeUndefined()
        texts.forEach((one, index) => {
          const has = /[\u0370-\u1fff\u2040-\uffff]/.test(one)
          if (has) expect(shared.isBeyondLatin(1 + index)).toBe(true)
          if (!/[\u0340-\uffff]/.test(one)) expect(shared.isBeyondLatin(1 + index)).toBe(false)
        })
      }),
      {numRuns: 1000},
    )
  })
})

describe('lines that are taken', () => {
  test('their line feeds are found, as many as there is room for', () => {
    const piece = fc.oneof(fc.constant('\n'), fc.string({maxLength: 40}))
    fc.assert(
      fc.property(fc.array(piece), fc.nat(20), (pieces, before) => {
        const bytes = Buffer.from(pieces.join(''))
        const start = Math.min(before, bytes.length)
        const found = [...lineFeeds.subarray(0, takeLines(bytes, start, bytes.length))]
        const expected = [...bytes.keys()].filter((at) => at >= start && bytes[at] === 0x0a)
        expect(found).toEqual(expected.map((at) => at - start + TEXT_AT))
      }),
    )
    expect(takeLines(Buffer.alloc(TEXT_BYTES + 5, '\n'), 0, TEXT_BYTES + 5)).toBe(TEXT_BYTES)
  })

  test('a tape keeps its nodes when another scans', () => {
    const end = take(Buffer.from('{"a":[1,2,3]}'))
    const first = new JsonTape()
    const second = new JsonTape()
    first.scan(lineMemory, TEXT_AT, end)
    second.scan(lineMemory, TEXT_AT + 5, end - 1)
    second.scan(lineMemory, TEXT_AT, end)
    second.scan(Buffer.from('[]'), 0, 2)
    expect([first.member(0, 'a'), first.size(2), second.size(0), lineTable.length]).toEqual([2, 3, 0, TABLE_NODES * 4])
  })
})
