import {readFile} from 'node:fs/promises'
import {afterAll, beforeAll, expect, test} from 'vitest'
import {openAwsSession} from '../../../src/lib/aws/session.js'
import type {CustomizationCheck} from '../../../src/lib/customizations/check/customization-check.schema.js'
import type {ObjectStore} from '../../../src/lib/jobs/ports.js'
import {type Sandbox, startSandbox} from '../../../src/lib/sandbox/sandbox.js'
import {jpegHead, mp4, pngHead} from '../../support/media-heads.js'
import {runCli} from '../../support/run-cli.js'

const BUCKET = 'sandbox-models-111122223333'
const NOVA = ['--base-model', 'amazon.nova-lite-v1:0', '--type', 'fine-tuning', '--region', 'us-east-1']

let sandbox: Sandbox
let store: ObjectStore
let close = async (): Promise<void> => undefined
beforeAll(async () => {
  sandbox = await startSandbox({})
  const {accessKeyId, secretAccessKey} = sandbox.world.login
  const session = openAwsSession({
    endpointUrl: sandbox.url,
    region: 'us-east-1',
    credentials: {accessKeyId, secretAccessKey},
  })
  store = await session.objectStore()
  close = async () => {
    await session.close()
    await sandbox.close()
  }
})
afterAll(() => close())

function put(key: string, body: Uint8Array): Promise<string> {
  return store.put({bucket: BUCKET, key}, body, {region: 'us-east-1'})
}

async function answer(...argv: readonly string[]): Promise<{exitCode: number; result: CustomizationCheck}> {
  const {exitCode, stdout} = await runCli(['customizations', 'check', ...argv, '--json'], {env: sandbox.env()})
  return {exitCode, result: JSON.parse(stdout) as CustomizationCheck}
}

test('objects of S3 are checked where they lie', async () => {
  await put('data/tone.jsonl', await readFile('examples/customizations/tone.jsonl'))
  await put('data/val.jsonl', await readFile('examples/customizations/tone-validation.jsonl'))

  const {exitCode, result} = await answer(
    ...[`s3://${BUCKET}/data/tone.jsonl`, '--validation', `s3://${BUCKET}/data/val.jsonl`, ...NOVA],
  )

  expect(exitCode).toBe(0)
  expect(result).toMatchObject({simulated: true, files: [{rows: 110}, {rows: 10}], findings: [], unread: []})
})

test('an object that is not there is told', async () => {
  const {exitCode, stdout} = await runCli(
    ['customizations', 'check', `s3://${BUCKET}/data/none.jsonl`, ...NOVA, '--json'],
    {env: sandbox.env()},
  )

  expect([exitCode, JSON.parse(stdout).error.code]).toEqual([2, 'INPUT_MISSING'])
})

test('media are looked at by their heads, each once', async () => {
  const media: Readonly<Record<string, Buffer>> = {
    'a.png': pngHead(640, 480),
    'b.jpeg': jpegHead(640, 480),
    'tiny.jpeg': jpegHead(10, 480),
    'text.png': Buffer.from('no image'),
    'empty.png': Buffer.alloc(0),
    'large.png': Buffer.concat([pngHead(640, 480), Buffer.alloc(10 * 1024 * 1024)]),
  }
  for (const [name, body] of Object.entries(media)) await put(`data/${name}`, body)
  const names = [...Object.keys(media), 'none.png', 'a.png', 'b.jpeg', 'a.png']
  const rows = names.map((name, index) => row(`Picture ${index}?`, imageBlock(`s3://${BUCKET}/data/${name}`)))
  await put('data/pictures.jsonl', Buffer.from(`${rows.join('\n')}\n`))

  const {exitCode, result} = await answer(`s3://${BUCKET}/data/pictures.jsonl`, ...NOVA, '--check-media')

  expect(exitCode).toBe(3)
  expect(result.media).toEqual({named: 7, checked: 7, unread: 0})
  expect(result.findings.map(({code, lines}) => [code, lines.map(({line}) => line)])).toEqual([
    ['media-dimensions', [3]],
    ['media-format', [4]],
    ['media-size', [5, 6]],
    ['media-missing', [7]],
    ['count-few', []],
  ])
})

test('a video that is too long is told from the header of its movie', async () => {
  await put('data/short.mp4', mp4(89))
  await put('data/long.mp4', mp4(91))
  const rows = ['short', 'long', 'long', 'short', 'short', 'short', 'short', 'short'].map((name, index) =>
    row(`Video ${index}?`, {video: {format: 'mp4', source: {s3Location: {uri: `s3://${BUCKET}/data/${name}.mp4`}}}}),
  )
  await put('data/videos.jsonl', Buffer.from(`${rows.join('\n')}\n`))

  const {exitCode, result} = await answer(`s3://${BUCKET}/data/videos.jsonl`, ...NOVA, '--check-media')

  expect(exitCode).toBe(0)
  expect(result.findings.map(({code, text}) => [code, text])).toEqual([
    ['media-duration', 'The video has 91 seconds, of at most 90.'],
    ['count-few', 'There are 8 rows.'],
  ])
})

function row(question: string, block: object): string {
  return JSON.stringify({
    schemaVersion: 'bedrock-conversation-2024',
    messages: [
      {role: 'user', content: [{text: question}, block]},
      {role: 'assistant', content: [{text: 'A thing.'}]},
    ],
  })
}

function imageBlock(uri: string): object {
  const format = uri.endsWith('.jpeg') ? 'jpeg' : 'png'
  return {image: {format, source: {s3Location: {uri}}}}
}
