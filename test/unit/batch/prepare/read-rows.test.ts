import {mkdtemp, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import fc from 'fast-check'
import {parquetWriteBuffer} from 'hyparquet-writer'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {readCsv} from '../../../../src/lib/batch/prepare/read-csv.js'
import {readJsonLines, readOpenAiLines} from '../../../../src/lib/batch/prepare/read-json-lines.js'
import {readParquet} from '../../../../src/lib/batch/prepare/read-parquet.js'
import type {FaultyRow, ParsedLine, Row, RowSource} from '../../../../src/lib/batch/prepare/rows.js'
import {usageError} from '../../../../src/lib/core/errors.js'

async function* chunked(text: string | Buffer, size: number): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(text as string)
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size)
}

async function all({rows}: RowSource<Row | FaultyRow | ParsedLine>): Promise<readonly unknown[]> {
  const found: unknown[] = []
  for await (const some of rows)
    for (const row of some) {
      if (row.kind === 'row') found.push(Object.fromEntries(row.columns().map((column) => [column, row.get(column)])))
      else found.push(row.kind === 'faulty' ? `${row.number} ${row.code}` : row.value)
    }
  return found
}

const quoted = (value: string) => `"${value.replaceAll('"', '""')}"`

describe('CSV', () => {
  test('quoted values, line breaks in them, a byte order mark and CRLF are read, whatever the chunks', async () => {
    const text = '\uFEFFid,text\r\n1,"a ""b"", c\r\nd"\r\n\r\n2,é\r\n'
    for (const size of [1, 2, 3, 7, 1000]) {
      const source = await readCsv(chunked(text, size), 'x.csv', ',')

      expect(source.columns).toEqual(['id', 'text'])
      expect(await all(source)).toEqual([
        {id: '1', text: 'a "b", c\r\nd'},
        {id: '2', text: 'é'},
      ])
    }
  })

  test('what is written comes back', async () => {
    const cell = fc.string({unit: 'grapheme', maxLength: 12})
    const rows = fc.array(fc.tuple(cell, cell), {minLength: 1, maxLength: 8})
    await fc.assert(
      fc.asyncProperty(rows, fc.integer({min: 1, max: 40}), async (table, size) => {
        const text = `a,b\n${table.map((row) => row.map(quoted).join(',')).join('\n')}\n`

        expect(await all(await readCsv(chunked(text, size), 'x.csv', ','))).toEqual(table.map(([a, b]) => ({a, b})))
      }),
      {numRuns: 40},
    )
  })

  test('semicolons part values where the line of names has no comma', async () => {
    expect(await all(await readCsv(chunked('a;b\n"x;y";1,5\n', 1000), 'x.csv', ','))).toEqual([{a: 'x;y', b: '1,5'}])
    expect(await all(await readCsv(chunked('a;b,c\n1,2\n', 1000), 'x.csv', ','))).toEqual([{'a;b': '1', c: '2'}])
  })

  test('very many columns are names each once, told without comparing all with all', async () => {
    const names = Array.from({length: 100_000}, (_, index) => `c${index}`).join(',')

    const {columns} = await readCsv(chunked(`${names}\n`, 1 << 20), 'x.csv', ',')

    expect(columns).toHaveLength(100_000)
  })

  test('a row of another number of values is told and passed over', async () => {
    const source = await readCsv(chunked('a,b\n1,2\n1,2,3\n1\n4,5\n', 4), 'x.csv', ',')

    expect(await all(source)).toEqual([{a: '1', b: '2'}, '2 ROW_COLUMNS', '3 ROW_COLUMNS', {a: '4', b: '5'}])
  })

  test('quotation marks in TSV that quote nothing are characters', async () => {
    const source = await readCsv(chunked('a\tb\n5" pipe\tx\n', 3), 'x.tsv', '\t')

    expect(await all(source)).toEqual([{a: '5" pipe', b: 'x'}])
  })

  test.each([
    ['', 'INPUT_EMPTY'],
    ['a,a\n1,2\n', 'COLUMNS_REPEAT'],
  ])('%j is refused', async (text, code) => {
    await expect(readCsv(chunked(text, 5), 'x.csv', ',')).rejects.toMatchObject({code})
  })

  test('a quotation mark that is never closed is told with its line', async () => {
    const read = async () => all(await readCsv(chunked('a,b\n1,"2\n3,4\n', 5), 'x.csv', ','))

    await expect(read()).rejects.toMatchObject({code: 'INPUT_NOT_CSV'})
  })

  test('a reader that stops early ends the reading', async () => {
    let ended = false
    async function* endless(): AsyncGenerator<Buffer> {
      try {
        yield Buffer.from('a\n')
        for (;;) yield Buffer.from('1\n'.repeat(100_000))
      } finally {
        ended = true
      }
    }
    const source = await readCsv(endless(), 'x.csv', ',')

    for await (const some of source.rows) if (some.length > 5) break

    expect(ended).toBe(true)
  })
})

describe('JSON Lines', () => {
  test('members are columns, numbers stay as they are written, structures are JSON', async () => {
    const text = '{"a":"x\\u00e9","n":9007199254740993,"f":1.50,"t":true,"z":null,"o":{"k": [1]}}\r\n\n{"a":"y"}'
    for (const size of [1, 5, 1000]) {
      expect(await all(readJsonLines(chunked(text, size)))).toEqual([
        {a: 'xé', n: '9007199254740993', f: '1.50', t: 'true', o: '{"k": [1]}'},
        {a: 'y'},
      ])
    }
  })

  test('a line that is no object is told, and the next is read', async () => {
    const source = readJsonLines(chunked('{"a":1\n[1]\n"x"\n{"a":"2"}\n', 6))

    expect(await all(source)).toEqual(['1 JSON_INCOMPLETE', '2 ROW_NOT_OBJECT', '3 ROW_NOT_OBJECT', {a: '2'}])
  })

  test('a member called __proto__ is a column', async () => {
    const [row] = await all(readJsonLines(chunked('{"__proto__":"x","constructor":"y"}', 99)))

    expect(Object.entries(row as object)).toEqual(expect.arrayContaining([['constructor', 'y']]))
    expect(Object.getPrototypeOf({})).toBe(Object.prototype)
  })

  test('lines of OpenAI are parsed, but for numbers that would change', async () => {
    const source = readOpenAiLines(chunked('{"custom_id":"x","body":{}}\n{"body":{"seed":9007199254740993}}\n', 9))

    expect(await all(source)).toEqual([{custom_id: 'x', body: {}}, '2 JSON_BIG_INTEGER'])
  })
})

describe('Parquet', () => {
  let folder = ''
  const everything = (columns: readonly string[]) => columns

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bedrockctl-'))
  })

  afterAll(() => rm(folder, {recursive: true}))

  test('values of all types are text, over several row groups', async () => {
    const file = join(folder, 'x.parquet')
    const buffer = parquetWriteBuffer({
      columnData: [
        {name: 'text', data: ['a', 'b', undefined], type: 'STRING', nullable: true},
        {name: 'big', data: [9007199254740993n, 2n, 3n], type: 'INT64'},
        {name: 'when', data: [new Date(0), new Date(1), new Date(2)], type: 'TIMESTAMP'},
        {name: 'tree', data: [{k: [1]}, {}, {}], type: 'JSON'},
      ],
      rowGroupSize: 2,
    })
    await writeFile(file, Buffer.from(buffer))

    const source = await readParquet(file, everything, new AbortController().signal)

    expect([source.columns, source.total]).toEqual([['text', 'big', 'when', 'tree'], 3])
    expect(await all(source)).toEqual([
      {text: 'a', big: '9007199254740993', when: '1970-01-01T00:00:00.000Z', tree: '{"k":[1]}'},
      {text: 'b', big: '2', when: '1970-01-01T00:00:00.001Z', tree: '{}'},
      {text: undefined, big: '3', when: '1970-01-01T00:00:00.002Z', tree: '{}'},
    ])
  })

  test('who refuses the columns is heard', async () => {
    const file = join(folder, 'y.parquet')
    await writeFile(file, Buffer.from(parquetWriteBuffer({columnData: [{name: 'a', data: ['x']}]})))
    const refuse = (columns: readonly string[]) => {
      throw usageError('COLUMNS_UNKNOWN', columns.join())
    }

    await expect(readParquet(file, refuse, new AbortController().signal)).rejects.toMatchObject({
      code: 'COLUMNS_UNKNOWN',
      message: 'a',
    })
  })

  test('what is no Parquet is refused', async () => {
    const file = join(folder, 'no.parquet')
    await writeFile(file, 'text')

    await expect(readParquet(file, everything, new AbortController().signal)).rejects.toMatchObject({
      code: 'INPUT_NOT_PARQUET',
    })
  })
})
