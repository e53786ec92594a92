import {mkdir, mkdtemp, rm, symlink, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {gzipSync} from 'node:zlib'
import {afterEach, beforeEach, describe, expect, test} from 'vitest'
import {localLogs} from '../../../../src/lib/capacity/traffic/log-files.js'
import {type LogQuestion, readLogs} from '../../../../src/lib/capacity/traffic/read-logs.js'
import type {ByteSource} from '../../../../src/lib/jsonl/byte-source.js'
import {memorySource} from '../../../support/memory-source.js'

const MODEL = 'amazon.nova-lite-v1:0'

function record(change: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify({
    schemaType: 'ModelInvocationLog',
    schemaVersion: '1.0',
    timestamp: '2026-11-20T10:00:07Z',
    accountId: '111122223333',
    region: 'us-east-1',
    requestId: crypto.randomUUID(),
    operation: 'Converse',
    modelId: MODEL,
    input: {inputTokenCount: 1000, inputBodyJson: {inferenceConfig: {maxTokens: 400}}},
    output: {outputTokenCount: 200},
    ...change,
  })
}

async function* each(sources: readonly ByteSource[]) {
  yield* sources
}

const QUESTION: LogQuestion = {isWanted: (id) => id === MODEL, region: undefined, sinceMinute: undefined}

function read(contents: readonly (string | Buffer)[], question: Partial<LogQuestion> = {}) {
  const sources = contents.map((content, index) => memorySource(content, {name: `log-${index}`, chunkBytes: 1000}))
  return readLogs(each(sources), {...QUESTION, ...question}, {})
}

describe('records', () => {
  test('of a minute are added up', async () => {
    const {traffic} = await read([[record(), record({timestamp: '2026-11-20T10:00:59Z'})].join('\n')])

    expect(traffic).toMatchObject({from: '2026-11-20T10:00:00.000Z', notes: []})
    expect(traffic.minutes).toEqual([
      {requests: 2, input: 2000, cacheRead: 0, cacheWrite: 0, output: 400, maxTokens: 800},
    ])
  })

  test('leave minutes without any between them', async () => {
    const {traffic} = await read([[record({timestamp: '2026-11-20T10:03:00Z'}), record()].join('\n')])

    expect(traffic.minutes.map(({requests}) => requests)).toEqual([1, 0, 0, 1])
  })

  test('are read packed, in a CloudWatch export, and from several files', async () => {
    const packed = gzipSync(`${record()}\n${record()}\n`)
    const {counts, traffic} = await read([packed, `2026-11-20T10:00:07.000Z ${record()}\n`, record()])

    expect(counts).toMatchObject({files: 3, lines: 4, calls: 4, notRecords: 0})
    expect(traffic.minutes[0]?.requests).toBe(4)
  })

  test('that come twice count once', async () => {
    const line = record()

    expect((await read([`${line}\n${line}`, gzipSync(line)])).counts).toMatchObject({calls: 1, duplicates: 2})
  })

  test('of other models, Regions and times are left out', async () => {
    const lines = [
      record(),
      record({modelId: 'amazon.nova-pro-v1:0'}),
      record({region: 'eu-west-1'}),
      record({timestamp: '2026-11-19T10:00:00Z'}),
    ]
    const sinceMinute = Date.parse('2026-11-20T00:00:00Z') / 60_000
    const {counts} = await read([lines.join('\n')], {region: 'us-east-1', sinceMinute})

    expect(counts).toMatchObject({calls: 1, others: 3, calledAs: {[MODEL]: 1}})
  })

  test('that are none are counted, and hold up nothing', async () => {
    const lines = ['', 'no json', '{"schemaType":"Other"}', '[1]', '{"half":', record(), record({timestamp: 'soon'})]

    expect((await read([lines.join('\n')])).counts).toMatchObject({lines: 6, calls: 1, notRecords: 5})
  })

  test('without counts and body take nothing and bound nothing', async () => {
    const {traffic} = await read([record({input: {}, output: undefined})])

    expect(traffic.minutes[0]).toEqual({
      ...{requests: 1, input: 0, cacheRead: 0, cacheWrite: 0, output: 0},
      maxTokens: null,
    })
  })

  test('never count less than nothing', async () => {
    const {traffic} = await read([record({input: {inputTokenCount: -5}, output: {outputTokenCount: 1e300}})])

    expect(traffic.minutes[0]).toMatchObject({input: 0, output: 0})
  })
})

test('what is read from and written to a cache is told apart', async () => {
  const input = {inputTokenCount: 10, cacheReadInputTokenCount: 700, cacheWriteInputTokenCount: 30}
  const {traffic} = await read([record({input})])

  expect(traffic.minutes[0]).toMatchObject({input: 10, cacheRead: 700, cacheWrite: 30})
})

test.each([
  [{max_tokens: 7}],
  [{inferenceConfig: {maxTokens: 7}}],
  [{max_gen_len: 7}],
  [{textGenerationConfig: {maxTokenCount: 7}}],
  [{max_completion_tokens: 7}],
  [{inferenceConfig: {max_new_tokens: 7}}],
])('the most tokens of a body are found: %j', async (inputBodyJson) => {
  const {traffic} = await read([record({input: {inputTokenCount: 1, inputBodyJson}})])

  expect(traffic.minutes[0]?.maxTokens).toBe(7)
})

describe('calls that failed', () => {
  const failed = (errorCode: string) => record({errorCode, input: {inputTokenCount: 5}, output: {}})

  test('for throttling are demand of the median size', async () => {
    const sizes = [100, 300, 5000].map((inputTokenCount) => record({input: {inputTokenCount}}))
    const {counts, traffic} = await read([[...sizes, failed('ThrottlingException')].join('\n')])

    expect(counts).toMatchObject({calls: 4, throttled: 1})
    expect(traffic.minutes[0]).toMatchObject({requests: 4, input: 5700, output: 800})
    expect(traffic.notes[0]).toContain('1 throttled call')
  })

  test('for another reason are none', async () => {
    expect((await read([failed('ValidationException')])).counts).toMatchObject({calls: 0, failedCalls: 1})
  })
})

test('a damaged file is named, and what came before its damage counts', async () => {
  const whole = gzipSync(Array.from({length: 3000}, () => record()).join('\n'))
  const {counts, unread} = await read([whole.subarray(0, whole.length - 200), record()])

  expect(unread).toEqual([expect.objectContaining({code: 'INPUT_DAMAGED', reason: expect.stringContaining('log-0')})])
  expect(counts.calls).toBeGreaterThan(0)
})

test('times that are years apart are refused before minutes are made of them', async () => {
  const lines = [record({timestamp: '1970-01-01T00:00:00Z'}), record()]

  await expect(read([lines.join('\n')])).rejects.toMatchObject({code: 'TRAFFIC_TOO_LONG', exitCode: 2})
})

test('no record is no traffic', async () => {
  expect((await read([''])).traffic).toEqual({minutes: [], from: null, notes: []})
})

describe('folders', () => {
  let folder = ''
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'capacity-logs-'))
  })
  afterEach(() => rm(folder, {recursive: true, force: true}))

  async function names(path: string): Promise<readonly string[]> {
    const found: string[] = []
    for await (const {name} of localLogs(path)) found.push(name.slice(folder.length + 1))
    return found
  }

  test('give their logs by name, and neither bodies nor links', async () => {
    await mkdir(join(folder, '10/data'), {recursive: true})
    for (const name of ['10/b.json.gz', '10/a.json', '10/data/body_input.json.gz', 'readme.md', 'c.jsonl']) {
      await writeFile(join(folder, name), '{}')
    }
    await symlink(join(folder, 'c.jsonl'), join(folder, 'd.jsonl'))

    expect(await names(folder)).toEqual(['10/a.json', '10/b.json.gz', 'c.jsonl'])
    expect(await names(join(folder, 'readme.md'))).toEqual(['readme.md'])
  })

  test('without a log are refused', async () => {
    await expect(names(folder)).rejects.toMatchObject({code: 'NO_LOGS', exitCode: 2})
    await expect(names(join(folder, 'none.json'))).rejects.toMatchObject({code: 'INPUT_MISSING', exitCode: 2})
  })
})
