import {execFileSync} from 'node:child_process'
import {existsSync} from 'node:fs'
import {mkdtemp, readdir, readFile, rm, symlink, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterEach, beforeEach, expect, test} from 'vitest'
import {runCli} from '../../support/run-cli.js'
import {socketIn} from '../../support/socket-file.js'

const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAAAAAA=', 'base64')
const NOVA = ['--model', 'amazon.nova-lite-v1:0', '--max-tokens', '10']

let folder = ''

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bedrockctl-'))
})

afterEach(() => rm(folder, {recursive: true}))

async function file(name: string, content: string | Buffer): Promise<string> {
  await writeFile(join(folder, name), content)
  return join(folder, name)
}

function prepare(...words: readonly string[]) {
  return runCli(['batch', 'prepare', ...words, '--offline'])
}

async function records(name = 'records.jsonl'): Promise<readonly {recordId: string; modelInput: unknown}[]> {
  const text = await readFile(join(folder, name), 'utf8')
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
}

test('rows become records in the words of the model, with ids of their own or by their place', async () => {
  const input = await file('in.csv', 'id,text\nx-1,good\nx 2,"so, so"\n')
  const out = join(folder, 'records.jsonl')

  const own = await prepare(
    input,
    ...NOVA,
    '--template',
    'Judge: {{text}}',
    '--id-column',
    'id',
    '--out',
    out,
    '--json',
  )
  const written = await records()
  const again = await prepare(input, ...NOVA, '--template', '{{text}}', '--out', join(folder, 'b.jsonl'), '--json')

  expect([own.exitCode, again.exitCode]).toEqual([0, 0])
  expect(written).toEqual([
    {
      recordId: 'x-1',
      modelInput: {
        schemaVersion: 'messages-v1',
        messages: [{role: 'user', content: [{text: 'Judge: good'}]}],
        inferenceConfig: {maxTokens: 10},
      },
    },
    expect.objectContaining({recordId: 'x_2'}),
  ])
  expect((await records('b.jsonl')).map(({recordId}) => recordId)).toEqual(['r000000001', 'r000000002'])
  expect(JSON.parse(own.stdout)).toMatchObject({
    rows: 2,
    records: 2,
    rejected: 0,
    maxOutputTokens: 20,
    family: 'nova-messages',
    problems: [{code: 'ID_CHANGED', path: 'id', count: 1, rows: [{row: 2, recordId: 'x_2'}]}],
  })
})

test('a row that cannot become a record keeps the file from being written, and exits 3', async () => {
  const input = await file('in.csv', 'text\ngood\n"  "\n')
  const out = await file('records.jsonl', 'as it was\n')

  const {exitCode, stdout} = await prepare(input, ...NOVA, '--template', '{{text}}', '--out', out, '--yes')

  expect(exitCode).toBe(3)
  expect(stdout).toContain('TEXT_BLANK')
  expect(stdout).toContain('nothing written')
  expect(await readFile(out, 'utf8')).toBe('as it was\n')
  expect((await readdir(folder)).sort()).toEqual(['in.csv', 'records.jsonl'])
})

test('with --rejects such rows are put aside with what is wrong, and the others are written', async () => {
  const input = await file('in.jsonl', '{"a":"x"}\nnot json\n{"b":"secret"}\n')
  const [out, rejects] = [join(folder, 'records.jsonl'), join(folder, 'rejects.jsonl')]

  const {exitCode} = await prepare(input, ...NOVA, '--template', '{{a}}', '--out', out, '--rejects', rejects)

  expect(exitCode).toBe(3)
  expect((await records()).map(({recordId}) => recordId)).toEqual(['r000000001'])
  expect(
    (await readFile(rejects, 'utf8'))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toEqual([
    {row: 2, problems: [expect.objectContaining({code: 'JSON_UNEXPECTED'})], values: null},
    {row: 3, problems: [expect.objectContaining({code: 'VALUE_MISSING', path: 'a'})], values: {b: 'secret'}},
  ])
})

test('a file is not replaced without being asked to', async () => {
  const input = await file('in.csv', 'text\ngood\n')
  const out = await file('records.jsonl', 'as it was\n')

  const {exitCode, stderr} = await prepare(input, ...NOVA, '--template', '{{text}}', '--out', out)

  expect([exitCode, await readFile(out, 'utf8')]).toEqual([2, 'as it was\n'])
  expect(stderr).toContain('would be replaced')
})

test('images are read from the folder of the input, and are what their bytes are', async () => {
  await file('a.jpg', PNG)
  await file('b.png', 'no image')
  const input = await file('in.csv', 'text,image\nx,a.jpg\ny,b.png\nz,c.png\nw,s3://bucket-a/in/d.webp\n')
  const [out, rejects] = [join(folder, 'records.jsonl'), join(folder, 'rejects.jsonl')]
  const words = ['--template', '{{text}}', '--image-column', 'image', '--out', out, '--rejects', rejects, '--json']

  const {stdout} = await prepare(input, ...NOVA, ...words)

  expect(JSON.parse(stdout).problems.map(({code, rows}: {code: string; rows: unknown}) => [code, rows])).toEqual([
    ['IMAGE_UNKNOWN', [{row: 2, recordId: null}]],
    ['IMAGE_MISSING', [{row: 3, recordId: null}]],
  ])
  expect((await records()).map(({modelInput}) => modelInput)).toEqual([
    expect.objectContaining({
      messages: [
        {role: 'user', content: [{image: {format: 'png', source: {bytes: PNG.toString('base64')}}}, {text: 'x'}]},
      ],
    }),
    expect.objectContaining({
      messages: [
        {
          role: 'user',
          content: [{image: {format: 'webp', source: {s3Location: {uri: 's3://bucket-a/in/d.webp'}}}}, {text: 'w'}],
        },
      ],
    }),
  ])
})

test('lines of OpenAI become records, and what cannot be carried over is told', async () => {
  const body = {model: 'gpt-4o', messages: [{role: 'user', content: 'hello'}], max_tokens: 9, seed: 1}
  const line = JSON.stringify({custom_id: 'q-1', method: 'POST', url: '/v1/chat/completions', body})
  const input = await file('in.jsonl', `${line}\n`)
  const out = join(folder, 'records.jsonl')
  const words = ['--model', 'anthropic.claude-sonnet-4-6', '--out', out, '--json']

  const {exitCode, stdout} = await prepare(input, ...words)

  expect([exitCode, JSON.parse(stdout).format]).toEqual([0, 'openai-batch'])
  expect(JSON.parse(stdout).problems).toEqual([expect.objectContaining({code: 'OPENAI_DROPPED', path: 'body.seed'})])
  expect(await records()).toEqual([
    {
      recordId: 'q-1',
      modelInput: {
        anthropic_version: 'bedrock-2023-05-31',
        max_tokens: 9,
        messages: [{role: 'user', content: [{type: 'text', text: 'hello'}]}],
      },
    },
  ])
})

test('templates and system prompts come from files, less their last line feed', async () => {
  const input = await file('in.tsv', 'prompt\tlanguage\nhello\tFrench\n')
  const template = await file('t.txt', 'Translate to {{language}}:\n{{prompt}}\n')
  const system = await file('s.txt', 'Be brief.\r\n')
  const out = join(folder, 'records.jsonl')
  const words = ['--template-file', template, '--system-file', system, '--api', 'converse', '--out', out]

  await prepare(input, ...words, '--max-tokens', '5')

  expect((await records()).map(({modelInput}) => modelInput)).toEqual([
    {
      system: [{text: 'Be brief.'}],
      messages: [{role: 'user', content: [{text: 'Translate to French:\nhello'}]}],
      inferenceConfig: {maxTokens: 5},
    },
  ])
})

test('--limit reads so many rows, and --dry-run writes nothing', async () => {
  const input = await file('in.csv', `prompt\n${'x\n'.repeat(50)}`)

  const {exitCode, stdout} = await prepare(input, ...NOVA, '--limit', '7', '--dry-run', '--json')

  expect(exitCode).toBe(0)
  expect(JSON.parse(stdout)).toMatchObject({rows: 7, records: 7, out: null})
  expect(await readdir(folder)).toEqual(['in.csv'])
})

test.each([
  [
    'an unknown column, with those that may be meant',
    'prompt,review\nx,y\n',
    ['--template', '{{reviw}}'],
    'COLUMNS_UNKNOWN',
  ],
  ['no template and no column called prompt', 'review\ny\n', [], 'TEMPLATE_MISSING'],
  ['flags that the bodies have no place for', 'prompt\ny\n', ['--dimensions', '3'], 'FLAGS_UNFIT'],
  ['a number that is none', 'prompt\ny\n', ['--temperature', 'hot'], 'NUMBER_INVALID'],
  ['text in UTF-16', Buffer.from('\ufeffprompt\nx\n', 'utf16le'), [], 'INPUT_OTHER_FORMAT'],
  ['a packed file', Buffer.from('1f8b08000000', 'hex'), [], 'INPUT_OTHER_FORMAT'],
  ['text that is not UTF-8', Buffer.from('prompt\n\xe9\n', 'latin1'), [], 'INPUT_NOT_UTF8'],
])('%s is refused with exit 2, and nothing is left behind', async (_name, content, words, code) => {
  const input = await file('in.csv', content)

  const {exitCode, stdout} = await prepare(input, ...NOVA, ...words, '--out', join(folder, 'o.jsonl'), '--json')

  expect([exitCode, JSON.parse(stdout).error.code]).toEqual([2, code])
  expect(await readdir(folder)).toEqual(['in.csv'])
})

test.each([
  ['no model', ['--dry-run'], 'MODEL_MISSING'],
  ['a model that is unknown', ['--model', 'amazon.nova-lit', '--dry-run'], 'BODIES_UNKNOWN'],
  ['no place for the records', NOVA, 'OUT_MISSING'],
  ['Claude without a limit', ['--model', 'anthropic.claude-sonnet-4-6', '--dry-run'], 'FLAGS_UNFIT'],
  [
    'Converse for embeddings',
    ['--model', 'amazon.titan-embed-text-v2:0', '--api', 'converse', '--dry-run'],
    'CONVERSE_NOT_TAKEN',
  ],
  ['an embedding without its purpose', ['--model', 'cohere.embed-english-v3', '--dry-run'], 'FLAGS_UNFIT'],
])('%s is refused with exit 2', async (_name, words, code) => {
  const input = await file('in.csv', 'prompt\nx\n')

  const {exitCode, stdout} = await prepare(input, ...words, '--json')

  expect([exitCode, JSON.parse(stdout).error.code]).toEqual([2, code])
})

test('a pipe in the place of an image is told, not waited for', async () => {
  const pipe = join(folder, 'pipe.png')
  execFileSync('mkfifo', [pipe])
  const input = await file('in.csv', `prompt,image\nx,${pipe}\n`)

  const {exitCode, stdout} = await prepare(input, ...NOVA, '--image-column', 'image', '--dry-run', '--json')

  expect([exitCode, JSON.parse(stdout).problems[0].code]).toEqual([3, 'IMAGE_UNREADABLE'])
})

test.runIf(existsSync('/dev/full'))('a disk that is full leaves neither file under its name', async () => {
  const input = await file('full.csv', 'prompt,id\nx,a\n,b\n')
  const [out, rejects] = [join(folder, 'full.jsonl'), join(folder, 'full-rejects.jsonl')]
  await symlink('/dev/full', `${rejects}.${process.pid}.tmp`)

  const {exitCode, stdout} = await prepare(input, ...NOVA, '--out', out, '--rejects', rejects, '--json')

  expect([exitCode, JSON.parse(stdout).error]).toMatchObject([
    2,
    {code: 'OUTPUT_NOT_WRITTEN', hint: 'Free space there, or name one elsewhere with --rejects.'},
  ])
  expect((await readdir(folder)).filter((name) => name.startsWith('full'))).toEqual(['full.csv'])
})

test('records take the place of no device', async () => {
  const input = await file('in.csv', 'prompt\nx\n')

  const {exitCode, stdout} = await prepare(input, ...NOVA, '--out', await socketIn(folder), '--yes', '--json')

  expect([exitCode, JSON.parse(stdout).error.code]).toEqual([2, 'OUTPUT_NOT_WRITTEN'])
})

test('the records are not written over the rows', async () => {
  const input = await file('in.jsonl', '{"prompt":"x"}\n')

  const {stdout} = await prepare(input, ...NOVA, '--out', input, '--yes', '--json')

  expect(JSON.parse(stdout).error.code).toBe('SAME_FILE')
  expect(await readFile(input, 'utf8')).toBe('{"prompt":"x"}\n')
})
