import {truncateSync} from 'node:fs'
import {mkdtemp, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {Worker} from 'node:worker_threads'
import {build} from 'esbuild'
import fc from 'fast-check'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {checkRecords} from '../../../../src/lib/batch/check/check-records.js'
import type {CheckSettings} from '../../../../src/lib/batch/check/check-settings.js'
import {inWorkers} from '../../../../src/lib/batch/check/in-workers.js'
import type {RecordCheck} from '../../../../src/lib/batch/check/record-check.js'
import {BedrockctlError} from '../../../../src/lib/core/errors.js'
import type {ByteSource} from '../../../../src/lib/jsonl/byte-source.js'
import {openFileSource} from '../../../../src/lib/jsonl/file-source.js'
import {flatRates} from '../../../support/token-rates.js'
import {bytesSource} from './bytes-source.js'

const SETTINGS: CheckSettings = {
  family: 'anthropic-messages',
  facts: {modelId: 'anthropic.claude-sonnet-4-6', maxOutputTokens: 64_000, takesImages: true},
  context: {contextTokens: 1000, rates: flatRates({low: 0.2, mean: 0.25, high: 0.4})},
  maxLineBytes: 1024 * 1024,
  idSeed: 7,
}

function body(text: string, more: object = {}): object {
  const messages = [{role: 'user', content: text}]
  return {anthropic_version: 'bedrock-2023-05-31', max_tokens: 100, messages, ...more}
}

function line(recordId: string, text = 'Hello', more: object = {}): string {
  return JSON.stringify({recordId, modelInput: body(text, more)})
}

function check(lines: readonly (string | Buffer)[], settings = SETTINGS): Promise<RecordCheck> {
  return checkRecords(
    bytesSource(Buffer.concat(lines.flatMap((one) => [Buffer.from(one as string), Buffer.from('\n')]))),
    settings,
  )
}

async function codesOf(text: string | Buffer, settings = SETTINGS): Promise<readonly string[]> {
  const {groups} = await checkRecords(bytesSource(Buffer.from(text as string)), settings)
  return groups.map(({code, severity}) => (severity === 'error' ? code : `(${code})`))
}

test('records that are right have no problems, and are summed up', async () => {
  const {groups, totals} = await check([line('r1'), line('r2', 'Hello world'), line('r3')])

  expect(groups).toEqual([])
  expect(totals).toMatchObject({
    lines: 3,
    records: 3,
    wrongLines: 0,
    maxOutputTokens: 300,
    text: {textCharacters: 21, alphabets: 0, ideographs: 0, others: 0, messages: 3},
    longestRecordBytes: Buffer.byteLength(line('r2', 'Hello world')) + 1,
  })
})

describe('of one line', () => {
  const good = line('r1')
  test.each<[string, string | Buffer, readonly string[]]>([
    ['a byte order mark', `\ufeff${good}\n`, ['BYTE_ORDER_MARK']],
    ['CR LF', `${good}\r\n`, ['(LINE_ENDS_CRLF)']],
    ['no line feed at the end', good, ['(FINAL_NEWLINE_MISSING)']],
    ['a blank line', `\n${good}\n`, ['LINE_BLANK']],
    ['a line of blanks', ` \t\r\n${good}\n`, ['LINE_BLANK']],
    [
      'bytes that are not UTF-8',
      Buffer.concat([Buffer.from('"'), Buffer.from([0xff]), Buffer.from('"\n')]),
      ['NOT_UTF8'],
    ],
    ['bytes that are zero', Buffer.from('{"recordId":"r1\u0000","modelInput":{}}\n'), ['NUL_BYTE']],
    ['zeros after the record', `${good}\u0000\u0000\n`, ['NUL_BYTE']],
    ['half a record', `${good.slice(0, 40)}\n`, ['JSON_INCOMPLETE']],
    ['two records', `${good}${good}\n`, ['JSON_TRAILING']],
    ['a list', '[1]\n', ['RECORD_NOT_OBJECT']],
    ['no recordId', `${JSON.stringify({modelInput: body('x')})}\n`, ['RECORD_ID_MISSING']],
    ['a number for an id', `${JSON.stringify({recordId: 1, modelInput: body('x')})}\n`, ['RECORD_ID_NOT_TEXT']],
    ['an empty id', `${line('')}\n`, ['RECORD_ID_EMPTY']],
    ['an id with a slash', `${line('a/b')}\n`, ['(RECORD_ID_CHARACTERS)']],
    ['a long id', `${line('a'.repeat(300))}\n`, ['(RECORD_ID_LONG)']],
    ['an id with an escape', `${good.replace('"r1"', '"r\\u0031"')}\n`, []],
    ['no modelInput', '{"recordId":"r1"}\n', ['MODEL_INPUT_MISSING']],
    ['modelInput as text', '{"recordId":"r1","modelInput":"{}"}\n', ['MODEL_INPUT_NOT_OBJECT']],
    [
      'one more member',
      `${JSON.stringify({recordId: 'r1', modelInput: body('x'), note: 1})}\n`,
      ['(RECORD_MEMBER_UNKNOWN)'],
    ],
    ['input of OpenAI', '{"custom_id":"1","method":"POST","url":"/v1","body":{}}\n', ['RECORD_OF_OPENAI']],
    ['a key that stands twice', `${good.replace('{"rec', '{"recordId":"r0","rec')}\n`, ['(JSON_DUPLICATE_KEY)']],
    ['half a surrogate pair', `${line('r1', 'X').replace('X', '\\ud83d')}\n`, ['(JSON_LONE_SURROGATE)']],
    ['\\u0000', `${line('r1', 'X').replace('X', '\\u0000')}\n`, ['(JSON_NUL)']],
    ['text near the context', `${line('r1', 'x'.repeat(3800))}\n`, ['(CONTEXT_NEARLY_EXCEEDED)']],
    ['text beyond the context', `${line('r1', 'x'.repeat(5010))}\n`, ['CONTEXT_EXCEEDED']],
    ['a line too long', `{"recordId":"${'x'.repeat(1024 * 1024)}"}\n`, ['LINE_TOO_LONG']],
    ['a body without a limit', `${line('r1').replace('"max_tokens":100,', '')}\n`, ['MEMBER_MISSING']],
    [
      '__proto__ in the record',
      `${good.replace('{"rec', '{"__proto__":{"recordId":"p"},"rec')}\n`,
      ['(RECORD_MEMBER_UNKNOWN)'],
    ],
  ])('%s', async (_, text, codes) => {
    expect(await codesOf(text)).toEqual(codes)
  })

  test('an integer beyond 2^53 is noted and not refused', async () => {
    const text = `${good.replace('"max_tokens":100', '"max_tokens":100,"metadata":{"user_id":9007199254740993}')}\n`

    expect(await codesOf(text)).toContain('(JSON_BIG_INTEGER)')
  })

  test('a hundred levels of nesting, and a hundred thousand, are told and do not end the check', async () => {
    for (const levels of [100, 100_000]) {
      const nested = `{"recordId":"r1","modelInput":{"messages":${'['.repeat(levels)}${']'.repeat(levels)}}}\n`
      expect(await codesOf(nested)).toContain('(JSON_DEEP)')
    }
  })
})

test('an id that came before is told with the lines of both, however it is written', async () => {
  const {groups, totals, verdictOf} = await check([
    line('a1'),
    line('b2'),
    line('b2').replace('b2', '\\u00622'),
    line('a1'),
    line('c3'),
  ])

  expect(groups).toMatchObject([
    {
      code: 'RECORD_ID_DUPLICATE',
      count: 2,
      lines: [
        {line: 3, recordId: 'b2'},
        {line: 4, recordId: 'a1'},
      ],
    },
  ])
  expect(groups[0]?.text).toContain('line 2')
  expect(totals.wrongLines).toBe(2)
  expect([1, 2, 3, 4, 5].map(verdictOf)).toEqual(['right', 'right', 'wrong', 'wrong', 'right'])
})

test('records that are right are handed over in order, with their places', async () => {
  const lines = [line('a1'), 'no json', line('b2'), '', line('b2'), line('c3', 'Hello!')]
  const bytes = Buffer.from(`${lines.join('\n')}\n`)
  const seen: (readonly [string, number])[] = []

  await checkRecords(bytesSource(bytes), SETTINGS, {
    blockBytes: 100,
    onRecord: (offset, length, {textCharacters}) =>
      seen.push([bytes.toString('utf8', offset, offset + length), textCharacters]),
  })

  expect(seen).toEqual([
    [`${lines[0]}\n`, 5],
    [`${lines[2]}\n`, 5],
    [`${lines[5]}\n`, 6],
  ])
})

test('a line of a gigabyte is skipped in bounded memory, and the next one is read', async () => {
  const chunk = Buffer.alloc(1024 * 1024, 'x')
  const tail = Buffer.from(`"\n${line('a1')}\n`)
  const longBytes = 1024 ** 3
  const source: ByteSource = {
    name: 'hostile',
    bytes: longBytes + tail.length,
    revision: '1',
    async *read({start, end}) {
      for (let at = start; at < Math.min(end, longBytes); at += chunk.length) {
        yield chunk.subarray(0, Math.min(chunk.length, end - at, longBytes - at))
      }
      if (end > longBytes) yield tail.subarray(Math.max(0, start - longBytes), end - longBytes)
    },
  }
  const before = process.memoryUsage().arrayBuffers
  let most = 0

  const {groups, totals} = await checkRecords(source, SETTINGS, {
    onProgress: () => {
      most = Math.max(most, process.memoryUsage().arrayBuffers - before)
    },
  })

  expect(groups).toMatchObject([{code: 'LINE_TOO_LONG', count: 1, lines: [{line: 1}]}])
  expect(groups[0]?.text).toContain('The line has 1.1 GB')
  expect(totals).toMatchObject({lines: 2, wrongLines: 1})
  expect(most).toBeLessThan(64 * 1024 * 1024)
})

describe('in threads', () => {
  let folder = ''
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'check-'))
    await build({
      bundle: true,
      entryPoints: ['src/lib/batch/check/check-worker.ts'],
      format: 'esm',
      logLevel: 'silent',
      outfile: join(folder, 'worker.mjs'),
      platform: 'node',
    })
  })
  afterAll(() => rm(folder, {recursive: true}))

  function start({name, revision}: ByteSource): () => Worker {
    return () => new Worker(join(folder, 'worker.mjs'), {workerData: {file: name, revision, settings: SETTINGS}})
  }

  const anyLine = fc.oneof(
    {weight: 5, arbitrary: fc.nat({max: 40}).map((id) => line(`r${id}`, 'x'.repeat(id * 10)))},
    fc.constantFrom('', '  ', '{', '[]', '{"recordId":"r1"}', line('é'), line('x', 'y', {top_k: -1}), '\u0000'),
  )
  const anyText = fc
    .tuple(
      fc.array(fc.tuple(anyLine, fc.constantFrom('\n', '\n', '\r\n')), {maxLength: 60}),
      fc.boolean(),
      fc.boolean(),
    )
    .map(([lines, hasMark, isCut]) =>
      `${hasMark ? '\ufeff' : ''}${lines.map((parts) => parts.join('')).join('')}`.slice(0, isCut ? -1 : undefined),
    )

  test('the same is found as in one, whatever the parts are', async () => {
    const file = join(folder, 'records.jsonl')
    await fc.assert(
      fc.asyncProperty(anyText, fc.integer({min: 20, max: 3000}), async (text, blockBytes) => {
        await writeFile(file, text)
        const source = await openFileSource(file)

        const whole = await checkRecords(source, SETTINGS)
        const parts = await checkRecords(source, SETTINGS, {blockBytes})
        const threads = await checkRecords(source, SETTINGS, {blockBytes, run: inWorkers(2, start(source))})

        const told = ({totals, groups, verdictOf}: RecordCheck) => ({
          totals,
          groups,
          verdicts: Array.from({length: totals.lines}, (_, index) => verdictOf(index + 1)),
        })
        expect(told(parts)).toEqual(told(whole))
        expect(told(threads)).toEqual(told(whole))
      }),
      {numRuns: 15},
    )
  })

  test('a thread that fails ends the check with its error', async () => {
    const file = join(folder, 'gone.jsonl')
    await writeFile(file, `${line('a')}\n`)
    const source = await openFileSource(file)

    const checking = checkRecords(source, SETTINGS, {
      run: inWorkers(2, start({...source, name: join(folder, 'elsewhere.jsonl')})),
    })

    await expect(checking).rejects.toMatchObject({code: 'INPUT_MISSING', hint: 'Check the path.'})
  })

  test('a file that becomes shorter while threads read it is a wrong input, as in one', async () => {
    const file = join(folder, 'shorter.jsonl')
    await writeFile(file, `${line('a')}\n`.repeat(20_000))
    const source = await openFileSource(file)

    const checking = checkRecords(source, SETTINGS, {
      blockBytes: 10_000,
      run: inWorkers(2, start(source)),
      onProgress: () => truncateSync(file, 100),
    })

    await expect(checking).rejects.toBeInstanceOf(BedrockctlError)
    await expect(checking).rejects.toMatchObject({
      code: 'INPUT_CHANGED',
      exitCode: 2,
      hint: 'Wait until nobody writes to it, and run it again.',
    })
  })

  test('a file that is another when threads open it is a wrong input', async () => {
    const file = join(folder, 'replaced.jsonl')
    await writeFile(file, `${line('a')}\n${line('b')}\n`)
    const source = await openFileSource(file)
    truncateSync(file, line('a').length + 1)

    const checking = checkRecords(source, SETTINGS, {run: inWorkers(2, start(source))})

    await expect(checking).rejects.toMatchObject({
      code: 'INPUT_CHANGED',
      message: `${file} was changed after the check began.`,
    })
  })

  test('an abort ends the check and its threads', async () => {
    const file = join(folder, 'large.jsonl')
    await writeFile(file, `${line('a')}\n`.repeat(20_000))
    const source = await openFileSource(file)
    const stop = new AbortController()

    const checking = checkRecords(source, SETTINGS, {
      blockBytes: 10_000,
      run: inWorkers(2, start(source)),
      signal: stop.signal,
      onProgress: () => stop.abort(new Error('enough')),
    })

    await expect(checking).rejects.toThrow('enough')
  })
})
