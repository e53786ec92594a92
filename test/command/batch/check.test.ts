import {mkdir, mkdtemp, readFile, rm, symlink, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {gzipSync} from 'node:zlib'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {openAwsSession} from '../../../src/lib/aws/session.js'
import type {BatchCheck} from '../../../src/lib/batch/check/batch-check.schema.js'
import {startSandbox} from '../../../src/lib/sandbox/sandbox.js'
import {runCli} from '../../support/run-cli.js'
import {socketIn} from '../../support/socket-file.js'

const EXAMPLE = 'examples/batch/reviews.jsonl'
const SONNET = 'anthropic.claude-sonnet-4-6'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'batch-check-'))
})
afterAll(() => rm(folder, {recursive: true}))

async function file(name: string, text: string): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, text)
  return path
}

async function answer(...argv: readonly string[]): Promise<{exitCode: number; result: BatchCheck}> {
  const {exitCode, stdout} = await runCli(['batch', 'check', ...argv, '--offline', '--json'])
  return {exitCode, result: JSON.parse(stdout) as BatchCheck}
}

test('records that are right pass, with what they ask of the model', async () => {
  const {exitCode, result} = await answer(EXAMPLE, '--model', `us.${SONNET}`)

  expect(exitCode).toBe(0)
  expect(result).toMatchObject({
    model: SONNET,
    body: {family: 'anthropic-messages', api: 'InvokeModel', by: 'model'},
    records: {records: 120, wrongLines: 0, maxOutputTokens: 1920},
    problems: [],
    excess: [],
    gate: {passed: true},
  })
  expect(result.inputTokens?.mean).toBeGreaterThan(3000)
  expect(result.limits.recordsPerFile.value).toBe(100_000)
})

test('without a model the records say what they are', async () => {
  const nova = `{"recordId":"a1","modelInput":{"messages":[{"role":"user","content":[{"text":"Hi"}]}],"inferenceConfig":{"maxTokens":9}}}\n`
  const input = await file('nova.jsonl', nova)

  expect((await answer(EXAMPLE)).result.body).toMatchObject({family: 'anthropic-messages', by: 'records'})
  expect((await answer(input)).result.body).toMatchObject({family: 'converse', api: 'Converse', by: 'records'})
  const named = await answer(input, '--model', 'amazon.nova-lite-v1:0')
  expect(named.result.body).toMatchObject({family: 'nova-messages', api: 'InvokeModel', by: 'model'})
  const asked = await answer(input, '--model', 'amazon.nova-lite-v1:0', '--api', 'converse')
  expect(asked.result.body).toMatchObject({family: 'converse', api: 'Converse', by: 'model'})
})

test.each([
  ['amazon.nova-lite-v1:0', 'an Amazon Nova body'],
  ['meta.llama3-1-8b-instruct-v1:0', 'a Meta Llama body'],
  ['amazon.titan-embed-text-v2:0', 'a Titan text embeddings body'],
])('records for Claude are named as such where %s is asked for', async (model, name) => {
  const {exitCode, result} = await answer(EXAMPLE, '--model', model)

  expect(exitCode).toBe(3)
  expect(result.body).toMatchObject({name, api: 'InvokeModel'})
  expect(result.problems).toMatchObject([{code: 'BODY_OF_OTHER_FAMILY', severity: 'error', count: 120}])
  expect(result.problems[0]?.text).toContain(`This is an Anthropic Messages body, the model takes ${name}`)
})

test.each([
  [
    'UTF-16 with its mark',
    Buffer.from('\ufeff{"recordId":"a"}\n', 'utf16le'),
    'UTF-16 text',
    'iconv -f UTF-16 -t UTF-8 ',
  ],
  ['UTF-16 without', Buffer.from('{"recordId":"a"}\n', 'utf16le'), 'UTF-16 text', 'iconv -f UTF-16LE '],
  ['UTF-16, high bytes first', Buffer.from('{"recordId":"a"}\n', 'utf16le').swap16(), 'UTF-16', 'iconv -f UTF-16BE '],
  ['gzip', gzipSync('{}\n'), 'compressed with gzip', 'gzip -dc '],
  ['Zstandard', Buffer.from('28b52ffd0000', 'hex'), 'compressed with Zstandard', 'zstd -dc '],
  ['zip', Buffer.from('504b03040000', 'hex'), 'a zip archive', 'unzip -p '],
  ['Parquet', Buffer.from('PAR1xxxxPAR1'), 'Parquet', 'batch prepare'],
])('a file that is %s is named, with what makes text of it', async (_, content, what, way) => {
  const input = join(folder, 'other.jsonl')
  await writeFile(input, content)
  const {exitCode, stdout} = await runCli(['batch', 'check', input, '--offline', '--json'])
  const {error} = JSON.parse(stdout)

  expect([exitCode, error.code]).toEqual([2, 'INPUT_OTHER_FORMAT'])
  expect(error.message).toContain(`is ${what}`)
  expect(error.hint).toContain(way)
})

test('records of Converse are none for a model of embeddings', async () => {
  const text = '{"recordId":"a1","modelInput":{"messages":[{"role":"user","content":[{"text":"Hi"}]}]}}\n'
  const {result} = await answer(await file('chat.jsonl', text), '--model', 'amazon.titan-embed-text-v2:0')

  expect(result.body.family).toBe('titan-text-embeddings')
  expect(result.problems[0]).toMatchObject({code: 'BODY_OF_OTHER_FAMILY', severity: 'error'})
})

test('media that records name in S3 come with where they must lie', async () => {
  const video = '{"video":{"format":"mp4","source":{"s3Location":{"uri":"s3://some-bucket/in/a.mp4"}}}}'
  const body = `{"messages":[{"role":"user","content":[${video},{"text":"x"}]}],"inferenceConfig":{"maxTokens":9}}`
  const input = await file('video.jsonl', `{"recordId":"a1","modelInput":${body}}\n`)

  const {stdout} = await runCli(['batch', 'check', input, '--model', 'amazon.nova-lite-v1:0', '--offline'])

  expect(stdout.replaceAll(/\s+/g, ' ')).toContain(
    '1 file named in S3: all must lie in the bucket and folder of the input',
  )
})

test('what is wrong is told in groups, with exit code 3 and what mends it', async () => {
  const good = (await readFile(EXAMPLE, 'utf8')).split('\n').slice(0, 110)
  const input = await file('wrong.jsonl', [...good, good[0], '{', '', '{'].join('\r\n'))

  const {exitCode, stdout} = await runCli(['batch', 'check', input, '--offline'])

  expect(exitCode).toBe(3)
  expect(stdout).toContain('113 records, 4 lines wrong')
  expect(stdout).toMatch(/ERROR JSON_INCOMPLETE {2}2×\n.*\n +lines 112, 114\n/)
  expect(stdout).toMatch(/ERROR RECORD_ID_DUPLICATE {2}recordId {2}1×\n.*line 1:/)
  expect(stdout).toMatch(/WARN {2}LINE_ENDS_CRLF {2}112× {2}--fix repairs it/)
  expect(stdout).toContain(`bedrockctl batch check ${input} --fix FILE`)
})

test('the copies are written, and the mended one passes', async () => {
  const text = await readFile(EXAMPLE, 'utf8')
  const input = await file('mend.jsonl', `\ufeff${text}\n{broken`)
  const fixed = join(folder, 'fixed.jsonl')
  const rejects = join(folder, 'rejects.jsonl')

  const {exitCode, result} = await answer(input, '--fix', fixed, '--rejects', rejects)

  expect(exitCode).toBe(3)
  expect(result.fixed).toMatchObject({file: fixed, lines: 120, wrong: 0})
  expect(await readFile(fixed, 'utf8')).toBe(text)
  expect(await readFile(rejects, 'utf8')).toBe('{broken')
  expect((await answer(fixed)).exitCode).toBe(0)
})

test('too few records fail, too many are for the plan', async () => {
  const [first = ''] = (await readFile(EXAMPLE, 'utf8')).split('\n')
  const few = await answer(await file('few.jsonl', `${first}\n`))
  const lines = Array.from({length: 100_001}, (_, index) => `{"recordId":"r${index}","modelInput":{}}`)
  const many = await answer(await file('many.jsonl', `${lines.join('\n')}\n`))

  expect(few.exitCode).toBe(3)
  expect(few.result.excess.map(({limit}) => limit)).toEqual(['minRecords'])
  expect(many.exitCode).toBe(0)
  expect(many.result.excess.map(({limit}) => limit)).toEqual(['recordsPerFile', 'recordsPerJob'])
})

test('a copy takes the place of no file without being asked to, and of no device at all', async () => {
  const taken = await file('taken.jsonl', 'as it was')

  const {exitCode, stdout} = await runCli(['batch', 'check', EXAMPLE, '--fix', taken, '--offline', '--json'])
  const socket = await socketIn(folder)
  const device = await runCli(['batch', 'check', EXAMPLE, '--rejects', socket, '--yes', '--offline', '--json'])

  expect([exitCode, JSON.parse(stdout).error.code]).toEqual([2, 'CONFIRMATION_NEEDED'])
  expect(await readFile(taken, 'utf8')).toBe('as it was')
  expect([device.exitCode, JSON.parse(device.stdout).error.code]).toEqual([2, 'OUTPUT_NOT_WRITTEN'])
  expect((await answer(EXAMPLE, '--fix', taken, '--yes')).exitCode).toBe(0)
})

test('two names of one file that is not there yet are one file', async () => {
  await mkdir(join(folder, 'real'))
  await symlink(join(folder, 'real'), join(folder, 'linked'))
  const copies = ['--fix', join(folder, 'real', 'x.jsonl'), '--rejects', join(folder, 'linked', 'x.jsonl')]

  const {exitCode, stdout} = await runCli(['batch', 'check', EXAMPLE, ...copies, '--offline', '--json'])

  expect([exitCode, JSON.parse(stdout).error.code]).toEqual([2, 'COPY_OVER_INPUT'])
})

describe('refused', () => {
  test.each([
    ['a folder', ['.'], 'INPUT_IS_FOLDER'],
    ['standard input', ['-'], 'INPUT_NOT_A_FILE'],
    ['a file that is not there', ['none.jsonl'], 'INPUT_MISSING'],
    ['a copy over the input', [EXAMPLE, '--fix', EXAMPLE], 'COPY_OVER_INPUT'],
    ['two copies in one file', [EXAMPLE, '--fix', 'x.jsonl', '--rejects', 'x.jsonl'], 'COPY_OVER_INPUT'],
    ['a copy on standard output', [EXAMPLE, '--fix', '-'], 'COPY_TO_STREAM'],
    ['an object offline', ['s3://some-bucket/in.jsonl'], 'NEEDS_ACCOUNT'],
    [
      'Converse for embeddings',
      [EXAMPLE, '--model', 'amazon.titan-embed-text-v2:0', '--api', 'converse'],
      'CONVERSE_NOT_TAKEN',
    ],
    ['a bucket without a name', ['s3://'], 'S3_URI_INVALID'],
  ])('%s', async (_, argv, code) => {
    const {exitCode, stdout} = await runCli(['batch', 'check', ...argv, '--offline', '--json'])

    expect(exitCode).toBe(2)
    expect(JSON.parse(stdout)).toMatchObject({error: {code}})
  })
})

test('an object of S3 is checked where it lies', async () => {
  const sandbox = await startSandbox({})
  const env = sandbox.env()
  const session = openAwsSession({
    endpointUrl: sandbox.url,
    region: 'us-east-1',
    credentials: {
      accessKeyId: String(env['AWS_ACCESS_KEY_ID']),
      secretAccessKey: String(env['AWS_SECRET_ACCESS_KEY']),
    },
  })
  const store = await session.objectStore()
  const place = {bucket: 'sandbox-models-111122223333', key: 'batch/reviews.jsonl'}
  await store.put(place, await readFile(EXAMPLE), {region: 'us-east-1'})

  const argv = [
    'batch',
    'check',
    's3://sandbox-models-111122223333/batch/reviews.jsonl',
    '--region',
    'us-east-1',
    '--json',
  ]
  const {exitCode, stdout} = await runCli(argv, {env})

  expect(exitCode).toBe(0)
  expect(JSON.parse(stdout)).toMatchObject({records: {records: 120}, simulated: true})
  session.close()
  await sandbox.close()
})
