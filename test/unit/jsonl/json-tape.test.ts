import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import type {JsonFault} from '../../../src/lib/jsonl/json-fault.js'
import {KIND} from '../../../src/lib/jsonl/json-nodes.js'
import {JsonTape} from '../../../src/lib/jsonl/json-tape.js'

function scan(text: string | Buffer, tape = new JsonTape()): {tape: JsonTape; fault: JsonFault | undefined} {
  const bytes = Buffer.from(text as string)
  return {tape, fault: tape.scan(bytes, 0, bytes.length)}
}

/** What the nodes stand for, as `JSON.parse` would give it. */
function decoded(tape: JsonTape, node: number): unknown {
  switch (tape.kind(node)) {
    case KIND.null:
      return null
    case KIND.false:
      return false
    case KIND.true:
      return true
    case KIND.number:
      return tape.number(node)
    case KIND.string:
      return tape.text(node)
    case KIND.array: {
      const items: unknown[] = []
      for (let item = tape.first(node); item < tape.after(node); item = tape.after(item))
        items.push(decoded(tape, item))
      return items
    }
    case KIND.object: {
      const entries: [string, unknown][] = []
      for (let key = tape.first(node); key < tape.after(node); key = tape.after(key + 1)) {
        entries.push([tape.text(key), decoded(tape, key + 1)])
      }
      return Object.fromEntries(entries)
    }
  }
}

/** Whether `JSON.parse` takes a text, and what it makes of it. */
function oracle(text: string): {value: unknown} | undefined {
  try {
    return {value: JSON.parse(text)}
  } catch {
    return undefined
  }
}

function agrees(text: string): void {
  const {tape, fault} = scan(text)
  const parsed = oracle(text)
  expect(fault === undefined, text).toBe(parsed !== undefined)
  if (parsed) expect(decoded(tape, tape.root)).toEqual(parsed.value)
}

describe('what JSON.parse accepts, and nothing else', () => {
  test('of any JSON value', () => {
    fc.assert(fc.property(fc.json({depthSize: 'medium', stringUnit: 'binary'}), agrees))
  })

  test('of JSON with blanks between all parts', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => agrees(JSON.stringify(value, undefined, '\t\r\n '))))
  })

  test('of JSON with one place changed', () => {
    const change = fc.constantFrom(
      '',
      '"',
      '\\',
      ',',
      ':',
      '{',
      '}',
      '[',
      ']',
      '0',
      '-',
      '.',
      'e',
      '\u0000',
      '\u001f',
      ' ',
      'é',
    )
    fc.assert(
      fc.property(fc.json(), fc.nat(), change, (text, place, by) => {
        const index = place % (text.length + 1)
        agrees(text.slice(0, index) + by + text.slice(index + 1))
      }),
      {numRuns: 3000},
    )
  })

  test('of texts made of the parts of JSON', () => {
    const part = fc.constantFrom(
      ...[
        '{',
        '}',
        '[',
        ']',
        ',',
        ':',
        '"a"',
        '"\\u00e9"',
        '"\\ud800"',
        '"\\x"',
        '0',
        '01',
        '-',
        '-0',
        '1.',
        '.5',
        '1e5',
        '1E+',
        '12e-3',
      ],
      ...[
        'true',
        'tru',
        'null',
        'nulll',
        'false',
        ' ',
        '\t',
        '\n',
        '\f',
        '\u00a0',
        '\ufeff',
        "'a'",
        'NaN',
        'Infinity',
        '0x1',
        '//',
        '"__proto__"',
      ],
    )
    fc.assert(
      fc.property(fc.array(part, {maxLength: 8}), (parts) => agrees(parts.join(''))),
      {numRuns: 5000},
    )
  })

  test('at every place of a larger buffer', () => {
    fc.assert(
      fc.property(fc.json(), fc.string(), fc.string(), (text, before, after) => {
        const bytes = Buffer.from(before + text + after)
        const start = Buffer.byteLength(before)
        const tape = new JsonTape()

        expect(tape.scan(bytes, start, start + Buffer.byteLength(text))).toBeUndefined()
        expect(decoded(tape, tape.root)).toEqual(JSON.parse(text))
      }),
    )
  })
})

test('a tape that scanned other texts before is as good as new', () => {
  const tape = new JsonTape()

  expect(scan('[1,{"a":[]', tape).fault?.code).toBe('JSON_INCOMPLETE')
  expect(scan('{"a":[1,2,{"b":null}]}', tape).fault).toBeUndefined()
  expect(decoded(tape, tape.root)).toEqual({a: [1, 2, {b: null}]})
})

test.each([
  ['', 'JSON_INCOMPLETE', 0],
  ['{"a":1', 'JSON_INCOMPLETE', 6],
  ['"abc', 'JSON_INCOMPLETE', 4],
  ['{"a":1}x', 'JSON_TRAILING', 7],
  ['{a:1}', 'JSON_UNEXPECTED', 1],
  ['["a\u0000b"]', 'JSON_CONTROL_CHARACTER', 3],
  ['"\\q"', 'JSON_ESCAPE', 1],
  ['[01]', 'JSON_NUMBER', 1],
])('%j: %s at %i', (text, code, offset) => {
  expect(scan(text).fault).toMatchObject({code, offset})
})

test('100,000 levels are read without recursion, and noted as deep', () => {
  const text = `${'['.repeat(100_000)}${']'.repeat(100_000)}`

  const {tape, fault} = scan(text)

  expect(fault).toBeUndefined()
  expect(tape.notes).toMatchObject([{code: 'JSON_DEEP', offset: 64}])
  expect(tape.after(tape.root)).toBe(100_000)
})

test('a text of more values than allowed is refused, and the next one is read', () => {
  const tape = new JsonTape({mostNodes: 1000})

  expect(scan(`[${'0,'.repeat(2000)}0]`, tape).fault?.code).toBe('JSON_TOO_LARGE')
  expect(scan('[0]', tape).fault).toBeUndefined()
})

test.each([
  ['{"a":1,"b":2,"a":3}', ['JSON_DUPLICATE_KEY']],
  ['{"a":1,"\\u0061":3}', ['JSON_DUPLICATE_KEY']],
  [`{${Array.from({length: 30}, (_, index) => `"k${index % 29}":0`).join()}}`, ['JSON_DUPLICATE_KEY']],
  ['{"a":{"a":{"a":1}},"b":[{"a":1},{"a":1}]}', []],
  ['"\\ud83d\\ude00"', []],
  ['"\\ud83d"', ['JSON_LONE_SURROGATE']],
  ['"\\ud83d\\u0041"', ['JSON_LONE_SURROGATE']],
  ['"\\ude00\\ud83d"', ['JSON_LONE_SURROGATE', 'JSON_LONE_SURROGATE']],
  ['"\\u0000"', ['JSON_NUL']],
  ['[9007199254740991,-9007199254740991,0.1,1e400]', []],
  ['[9007199254740993]', ['JSON_BIG_INTEGER']],
  ['{"__proto__":{"x":1},"constructor":2}', []],
])('notes on %s', (text, codes) => {
  const {tape, fault} = scan(text)

  expect(fault).toBeUndefined()
  expect(tape.notes.map(({code}) => code)).toEqual(codes)
})

test('a member is found by its name, however it is written; of several, the last', () => {
  const {tape} = scan('{"a":1,"m\\u006fdel":2,"é":3,"a":4,"__proto__":5}')
  const value = (name: string) => {
    const node = tape.member(tape.root, name)
    return node < 0 ? undefined : tape.number(node)
  }

  expect([value('a'), value('model'), value('é'), value('__proto__'), value('toString')]).toEqual([
    4,
    2,
    3,
    5,
    undefined,
  ])
  expect(tape.size(tape.root)).toBe(5)
})

test('characters are those of the decoded text', () => {
  fc.assert(
    fc.property(fc.string({unit: 'binary'}), (text) => {
      const plain = scan(JSON.stringify(text)).tape
      const escaped = scan(`"${[...text].map(escapeAll).join('')}"`).tape

      expect(plain.characters(0)).toBe([...text].length)
      expect(escaped.characters(0)).toBe([...text].length)
    }),
  )
})

function escapeAll(character: string): string {
  return [...Array(character.length).keys()]
    .map((index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`)
    .join('')
}
