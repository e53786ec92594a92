import {mkdtemp, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import type {ByteSource} from '../../../src/lib/jsonl/byte-source.js'
import {openFileSource} from '../../../src/lib/jsonl/file-source.js'
import {type LineReading, readLines} from '../../../src/lib/jsonl/lines.js'

/** Bytes in memory that come in chunks of a given size, each in the same memory as the one before. */
function sourceOf(bytes: Uint8Array, chunkBytes = 7): ByteSource {
  return {
    name: 'memory',
    bytes: bytes.length,
    revision: '1',
    async *read({start, end}) {
      const memory = Buffer.alloc(chunkBytes)
      for (let at = start; at < end; at += chunkBytes) {
        const piece = bytes.subarray(at, Math.min(at + chunkBytes, end))
        memory.set(piece)
        yield memory.subarray(0, piece.length)
      }
    },
  }
}

interface Seen {
  readonly text: string
  readonly offset: number
  readonly length: number
  readonly marks: string
}

async function linesOf(bytes: Uint8Array, reading: LineReading = {}, chunkBytes?: number): Promise<readonly Seen[]> {
  const seen: Seen[] = []
  const read = await readLines(sourceOf(bytes, chunkBytes), reading, (line) => {
    const marks = [
      ...(line.hasMark ? ['mark'] : []),
      ...(line.isUtf8 ? [] : ['not utf-8']),
      ...(line.isTooLong ? ['too long'] : []),
      ...(line.ending === '\n' ? [] : [JSON.stringify(line.ending)]),
    ]
    expect(line.number).toBe(seen.length + 1)
    seen.push({
      text: line.bytes.toString('latin1', line.start, line.end),
      offset: line.offset,
      length: line.length,
      marks: marks.join(),
    })
  })
  expect(read).toEqual({lines: seen.length, bytes: seen.reduce((sum, {length}) => sum + length, 0)})
  return seen
}

const anyBytes = fc
  .array(fc.constantFrom('a', 'bc', '\n', '\r\n', '\r', '\u0000', 'é', '\ud83d\ude00', '{"x":1}'))
  .map((parts) => Buffer.from(parts.join('')))

test('lines are what stands between line feeds, whatever the chunks are', async () => {
  await fc.assert(
    fc.asyncProperty(anyBytes, fc.integer({min: 1, max: 9}), async (bytes, chunkBytes) => {
      const texts = bytes.toString('latin1').split('\n')
      const last = texts.pop()
      const expected = [...texts.map((text) => text.replace(/\r$/, '')), ...(last ? [last] : [])]

      const seen = await linesOf(bytes, {}, chunkBytes)

      expect(seen.map(({text}) => text)).toEqual(expected)
      expect(seen.every(({marks}) => !marks.includes('utf-8'))).toBe(true)
    }),
  )
})

test('ranges that touch have each line once, with its own offset', async () => {
  await fc.assert(
    fc.asyncProperty(
      anyBytes,
      fc.array(fc.nat({max: 60})),
      fc.integer({min: 1, max: 9}),
      async (bytes, cuts, chunkBytes) => {
        const places = [0, ...cuts.filter((cut) => cut < bytes.length).sort((a, b) => a - b), bytes.length]
        const parts: (readonly Seen[])[] = []
        for (const [index, start] of places.slice(0, -1).entries()) {
          parts.push(await linesOf(bytes, {range: {start, end: places[index + 1] ?? 0}}, chunkBytes))
        }

        expect(parts.flat()).toEqual(await linesOf(bytes, {}, chunkBytes))
      },
    ),
  )
})

describe('told apart', () => {
  test.each([
    ['\ufeffa\nb\n', ['a mark', 'b ']],
    ['a\n\ufeffb\n', ['a ', '\u00ef\u00bb\u00bfb ']],
    ['a\r\nb\n', ['a "\\r\\n"', 'b ']],
    ['a\n\n \nb', ['a ', ' ', '  ', 'b ""']],
    ['', []],
    ['\n', [' ']],
  ])('%j', async (text, expected) => {
    const seen = await linesOf(Buffer.from(text))

    expect(seen.map((line) => `${line.text} ${line.marks}`)).toEqual(expected)
  })

  test('a line that is not UTF-8, alone', async () => {
    const bytes = Buffer.concat([Buffer.from('good\n'), Buffer.from([0xc3, 0x28, 0x0a]), Buffer.from('é\n')])

    for (const chunkBytes of [1, 4, 100]) {
      const seen = await linesOf(bytes, {}, chunkBytes)
      expect(seen.map(({marks}) => marks)).toEqual(['', 'not utf-8', ''])
    }
  })

  test('a line longer than allowed, with its length', async () => {
    const bytes = Buffer.from(`12345\n${'x'.repeat(1000)}\r\n123456\n12345\r\n`)

    for (const chunkBytes of [1, 3, 64, 5000]) {
      const seen = await linesOf(bytes, {maxLineBytes: 5}, chunkBytes)
      expect(seen.map(({text, length, marks}) => [text, length, marks])).toEqual([
        ['12345', 6, ''],
        ['', 1002, 'too long,""'],
        ['', 7, 'too long,""'],
        ['12345', 7, '"\\r\\n"'],
      ])
    }
  })
})

test('a reading that is aborted ends at once', async () => {
  const controller = new AbortController()
  const reading = readLines(sourceOf(Buffer.from('a\n'.repeat(100))), {signal: controller.signal}, () => {
    controller.abort(new Error('enough'))
  })

  await expect(reading).rejects.toThrow('enough')
})

test('a source that got shorter while it was read is an error', async () => {
  const source: ByteSource = {...sourceOf(Buffer.from('a\nb\n')), bytes: 10}

  const reading = readLines(
    {...source, read: (range) => sourceOf(Buffer.from('a\nb\n')).read({...range, end: 4})},
    {},
    () => {},
  )

  await expect(reading).rejects.toThrow(
    expect.objectContaining({code: 'INPUT_CHANGED', message: expect.stringContaining('ended at byte 4 of 10')}),
  )
})

describe('files', () => {
  test.each([false, true])('are read in chunks, from any place (blocking: %s)', async (blocking) => {
    const folder = await mkdtemp(join(tmpdir(), 'lines-'))
    const file = join(folder, 'records.jsonl')
    const text = Array.from({length: 300_000}, (_, index) => `record ${index}`).join('\n')
    await writeFile(file, text)

    const source = await openFileSource(file, {blocking})
    const lines: string[] = []
    await readLines(source, {range: {start: 2_000_000, end: source.bytes}}, ({bytes, start, end}) => {
      lines.push(bytes.toString('utf8', start, end))
    })

    expect(source.bytes).toBe(Buffer.byteLength(text))
    expect(text.endsWith(lines.join('\n'))).toBe(true)
    expect(lines.join('\n').length).toBeGreaterThan(source.bytes - 2_000_020)
    await rm(folder, {recursive: true})
  })

  test.each([
    ['-', 'INPUT_NOT_A_FILE'],
    ['/dev/null', 'INPUT_NOT_A_FILE'],
    [tmpdir(), 'INPUT_IS_FOLDER'],
    [join(tmpdir(), 'no-such-file.jsonl'), 'INPUT_MISSING'],
  ])('%s is refused with %s', async (path, code) => {
    await expect(openFileSource(path)).rejects.toMatchObject({code, exitCode: 2})
  })
})
